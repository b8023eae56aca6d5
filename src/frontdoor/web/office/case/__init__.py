"""One case: its pages, and what can be done on it. Every page begins with `opened.case_page`."""
