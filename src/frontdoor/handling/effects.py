"""What follows from a move: each verb of a pack is one function here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from random import Random

from frontdoor.cases.actions.giving import (
    NewItem,
    ask_for_payment,
    call_off_payments,
    cancel_items,
    issue_item,
)
from frontdoor.cases.actions.timing import (
    add_timers,
    drop_promise,
    keep_promise,
    make_promise,
    new_timer,
)
from frontdoor.cases.actions.working import link_cases
from frontdoor.cases.models import Case, CaseLink, IssuedItem, TimerKind
from frontdoor.catalogue.numbers import new_number
from frontdoor.decisions.definition import Sheet
from frontdoor.handling.knowing import KnownCase, sheet_from
from frontdoor.handling.people import Person
from frontdoor.handling.recording import record_of_case
from frontdoor.handling.waiting import open_state_task
from frontdoor.journeys.definition import Effect, Issue, Verb
from frontdoor.journeys.promises import before, cut_off_of, span_of
from frontdoor.kernel.clock import day_of, start_of_day
from frontdoor.kernel.facts import Json
from frontdoor.kernel.ids import read_reference
from frontdoor.kernel.workingdays import ENGLAND

MOST_TRIES = 20
SAME_PROBLEM = "same problem"


class NoSuchReport(Exception):
    """There is no other report of this service with that reference. Check it and try again; nothing was changed."""


class CannotIssue(Exception):
    """The item cannot be issued: a date or number it needs is not known. Record what is missing, then try
    again; nothing was changed.
    """


@dataclass(frozen=True)
class Context:
    """One move being carried out: the case, what is known after it, who made it, when, and chance."""

    case: Case
    known: KnownCase
    person: Person
    at: datetime
    rng: Random

    @cached_property
    def sheet(self) -> Sheet:
        """The decision sheet after the move; weighed only for a move that needs it."""
        return sheet_from(known=self.known, case=self.case)

    def fact(self, name: str | None) -> Json:
        """A fact, or a value worked out on the sheet; None where it is not known."""
        if name is None:
            return None
        return self.sheet.computed.get(name, self.known.facts.get(name))


def carry_out(effect: Effect, context: Context) -> None:
    """Do one thing that follows from a move."""
    DOING[effect.verb](effect.what, context)


def _make_promise(name: str, context: Context) -> None:
    promise = context.known.pack.journey.promises[name]
    span = span_of(promise=promise, facts=context.known.facts)
    if span is not None:
        make_promise(
            case=context.case,
            name=name,
            within=span,
            warn=promise.warn,
            at=context.at,
            calendar=ENGLAND,
            cut_off=cut_off_of(promise=promise, facts=context.known.facts),
        )


def _keep_promise(name: str, context: Context) -> None:
    keep_promise(case=context.case, name=name, at=context.at)


def _drop_promise(name: str, context: Context) -> None:
    drop_promise(case=context.case, name=name, at=context.at)


def _ask_for_payment(value: str, context: Context) -> None:
    pounds = context.fact(value)
    if isinstance(pounds, int | float) and pounds > 0:
        pence = round(pounds * 100)
        ask_for_payment(case=context.case, purpose=value, amount_pence=pence, at=context.at, rng=context.rng)


def _refund_payment(_: str, context: Context) -> None:
    call_off_payments(case=context.case, at=context.at)


def _open_task(name: str, context: Context) -> None:
    kind = context.known.pack.journey.tasks[name]
    open_state_task(case=context.case, kind=kind, at=context.at)


def _issue(name: str, context: Context) -> None:
    issue = context.known.pack.journey.issues[name]
    item = issue_item(
        case=context.case,
        new=_new_item(issue, context),
        by=context.person.user,
        at=context.at,
        rng=context.rng,
    )
    if issue.remind_before and issue.remind_update and item.expires_on:
        timer = new_timer(
            case=context.case,
            kind=TimerKind.ISSUED,
            what=issue.remind_update,
            key=f"issued:{item.pk}:{issue.remind_update}",
            due_at=before(at=start_of_day(item.expires_on), span=issue.remind_before, calendar=ENGLAND),
        )
        add_timers([timer])
    record_of_case(
        case=context.case,
        event="item issued",
        by=context.person.actor,
        at=context.at,
        facts={"item": str(item.pk), "kind": item.kind, "amount_pence": item.amount_pence},
        shown=True,
    )


def _cancel(name: str, context: Context) -> None:
    """The state the case has come to says why."""
    cancelled = cancel_items(case=context.case, name=name, because=context.case.state, at=context.at)
    if cancelled:
        record_of_case(
            case=context.case,
            event="item cancelled",
            by=context.person.actor,
            at=context.at,
            facts={"what": name, "items": cancelled},
            shown=True,
        )


def _new_item(issue: Issue, context: Context) -> NewItem:
    amount = context.fact(issue.amount)
    starts_on = _day(context.fact(issue.starts)) or day_of(context.at)
    expires_on = _day(context.fact(issue.expires))
    if issue.expires and expires_on is None:
        raise CannotIssue
    return NewItem(
        name=issue.name,
        kind=_kind(issue, context),
        starts_on=starts_on,
        expires_on=expires_on,
        number=_free_number(issue.number, context.rng) if issue.number else None,
        amount_pence=round(amount * 100) if isinstance(amount, int | float) else None,
    )


def _kind(issue: Issue, context: Context) -> str:
    """A kind that names a fact is that fact's value: an award of food or of heating is the need it meets."""
    value = context.fact(issue.kind)
    return value if isinstance(value, str) else issue.kind


def _free_number(form: str, rng: Random) -> str:
    for _ in range(MOST_TRIES):
        number = new_number(form, rng)
        if not IssuedItem.objects.filter(number=number).exists():
            return number
    raise CannotIssue


def _day(value: Json) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def _link_to(fact: str, context: Context) -> None:
    """Link the case to the first report, whose reference staff gave. A report that is linked itself is not the first."""
    reference = read_reference(str(context.fact(fact) or ""))
    first = Case.objects.filter(reference=reference, service=context.case.service).first()
    if first is None or first.pk == context.case.pk:
        raise NoSuchReport
    earlier = CaseLink.objects.filter(case=first, relation=SAME_PROBLEM).select_related("other").first()
    link = link_cases(
        case=context.case, other=earlier.other if earlier else first, relation=SAME_PROBLEM, at=context.at
    )
    record_of_case(
        case=context.case,
        event="cases linked",
        by=context.person.actor,
        at=context.at,
        facts={"other": str(link.other_id)},
    )


def _nothing_more(_: str, context: Context) -> None:
    """`moving` sees to it: moments are recorded with the facts, followers told with the update, appointments
    booked as given.
    """


DOING: Mapping[Verb, Callable[[str, Context], None]] = {
    Verb.MAKE_PROMISE: _make_promise,
    Verb.KEEP_PROMISE: _keep_promise,
    Verb.DROP_PROMISE: _drop_promise,
    Verb.ASK_FOR_PAYMENT: _ask_for_payment,
    Verb.REFUND_PAYMENT: _refund_payment,
    Verb.ISSUE: _issue,
    Verb.CANCEL: _cancel,
    Verb.RECORD: _nothing_more,
    Verb.OPEN_TASK: _open_task,
    Verb.TELL_FOLLOWERS: _nothing_more,
    Verb.LINK_TO: _link_to,
    Verb.MOVE_LINKED: _nothing_more,
    Verb.BOOK: _nothing_more,
}
