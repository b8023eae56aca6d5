"""Rota: who works when in a week, with pauses and activities, every rule held, and how far from the best possible it is.

Words: *need* (people wanted, by skill and quarter hour), *short* and *over* (people missing and to spare), *pause*
(lunch, breaks), *activity* (training, briefing, one-to-one: at work but not on contacts), *price* (what short, over and
a wish not met cost), *bound* (what no rota can cost less than).

Doors: `definition` (the week and its rota), `solving` (ever better rotas), `checking` (is every rule held), `editing`
(what one edit costs), `replanning` (within the day), `reading` and `writing` (CSV).
"""
