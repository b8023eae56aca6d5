"""The figures as councils publish them: a line for calls, for emails, for social media and for all of them, each with
what was received, what was answered or completed, and per cent, beside the year before; and how cases ended (domain 12).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Case as When
from django.db.models import F, IntegerField, Q, QuerySet, Sum, Value
from django.db.models import When as If

from frontdoor.contacts.models import WRITTEN, Channel
from frontdoor.insight.figures import Figure, Row, figure_between
from frontdoor.insight.measures.shape import Measure, Sums, Unit, share
from frontdoor.insight.models import MonthTally, Tally
from frontdoor.insight.periods import Period, month_of
from frontdoor.insight.summing import Scope, sums_of

DONE: Mapping[str, str] = {Channel.WEB.value: "completed", **{each.value: "worked off" for each in WRITTEN}}
"""What counts as done: on the web what the customer completed, in writing what was answered in the period whenever it
came; everywhere else what a person answered.
"""
LINES: Mapping[str, tuple[str, ...]] = {
    **{
        channel: (channel,)
        for channel in ("phone", "email", "social", "chat", "text", "post", "counter", "web")
    },
    "calls and emails": ("phone", "email"),
    "calls, emails and social media": ("phone", "email", "social"),
    "everything": tuple(Channel.values),
}
"""What councils compare differs by what they leave out: each sum says what is in it."""


def _count(sums: Sums) -> int:
    return sums.count("received")


PUBLISHED: tuple[Measure, ...] = (
    Measure("received", "Received", "", Unit.COUNT, lambda sums: sums.count("received"), _count),
    Measure("done", "Answered or completed", "", Unit.COUNT, lambda sums: sums.count("done"), _count, "more"),
    Measure(
        "done-share",
        "Per cent",
        "",
        Unit.PER_CENT,
        lambda sums: share(sums.count("done"), sums.count("received")),
        _count,
        "more",
    ),
)
ENDINGS: tuple[Measure, ...] = (
    Measure(
        "count", "Cases", "", Unit.COUNT, lambda sums: sums.count("these"), lambda sums: sums.count("all")
    ),
    Measure(
        "share",
        "Of all that ended",
        "",
        Unit.PER_CENT,
        lambda sums: share(sums.count("these"), sums.count("all")) if sums.count("ended") else None,
        lambda sums: sums.count("all"),
    ),
)
RECEIVED, STILL_OPEN = "received", "still open"


def as_published(*, period: Period, scope: Scope) -> list[Row]:
    """A row a line that had any contact in either year: `received`, `done`, `done-share`."""
    now, then = (sums_of(period=each, scope=scope, by="channel") for each in (period, period.a_year_before()))
    rows = []
    for name, channels in LINES.items():
        if scope.channels is not None and not set(channels) <= scope.channels:
            continue
        both = (_line(now, channels), _line(then, channels))
        if any(sums.count("received", "done") or sums.has_left_out for sums in both):
            rows.append(Row(name, _figures(PUBLISHED, *both, is_guarded=scope.is_restricted)))
    return rows


def _line(by_channel: Mapping[str, Sums], channels: tuple[str, ...]) -> Sums:
    found = {each: by_channel[each] for each in channels if each in by_channel}
    counts = {
        "received": sum(sums.count("received") for sums in found.values()),
        "done": sum(sums.count(DONE.get(channel, "answered")) for channel, sums in found.items()),
    }
    return Sums(counts, {}, any(sums.has_left_out for sums in found.values()))


def how_cases_ended(*, period: Period, scope: Scope) -> list[Row]:
    """Rows `service/received`, `service/still open` on the last day, and `service/…` for each way in which cases ended:
    `count` and `share` of those that ended. What is still open of restricted services is not told. After them the same
    for each line that the service tells apart, as `service/line/received` and `service/line/…`.
    """
    both = (period, period.a_year_before())
    now, then = (sums_of(period=each, scope=scope, by="service") for each in both)
    open_now, open_then = (_still_open(each, scope) for each in both)
    rows: list[Row] = []
    for service in sorted(now.keys() | then.keys()):
        sums = (now.get(service, Sums()), then.get(service, Sums()))
        ends = sorted(sums[0].begins("ended/").keys() | sums[1].begins("ended/").keys())
        if not ends and not any(each.all_of("opened/") for each in sums):
            continue
        is_guarded = service in scope.restricted
        opened = (_whole(each, each.all_of("opened/")) for each in sums)
        rows.append(Row(f"{service}/{RECEIVED}", _figures(ENDINGS, *opened, is_guarded=is_guarded)))
        for end in sorted(ends, key=lambda end: -sums[0].count(f"ended/{end}")):
            parts = (_part(each, end) for each in sums)
            rows.append(Row(f"{service}/{end}", _figures(ENDINGS, *parts, is_guarded=is_guarded)))
        if not is_guarded:
            left = (_whole(Sums(), each.get(service, 0)) for each in (open_now, open_then))
            rows.append(Row(f"{service}/{STILL_OPEN}", _figures(ENDINGS, *left, is_guarded=False)))
        rows += _by_line(service, *sums, is_guarded=is_guarded)
    return rows


def _by_line(service: str, now: Sums, then: Sums, *, is_guarded: bool) -> Iterator[Row]:
    names = {what.partition("/")[0] for sums in (now, then) for what in sums.begins("line/")}
    for name in sorted(names):
        both = [_of_line(sums, name) for sums in (now, then)]
        opened = (_whole(each, each.count("opened")) for each in both)
        yield Row(f"{service}/{name}/{RECEIVED}", _figures(ENDINGS, *opened, is_guarded=is_guarded))
        ends = {end for each in both for end in each.begins("ended/")}
        for end in sorted(ends, key=lambda end: (-both[0].count(f"ended/{end}"), end)):
            parts = (_part(each, end) for each in both)
            yield Row(f"{service}/{name}/{end}", _figures(ENDINGS, *parts, is_guarded=is_guarded))


def _of_line(sums: Sums, name: str) -> Sums:
    return Sums(sums.begins(f"line/{name}/"), {}, sums.has_left_out)


def _part(sums: Sums, end: str) -> Sums:
    ended = sums.all_of("ended/")
    return Sums({"these": sums.count(f"ended/{end}"), "all": ended, "ended": ended}, {}, sums.has_left_out)


def _whole(sums: Sums, count: int) -> Sums:
    return Sums({"these": count, "all": count}, {}, sums.has_left_out)


def _still_open(period: Period, scope: Scope) -> dict[str, int]:
    """Opened and not ended up to the last day, by service, for everybody to know."""
    month = month_of(period.last)
    left: dict[str, int] = defaultdict(int)
    for rows in (
        MonthTally.objects.filter(month__lt=month.first),
        Tally.objects.filter(on__gte=month.first, on__lte=period.last),
    ):
        for service, signed in _opened_less_ended(rows, scope):
            left[service] += signed
    return left


def _opened_less_ended(
    rows: QuerySet[MonthTally] | QuerySet[Tally], scope: Scope
) -> Iterable[tuple[str, int]]:
    which = Q(what__gte="ended/", what__lt="ended0") | Q(what__gte="opened/", what__lt="opened0")
    which &= ~Q(service__in=scope.restricted)
    if scope.services is not None:
        which &= Q(service__in=scope.services)
    if scope.channels is not None:
        which &= Q(channel__in=scope.channels)
    signed = When(
        If(what__startswith="ended/", then=Value(0) - F("count")),
        default=F("count"),
        output_field=IntegerField(),
    )
    return rows.filter(which).values_list("service").annotate(left=Sum(signed))


def _figures(measures: tuple[Measure, ...], now: Sums, then: Sums, *, is_guarded: bool) -> dict[str, Figure]:
    return {each.id: figure_between(each, now, then, is_guarded=is_guarded) for each in measures}
