"""Workforce: how many people are needed, when, and what follows if they are there or not.

Words: *load* (work offered, in erlang: hours of work an hour), *positions* (people at work at one moment), *rostered*
(people paid for, so that enough are at work), *shrinkage* (the share of paid time that is not at work on contacts).

Doors: `forecast` (contacts by quarter hour, with bounds), `staffing` (Erlang C and A, chats, deferred work), `rota` (who
works when, and how near to the best possible that is), `simulation` (a roster against a forecast, contact by contact;
what-ifs), `records` (what was planned and what became of it, in the database).

The calculating cores are plain Python, NumPy and numba: no Django, no database, no clock; none of them imports `records`.
"""
