"""The first people and teams of a new installation; everything after that is done on pages."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from frontdoor.catalogue.published import our_council
from frontdoor.journal.actions import record
from frontdoor.kernel.entries import Actor
from frontdoor.staff.actions import add_staff
from frontdoor.staff.models import Role, Team, User


class BegunAlready(Exception):
    """There is an administrator here already. They add everybody else, under People; nothing was changed."""


@transaction.atomic
def make_teams(*, at: datetime) -> list[str]:
    """Make the teams that the council's folder names and that are not there yet; their names."""
    there = set(Team.objects.values_list("name", flat=True))
    new = [team for team in our_council().teams if team.name not in there]
    for team in new:
        made = Team.objects.create(name=team.name, services=list(team.services))
        record(at=at, by=Actor("robot", "set-up"), event="team added", facts={"team": made.pk})
    return [team.name for team in new]


@transaction.atomic
def add_first_administrator(*, email: str, full_name: str, at: datetime) -> User:
    """An administrator without a password: they ask for a link at the sign-in page. Raises BegunAlready."""
    if User.objects.filter(role=Role.ADMINISTRATOR, is_active=True, left_at=None).exists():
        raise BegunAlready
    return add_staff(email=email, full_name=full_name, role=Role.ADMINISTRATOR, teams=[], by=None, at=at)
