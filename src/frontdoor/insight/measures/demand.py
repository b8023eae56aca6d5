"""Avoidable contact: how much, of what cause, and what it costs (domain 7.3)."""

from __future__ import annotations

from frontdoor.insight.measures.shape import Measure, Sums, Unit, share

FAILURE = "demand/failure/"


def demand(sums: Sums) -> int:
    """Enquiries of which it is known why they came."""
    return sums.all_of("demand/")


def cost_of_failure(sums: Sums) -> float | None:
    """Pence for all avoidable contact; None where no contact has a cost."""
    return None if not sums.all_of("cost/") else sum(sums.totals_of(f"cost/{FAILURE}").values())


DEMAND: tuple[Measure, ...] = (
    Measure(
        "avoidable",
        "Avoidable contact",
        "Contacts caused by a failure to do something, or to do it right, of all whose cause is known. It is worked "
        "out from the record and confirmed by the advisor; what nobody confirmed counts as proposed.",
        Unit.PER_CENT,
        lambda sums: share(sums.all_of("demand/failure/"), demand(sums)),
        demand,
        "less",
    ),
    Measure(
        "avoidable-count",
        "Avoidable contacts",
        "How many enquiries were caused by a failure to do something, or to do it right: as the advisor confirmed, or "
        "else as the record proposes. A contact about two things counts as two.",
        Unit.COUNT,
        lambda sums: sums.all_of(FAILURE),
        demand,
        "less",
    ),
    Measure(
        "avoidable-cost",
        "What avoidable contact costs",
        "Avoidable contacts at the unit cost of their service and channel. It is what answering them takes, not money in "
        "hand: that is saved when hours or a post go. Both years are reckoned at today’s unit costs.",
        Unit.PENCE,
        cost_of_failure,
        demand,
        "less",
        needs_costs=True,
    ),
    Measure(
        "confirmed",
        "Causes an advisor looked at",
        "Causes that an advisor confirmed or corrected, of all that are known. Contacts by web are only proposed: nobody "
        "was there to ask.",
        Unit.PER_CENT,
        lambda sums: share(sums.count("agreed", "corrected"), demand(sums)),
        demand,
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


def of_cause(cause: str) -> tuple[Measure, ...]:
    """How many enquiries had one cause, their share of all whose cause is known, and what they cost."""
    what = f"{FAILURE}{cause}"
    count = Measure("count", "Contacts", "", Unit.COUNT, lambda sums: sums.count(what), demand, "less")
    part = Measure(
        "share",
        "Of all contact",
        "",
        Unit.PER_CENT,
        lambda sums: share(sums.count(what), demand(sums)),
        demand,
        "less",
    )
    cost = Measure(
        "cost",
        "Cost",
        "",
        Unit.PENCE,
        lambda sums: sums.totals.get(f"cost/{what}", 0) if sums.all_of("cost/") else None,
        demand,
        "less",
        needs_costs=True,
    )
    return count, part, cost
