"""Who holds which skill on a day, and writes of it. What routing, the rota and booked calls ask is asked here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from frontdoor.journal.actions import record
from frontdoor.kernel.clock import day_of
from frontdoor.kernel.months import months_later
from frontdoor.staff.actions import actor_of
from frontdoor.staff.models import Skill, SkillHeld, User
from frontdoor.staff.permissions import May, may

DAY = timedelta(days=1)


class MayNotKeepSkills(Exception):
    """Your role does not keep skills and training. A supervisor or a planner can; nothing was changed."""


class NotAStretch(ValueError):
    """A skill ends, and must be refreshed, on the day it begins or later. Enter a later day; nothing was changed."""


class SkillThere(ValueError):
    """There is a skill of this name already. Choose another name; nothing was changed."""


@dataclass(frozen=True)
class Spell:
    """What one row says: this level from a day on, until a day (included) or for good."""

    since_on: date
    until_on: date | None
    level: int


class Holdings:
    """Who holds what, for any day, from one look at the database. People are ids of accounts, skills are names."""

    def __init__(self, rows: Iterable[tuple[int, str, Spell]]) -> None:
        self._spells: dict[str, dict[int, list[Spell]]] = {}
        for person, skill, spell in sorted(rows, key=lambda row: row[2].since_on):
            self._spells.setdefault(skill, {}).setdefault(person, []).append(spell)
        self._counted: dict[tuple[str, date], int] = {}

    def levels(self, on: date) -> dict[int, dict[str, int]]:
        """Account, then skill, then level, of everybody who holds something on this day."""
        found: dict[int, dict[str, int]] = {}
        for skill, people in self._spells.items():
            for person, spells in people.items():
                if level := _level(spells, on):
                    found.setdefault(person, {})[skill] = level
        return found

    def count(self, skill: str, on: date) -> int:
        """How many people hold a skill on this day."""
        key = skill, on
        if key not in self._counted:
            people = self._spells.get(skill, {})
            self._counted[key] = sum(_level(spells, on) > 0 for spells in people.values())
        return self._counted[key]


def _level(spells: Iterable[Spell], on: date) -> int:
    """The level on a day, 0 for none: the latest row that has begun says it."""
    level = 0
    for spell in spells:
        if spell.since_on <= on:
            level = spell.level if spell.until_on is None or on <= spell.until_on else 0
    return level


def holdings(*, skills: Collection[str] | None = None, people: Collection[int] | None = None) -> Holdings:
    """What people who are here hold: of these skills, of these people; None for all."""
    rows = _of_those_here()
    rows = rows if skills is None else rows.filter(skill__name__in=list(skills))
    rows = rows if people is None else rows.filter(user__in=list(people))
    columns = rows.values_list("user_id", "skill__name", "since_on", "until_on", "level")
    return Holdings(
        (person, skill, Spell(since_on, until_on, level))
        for person, skill, since_on, until_on, level in columns
    )


def skills_on(*, on: date, people: Collection[int] | None = None) -> dict[int, dict[str, int]]:
    """Account, then skill, then level (1 learning, 2 able, 3 teaches others), of people who are here, on a day."""
    return holdings(people=people).levels(on)


def rows_on(*, on: date, people: Collection[int] | None = None) -> list[SkillHeld]:
    """The rows that say what people who are here hold on a day, with skill and person; by skill."""
    rows = _of_those_here().filter(since_on__lte=on).select_related("user", "skill")
    rows = rows if people is None else rows.filter(user__in=list(people))
    latest = {(each.user_id, each.skill_id): each for each in rows.order_by("since_on")}
    held = (each for each in latest.values() if each.until_on is None or on <= each.until_on)
    return sorted(held, key=lambda each: (each.skill.name, each.user.full_name, each.pk))


def _of_those_here() -> QuerySet[SkillHeld]:
    return SkillHeld.objects.filter(user__is_active=True, user__left_at__isnull=True)


def to_refresh(*, until: date, on: date) -> list[SkillHeld]:
    """What is held on a day and must be refreshed by `until` or should have been before; the most urgent first."""
    due = [each for each in rows_on(on=on) if each.refresh_by_on is not None and each.refresh_by_on <= until]
    return sorted(due, key=lambda each: (each.refresh_by_on or until, each.user.full_name, each.pk))


@transaction.atomic
def add_skill(*, name: str, refresh_months: int | None, by: User | None, at: datetime) -> Skill:
    """A new skill, named in small letters as packs name it. Raises MayNotKeepSkills, SkillThere."""
    require_keeping(by)
    name = " ".join(name.split()).lower()[:60]
    if not name or Skill.objects.filter(name=name).exists():
        raise SkillThere
    skill = Skill.objects.create(name=name, refresh_months=refresh_months)
    facts = {"skill": skill.pk, "months": refresh_months}
    record(at=at, by=actor_of(by), event="skill added", facts=facts)
    return skill


@transaction.atomic
def set_refresh(*, skill: Skill, months: int | None, by: User | None, at: datetime) -> Skill:
    """Say how often a skill must be refreshed; None: never. It counts from the next training on.

    Raises MayNotKeepSkills.
    """
    require_keeping(by)
    skill.refresh_months = months
    skill.save(update_fields=["refresh_months"])
    record(at=at, by=actor_of(by), event="skill refresh set", facts={"skill": skill.pk, "months": months})
    return skill


@transaction.atomic
def give_skill(
    *,
    user: User,
    skill: Skill,
    level: int,
    since_on: date,
    refresh_by_on: date | None = None,
    until_on: date | None = None,
    by: User | None,
    at: datetime,
) -> SkillHeld:
    """From a day on somebody holds a skill at a level, until a day or for good; said again of the same day, it replaces
    what was said. Without a date to refresh by, it is as many months later as the skill asks for.

    Raises MayNotKeepSkills, NotAStretch.
    """
    require_keeping(by)
    if refresh_by_on is None and skill.refresh_months is not None:
        refresh_by_on = months_later(since_on, skill.refresh_months)
    if any(each is not None and each < since_on for each in (refresh_by_on, until_on)):
        raise NotAStretch
    held, _ = SkillHeld.objects.update_or_create(
        user=user,
        skill=skill,
        since_on=since_on,
        defaults={"level": level, "refresh_by_on": refresh_by_on, "until_on": until_on},
    )
    facts = {
        "staff": str(user.pk),
        "skill": skill.pk,
        "level": level,
        "since": since_on.isoformat(),
        "refresh by": refresh_by_on.isoformat() if refresh_by_on else None,
        "until": until_on.isoformat() if until_on else None,
    }
    record(at=at, by=actor_of(by), event="skill given", facts=facts)
    return held


@transaction.atomic
def take_back(*, held: SkillHeld, by: User | None, at: datetime) -> None:
    """A row that was a mistake, or a plan that will not be, goes; what was said before it holds again.

    Raises MayNotKeepSkills.
    """
    require_keeping(by)
    facts = {"staff": str(held.user_id), "skill": held.skill_id, "since": held.since_on.isoformat()}
    held.delete()
    record(at=at, by=actor_of(by), event="skill taken back", facts=facts)


@transaction.atomic
def set_skills(*, user: User, levels: Mapping[Skill, int], by: User | None, at: datetime) -> User:
    """Say what somebody is good at from today on, each from 1 (learning) to 3 (teaches others), and nothing else: a skill
    that is not named ended yesterday; one whose level is the same stays as it is. Raises MayNotKeepSkills.
    """
    require_keeping(by)
    today = day_of(at)
    held = {each.skill: each for each in rows_on(on=today, people=[user.pk])}
    for skill, level in levels.items():
        before = held.pop(skill, None)
        if before is None or before.level != level:
            refresh = before.refresh_by_on if before else None
            give_skill(
                user=user, skill=skill, level=level, since_on=today, refresh_by_on=_not_past(refresh, today),
                by=by, at=at,
            )  # fmt: skip
    for row in held.values():
        _end_before(row, today)
    facts = {"skills": {str(skill.pk): level for skill, level in levels.items()}}
    record(at=at, by=actor_of(by), event="skills changed", facts={"staff": str(user.pk), **facts})
    return user


def _not_past(day: date | None, today: date) -> date | None:
    return None if day is None else max(day, today)


def _end_before(row: SkillHeld, today: date) -> None:
    if row.since_on == today:
        row.delete()
    else:
        row.until_on = today - DAY
        row.refresh_by_on = row.refresh_by_on and max(row.refresh_by_on, row.since_on)
        row.save(update_fields=["until_on", "refresh_by_on"])


@transaction.atomic
def refresh_skill(*, user: User, skill: Skill, on: date, by: User | None, at: datetime) -> None:
    """Somebody refreshed a skill on a day: it must be refreshed again so many months later, never sooner than it had to
    be anyway. Raises MayNotKeepSkills.
    """
    require_keeping(by)
    if skill.refresh_months is None:
        return
    again = months_later(on, skill.refresh_months)
    for row in SkillHeld.objects.filter(user=user, skill=skill, refresh_by_on__lt=again):
        if row.until_on is None or row.until_on >= on:
            row.refresh_by_on = max(again, row.since_on)
            row.save(update_fields=["refresh_by_on"])
    facts = {"staff": str(user.pk), "skill": skill.pk, "again by": again.isoformat()}
    record(at=at, by=actor_of(by), event="skill refreshed", facts=facts)


def require_keeping(by: User | None) -> None:
    """Raise MayNotKeepSkills unless this person keeps skills and training. None: a command."""
    if by is not None and not may(by, May.KEEP_SKILLS):
        raise MayNotKeepSkills
