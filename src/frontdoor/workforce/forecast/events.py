"""What known events bring: learned from days of the past with the same name, from the plan until there are any."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from frontdoor.workforce.forecast.definition import Event, Floats, History

PLAN_COUNTS = 0.5
"""How much the plan counts beside one time that it happened."""


def effects(
    events: Sequence[Event], history: History, place: int, usual: Floats, line: Sequence[date]
) -> tuple[Floats, Floats]:
    """Contacts on top by day of the timeline and interval, and by what the usual is multiplied by day.

    `usual`: what is expected without any event, by day of the timeline and interval.
    """
    extra, times = np.zeros(usual.shape), np.ones(len(line))
    known = history.counts.shape[1]
    ours = [event for event in events if event.touches(history.series[place].name)]
    for name in dict.fromkeys(event.name for event in ours):
        same = [event for event in ours if event.name == name]
        past = [event for event in same if (event.day - line[0]).days + event.days <= known]
        learned = _learned(
            [each for each in past if each.day >= line[0]], history.counts[place], usual, line[0]
        )
        for event in same:
            if event not in past:
                _bring(event, learned, extra, times, usual, line[0])
    return extra, times


class _Learned:
    """Of one name: what came and what would have, and what was planned on top."""

    def __init__(self) -> None:
        self.came, self.usual, self.planned, self.happened = 0.0, 0.0, 0.0, 0


def _learned(past: Sequence[Event], counts: Floats, usual: Floats, first: date) -> _Learned:
    found = _Learned()
    for event in past:
        days = slice((event.day - first).days, (event.day - first).days + event.days)
        is_known = ~np.isnan(counts[days])
        if is_known.any():
            found.came += float(counts[days][is_known].sum())
            found.usual += float(usual[days][is_known].sum())
            found.planned += event.extra or 0.0
            found.happened += 1
    return found


def _bring(event: Event, learned: _Learned, extra: Floats, times: Floats, usual: Floats, first: date) -> None:
    start = (event.day - first).days
    days = np.arange(max(0, start), min(len(times), start + event.days))
    if event.extra is not None:
        weight = PLAN_COUNTS * event.extra
        gained = max(0.0, learned.came - learned.usual)
        scale = (weight + gained) / (weight + learned.planned) if learned.happened and weight else 1.0
        _spread(event, event.extra * scale, days, extra, usual, start)
    elif learned.happened and learned.usual > 0:
        seen = learned.came / learned.usual
        weight = PLAN_COUNTS if event.times is not None else 0.0
        times[days] *= (weight * (event.times or 1.0) + learned.happened * seen) / (weight + learned.happened)
    elif event.times is not None:
        times[days] *= event.times


def _spread(
    event: Event, contacts: float, days: np.typing.NDArray[np.int64], extra: Floats, usual: Floats, start: int
) -> None:
    """Half of what is left each day that is open, by the hours as usual."""
    open_days = [
        day
        for day in range(start, start + event.days)
        if day < 0 or (day < len(usual) and usual[day].sum() > 0)
    ]
    halves = np.array([0.5 ** (place + 1) for place in range(len(open_days))])
    for day, part in zip(open_days, halves / max(halves.sum(), 1e-9), strict=True):
        if day in days:
            extra[day] += contacts * part * usual[day] / usual[day].sum()
