"""The measures: what each is called, how it is worked out from tallies, and the traps it avoids (domain 7.1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from frontdoor.insight.spread import DAYS, WAITS, at_most, percentile


class Unit(StrEnum):
    """How a value is written."""

    COUNT = "count"
    PER_CENT = "per cent"
    SECONDS = "seconds"
    DAYS = "days"
    RATIO = "ratio"
    PER_THOUSAND = "per thousand"


@dataclass(frozen=True)
class Sums:
    """Tallies added up: `counts` and `totals` by what."""

    counts: Mapping[str, int] = field(default_factory=dict)
    totals: Mapping[str, int] = field(default_factory=dict)

    def count(self, *names: str) -> int:
        """How many of these things there were."""
        return sum(self.counts.get(name, 0) for name in names)

    def begins(self, start: str) -> dict[str, int]:
        """Counts of everything whose name begins so, by the rest of the name."""
        return {what[len(start) :]: n for what, n in self.counts.items() if what.startswith(start)}

    def all_of(self, start: str) -> int:
        """How many there were of everything whose name begins so."""
        return sum(self.begins(start).values())


Reckoning = Callable[[Sums], float | None]


@dataclass(frozen=True)
class Measure:
    """One figure. `reckon` gives None where there is nothing to reckon from. `rests_on`: how many it rests on, so that a
    figure of a few is told as such. `wants`: whether more of it is better, worse, or neither.
    """

    id: str
    name: str
    definition: str
    unit: Unit
    reckon: Reckoning
    rests_on: Callable[[Sums], int]
    wants: str = "neither"


def share(part: float, whole: float) -> float | None:
    """Per cent; None of nothing."""
    return 100 * part / whole if whole else None


def offered(sums: Sums) -> int:
    """Contacts that asked for a person and did not hang up at once."""
    return sums.count("answered", "abandoned")


SERVICE_LEVEL_SECONDS = 20


def _service_level(sums: Sums) -> float | None:
    return share(at_most(sums.begins("wait/"), WAITS, SERVICE_LEVEL_SECONDS), offered(sums))


def _mean(sums: Sums, what: str) -> float | None:
    count = sums.count(what)
    return sums.totals.get(what, 0) / count if count else None


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _demand(sums: Sums) -> int:
    return sums.all_of("demand/")


MEASURES: tuple[Measure, ...] = (
    Measure(
        "received",
        "Contacts received",
        "Every approach on every channel, also outside opening hours, and also those who hung up. Somebody who tries "
        "again is counted again, so it rises when fewer calls are answered.",
        Unit.COUNT,
        lambda sums: sums.count("received"),
        lambda sums: sums.count("received"),
    ),
    Measure(
        "answered",
        "Answered or completed",
        "Answered by a person, or completed by the customer on the web.",
        Unit.COUNT,
        lambda sums: sums.count("answered", "completed"),
        lambda sums: sums.count("received"),
        "more",
    ),
    Measure(
        "answered-share",
        "Per cent answered or completed",
        "Answered or completed, of all received. It is not the service level: it says nothing of the wait.",
        Unit.PER_CENT,
        lambda sums: share(sums.count("answered", "completed"), sums.count("received")),
        lambda sums: sums.count("received"),
        "more",
    ),
    Measure(
        "service-level",
        f"Service level, {SERVICE_LEVEL_SECONDS} seconds",
        f"Answered within {SERVICE_LEVEL_SECONDS} seconds, of all that were offered: those answered and those "
        "who gave up; who hung up within 5 seconds is left out.",
        Unit.PER_CENT,
        _service_level,
        offered,
        "more",
    ),
    Measure(
        "wait-mean",
        "Average wait",
        "From coming in until a person answered, of those answered. Those who gave up are not in it, so it looks better "
        "than it was when many did: read it with the 90th percentile and the per cent abandoned.",
        Unit.SECONDS,
        lambda sums: _mean(sums, "answered"),
        lambda sums: sums.count("answered"),
        "less",
    ),
    Measure(
        "wait-p90",
        "Wait, 90th percentile",
        "Nine in ten of those answered waited no longer than this. Exact to the step in which it is counted.",
        Unit.SECONDS,
        lambda sums: percentile(sums.begins("wait/"), WAITS, 0.9),
        lambda sums: sums.count("answered"),
        "less",
    ),
    Measure(
        "abandoned-share",
        "Per cent abandoned",
        "Gave up before a person answered, of all that were offered; who hung up within 5 seconds is left out of both.",
        Unit.PER_CENT,
        lambda sums: share(sums.count("abandoned"), offered(sums)),
        offered,
        "less",
    ),
    Measure(
        "handling",
        "Average handling time",
        "From the answer until the work after the contact was done. A contact that is passed on counts once.",
        Unit.SECONDS,
        lambda sums: _mean(sums, "handled"),
        lambda sums: sums.count("handled"),
    ),
    Measure(
        "opened",
        "Applications and reports received",
        "Cases opened in the period, by whatever way they came.",
        Unit.COUNT,
        lambda sums: sums.all_of("opened/"),
        lambda sums: sums.all_of("opened/"),
    ),
    Measure(
        "take-up",
        "Digital take-up",
        "Applications and reports that customers sent online themselves, of all. One that an advisor filled in with them "
        "is not digital.",
        Unit.PER_CENT,
        lambda sums: share(sums.count("opened online"), sums.all_of("opened/")),
        lambda sums: sums.all_of("opened/"),
        "more",
    ),
    Measure(
        "online-to-call",
        "Online contacts for each call",
        "Contacts on the web for each phone call. A visit that leads to a call is counted in both.",
        Unit.RATIO,
        lambda sums: _ratio(sums.count("received/web"), sums.count("received/phone")),
        lambda sums: sums.count("received/web", "received/phone"),
        "more",
    ),
    Measure(
        "complaints",
        "Complaints for a thousand contacts",
        "Complaints opened in the period for each thousand contacts on all channels.",
        Unit.PER_THOUSAND,
        lambda sums: _ratio(1000 * sums.count("opened/complaint"), sums.count("received")),
        lambda sums: sums.count("received"),
        "less",
    ),
    Measure(
        "decided",
        "Decisions made",
        "Decisions recorded in the period, whenever the case came in.",
        Unit.COUNT,
        lambda sums: sums.all_of("decided/"),
        lambda sums: sums.all_of("decided/"),
    ),
    Measure(
        "days-median",
        "Days end to end, median",
        "From the day a case came in to the day it ended, of cases that ended in the period: half took no longer. Days "
        "on which we waited for the customer are in it, because the customer lives through them.",
        Unit.DAYS,
        lambda sums: percentile(sums.begins("days/"), DAYS, 0.5),
        lambda sums: sums.all_of("days/"),
        "less",
    ),
    Measure(
        "days-p90",
        "Days end to end, 90th percentile",
        "Nine in ten cases that ended in the period took no longer. Exact to the step in which it is counted.",
        Unit.DAYS,
        lambda sums: percentile(sums.begins("days/"), DAYS, 0.9),
        lambda sums: sums.all_of("days/"),
        "less",
    ),
    Measure(
        "on-time",
        "Promises kept on the first date",
        "Kept by the date first given, of all that were kept in the period. A date that was moved counts as missed here, "
        "even if the customer was told in time.",
        Unit.PER_CENT,
        lambda sums: share(sums.count("kept on the first date"), sums.count("kept on time", "kept late")),
        lambda sums: sums.count("kept on time", "kept late"),
        "more",
    ),
    Measure(
        "avoidable",
        "Avoidable contact",
        "Contacts caused by a failure to do something, or to do it right, of all whose cause is known. It is worked "
        "out from the record and confirmed by the advisor; what nobody confirmed counts as proposed.",
        Unit.PER_CENT,
        lambda sums: share(sums.all_of("demand/failure/"), _demand(sums)),
        _demand,
        "less",
    ),
    Measure(
        "agreement",
        "Causes that advisors agreed with",
        "Causes left as the record proposed them, of all that an advisor confirmed or corrected.",
        Unit.PER_CENT,
        lambda sums: share(sums.count("agreed"), sums.count("agreed", "corrected")),
        lambda sums: sums.count("agreed", "corrected"),
        "more",
    ),
)
BY_ID: Mapping[str, Measure] = {measure.id: measure for measure in MEASURES}
