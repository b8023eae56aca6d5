"""The measures: what each is called, how it is worked out from tallies, and the traps it avoids (domain 7.1).

`shape` says what a measure is; one file holds the measures of a subject; `every` has them all.
"""
