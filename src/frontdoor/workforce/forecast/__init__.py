"""Forecast: how many contacts come, by service and channel and quarter hour, days to months ahead, and how sure that is.

Words: *series* (one service on one channel), *family* (series that are expected to have their shape in common),
*interval* (15 minutes of local time, unless the history is coarser), *chance alone* (the error that is left when the rate
is known exactly: contacts come at random about it; the Poisson floor).

Doors: `definition` (history, calendar, forecast), `forecasting` (`forecast`), `updating` (`update`: the rest of a
day from what came so far), `totals` (of whole days), `scoring` (`score`: a forecast against what came),
`reading` and `writing` (CSV).
"""
