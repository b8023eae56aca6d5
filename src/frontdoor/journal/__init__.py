"""The journal: every event, once, for ever. Audit, timelines, live screens and figures read it; nothing keeps
a second truth.

Doors: `actions` (record, seal), `queries` (timeline), `verifying` (prove that nothing was changed or
removed).
The database itself refuses UPDATE and DELETE. Entries hold ids and facts, no names and no free text.
"""
