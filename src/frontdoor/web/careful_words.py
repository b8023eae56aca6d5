"""How a customer may be reached safely, in words for staff; never for a message."""

from __future__ import annotations

from django.utils.translation import gettext as _

from frontdoor.contacts.safety import Safety


def safety_lines(safety: Safety) -> list[tuple[str, str]]:
    """What is to be heeded, each with its heading: what must never be done comes first."""
    ways = (
        (safety.may_ring, _("a call")),
        (safety.may_text, _("a text message")),
        (safety.may_email, _("an email")),
        (safety.may_post, _("a letter")),
    )
    lines = (
        (_("Never by"), ", ".join(words for may, words in ways if not may)),
        (_("Messages"), _("Leave none, with nobody and on no machine") if safety.no_messages else ""),
        (_("Safe times"), "; ".join(safety.times)),
        (_("Code word: they must say it"), "; ".join(safety.code_words)),
        (_("Also"), "; ".join(safety.words)),
    )
    return [(heading, words) for heading, words in lines if words]
