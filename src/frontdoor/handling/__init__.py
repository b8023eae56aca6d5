"""Handling: the stories that cross rooms, from a customer's first click to a decided case and the news of it.

Each story is one function, one transaction and one journal entry.
Doors: `applying` (drafts), `opening` (open_case), `moving` (move_case), `evidence`, `tracking` (a customer
and their case),
`knowing` (facts and decision sheet), `updates`, `deliveries` and `timers` (what the worker does).
"""
