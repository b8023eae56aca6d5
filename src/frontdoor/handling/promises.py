"""Promises that cannot be kept: the customer hears of it first, with a new date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID

from django.db import transaction

from frontdoor.cases.actions.moving import lock_case, save_case
from frontdoor.cases.actions.timing import add_timers, lapse_promise_timers, note_due, promise_timers
from frontdoor.cases.models import Case, Promise
from frontdoor.cases.permissions import require_handling
from frontdoor.handling.knowing import known_of
from frontdoor.handling.people import SYSTEM, Person, staff
from frontdoor.handling.recording import record_of_case
from frontdoor.handling.updates import Occasion, tell_customer
from frontdoor.handling.wording import Said
from frontdoor.journeys.promises import extended_due
from frontdoor.kernel.workingdays import ENGLAND, Within
from frontdoor.staff.models import User


class NotLater(Exception):
    """The new date is not later than the one the customer has. Choose a later one."""


class TooMuchLater(Exception):
    """The new date is further off than this service allows. Choose an earlier one. `latest_at` is the last instant."""

    def __init__(self, latest_at: datetime) -> None:
        super().__init__(self.__doc__)
        self.latest_at = latest_at


class MovedBefore(Exception):
    """The date was moved once already, and this service moves it only once. Answer by the date the customer has."""


def warn_customer(*, case: Case, promise: Promise, occasion: str, at: datetime, rng: Random) -> Promise:
    """Before the date is missed the customer is told, with a new one as far ahead as the pack warns.

    The first date stays on record: whether we were on time is judged by that. `case` is locked by the caller.
    """
    described = known_of(case=case, at=at).pack.journey.promises[promise.name]
    if described.warn is None:
        return promise
    new = extended_due(due_at=max(promise.due_at, at), by=described.warn, calendar=ENGLAND)
    return _extend_and_tell(case, promise, _NewDate(new, "", occasion), SYSTEM, at, rng)


@transaction.atomic
def give_new_date(
    *,
    case_id: UUID,
    promise: str,
    due_at: datetime,
    words: str,
    revision: int,
    user: User,
    at: datetime,
    rng: Random,
) -> Case:
    """An officer tells the customer a new date, with a word of explanation. Raises NotLater, TooMuchLater,
    MovedBefore, CaseChanged, NotYours, OwnInterest.
    """
    case = lock_case(case_id=case_id, revision=revision)
    require_handling(user, case)
    running = Promise.objects.get(case=case, name=promise, kept_at__isnull=True, dropped_at__isnull=True)
    if due_at <= running.due_at:
        raise NotLater
    _require_within_extension(case, running, due_at, at)
    occasion = f"new date:{case.revision + 1}"
    _extend_and_tell(case, running, _NewDate(due_at, words, occasion), staff(user), at, rng)
    return case


def latest_new_date(*, promise: Promise, extend: Within | None) -> datetime | None:
    """The last instant to which a person may still move the promise; None where the service sets no limit.

    Raises MovedBefore.
    """
    if extend is None:
        return None
    if promise.warned_at is not None:
        raise MovedBefore
    return extended_due(due_at=promise.due_at, by=extend, calendar=ENGLAND)


def _require_within_extension(case: Case, promise: Promise, due_at: datetime, at: datetime) -> None:
    described = known_of(case=case, at=at).pack.journey.promises[promise.name]
    latest_at = latest_new_date(promise=promise, extend=described.extend)
    if latest_at is not None and due_at > latest_at:
        raise TooMuchLater(latest_at)


@dataclass(frozen=True)
class _NewDate:
    due_at: datetime
    words: str
    occasion: str


def _extend_and_tell(
    case: Case, promise: Promise, new: _NewDate, person: Person, at: datetime, rng: Random
) -> Promise:
    old_due_at = promise.due_at
    _extend(case, promise, new.due_at, person, at)
    save_case(case=case)
    known = known_of(case=case, at=at)
    update = known.pack.journey.promises[promise.name].missed_update
    if update:
        tell_customer(
            case=case,
            known=known,
            occasion=Occasion(update, new.occasion),
            said=Said(new.words, dates=(old_due_at, new.due_at)),
            by=person.actor,
            at=at,
            rng=rng,
        )
    return promise


def _extend(case: Case, promise: Promise, due_at: datetime, person: Person, at: datetime) -> Promise:
    facts = {"promise": promise.name, "was_due_at": promise.due_at.isoformat(), "due_at": due_at.isoformat()}
    promise.due_at, promise.warned_at = due_at, at
    promise.save(update_fields=["due_at", "warned_at"])
    described = known_of(case=case, at=at).pack.journey.promises[promise.name]
    lapse_promise_timers(promise=promise, at=at)
    warn = (
        described.warn if person.user else None
    )  # software moves a date once: after that a person gives the next
    add_timers(promise_timers(promise=promise, warn=warn, at=at, calendar=ENGLAND))
    note_due(case=case)
    record_of_case(case=case, event="promise extended", by=person.actor, at=at, facts=facts, shown=True)
    return promise
