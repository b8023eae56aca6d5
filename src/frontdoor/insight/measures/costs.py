"""What contact costs, and what was saved (domain 7.4, 7.5)."""

from __future__ import annotations

from frontdoor.insight.measures.shape import Measure, Sums, Unit, ratio

CONTACT = "cost/received"


def costed(sums: Sums) -> int:
    """Contacts of which it is known what they cost."""
    return sums.count(CONTACT)


def cost(sums: Sums) -> float | None:
    """Pence for all contacts; None where none has a cost."""
    return sums.totals.get(CONTACT, 0) if costed(sums) else None


def saved(now: Sums, then: Sums) -> float | None:
    """Pence less than a year before; below nothing where it was more."""
    spent, spent_then = cost(now), cost(then)
    return None if spent is None or spent_then is None else spent_then - spent


def saved_by_shift(now: Sums, then: Sums) -> float | None:
    """Pence less than the contacts of now would have come to at the mean cost of a contact a year before."""
    spent, mean_then = cost(now), ratio(cost(then) or 0, costed(then))
    return None if spent is None or mean_then is None else mean_then * costed(now) - spent


COSTS: tuple[Measure, ...] = (
    Measure(
        "cost",
        "Cost of contact",
        "Contacts at the unit cost of their service and channel, as the council gives them; both years at today’s unit "
        "costs, so that a change is a change in contact and not in prices. A visit to the web that fails and a call "
        "after it cost both.",
        Unit.PENCE,
        cost,
        costed,
        "less",
        needs_costs=True,
    ),
    Measure(
        "cost-each",
        "Cost of a contact",
        "The cost of contact, shared by all contacts that have a unit cost.",
        Unit.PENCE,
        lambda sums: ratio(cost(sums) or 0, costed(sums)),
        costed,
        "less",
        needs_costs=True,
    ),
    Measure(
        "saved",
        "Less than a year before",
        "What contact cost a year before, less what it cost now. Fewer contacts because fewer people needed us are in "
        "it: read it with the next. It is no money in hand until hours or a post go and finance has signed it off.",
        Unit.PENCE,
        lambda sums: None,
        costed,
        "more",
        needs_costs=True,
        beside=saved,
    ),
    Measure(
        "saved-by-shift",
        "Less because of cheaper ways in",
        "What the contacts of this period would have cost at last year’s average, less what they cost: the part of the "
        "difference that comes of another mix of channels, whatever the demand.",
        Unit.PENCE,
        lambda sums: None,
        costed,
        "more",
        needs_costs=True,
        beside=saved_by_shift,
    ),
)
