"""The demo council: made-up staff, customers and a year and more of cases, made by driving the real actions.

*life* (one case from its first contact on) · *story* (what happens in it, as a list of steps) · *step* (one thing
somebody does). Doors: `load` (fill an empty database), `people` (who can sign in).
Nobody here is a real person: names are put together from lists, addresses are the made-up gazetteer's, numbers come
from the ranges kept for drama.
"""
