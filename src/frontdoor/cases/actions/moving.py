"""The state of a case, and its revision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.cases.models import Case
from frontdoor.cases.policies import require_unchanged
from frontdoor.contacts.models import Customer
from frontdoor.staff.models import Team, User


@dataclass(frozen=True)
class NewState:
    """Where a case goes."""

    name: str
    waits_for: str
    ends_as: str | None


def lock_case(*, case_id: UUID, revision: int | None = None) -> Case:
    """The case, locked until the transaction ends. Raises CaseChanged where somebody else was first;
    Case.DoesNotExist.
    """
    case = (
        Case.objects.select_for_update(of=("self",))
        .select_related("pack", "team", "owner", "customer", "conversation")
        .defer("pack__files")
        .get(pk=case_id)
    )
    if revision is not None:
        require_unchanged(case, revision)
    return case


def enter_state(*, case: Case, new: NewState, at: datetime) -> Case:
    """Put the case into a state. An end closes it; a state that is no end opens it again."""
    case.state, case.waits_for, case.state_since_at = new.name, new.waits_for, at
    case.ended_as = new.ends_as or ""
    case.closed_at = at if new.ends_as else None
    return case


def save_case(*, case: Case) -> Case:
    """Store the case as it now is, one revision on."""
    case.revision += 1
    case.save()
    return case


@transaction.atomic
def allot_case(*, case_id: UUID, revision: int, owner: User | None, team: Team | None = None) -> Case:
    """Give a case to a person (None: back to the team), or to another team."""
    case = lock_case(case_id=case_id, revision=revision)
    case.owner = owner
    case.team = team or case.team
    return save_case(case=case)


def set_customer(*, case: Case, customer: Customer) -> Case:
    """Say whose case it is."""
    case.customer = customer
    return case
