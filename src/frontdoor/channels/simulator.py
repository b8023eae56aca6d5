"""Numbers and addresses that stand for an outcome, so that failures can be shown without a real person.

Source: GOV.UK Notify's published test numbers and addresses. Smoke numbers are accepted, but Notify stores
nothing about them and never sends a receipt: whoever waits for one waits for ever.
"""

from __future__ import annotations

from frontdoor.channels.messages import Status

_OUTCOMES = {
    "07700900003": Status.TEMPORARY_FAILURE,
    "07700900002": Status.PERMANENT_FAILURE,
    "temp-fail@simulator.notify": Status.TEMPORARY_FAILURE,
    "perm-fail@simulator.notify": Status.PERMANENT_FAILURE,
}
_SMOKE = frozenset(
    {
        "07700900000",
        "07700900111",
        "07700900222",
        "simulate-delivered@notifications.service.gov.uk",
        "simulate-delivered-2@notifications.service.gov.uk",
        "simulate-delivered-3@notifications.service.gov.uk",
    }
)


def outcome_for(to: str) -> Status:
    """How a message to this number or address ends: delivered, unless it is one that stands for a failure."""
    return _OUTCOMES.get(_plain(to), Status.DELIVERED)


def expects_receipt(to: str) -> bool:
    """Will news of delivery ever come for this number or address? Not for smoke numbers."""
    return _plain(to) not in _SMOKE


def _plain(to: str) -> str:
    if "@" in to:
        return to.strip().lower()
    digits = "".join(letter for letter in to if letter.isdigit())
    return "0" + digits[2:] if digits.startswith("44") else digits
