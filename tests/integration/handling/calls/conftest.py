"""Who rings, who plans, and the hours in which calls can be booked."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from frontdoor.handling.appointments.planning import (
    plan_places,
)
from frontdoor.staff.models import Role, Skill, SkillHeld, User
from tests.integration.handling.calls.making import (
    OFFICE_HOURS,
    SKILL,
    Hire,
)
from tests.integration.handling.conftest import Remembered


@pytest.fixture
def hire(transactional_or_not: None, at: datetime) -> Hire:
    """Somebody with skills."""

    def make(name: str, *skills: str, role: Role = Role.ADVISOR) -> User:
        user = User.objects.create_user(
            email=f"{name.lower()}@calls.example", full_name=f"{name} Caller", role=role, joined_at=at
        )
        for each in skills:
            skill, _ = Skill.objects.get_or_create(name=each)
            SkillHeld.objects.create(user=user, skill=skill, since_on=date(2020, 1, 1))
        return user

    return make


@pytest.fixture
def dora(hire: Hire) -> User:
    """An advisor who rings."""
    return hire("Dora", SKILL)


@pytest.fixture
def sue(hire: Hire) -> User:
    """A supervisor who plans."""
    return hire("Sue", SKILL, role=Role.SUPERVISOR)


@pytest.fixture
def open_hours(dora: User, sue: User, supplier: Remembered, at: datetime) -> None:
    """One call at a time in office hours."""
    plan_places(skill=Skill.objects.get(name=SKILL), places=OFFICE_HOURS, by=sue, at=at)
