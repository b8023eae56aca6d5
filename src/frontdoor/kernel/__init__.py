"""The ground floor: conditions, time, working days, identifiers, money, names and the journal entry.

Plain Python. Nothing here knows Django, a database, the present moment or any council word; time and chance
come in as `at` and `rng`. Every other room may import from here and this room imports from none.
"""
