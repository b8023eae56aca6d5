"""Who the customer says they are, read from the well-known questions of a form."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from frontdoor.contacts.actions import Introduction
from frontdoor.kernel.facts import Json


def introduction_of(answers: Mapping[str, Json], *, asked: Collection[str]) -> Introduction:
    """Who the customer says they are, from the well-known questions of a form.

    `asked`: the questions that apply. An answer given before, to a question that no longer applies, does not count:
    who chose to be told by text is not written to at an address they had typed first.
    """
    answers = answers_that_count(answers, asked=asked)
    address, born_on = answers.get("home_address"), answers.get("born_on")
    safe = answers.get("safe_contact")
    return Introduction(
        full_name=_text(answers, "full_name") or _text(answers, "organisation_name"),
        born_on=date.fromisoformat(born_on) if isinstance(born_on, str) and born_on else None,
        email=_text(answers, "email"),
        phone=_text(answers, "phone"),
        address=address if isinstance(address, dict) else None,
        prefers=_text(answers, "contact_by"),
        is_organisation=bool(_text(answers, "organisation_name")),
        safe_ways=frozenset(str(way) for way in safe) if isinstance(safe, list) else None,
    )


def answers_that_count(answers: Mapping[str, Json], *, asked: Collection[str]) -> dict[str, Json]:
    """The answers to questions that apply."""
    return {name: value for name, value in answers.items() if name in asked}


def _text(answers: Mapping[str, Json], name: str) -> str:
    value = answers.get(name)
    return value if isinstance(value, str) else ""
