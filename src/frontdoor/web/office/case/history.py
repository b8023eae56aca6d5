"""The journal of a case in words: what happened, when, who did it, and whether the customer sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from frontdoor.cases.models import Case, EnquiryOutcome
from frontdoor.catalogue.pack import Pack
from frontdoor.catalogue.published import pack_of
from frontdoor.journal.models import JournalEntry
from frontdoor.staff.models import Team
from frontdoor.staff.queries import names_of
from frontdoor.web.words import date_words, datetime_words, pounds_words

Facts = Mapping[str, Any]
ACTORS = {"customer": "Customer", "helper": "Helper", "system": "Done by itself", "robot": "Robot"}
CHANNELS = {
    "email": "email",
    "text": "text message",
    "letter": "letter",
    "helper": "their helper",
    "none": "their page only",
}


def entries_in_words(entries: Iterable[JournalEntry], case: Case) -> list[dict[str, Any]]:
    """Entries as a timeline shows them, in the order given. Looks that only read are told apart by their kind."""
    kept, pack = list(entries), pack_of(case.pack)
    people = names_of(_people_in(kept))
    teams = (
        dict(Team.objects.values_list("pk", "name"))
        if any(e.event == "case sent to team" for e in kept)
        else {}
    )
    names = {**people, **{f"team {pk}": name for pk, name in teams.items()}}
    return [_in_words(entry, pack, names) for entry in kept]


def _people_in(entries: list[JournalEntry]) -> set[str]:
    acted = {entry.actor_id for entry in entries if entry.actor_kind == "staff"}
    named = {
        str(e.facts.get(key, "")) for e in entries if e.event == "case allotted" for key in ("from", "to")
    }
    return acted | named


def _in_words(entry: JournalEntry, pack: Pack, names: Mapping[str, str]) -> dict[str, Any]:
    say = SAYING.get(entry.event)
    title, text = say(entry.facts, pack, names) if say else (entry.event.capitalize(), "")
    by = (
        names.get(entry.actor_id, _("A member of staff"))
        if entry.actor_kind == "staff"
        else ACTORS[entry.actor_kind]
    )
    return {
        "title": title,
        "text": text,
        "at": entry.at,
        "by": by,
        "kind": KINDS.get(entry.event, "done"),
        "hidden": not entry.shown,
    }


def _opened(facts: Facts, _pack: Pack, _names: Mapping[str, str]) -> tuple[str, str]:
    return _("The case was opened"), _("Reference %(reference)s, by %(channel)s.") % {
        "reference": facts.get("reference", ""),
        "channel": facts.get("channel", ""),
    }


def _moved(facts: Facts, pack: Pack, _names: Mapping[str, str]) -> tuple[str, str]:
    move = pack.journey.moves.get(str(facts.get("move")))
    state = pack.journey.states.get(str(facts.get("to")))
    text = _("Now: %(state)s.") % {"state": state.staff if state else facts.get("to")}
    return (move.label if move else str(facts.get("move"))), text


def _weighed(facts: Facts, _pack: Pack, _names: Mapping[str, str]) -> tuple[str, str]:
    doubts = int(facts.get("doubts") or 0)
    said = _("%(count)d things in doubt.") % {"count": doubts} if doubts != 1 else _("1 thing in doubt.")
    return _("The rules were weighed"), _("Outcome: %(outcome)s. ") % {"outcome": facts.get("outcome")} + said


def _told(facts: Facts, _pack: Pack, _names: Mapping[str, str]) -> tuple[str, str]:
    by = CHANNELS.get(str(facts.get("by")), str(facts.get("by")))
    return _("The customer was told: %(what)s") % {"what": facts.get("update")}, _("By %(channel)s.") % {
        "channel": by
    }


def _held_back(facts: Facts, _pack: Pack, _names: Mapping[str, str]) -> tuple[str, str]:
    title = _("The customer was not told, as they wished: %(what)s") % {"what": facts.get("update")}
    return title, _("Their page of the case shows the step.")


def _judged(facts: Facts, pack: Pack, _names: Mapping[str, str]) -> tuple[str, str]:
    kind = pack.form.evidence.get(str(facts.get("kind")))
    accepted = facts.get("status") == "accepted"
    words = _("%(kind)s: accepted") if accepted else _("%(kind)s: not accepted")
    return words % {"kind": kind.title if kind else facts.get("kind")}, ""


def _evidence(facts: Facts, pack: Pack, _names: Mapping[str, str]) -> tuple[str, str]:
    titles = [
        pack.form.evidence[kind].title if kind in pack.form.evidence else kind
        for kind in facts.get("kinds", [])
    ]
    return _("Papers came"), ", ".join(titles)


def _extended(facts: Facts, pack: Pack, _names: Mapping[str, str]) -> tuple[str, str]:
    was, now = (date_words(datetime.fromisoformat(str(facts[key]))) for key in ("was_due_at", "due_at"))
    return _("A new date was given"), _("%(was)s became %(now)s.") % {"was": was, "now": now}


def _allotted(facts: Facts, _pack: Pack, names: Mapping[str, str]) -> tuple[str, str]:
    to = names.get(str(facts.get("to", "")))
    return (_("Given to %(name)s") % {"name": to} if to else _("Handed back to the team")), ""


def _sent_on(facts: Facts, _pack: Pack, names: Mapping[str, str]) -> tuple[str, str]:
    return _("Sent to another team"), names.get(f"team {facts.get('to')}", "")


def _money(title: str) -> Callable[[Facts, Pack, Mapping[str, str]], tuple[str, str]]:
    def say(facts: Facts, _pack: Pack, _names: Mapping[str, str]) -> tuple[str, str]:
        pence = facts.get("amount_pence")
        return _(title), pounds_words(pence) if isinstance(pence, int) else ""

    return say


def _plainly(title: str) -> Callable[[Facts, Pack, Mapping[str, str]], tuple[str, str]]:
    def say(_facts: Facts, _pack: Pack, _names: Mapping[str, str]) -> tuple[str, str]:
        return _(title), ""

    return say


def _called(title: str) -> Callable[[Facts, Pack, Mapping[str, str]], tuple[str, str]]:
    def say(facts: Facts, _pack: Pack, _names: Mapping[str, str]) -> tuple[str, str]:
        return _(title), datetime_words(datetime.fromisoformat(str(facts["call at"])))

    return say


def _missed(facts: Facts, _pack: Pack, _names: Mapping[str, str]) -> tuple[str, str]:
    return _("A promise was missed"), str(facts.get("promise", ""))


def _enquiry_closed(facts: Facts, _pack: Pack, _names: Mapping[str, str]) -> tuple[str, str]:
    outcome = str(facts.get("outcome", ""))
    known = outcome in EnquiryOutcome.values
    return _("What came of it was noted"), EnquiryOutcome(outcome).label + "." if known else ""


SAYING: Mapping[str, Callable[[Facts, Pack, Mapping[str, str]], tuple[str, str]]] = {
    "case opened": _opened,
    "case moved": _moved,
    "case weighed": _weighed,
    "customer told": _told,
    "news held back": _held_back,
    "evidence judged": _judged,
    "evidence received": _evidence,
    "promise extended": _extended,
    "promise missed": _missed,
    "case allotted": _allotted,
    "case sent to team": _sent_on,
    "payment taken": _money("A payment was taken"),
    "payment refunded": _money("Money was given back"),
    "item issued": _money("Something was issued"),
    "item cancelled": _plainly("What was issued is no longer valid"),
    "note written": _plainly("A note was written"),
    "customer written to": _plainly("We wrote to the customer"),
    "customer replied": _plainly("The customer wrote to us"),
    "messages read": _plainly("What the customer wrote was read"),
    "interest declared": _plainly("A member of staff said that they know the customer"),
    "cases linked": _plainly("Linked with another report"),
    "report followed": _plainly("Somebody else follows this report"),
    "case viewed": _plainly("Looked at"),
    "case opened by customer": _plainly("The customer looked at the case"),
    "case opened by helper": _plainly("The customer’s helper looked at the case"),
    "helper ended": _plainly("The helper may speak for the customer no more"),
    "enquiry opened": _plainly("The customer was in touch about it"),
    "call booked": _called("A call was booked"),
    "call changed": _called("The time of a call was changed"),
    "call cancelled": _called("A call was cancelled"),
    "call reminded": _called("The customer was reminded of a call"),
    "call taken": _called("Somebody began to ring the customer"),
    "call tried": _called("The customer was rung in vain"),
    "call kept": _called("The customer was rung as arranged"),
    "call missed": _called("The customer could not be reached at the time of a call"),
    "call opened by customer": _called("The customer looked at a call"),
    "enquiry closed": _enquiry_closed,
    "enquiry handed on": _plainly("What the customer asked was handed on, with a promise"),
    "enquiry taken": _plainly("Somebody took what was handed on"),
    "enquiry put back": _plainly("What was handed on waits for the team again"),
    "enquiry settled": _plainly("What was handed on was done"),
    "survey sent": _plainly("The customer was asked how we did"),
    "survey answered": _plainly("The customer told us how we did"),
    "survey declined": _plainly("The customer does not want to be asked how we did"),
    "timer overtaken": _plainly("A step that was due had already been overtaken"),
}
KINDS: Mapping[str, str] = {
    "customer told": "message",
    "customer written to": "message",
    "customer replied": "message",
    "item issued": "good",
    "promise missed": "problem",
}
