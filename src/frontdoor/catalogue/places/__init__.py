"""Where things are in the council's area: addresses, streets, borders, and whose a road or a duty is.

Doors: `gazetteer` (look-ups by postcode, words or point), `owners` (who answers for a category at a place on a day).
Points are WGS84 degrees, distances metres.
"""
