"""A year of a county's contacts, of the volume of Lancashire's customer access service (1.1 million; domain 12).

*plan* says what happens on a day: a pure function of the seed and the day. *deed* is one thing that happens, *live* does
deeds one by one with the stories that answer the public, *bulk* makes of the same deeds the rows that the stories would
have stored, with the same rules, and writes thousands at once. A test holds the two to the same rows, table by table.
Doors: `make` (the year into a database), `live` (a day, slowly).
"""
