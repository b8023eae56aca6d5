"""When we are open, as the rota counts it."""

from __future__ import annotations

from datetime import date, timedelta

from frontdoor.catalogue.published import our_council
from frontdoor.workforce.rota.definition import QUARTERS, Span, quarter_of

OPENS = Span(32, 72)


def open_days(monday: date) -> list[tuple[date, Span]]:
    """The days of the week that begins on a Monday on which the council is open, each from its first to its last hour."""
    hours = [each.open_hours() for each in our_council().hours]
    found = []
    for number in range(7):
        today = [each for each in hours if number in each.weekdays]
        if today:
            opens = min(quarter_of(each.opens) for each in today)
            closes = max(quarter_of(each.closes) or QUARTERS for each in today)
            found.append((monday + timedelta(days=number), Span(opens, closes)))
    return found or [(monday + timedelta(days=number), OPENS) for number in range(5)]
