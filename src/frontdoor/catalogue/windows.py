"""What a service sets itself, and what the council sets for every service: windows in time, and costs of a contact."""

from __future__ import annotations

from datetime import timedelta

from frontdoor.catalogue.council import Windows
from frontdoor.catalogue.published import our_catalogue, our_council
from frontdoor.catalogue.schema.service import Channel

COSTED_AS = {"chat": Channel.WEBCHAT}
"""Ways in that packs call otherwise than contacts do."""


def windows_of(service: str) -> Windows:
    """The windows of a service: its own, and the council's for the rest and for what is none of our services."""
    found = our_catalogue().services.get(service)
    usual = our_council().windows
    return usual.model_copy(update=dict(found.windows)) if found and found.windows else usual


def longest_repeat() -> timedelta:
    """The longest window of any service within which asking again is one matter that was not settled."""
    own = (each.windows.get("repeat", timedelta(0)) for each in our_catalogue().services.values())
    return max(our_council().windows.repeat, *own, timedelta(0))


def unit_cost(*, service: str, channel: str) -> int | None:
    """Pence for a contact about a service on a channel; None where neither the service nor the council says."""
    way = COSTED_AS.get(channel, channel)
    if way not in list(Channel):
        return None
    found = our_catalogue().services.get(service)
    own = found.unit_costs.get(Channel(way)) if found else None
    return own if own is not None else our_council().unit_costs.get(Channel(way))
