"""Contacts: how many came, how many were answered, how long it took, and whether once was enough (domain 7.1)."""

from __future__ import annotations

from frontdoor.insight.measures.shape import Measure, Sums, Unit, mean, ratio, received, share
from frontdoor.insight.spread import WAITS, at_most, percentile

SERVICE_LEVEL_SECONDS = 20


def offered(sums: Sums) -> int:
    """Contacts that asked for a person and did not hang up at once."""
    return sums.count("answered", "abandoned")


def service_level(sums: Sums) -> float | None:
    """Per cent answered in time, of all offered."""
    return share(at_most(sums.begins("wait/"), WAITS, SERVICE_LEVEL_SECONDS), offered(sums))


def settled_at_once(sums: Sums) -> float | None:
    """Per cent of answered contacts that were neither passed on nor came back."""
    not_settled = sums.count("passed on", "came back")
    return share(max(0, sums.count("answered") - not_settled), sums.count("answered"))


CONTACTS: tuple[Measure, ...] = (
    Measure(
        "received",
        "Contacts received",
        "Every approach on every channel, also outside opening hours, and also those who hung up. Somebody who tries "
        "again is counted again, so it rises when fewer calls are answered.",
        Unit.COUNT,
        received,
        received,
    ),
    Measure(
        "answered",
        "Answered or completed",
        "Answered by a person, or completed by the customer on the web.",
        Unit.COUNT,
        lambda sums: sums.count("answered", "completed"),
        received,
        "more",
    ),
    Measure(
        "answered-share",
        "Per cent answered or completed",
        "Answered or completed, of all received. It is not the service level: it says nothing of the wait.",
        Unit.PER_CENT,
        lambda sums: share(sums.count("answered", "completed"), sums.count("received")),
        received,
        "more",
    ),
    Measure(
        "worked-off",
        "Written contacts completed",
        "Emails, letters, texts and social media answered in the period, whenever they came. It can be more than came in "
        "when a backlog is worked off, so it is no share of them: what still waits says more.",
        Unit.COUNT,
        lambda sums: sums.count("worked off"),
        lambda sums: sums.count("worked off"),
        "more",
    ),
    Measure(
        "service-level",
        f"Service level, {SERVICE_LEVEL_SECONDS} seconds",
        f"Answered within {SERVICE_LEVEL_SECONDS} seconds, of all that were offered: those answered and those "
        "who gave up; who hung up within 5 seconds is left out.",
        Unit.PER_CENT,
        service_level,
        offered,
        "more",
    ),
    Measure(
        "wait-mean",
        "Average wait",
        "From coming in until a person answered, of those answered. Those who gave up are not in it, so it looks better "
        "than it was when many did: read it with the 90th percentile and the per cent abandoned.",
        Unit.SECONDS,
        lambda sums: mean(sums, "answered"),
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
        lambda sums: mean(sums, "handled"),
        lambda sums: sums.count("handled"),
    ),
    Measure(
        "first-contact",
        "First contact resolution",
        "Answered contacts that were not passed on, and after which the same person did not come back on the same "
        "subject, by any channel, within the service’s window (a week unless the service says otherwise). Worked out "
        "from repeats, not asked in a survey. It counts on the day of the repeat, for the "
        "channel of the contact before. Who comes back under another name or number is not seen.",
        Unit.PER_CENT,
        settled_at_once,
        lambda sums: sums.count("answered"),
        "more",
    ),
    Measure(
        "online-to-call",
        "Online contacts for each call",
        "Contacts on the web for each phone call. A visit that leads to a call is counted in both.",
        Unit.RATIO,
        lambda sums: ratio(sums.count("received/web"), sums.count("received/phone")),
        lambda sums: sums.count("received/web", "received/phone"),
        "more",
    ),
)

ONLINE: tuple[Measure, ...] = (
    Measure(
        "online",
        "Online",
        "",
        Unit.COUNT,
        lambda sums: sums.count("received/web"),
        lambda sums: sums.count("received/web"),
        "more",
    ),
    Measure(
        "calls",
        "Calls",
        "",
        Unit.COUNT,
        lambda sums: sums.count("received/phone"),
        lambda sums: sums.count("received/phone"),
        "less",
    ),
    CONTACTS[-1],
)
"""The ratio of online contacts to calls with the two counts it is made of."""
