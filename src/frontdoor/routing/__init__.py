"""Routing: which waiting item for this advisor, and which advisor for this item.

Words: *queue* (items of one service and class), *item* (one contact or piece of work), *immediate* (a call or chat:
somebody waits on the line), *deferred* (email, post, cases: promised by a date), *slope* (how fast waiting costs).
Doors: `definition` (queues, advisors, the policy's numbers), `floor` (what happens when somebody comes, goes, ends or
arrives).

Plain Python, no clock and no chance: the same code routes live contacts and is what a simulation must match.
"""
