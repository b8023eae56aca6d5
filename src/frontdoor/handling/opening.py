"""Open a case: a finished draft becomes a case with a reference, a promise and an acknowledgement, all or
nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from uuid import UUID

from django.db import transaction

from frontdoor.cases.actions.evidence import add_evidence
from frontdoor.cases.actions.moving import save_case
from frontdoor.cases.actions.opening import NewCase, add_case
from frontdoor.cases.actions.timing import add_timer, begin_promise
from frontdoor.cases.actions.working import open_task
from frontdoor.cases.models import Case, Draft, DraftFile, TimerKind
from frontdoor.catalogue.models import PackVersion
from frontdoor.catalogue.pack import Pack
from frontdoor.catalogue.published import our_council, pack_of
from frontdoor.contacts.actions import know_customer, start_conversation, take_contact
from frontdoor.contacts.models import Contact, Customer, StoredFile
from frontdoor.handling.introducing import introduction_of
from frontdoor.handling.knowing import KnownCase, known_of
from frontdoor.handling.people import Person, customer
from frontdoor.handling.updates import Occasion, tell_customer
from frontdoor.handling.wording import Said
from frontdoor.journal.actions import record
from frontdoor.journeys.promises import span_of, wait_ends
from frontdoor.kernel.facts import Json
from frontdoor.kernel.workingdays import ENGLAND, due
from frontdoor.staff.models import Team


class NoTeam(LookupError):
    """The team that owns this service does not exist in this installation. Add it to the council's teams;
    nothing was stored.
    """


@dataclass(frozen=True)
class Application:
    """What a customer sends: answers that were read and checked, files by kind of evidence, and who helped."""

    pack: PackVersion
    answers: Mapping[str, Json]
    channel: str
    files: tuple[tuple[str, StoredFile], ...] = ()
    helper: Mapping[str, Json] | None = None
    enquiry: str = ""
    is_assisted: bool = False
    draft: Draft | None = field(default=None)
    taken_by: Person | None = None


@transaction.atomic
def open_case_from_draft(
    *, draft_id: UUID, at: datetime, rng: Random, taken_by: Person | None = None
) -> Case:
    """The case of this draft. Sent twice, it is the same case: the second time finds it and changes nothing."""
    draft = (
        Draft.objects.select_for_update(of=("self",))
        .select_related("pack")
        .defer("pack__files")
        .get(pk=draft_id)
    )
    already = Case.objects.filter(draft=draft).first()
    if already is not None:
        return already
    files = DraftFile.objects.filter(draft=draft).select_related("file").defer("file__content").order_by("pk")
    application = Application(
        pack=draft.pack,
        answers=draft.answers,
        channel=draft.channel,
        files=tuple((each.kind, each.file) for each in files),
        helper=draft.helper,
        enquiry="apply",
        is_assisted=taken_by is not None and taken_by.user is not None,
        draft=draft,
        taken_by=taken_by,
    )
    return open_case(application=application, at=at, rng=rng)


@transaction.atomic(savepoint=False)
def open_case(*, application: Application, at: datetime, rng: Random) -> Case:
    """A new case with everything it begins with: customer, contact, evidence, promise, timers,
    acknowledgement, journal entry. It is weighed at once by the worker, so that nobody waits for that.
    """
    pack = pack_of(application.pack)
    person = _customer(pack, application, at, rng)
    contact = _contact(pack, application, person, at, rng)
    case = add_case(new=_new_case(pack, application, person, contact), at=at, rng=rng)
    for kind, file in application.files:
        add_evidence(case=case, kind=kind, file=file, at=at, rng=rng)
    known = known_of(case=case, at=at, begins_with=frozenset(kind for kind, _ in application.files))
    _begin(case, known, at)
    save_case(case=case)
    by = application.taken_by or customer(case.customer_id, is_helper=bool(application.helper))
    _record(case, contact, by, at)
    _acknowledge(case, known, by, at, rng)
    add_timer(case=case, kind=TimerKind.WEIGH, what="opened", key=f"weigh:{case.pk}", due_at=at)
    return case


def _customer(pack: Pack, application: Application, at: datetime, rng: Random) -> Customer | None:
    introduction = introduction_of(application.answers)
    is_nobody = not (introduction.full_name or introduction.email or introduction.phone)
    if is_nobody and pack.service.is_open_to_anonymous:
        return None
    return know_customer(introduction=introduction, at=at, rng=rng)


def _contact(
    pack: Pack, application: Application, person: Customer | None, at: datetime, rng: Random
) -> Contact:
    conversation = start_conversation(customer=person, service=pack.id, at=at, rng=rng)
    return take_contact(
        conversation=conversation,
        channel=application.channel,
        enquiry=application.enquiry,
        is_assisted=application.is_assisted,
        at=at,
        rng=rng,
    )


def _new_case(pack: Pack, application: Application, person: Customer | None, contact: Contact) -> NewCase:
    state = pack.journey.states[pack.journey.starts_at]
    place = _place(application.answers)
    return NewCase(
        conversation=contact.conversation,
        customer=person,
        pack=application.pack,
        authority=our_council().authority,
        kind=pack.service.kind.value,
        channel=application.channel,
        is_restricted=pack.service.is_restricted,
        team=_team(pack),
        answers=application.answers,
        helper=application.helper,
        state=state.name,
        waits_for=state.waits_for.value,
        prefix=pack.service.reference,
        draft=application.draft,
        lat=place[0] if place else None,
        lon=place[1] if place else None,
    )


def _place(answers: Mapping[str, Json]) -> tuple[float, float] | None:
    for value in answers.values():
        if isinstance(value, dict) and isinstance(value.get("lat"), int | float):
            return float(value["lat"]), float(value["lon"])
    return None


def _team(pack: Pack) -> Team:
    try:
        return Team.objects.get(name=pack.service.owner)
    except Team.DoesNotExist:
        raise NoTeam(f"There is no team called {pack.service.owner}. {NoTeam.__doc__}") from None


def _begin(case: Case, known: KnownCase, at: datetime) -> None:
    """The promise, reminders, wait and task of the state in which the journey starts."""
    journey = known.pack.journey
    state = journey.states[case.state]
    promise = journey.promises.get(state.promise or "")
    span = span_of(promise=promise, facts=known.facts) if promise else None
    if promise and span:
        begin_promise(case=case, name=promise.name, within=span, warn=promise.warn, at=at, calendar=ENGLAND)
    for reminder in state.reminders:
        _state_timer(
            case,
            TimerKind.REMIND,
            reminder.update,
            wait_ends(start_at=at, span=reminder.after, calendar=ENGLAND),
        )
    if state.after:
        _state_timer(
            case,
            TimerKind.MOVE,
            state.after.move,
            wait_ends(start_at=at, span=state.after.wait, calendar=ENGLAND),
        )
    if state.task:
        task = journey.tasks[state.task]
        team = Team.objects.get(name=task.team) if task.team else case.team
        open_task(
            case=case,
            kind=task.name,
            team=team,
            due_at=due(at, task.within, ENGLAND) if task.within else None,
            at=at,
        )


def _state_timer(case: Case, kind: TimerKind, what: str, due_at: datetime) -> None:
    key = f"{kind.value}:{case.pk}:{case.state}:begin:{what}:{due_at.isoformat()}"
    add_timer(case=case, kind=kind, what=what, key=key, due_at=due_at, of_state=case.state)


def _acknowledge(case: Case, known: KnownCase, by: Person, at: datetime, rng: Random) -> None:
    """The acknowledgement: once for each case, at once, for the customer has just written."""
    words = known.pack.journey.states[case.state].update
    if words is None or case.customer is None:
        return
    occasion = Occasion(words, "acknowledgement", is_answer=True)
    tell_customer(case=case, known=known, occasion=occasion, said=Said(), by=by.actor, at=at, rng=rng)


def _record(case: Case, contact: Contact, by: Person, at: datetime) -> None:
    record(
        at=at,
        by=by.actor,
        event="case opened",
        case=case.pk,
        contact=contact.pk,
        customer=case.customer_id,
        service=case.service,
        facts={
            "reference": case.reference,
            "channel": case.channel,
            "pack": case.pack.version,
            "state": case.state,
        },
        shown=True,
    )
