"""Journeys: the states of a case, who may move it, and everything that follows from a move.

Words: *state* (with words for staff and customer, and an owner), *move*, *effect*, *promise*, *end*. Doors:
`definition` (what a journey is), `moving` (may this move be made, and what follows), `drawing` (the state
diagram).
"""
