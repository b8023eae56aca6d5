"""Messages kept in a folder instead of sent: for the demo, for development and for looking at."""
