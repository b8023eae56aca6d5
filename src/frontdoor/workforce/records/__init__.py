"""What was planned and what became of it, as records: known events, published forecasts, the rota, swaps and leave,
presence. The calculating cores beside this room know nothing of it.

Words: *shift* (when somebody works on a day), *part* (a break, lunch or training within it), *presence* (what somebody
does just now), *adherence* (the share of planned time spent as planned), *conformance* (time worked over time planned).

Shelves: `expected` (events, forecasts), `terms` (contracts), `rotas` (shifts, cover, solving), `asking` (swaps, leave,
the feed), `attending` (presence, adherence, today). Beside them `working` (long work) and `what_ifs`.
"""
