"""Makes the land, streets and addresses of the made-up county of Wealdmoor from one seed.

The county lies in the open North Sea, so that no point of it is anybody's home. Words: *plane* (kilometres
east and north of the middle of the county), *place* (a town or village), *link* (a road between places).
"""
