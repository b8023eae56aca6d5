"""Who works on a case: taken, given, handed back, sent to another team, and kept from those who are close to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.cases.actions.moving import allot_case, lock_case, save_case
from frontdoor.cases.actions.working import declare_interest, write_note
from frontdoor.cases.models import Case, Interest, Note
from frontdoor.cases.permissions import (
    NotYours,
    OwnInterest,
    has_interest,
    may_see,
    require_handling,
)
from frontdoor.cases.policies import CaseChanged, require_open
from frontdoor.cases.queries import next_to_take
from frontdoor.handling.people import staff
from frontdoor.handling.recording import record_of_case
from frontdoor.staff.models import Team, User
from frontdoor.staff.permissions import May, may

MOST_TRIES = 5


class CannotTake(Exception):
    """This person cannot work on this case: they are not in its team, or may not handle cases. Choose somebody else."""


class NothingToTake(Exception):
    """No case of your teams waits for somebody. Look again later; you are shown each new one in the list."""


@transaction.atomic
def give_case(*, case_id: UUID, revision: int | None, to: User | None, by: User, at: datetime) -> Case:
    """Give a case to a member of its team (None: back to the team). Anybody in the team may take a free case or hand
    back their own; giving work to others is for who may allot.

    Raises NotYours, CaseChanged, CaseClosed, CannotTake, OwnInterest.
    """
    case = lock_case(case_id=case_id, revision=revision)
    _require_may_give(case, to, by)
    require_open(case)
    if to is not None:
        _require_able(case, to)
    was = case.owner_id
    case = allot_case(case_id=case.pk, revision=case.revision, owner=to)
    facts = {"from": str(was or ""), "to": str(to.pk) if to else ""}
    _record(case, "case allotted", facts, by, at)
    return case


def take_next(*, user: User, at: datetime) -> Case:
    """Give this person the case of their teams whose promise ends first. Raises NotYours, NothingToTake."""
    if not may(user, May.HANDLE_CASES):
        raise NotYours
    for _ in range(MOST_TRIES):
        case = next_to_take(user=user, at=at)
        if case is None:
            break
        try:
            return give_case(case_id=case.pk, revision=case.revision, to=user, by=user, at=at)
        except CaseChanged:  # a colleague was quicker: the next one, then
            continue
    raise NothingToTake


@transaction.atomic
def send_to_team(*, case_id: UUID, revision: int, team: Team, words: str, by: User, at: datetime) -> Case:
    """Send a case to another team, with a note that says why. Raises NotYours, OwnInterest, CaseChanged, CaseClosed."""
    case = lock_case(case_id=case_id, revision=revision)
    require_handling(by, case)
    require_open(case)
    facts = {"from": str(case.team_id), "to": str(team.pk)}
    if words.strip():
        write_note(case=case, by=by, words=words.strip(), at=at)
    case = allot_case(case_id=case.pk, revision=revision, owner=None, team=team)
    _record(case, "case sent to team", facts, by, at)
    return case


@transaction.atomic
def note(*, case_id: UUID, words: str, by: User, at: datetime) -> Note:
    """Write a note for colleagues; a closed case takes notes too. Raises NotYours, OwnInterest."""
    case = lock_case(case_id=case_id)
    require_handling(by, case)
    written = write_note(case=case, by=by, words=words.strip(), at=at)
    _record(case, "note written", {"note": written.pk}, by, at)
    return written


@transaction.atomic
def say_i_know(*, case_id: UUID, relation: str, user: User, at: datetime) -> Interest:
    """A member of staff says that they are, or are close to, the customer: from now on they handle none of this
    customer's cases, and the open ones that were theirs go back to the team. Raises NotYours.
    """
    case = lock_case(case_id=case_id)
    if case.customer is None or not may_see(user, case):
        raise NotYours
    interest = declare_interest(user=user, customer=case.customer, relation=relation[:40], at=at)
    for theirs in Case.objects.select_for_update().filter(customer=case.customer, owner=user, closed_at=None):
        theirs.owner = None
        save_case(case=theirs)
        _record(theirs, "case allotted", {"from": str(user.pk), "to": ""}, user, at)
    _record(case, "interest declared", {"relation": relation[:40]}, user, at)
    return interest


def _require_may_give(case: Case, to: User | None, by: User) -> None:
    in_team = by.teams.filter(pk=case.team_id).exists()
    if may(by, May.ALLOT_CASES) and in_team:
        return
    takes_free = to is not None and to.pk == by.pk and case.owner_id is None and in_team
    hands_back = to is None and case.owner_id == by.pk
    if not (may(by, May.HANDLE_CASES) and (takes_free or hands_back)):
        raise NotYours


def _require_able(case: Case, to: User) -> None:
    if not (may(to, May.HANDLE_CASES) and to.teams.filter(pk=case.team_id).exists()):
        raise CannotTake
    if has_interest(to, case):
        raise OwnInterest


def _record(case: Case, event: str, facts: Mapping[str, object], by: User, at: datetime) -> None:
    record_of_case(case=case, event=event, by=staff(by).actor, at=at, facts=facts)
