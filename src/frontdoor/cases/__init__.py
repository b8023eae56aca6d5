"""Cases: pieces of work for a customer, with an owner and a promise.

Words: *draft* (an application being filled in), *case*, *evidence*, *recorded fact*, *promise*, *timer*,
*task*, *appointment*,
*decision record*, *issued item* (a badge, an award), *payment*, *update*, *follower*, *link*, *interest*.
Doors: `actions`, `queries`, `permissions` (may this person?), `policies` (may it be done in this state?).
"""
