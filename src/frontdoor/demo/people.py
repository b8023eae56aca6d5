"""Staff of the demo council: teams, skills and accounts from the council's own files."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from django.contrib.auth.hashers import make_password

from frontdoor.catalogue.council import Council, Person
from frontdoor.catalogue.published import our_council
from frontdoor.staff.actions import add_staff
from frontdoor.staff.models import Role, Skill, Team, User
from frontdoor.staff.skills import set_skills

PASSWORD = "Wealdmoor-Teapot-27"  # for the demo council only, where every account and every case is made up


def sign_ins() -> list[tuple[str, str, str]]:
    """Role, sign-in name and password of one account for each role, as the council's files mark them."""
    return [
        (person.demonstrates.capitalize(), person.email, PASSWORD)
        for person in our_council().staff
        if person.demonstrates
    ]


@dataclass
class Staff:
    """The accounts by role and team, to choose who does what."""

    officers: dict[str, list[User]] = field(default_factory=dict)
    advisors: list[User] = field(default_factory=list)

    def officer_of(self, team: str, rng: Random) -> User:
        """An officer of the team; the first named does most."""
        people = self.officers[team]
        return people[min(int(rng.random() ** 1.4 * len(people)), len(people) - 1)]

    def colleague_of(self, team: str, but_not: set[int]) -> User | None:
        """An officer of the team who is none of these; None where there is none."""
        return next((user for user in self.officers[team] if user.pk not in but_not), None)


def make_staff(*, at: datetime) -> Staff:
    """Every team, skill and account of the council's files, with the demo password."""
    council = our_council()
    teams = {
        team.name: Team.objects.create(name=team.name, services=list(team.services)) for team in council.teams
    }
    skills = {name: Skill.objects.create(name=name) for name in sorted(_skill_names(council))}
    admin = next(person for person in council.staff if Role(person.role) is Role.ADMINISTRATOR)
    users = {person.email: _add(person, teams, at) for person in [admin, *council.staff]}
    User.objects.update(password=make_password(PASSWORD))
    for person in council.staff:
        levels = {skills[name]: level for name, level in person.skills.items()}
        set_skills(user=users[person.email], levels=levels, by=users[admin.email], at=at)
    return _sorted(council, users)


def _skill_names(council: Council) -> set[str]:
    held = {name for person in council.staff for name in person.skills}
    return held | {name for team in council.teams for name in team.skills}


def _add(person: Person, teams: dict[str, Team], at: datetime) -> User:
    already = User.objects.filter(email=person.email).first()
    return already or add_staff(
        email=person.email,
        full_name=person.name,
        role=Role(person.role),
        teams=[teams[name] for name in person.teams],
        by=None,
        at=at,
    )


def _sorted(council: Council, users: dict[str, User]) -> Staff:
    staff = Staff()
    for person in council.staff:
        user = users[person.email]
        if Role(person.role) is Role.ADVISOR:
            staff.advisors.append(user)
        if Role(person.role) in (Role.OFFICER, Role.SUPERVISOR):
            for name in person.teams:
                staff.officers.setdefault(name, []).append(user)
    return staff
