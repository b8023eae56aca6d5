"""Contacts: who approaches us, by which channel, what was said, and what we send.

Words: *customer*, *contact point* (an e-mail address, number or address of a customer), *contact*,
*conversation*, *message*,
*delivery* (one row of the outbox), *stored file*.
Doors: `actions`, `queries`, `outbox` (queue and send), `identity` (codes and steps).
"""
