"""Staff: accounts, roles, teams and skills, and what a role may do.

Doors: `actions` (add, change, leave), `queries`, `permissions` (may this person do it?).
"""
