"""The words that fill the templates of updates: the customer's answers, dates, promises and links."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from frontdoor.cases.models import (
    PHONE,
    Appointment,
    Case,
    DecisionRecord,
    Evidence,
    EvidenceStatus,
    IssuedItem,
    Payment,
    Promise,
)
from frontdoor.catalogue.published import our_council
from frontdoor.forms.answers import say_answer
from frontdoor.handling.knowing import KnownCase
from frontdoor.handling.ports import ports
from frontdoor.kernel.clock import day_of, london
from frontdoor.kernel.factnames import fact_name
from frontdoor.kernel.facts import Json
from frontdoor.kernel.money import in_pounds

MONTHS = tuple(date(2000, month, 1).strftime("%B") for month in range(1, 13))

ITEM_NAMES = frozenset({"amount", "fee", "badge_number", "item_number", "expires_on", "starts_on"})


@dataclass(frozen=True)
class Said:
    """What belongs to this occasion only: an officer's words, the evidence asked for, the reasons given, and
    the old and the new date of a promise.
    """

    words: str = ""
    evidence: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    dates: tuple[datetime, datetime] | None = None


def words_of(*, case: Case, known: KnownCase, said: Said, needed: frozenset[str]) -> dict[str, str]:
    """The words of every name that is needed. Names without words yet are empty, never an error in a letter."""
    words = dict.fromkeys(needed, "")
    words |= {
        **_facts_in_words(known, needed),
        **_of_the_council(case),
        "next_step": known.pack.journey.states[case.state].next,
        "officer_words": said.words,
        **_of_dates(said),
    }
    for names, look_up in _of_the_record(case, known, said):
        if not needed.isdisjoint(names):
            words |= look_up()
    return words


Words = dict[str, str]


def _of_the_record(
    case: Case, known: KnownCase, said: Said
) -> list[tuple[frozenset[str], Callable[[], Words]]]:
    """Words that cost a look at the record, with the names they give: looked up only when an update uses one."""
    return [
        (_promise_names(known), lambda: _of_promises(case, known)),
        (frozenset({"reasons", "review_by", "decision_words"}), lambda: _of_decision(case, known, said)),
        (ITEM_NAMES, lambda: _of_items(case)),
        (frozenset({"appointment"}), lambda: _of_appointment(case)),
        (frozenset({"evidence_asked"}), lambda: {"evidence_asked": _evidence_asked(case, known, said)}),
    ]


def _of_dates(said: Said) -> Words:
    if said.dates is None:
        return {}
    old, new = said.dates
    return {"old_date": date_in_words(day_of(old)), "new_date": date_in_words(day_of(new))}


def date_in_words(day: date) -> str:
    """`1 March 2027`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def time_in_words(at: datetime) -> str:
    """`5:30pm on 1 March 2027`, in London."""
    local = london(at)
    hour, half = local.hour % 12 or 12, "am" if local.hour < 12 else "pm"
    clock = f"{hour}:{local.minute:02d}{half}" if local.minute else f"{hour}{half}"
    return f"{clock} on {date_in_words(local.date())}"


def _of_the_council(case: Case) -> dict[str, str]:
    council = our_council()
    return {
        "reference": case.reference,
        "council": council.name,
        "council_phone": council.contact.phone or "",
        "track_link": f"{ports().public_url}/track/{case.reference}",
    }


def _facts_in_words(known: KnownCase, needed: frozenset[str]) -> Words:
    used = needed & known.facts.keys()
    return {name: fact_in_words(name, known.facts[name], known) for name in used}


def fact_in_words(name: str, value: Json, known: KnownCase) -> str:
    """A fact as a person would say it: through its question where it has one, dates and money as such."""
    question = known.pack.question(name)
    if question is not None:
        return say_answer(question=question, value=value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return _day_or_text(value)
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _day_or_text(value: str) -> str:
    try:
        return date_in_words(date.fromisoformat(value))
    except ValueError:
        return value


def _of_promises(case: Case, known: KnownCase) -> dict[str, str]:
    words = dict.fromkeys(_promise_names(known), "")
    made = Promise.objects.filter(case=case).order_by("made_at", "pk") if known.begun is None else ()
    for promise in known.begun.promises if known.begun else made:
        hours = promise.within.endswith(("hour", "hours"))
        due = time_in_words(promise.due_at) if hours else date_in_words(day_of(promise.due_at))
        words[f"{fact_name(promise.name)}_date"] = due
    return words


def _promise_names(known: KnownCase) -> frozenset[str]:
    return frozenset(f"{fact_name(name)}_date" for name in known.pack.journey.promises)


def _of_decision(case: Case, known: KnownCase, said: Said) -> dict[str, str]:
    decision = DecisionRecord.objects.filter(case=case).order_by("-at", "-pk").first()
    reasons = said.reasons or tuple(decision.reasons if decision else ())
    words = {"reasons": bullets(reason_words(known, reasons)), "review_by": ""}
    if decision and known.rules.review:
        words["review_by"] = date_in_words(last_day_to_ask(decision.at, known.rules.review.ask_within_days))
    if decision and not said.words:
        words["decision_words"] = decision.words
    return words


def last_day_to_ask(decided_at: datetime, days: int) -> date:
    """The last day on which a customer may ask for the decision to be looked at again; the day of the
    decision not counted.
    """
    return date.fromordinal(day_of(decided_at).toordinal() + days)


def reason_words(known: KnownCase, names: tuple[str, ...]) -> list[str]:
    """The words of these reasons, as the letter gives them."""
    return [known.rules.reasons[name].say for name in names if name in known.rules.reasons]


def bullets(lines: list[str]) -> str:
    """A Markdown list."""
    return "\n".join(f"* {line}" for line in lines)


def _of_items(case: Case) -> dict[str, str]:
    item = IssuedItem.objects.filter(case=case).order_by("-issued_at").first()
    payment = Payment.objects.filter(case=case).order_by("-asked_at").first()
    words = dict.fromkeys(ITEM_NAMES, "")
    if item:
        words |= {
            "badge_number": item.number or "",
            "item_number": item.number or "",
            "starts_on": date_in_words(item.starts_on),
            "expires_on": date_in_words(item.expires_on) if item.expires_on else "",
            "amount": in_pounds(item.amount_pence) if item.amount_pence is not None else "",
        }
    if payment:
        words["fee"] = in_pounds(payment.amount_pence)
        words["amount"] = words["amount"] or words["fee"]
    return {name: said for name, said in words.items() if said or name in ("amount", "fee", "badge_number")}


def _of_appointment(case: Case) -> dict[str, str]:
    """The one that a move booked; calls have words of their own."""
    seen = Appointment.objects.filter(case=case, cancelled_at__isnull=True).exclude(kind=PHONE)
    booked = seen.order_by("-booked_at").first()
    if booked is None:
        return {"appointment": ""}
    return {"appointment": f"{time_in_words(booked.at)}, {booked.where}"}


def _evidence_asked(case: Case, known: KnownCase, said: Said) -> str:
    kinds = said.evidence or tuple(
        Evidence.objects.filter(case=case, status=EvidenceStatus.ASKED)
        .order_by("added_at")
        .values_list("kind", flat=True)
    )
    return bullets([_kind_words(known, kind) for kind in kinds])


def _kind_words(known: KnownCase, kind: str) -> str:
    described = known.pack.form.evidence.get(kind)
    return (
        f"{described.title}: {described.ask}"
        if described and described.ask
        else described.title
        if described
        else kind
    )
