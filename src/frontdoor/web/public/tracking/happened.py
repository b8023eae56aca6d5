"""The journal of a case in the customer's words: one line an entry that they may see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from frontdoor.cases.models import Case
from frontdoor.catalogue.pack import Pack
from frontdoor.journal.models import JournalEntry
from frontdoor.journal.queries import entries_of_case
from frontdoor.web.words import date_words, datetime_words, pounds_words

Facts = Mapping[str, Any]


def happened(*, case: Case, pack: Pack) -> list[dict[str, Any]]:
    """The timeline, newest first."""
    entries = entries_of_case(case_id=case.pk).filter(shown=True)
    return [_line(entry, pack) for entry in reversed(list(entries))]


def _line(entry: JournalEntry, pack: Pack) -> dict[str, Any]:
    say, kind = SAYING.get(entry.event, (_as_it_is, "done"))
    words = say({**entry.facts, "event": entry.event}, pack)
    return {"title": words, "at": entry.at, "kind": kind}


def _as_it_is(facts: Facts, pack: Pack) -> str:
    return str(facts["event"]).capitalize()


def _opened(facts: Facts, pack: Pack) -> str:
    return _("You told us about it") if pack.service.kind.value == "report" else _("You applied")


def _moved(facts: Facts, pack: Pack) -> str:
    state = pack.journey.states.get(str(facts.get("to", "")))
    return state.customer if state else _("Your case moved on")


def _told(facts: Facts, pack: Pack) -> str:
    by = {
        "email": _("We sent you an email"),
        "text": _("We sent you a text message"),
        "letter": _("We sent you a letter"),
    }
    return by.get(str(facts.get("by")), _("We left you a message here"))


def _evidence(facts: Facts, pack: Pack) -> str:
    count = int(facts.get("files", 1))
    return ngettext("You sent us %(num)d file", "You sent us %(num)d files", count) % {"num": count}


def _extended(facts: Facts, pack: Pack) -> str:
    due = datetime.fromisoformat(str(facts["due_at"]))
    return _("We gave you a new date: %(day)s") % {"day": date_words(due)}


def _paid(facts: Facts, pack: Pack) -> str:
    return _("You paid %(amount)s") % {"amount": pounds_words(int(facts.get("amount_pence", 0)))}


def _issued(facts: Facts, pack: Pack) -> str:
    return _("We gave you: %(what)s") % {"what": facts.get("kind", pack.service.name)}


def _called(words: str) -> Callable[[Facts, Pack], str]:
    return lambda facts, pack: (
        _(words) % {"when": datetime_words(datetime.fromisoformat(str(facts["call at"])))}
    )


SAYING: Mapping[str, tuple[Callable[[Facts, Pack], str], str]] = {
    "case opened": (_opened, "done"),
    "case moved": (_moved, "done"),
    "customer told": (_told, "message"),
    "customer replied": (lambda facts, pack: _("You wrote to us"), "message"),
    "call booked": (_called("We agreed to ring you on %(when)s"), "done"),
    "call changed": (_called("Our call was moved to %(when)s"), "done"),
    "call cancelled": (_called("Our call of %(when)s was cancelled"), "done"),
    "call kept": (_called("We rang you, as agreed for %(when)s"), "done"),
    "call missed": (_called("We rang you for the call of %(when)s and could not reach you"), "problem"),
    "evidence received": (_evidence, "done"),
    "promise extended": (_extended, "problem"),
    "payment taken": (_paid, "good"),
    "item issued": (_issued, "good"),
}
