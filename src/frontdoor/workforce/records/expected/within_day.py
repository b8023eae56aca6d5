"""The rest of today: what was expected this morning, what has come, and what that says of the hours to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.core.cache import cache

from frontdoor.kernel.clock import day_of
from frontdoor.workforce.forecast.definition import Forecast, Series
from frontdoor.workforce.forecast.keeping import of_kept
from frontdoor.workforce.forecast.updating import SoFar, rest_of, update
from frontdoor.workforce.records.expected.events import series_name
from frontdoor.workforce.records.expected.forecasts import QUARTERS, One, count_contacts, latest_for
from frontdoor.workforce.records.models import ForecastDay
from frontdoor.workforce.records.rotas.covering import quarter_at

KEPT_FOR = 900
"""Seconds for which an update is kept: what came is counted by whole quarter hours, so the next is another."""


@dataclass(frozen=True)
class Rest:
    """Of a service on a channel: contacts by quarter hour as expected this morning (`mean`, `low80`, `high80`), what
    `came` in the quarter hours that are over, and what is expected now from there on (`then`, `then_low`, `then_high`,
    one for each quarter hour to come). `to_come`: of all that is to come, the mean and between which numbers it lies
    with a chance of 80 %.
    """

    one: One
    mean: Sequence[float]
    low80: Sequence[float]
    high80: Sequence[float]
    came: Sequence[float]
    then: Sequence[float]
    then_low: Sequence[float]
    then_high: Sequence[float]
    to_come: tuple[float, float, float]

    @property
    def so_far(self) -> float:
        """What came."""
        return sum(self.came)

    @property
    def expected_so_far(self) -> float:
        """What was expected this morning, up to now."""
        return sum(self.mean[: len(self.came)])

    @property
    def expected_to_come(self) -> float:
        """What was expected this morning, from now on."""
        return sum(self.mean[len(self.came) :])


def rest_of_today(*, at: datetime) -> list[Rest]:
    """Every service and channel of the forecast of today, all services first; empty where none is published that can be
    updated. What was found is kept until the quarter hour is over.
    """
    published = latest_for(on=day_of(at))
    if published is None:
        return []
    key = f"rest-of-day-{published.pk}-{day_of(at)}-{quarter_at(at)}"
    found: list[dict[str, Any]] | None = cache.get(key)
    if found is None:
        found = [vars(each) for each in _rests(published.pk, at)]
        cache.set(key, found, KEPT_FOR)
    return [Rest(**each) for each in found]


def _rests(forecast: int, at: datetime) -> list[Rest]:
    on, over = day_of(at), quarter_at(at)
    rows = ForecastDay.objects.filter(forecast=forecast, on=on, workings__isnull=False)
    days = list(rows.order_by("service", "channel"))
    if not days:
        return []
    ones = [(each.service, each.channel) for each in days]
    counted = count_contacts(first_on=on, last_on=on, ones=ones)
    counts = np.full((len(days), QUARTERS), np.nan)
    for place, one in enumerate(ones):
        counts[place, :over] = counted[one][0, :over] if one in counted else 0.0
    so_far = SoFar(on, counts)
    series = [Series(series_name(*one)) for one in ones]
    workings = tuple(of_kept(each.workings) for each in days if each.workings)
    nothing = np.zeros(
        (len(days), 1, QUARTERS)
    )  # as published, it is on the rows; an update asks for the workings alone
    morning = Forecast(tuple(series), on, 15, *(nothing,) * 6, workings=workings)
    now, rest = update(morning, so_far), rest_of(morning, so_far)
    return [
        Rest(
            one=one,
            mean=day.mean,
            low80=day.low80,
            high80=day.high80,
            came=counts[place, :over].tolist(),
            then=_told(now.mean[place, 0, over:]),
            then_low=_told(now.low80[place, 0, over:]),
            then_high=_told(now.high80[place, 0, over:]),
            to_come=(
                float(rest.mean[place, 0]),
                float(rest.low80[place, 0]),
                float(rest.high80[place, 0]),
            ),
        )
        for place, (one, day) in enumerate(zip(ones, days, strict=True))
    ]


def _told(values: Any) -> list[float]:
    return [round(float(value), 3) for value in values]
