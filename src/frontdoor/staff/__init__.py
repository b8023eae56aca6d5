"""Staff: accounts, roles, teams, skills, training and recruitment, and what a role may do.

Doors: `actions` (add, change, leave), `skills` (who holds what on a day), `training` (sessions, who came), `recruiting`
(from the assessment day to the day a new advisor may take a skill), `queries`, `permissions` (may this person do it?).
"""
