"""Simulation: what comes of a forecast, a roster and the routing policy, contact by contact.

Words: *world* (queues, people, their presence, contacts expected), *run* (a world lived through once), *what-if* (a world
with a few things changed), *replication* (a run with another seed).

Doors: `definition` (the world), `simulating` (runs), `measuring` (figures of runs), `comparing` (what-ifs).
"""
