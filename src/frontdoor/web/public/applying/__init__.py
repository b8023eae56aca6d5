"""An application on its way, one question a page: from the start page to the confirmation."""
