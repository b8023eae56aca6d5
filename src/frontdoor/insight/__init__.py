"""Measures: what came in, how it was answered, and what it came to; this year beside last year.

A **tally** is what is counted of one London day, for one service and channel. `counting` counts a day from the record,
`keeping` counts a day anew when the journal says that something of it has changed, `summing` adds tallies up over any
period, and `figures` reckons the measures from them. So a figure costs the same on a thousand contacts and on a million.
`published` has the lines that councils publish, `complaints` the yearly report, `opening` the contacts behind a figure,
`targets` what is aimed at. Nothing here changes the record.
"""
