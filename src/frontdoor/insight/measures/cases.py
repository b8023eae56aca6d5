"""Applications, reports and decisions: how many, how long, and whether in time."""

from __future__ import annotations

from frontdoor.insight.measures.shape import Measure, Unit, share
from frontdoor.insight.spread import DAYS, percentile

CASES: tuple[Measure, ...] = (
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
)
