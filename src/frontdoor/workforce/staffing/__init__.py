"""Staffing: the fewest people with whom every target of an interval is met.

Doors: `definition` (what is asked and answered), `queueing` (the formulas), `needing` (the search, for one interval or a
year of them), `chats`, `backlog` (deferred work with promises).
"""
