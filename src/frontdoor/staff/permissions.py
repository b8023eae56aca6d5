"""What a role may do. A table, read by every room above; who may see which case is in `cases.permissions`."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from frontdoor.staff.models import Role, User


class May(StrEnum):
    """Things that need a permission."""

    SEE_CASES = "see cases"
    HANDLE_CASES = "handle cases"
    ALLOT_CASES = "allot cases"
    SUPERVISE = "supervise"
    TAKE_CONTACTS = "take contacts"
    SEE_FIGURES = "see figures"
    SET_TARGETS = "set targets"
    READ_SURVEYS = "read what customers said in surveys"
    PLAN = "plan"
    DESIGN_SERVICES = "design services"
    READ_JOURNAL = "read the journal"
    MANAGE_STAFF = "manage staff"
    OPEN_IN_EMERGENCY = "open a restricted case in an emergency"
    REVIEW_ACCESS = "review emergency access"
    SETTLE_SAMENESS = "say whether two records are of one person"
    COPY_RECORDS = "copy a person’s records for them"
    KEEP_RECORDS = "keep records back, and see what will be erased"
    KEEP_SKILLS = "keep skills and training"
    RECRUIT = "keep assessment days and who is to join"


ROLES: Mapping[Role, frozenset[May]] = {
    Role.ADVISOR: frozenset({May.SEE_CASES, May.TAKE_CONTACTS}),
    Role.OFFICER: frozenset(
        {
            May.SEE_CASES,
            May.HANDLE_CASES,
            May.TAKE_CONTACTS,
            May.OPEN_IN_EMERGENCY,
            May.SETTLE_SAMENESS,
            May.COPY_RECORDS,
        }
    ),
    Role.SUPERVISOR: frozenset(
        {
            May.SEE_CASES,
            May.HANDLE_CASES,
            May.ALLOT_CASES,
            May.SUPERVISE,
            May.TAKE_CONTACTS,
            May.SEE_FIGURES,
            May.READ_SURVEYS,
            May.OPEN_IN_EMERGENCY,
            May.SETTLE_SAMENESS,
            May.COPY_RECORDS,
            May.KEEP_RECORDS,
            May.KEEP_SKILLS,
            May.RECRUIT,
        }
    ),
    Role.PLANNER: frozenset({May.PLAN, May.SEE_FIGURES, May.KEEP_SKILLS, May.RECRUIT}),
    Role.MANAGER: frozenset({May.SEE_FIGURES, May.SET_TARGETS, May.READ_SURVEYS, May.REVIEW_ACCESS}),
    Role.DESIGNER: frozenset({May.DESIGN_SERVICES}),
    Role.AUDITOR: frozenset({May.READ_JOURNAL, May.SEE_FIGURES}),
    Role.ADMINISTRATOR: frozenset({May.MANAGE_STAFF, May.KEEP_SKILLS}),
}


def may(user: User, what: May) -> bool:
    """Whether this person's role allows it; nobody who has left may do anything."""
    return user.is_active and user.left_at is None and what in ROLES[Role(user.role)]
