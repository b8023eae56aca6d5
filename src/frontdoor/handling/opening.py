"""Open a case: a finished draft becomes a case with a reference, a promise and an acknowledgement, all or
nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from random import Random
from uuid import UUID

from django.db import transaction

from frontdoor.cases.actions.evidence import begin_with_evidence
from frontdoor.cases.actions.opening import NewCase, new_case, store_case
from frontdoor.cases.actions.timing import add_timers, new_promise, new_timer, promise_timers
from frontdoor.cases.models import Case, Draft, DraftFile, Promise, TimerKind
from frontdoor.catalogue.models import PackVersion
from frontdoor.catalogue.pack import Pack
from frontdoor.catalogue.published import our_council, pack_of
from frontdoor.contacts.actions import Met, meet_customer, start_conversation, take_contact
from frontdoor.contacts.models import Contact, Conversation, Customer, StoredFile
from frontdoor.forms.facts import Facts
from frontdoor.handling.applying import KnownDraft
from frontdoor.handling.appointments.booking import not_needed_any_more
from frontdoor.handling.demand.classifying import note_online
from frontdoor.handling.introducing import answers_that_count, introduction_of
from frontdoor.handling.knowing import Begun, KnownCase, known_of
from frontdoor.handling.people import Person, customer
from frontdoor.handling.recording import record_of_case
from frontdoor.handling.updates import Occasion, tell_customer
from frontdoor.handling.waiting import open_state_task, state_timers
from frontdoor.handling.wording import Said
from frontdoor.journeys.promises import cut_off_of, span_of
from frontdoor.kernel.facts import Json
from frontdoor.kernel.workingdays import ENGLAND
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
    during: Contact | None = None
    """The call or visit in which it was filled in together: no further contact is counted."""
    facts: Facts | None = None
    """What follows from these answers for somebody new to us, where that has been worked out already."""


@transaction.atomic
def open_case_from_draft(
    *,
    draft_id: UUID,
    at: datetime,
    rng: Random,
    taken_by: Person | None = None,
    known: KnownDraft | None = None,
) -> Case:
    """The case of this draft. Sent twice, it is the same case: the second time finds it and changes nothing.

    `known`: what the caller found out about the draft; it counts for nothing where the draft was touched since.
    """
    touched_at = Draft.objects.select_for_update().values_list("touched_at", flat=True).get(pk=draft_id)
    # asked once the draft is locked: in the same query PostgreSQL would answer from before the wait
    if (opened := case_of_draft(draft_id=draft_id)) is not None:
        return opened
    if known is not None and known.draft.touched_at != touched_at:
        known = None
    draft = known.draft if known else _draft(draft_id)
    application = Application(
        pack=draft.pack,
        answers=draft.answers,
        channel=draft.channel,
        files=_files(draft) if known is None or known.files else (),
        helper=draft.helper,
        enquiry="apply",
        is_assisted=taken_by is not None and taken_by.user is not None,
        draft=draft,
        taken_by=taken_by,
        during=draft.contact,
        facts=known.facts if known else None,
    )
    case = open_case(application=application, at=at, rng=rng)
    not_needed_any_more(draft=draft, at=at, rng=rng)
    return case


def case_of_draft(*, draft_id: UUID) -> Case | None:
    """The case that this draft has become, if it has been sent."""
    return Case.objects.filter(draft=draft_id).first()


def _draft(draft_id: UUID) -> Draft:
    return Draft.objects.select_related("pack").defer("pack__files").get(pk=draft_id)


def _files(draft: Draft) -> tuple[tuple[str, StoredFile], ...]:
    files = DraftFile.objects.filter(draft=draft).select_related("file").defer("file__content").order_by("pk")
    return tuple((each.kind, each.file) for each in files)


@transaction.atomic(savepoint=False)
def open_case(*, application: Application, at: datetime, rng: Random) -> Case:
    """A new case with everything it begins with: customer, contact, evidence, promise, timers,
    acknowledgement, journal entry. It is weighed at once by the worker, so that nobody waits for that.
    """
    pack = pack_of(application.pack)
    asked = application.facts.asked if application.facts else _asked(pack, application, at)
    met = _customer(pack, application, asked, at, rng)
    person = met.customer if met else None
    conversation = start_conversation(customer=person, service=pack.id, at=at, rng=rng)
    contact = application.during or _contact(conversation, application, at, rng)
    case = new_case(new=_new_case(pack, application, asked, person, conversation), at=at, rng=rng)
    known = known_of(
        case=case,
        at=at,
        begins_with=frozenset(kind for kind, _ in application.files),
        facts=None if met and met.is_known else application.facts,
    )
    promise = _promise(case, known, at)
    store_case(case=case, prefix=pack.service.reference, rng=rng)
    begin_with_evidence(case=case, files=application.files, at=at, rng=rng)
    _begin(case, known, promise, at)
    known = replace(known, begun=Begun((promise,) if promise else (), met.points if met else None))
    by = application.taken_by or customer(case.customer_id, is_helper=bool(application.helper))
    _record(case, contact, by, at)
    if application.during is None:
        note_online(contact=contact, case=case, at=at, rng=rng)
    _acknowledge(case, known, by, at, rng)
    return case


def _asked(pack: Pack, application: Application, at: datetime) -> frozenset[str]:
    """The questions that apply; what this customer was given before is not known yet, and asks nothing more of them."""
    said = Case(
        service=pack.id,
        pack=application.pack,
        answers=dict(application.answers),
        helper=dict(application.helper) if application.helper else None,
        channel=application.channel,
        received_at=at,
    )
    return known_of(case=said, at=at, begins_with=frozenset(kind for kind, _ in application.files)).asked


def _customer(
    pack: Pack, application: Application, asked: frozenset[str], at: datetime, rng: Random
) -> Met | None:
    introduction = introduction_of(application.answers, asked=asked)
    is_nobody = not (introduction.full_name or introduction.email or introduction.phone)
    if is_nobody and pack.service.is_open_to_anonymous:
        return None
    found = application.during.customer if application.during else None
    return meet_customer(introduction=introduction, found=found, at=at, rng=rng)


def _contact(conversation: Conversation, application: Application, at: datetime, rng: Random) -> Contact:
    return take_contact(
        conversation=conversation,
        channel=application.channel,
        enquiry=application.enquiry,
        is_assisted=application.is_assisted,
        at=at,
        rng=rng,
    )


def _new_case(
    pack: Pack,
    application: Application,
    asked: frozenset[str],
    person: Customer | None,
    conversation: Conversation,
) -> NewCase:
    state = pack.journey.states[pack.journey.starts_at]
    place = _place(answers_that_count(application.answers, asked=asked))
    return NewCase(
        conversation=conversation,
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


def _promise(case: Case, known: KnownCase, at: datetime) -> Promise | None:
    """The promise of the state in which the journey starts, noted on the case; not stored yet."""
    state = known.pack.journey.states[case.state]
    described = known.pack.journey.promises.get(state.promise or "")
    span = span_of(promise=described, facts=known.facts) if described else None
    if described is None or span is None:
        return None
    cut_off = cut_off_of(promise=described, facts=known.facts)
    return new_promise(case=case, name=described.name, within=span, at=at, calendar=ENGLAND, cut_off=cut_off)


def _begin(case: Case, known: KnownCase, promise: Promise | None, at: datetime) -> None:
    """What a case begins with: promise, reminders, wait and task of its first state, and being weighed."""
    journey = known.pack.journey
    state = journey.states[case.state]
    timers = [
        new_timer(case=case, kind=TimerKind.WEIGH, what="opened", key=f"weigh:{case.pk}", due_at=at),
        *state_timers(case=case, state=state.name, reminders=state.reminders, after=state.after, at=at),
    ]
    if promise is not None:
        promise.save(force_insert=True)
        warn = journey.promises[promise.name].warn
        timers += promise_timers(promise=promise, warn=warn, at=at, calendar=ENGLAND)
    add_timers(timers)
    if state.task:
        open_state_task(case=case, kind=journey.tasks[state.task], at=at)


def _acknowledge(case: Case, known: KnownCase, by: Person, at: datetime, rng: Random) -> None:
    """The acknowledgement: once for each case, at once, for the customer has just written."""
    words = known.pack.journey.states[case.state].update
    if words is None or case.customer is None:
        return
    occasion = Occasion(words, "acknowledgement", is_answer=True)
    tell_customer(case=case, known=known, occasion=occasion, said=Said(), by=by.actor, at=at, rng=rng)


def _record(case: Case, contact: Contact, by: Person, at: datetime) -> None:
    record_of_case(
        case=case,
        event="case opened",
        by=by.actor,
        at=at,
        facts={
            "reference": case.reference,
            "channel": case.channel,
            "pack": case.pack.version,
            "state": case.state,
        },
        contact=contact.pk,
        shown=True,
    )
