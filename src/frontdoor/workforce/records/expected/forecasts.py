"""Forecasts: counted, made, published, kept, and held against what came."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

import numpy as np
from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef

from frontdoor.contacts.models import Channel, Contact
from frontdoor.journal.actions import record
from frontdoor.kernel.clock import day_of, london, start_of_day
from frontdoor.staff.actions import actor_of
from frontdoor.staff.models import User
from frontdoor.workforce.forecast.definition import Floats, Forecast, History, Series
from frontdoor.workforce.forecast.forecasting import forecast
from frontdoor.workforce.forecast.keeping import as_kept
from frontdoor.workforce.forecast.scoring import Score, score
from frontdoor.workforce.records.expected.events import calendar_of, require_planner, series_name
from frontdoor.workforce.records.models import ForecastDay, PublishedForecast

QUARTERS: Final = 96
DAY = timedelta(days=1)
CHANNELS = (Channel.PHONE, Channel.CHAT, Channel.EMAIL, Channel.TEXT, Channel.SOCIAL, Channel.POST)
"""Ways in on which people of ours are needed, as they are forecast."""
FEWEST: Final = 20
"""Contacts in the history below which a service on a channel is only counted among all."""
LEARNED_FROM = timedelta(days=760)
FIGURES = ("mean", "median", "low80", "high80", "low95", "high95")

One = tuple[str, str]
"""A service (empty: all) and a channel."""


class NothingToLearnFrom(LookupError):
    """There are no contacts on record before these days, so nothing can be forecast. Wait until some have come in."""


@dataclass(frozen=True)
class Shown:
    """A day of a series as it was forecast, and what came; None while the day is not over."""

    day: ForecastDay
    came: Sequence[float] | None


def count_contacts(*, first_on: date, last_on: date, ones: Sequence[One] | None = None) -> dict[One, Floats]:
    """Contacts by service and channel, and by channel over all services (service empty), of shape (days, 96): by the
    quarter hour of local time in which they came in. Calls that we made as arranged are left out. None: every series.
    """
    days = (last_on - first_on).days + 1
    counts: dict[One, Floats] = {}
    rows = Contact.objects.filter(
        channel__in=CHANNELS, counts_as="", received_at__gte=start_of_day(first_on),
        received_at__lt=start_of_day(last_on + DAY),
    )  # fmt: skip
    wanted = None if ones is None else set(ones)
    for service, channel, received_at in rows.values_list("service", "channel", "received_at").iterator():
        local = london(received_at)
        place = ((local.date() - first_on).days, local.hour * 4 + local.minute // 15)
        for one in ((service, channel), ("", channel)) if service else (("", channel),):
            if wanted is None or one in wanted:
                if one not in counts:
                    counts[one] = np.zeros((days, QUARTERS))
                counts[one][place] += 1
    return counts


def make_forecast(
    *,
    first_on: date,
    days: int,
    at: datetime,
    learned_from: timedelta = LEARNED_FROM,
    said: Callable[[float, str], None] = lambda share, words: None,
) -> Forecast:
    """What is expected from a day on, learned from the days before today, as many as there are up to `learned_from`.
    `said` hears how far it is (0 to 1), and may raise to stop it. Raises NothingToLearnFrom, BadHistory.
    """
    today = day_of(at)
    said(0.05, "Counting contacts")
    last = min(today, first_on) - DAY
    since = max(day_of(_first_contact(start_of_day(last + DAY))), last - learned_from)
    counts = count_contacts(first_on=since, last_on=last)
    ones = sorted(one for one, found in counts.items() if not one[0] or found.sum() >= FEWEST)
    if not ones:
        raise NothingToLearnFrom
    said(0.2, f"Forecasting {len(ones)} services and channels from {(last - since).days + 1} days")
    history = History(
        tuple(Series(series_name(*one), one[1]) for one in ones),
        since,
        np.stack([counts[one] for one in ones]),
    )
    until = first_on + timedelta(days=days - 1)
    calendar = calendar_of(first_on=since, last_on=until, series=ones)
    found = forecast(history, calendar, days=days, first_day=first_on)
    said(0.9, "Keeping it")
    return found


def _first_contact(before: datetime) -> datetime:
    first = (
        Contact.objects.filter(received_at__lt=before, channel__in=CHANNELS).order_by("received_at").first()
    )
    if first is None:
        raise NothingToLearnFrom
    return first.received_at


@transaction.atomic
def publish_forecast(*, found: Forecast, by: User | None, at: datetime) -> PublishedForecast:
    """Keep a forecast for ever, to be worked with and to be held against what came. Raises MayNotPlanWork."""
    require_planner(by)
    published = PublishedForecast.objects.create(
        first_on=found.days[0], last_on=found.days[-1], published_at=at, published_by=by,
        notes=[note[:300] for note in found.notes],
    )  # fmt: skip
    ForecastDay.objects.bulk_create(
        ForecastDay(
            forecast=published, service=service, channel=channel, on=on,
            workings=as_kept(found.workings[place], number) if found.workings else None,
            **{name: _rounded(getattr(found, name)[place, number]) for name in FIGURES},
        )
        for place, each in enumerate(found.series)
        for service, _slash, channel in [each.name.rpartition("/")]
        for number, on in enumerate(found.days)
    )  # fmt: skip
    facts = {
        "forecast": published.pk,
        "from": published.first_on.isoformat(),
        "to": published.last_on.isoformat(),
        "series": len(found.series),
    }
    record(at=at, by=actor_of(by), event="forecast published", facts=facts)
    return published


def _rounded(values: Floats) -> list[float]:
    return [round(float(value), 3) for value in values]


def note_what_came(*, at: datetime) -> int:
    """Write down what came on the days that are over, in every forecast of them; how many rows were filled in."""
    rows = ForecastDay.objects.filter(came__isnull=True, on__lt=day_of(at))
    days = sorted(set(rows.values_list("on", flat=True)))[:31]
    filled = 0
    for on in days:
        due = list(rows.filter(on=on))
        counts = count_contacts(first_on=on, last_on=on, ones=[(each.service, each.channel) for each in due])
        for each in due:
            came = counts.get((each.service, each.channel))
            each.came = [0] * QUARTERS if came is None else [int(count) for count in came[0]]
            each.workings = None
        ForecastDay.objects.bulk_update(due, ["came", "workings"])
        filled += len(due)
    return filled


def latest_for(*, on: date) -> PublishedForecast | None:
    """The forecast of a day that was published last, before the day was over."""
    has_day = ForecastDay.objects.filter(forecast=OuterRef("pk"), on=on)
    found = PublishedForecast.objects.filter(Exists(has_day), published_at__lt=start_of_day(on + DAY))
    return found.order_by("-published_at", "-pk").first()


def series_of(published: PublishedForecast) -> list[One]:
    """What it forecast: all services first, by channel."""
    found = published.days.values_list("service", "channel").annotate(last=Max("on"), n=Count("pk"))
    return sorted({(service, channel) for service, channel, *_rest in found})


def shown(*, on: date, one: One, at: datetime) -> Shown | None:
    """A day of a series as it was last published, with what came so far: up to the last quarter hour that is over."""
    published = latest_for(on=on)
    if published is None:
        return None
    day = published.days.filter(on=on, service=one[0], channel=one[1]).first()
    if day is None:
        return None
    if day.came is not None:
        return Shown(day, day.came)
    if on > day_of(at):
        return Shown(day, None)
    local = london(at)
    over = QUARTERS if on < day_of(at) else local.hour * 4 + local.minute // 15
    counted = count_contacts(first_on=on, last_on=on, ones=[one]).get(one)
    came = np.zeros(QUARTERS) if counted is None else counted[0]
    return Shown(day, [float(count) for count in came[:over]])


def score_of(published: PublishedForecast, one: One) -> Score | None:
    """How a forecast of a series did on its days that are over, with what chance alone would have been off; None before
    the first is.
    """
    rows = list(published.days.filter(service=one[0], channel=one[1], came__isnull=False).order_by("on"))
    if not rows:
        return None
    series = (Series(series_name(*one)),)
    first = rows[0].on
    span = (rows[-1].on - first).days + 1
    shape = (1, span, QUARTERS)
    arrays: dict[str, Any] = {name: np.zeros(shape) for name in FIGURES}
    came = np.full(shape, np.nan)
    for row in rows:
        place = (row.on - first).days
        came[0, place] = row.came
        for name in FIGURES:
            arrays[name][0, place] = getattr(row, name)
    past = Forecast(series, first, 15, **arrays, workings=())
    return score(past, History(series, first, came))
