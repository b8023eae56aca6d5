"""From an assessment day to the day on which a new advisor may take a skill."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet

from frontdoor.journal.actions import record
from frontdoor.staff.actions import actor_of
from frontdoor.staff.models import AssessmentDay, Candidate, PlannedSkill, Skill, SkillHeld, Stage, Team, User
from frontdoor.staff.permissions import May, may

KEPT_FOR = timedelta(days=183)
"""How long the name is kept of a candidate who did not join: they may bring a claim within three months, and later where
that is just and equitable (Equality Act 2010, s 123).
"""
ERASED = "Name erased"

MOVES: Mapping[Stage, frozenset[Stage]] = {
    Stage.INVITED: frozenset({Stage.OFFERED, Stage.NOT_TAKEN, Stage.WITHDREW}),
    Stage.OFFERED: frozenset({Stage.JOINING, Stage.WITHDREW}),
    Stage.JOINING: frozenset({Stage.JOINED, Stage.WITHDREW}),
    Stage.JOINED: frozenset(),
    Stage.NOT_TAKEN: frozenset(),
    Stage.WITHDREW: frozenset(),
}
"""From each stage, the stages that may follow."""


class MayNotRecruit(Exception):
    """Your role does not keep recruitment. A supervisor or a planner can; nothing was changed."""


class DayFull(Exception):
    """Every place of this assessment day is taken. Choose another day; nothing was changed."""


class NotThatStage(Exception):
    """From where this candidate stands, that cannot follow. Look at the page again; nothing was changed."""


class NeedsADay(ValueError):
    """Say on which day they start; a skill begins on that day or later. Nothing was changed."""


class NeedsAnAccount(ValueError):
    """Choose the account that was made for them, one that is nobody else’s. Nothing was changed."""


@transaction.atomic
def plan_assessment(
    *, held_on: date, where: str, places: int, by: User | None, at: datetime
) -> AssessmentDay:
    """A day on which candidates are assessed. Raises MayNotRecruit."""
    _require(by)
    day = AssessmentDay.objects.create(held_on=held_on, where=where.strip()[:120], places=places)
    facts = {"day": day.pk, "on": held_on.isoformat(), "places": places}
    record(at=at, by=actor_of(by), event="assessment planned", facts=facts)
    return day


@transaction.atomic
def invite(*, full_name: str, day_id: int, team: Team | None, by: User | None, at: datetime) -> Candidate:
    """Somebody is invited to an assessment day. Raises MayNotRecruit, DayFull."""
    _require(by)
    day = AssessmentDay.objects.select_for_update().get(pk=day_id)
    if day.candidates.exclude(stage=Stage.WITHDREW).count() >= day.places:
        raise DayFull
    name = " ".join(full_name.split())[:120]
    candidate = Candidate.objects.create(full_name=name, day=day, team=team, moved_at=at)
    _record(candidate, "candidate invited", {"day": day.pk}, by, at)
    return candidate


@transaction.atomic
def move_candidate(
    *, candidate_id: int, to: Stage, joins_on: date | None = None, user: User | None = None, by: User | None,
    at: datetime,
) -> Candidate:  # fmt: skip
    """What became of a candidate. Who accepts does so for a day; who starts has an account, and holds what was planned,
    each skill from its day.

    Raises MayNotRecruit, NotThatStage, NeedsADay, NeedsAnAccount.
    """
    _require(by)
    candidate = Candidate.objects.select_for_update().get(pk=candidate_id)
    if to not in MOVES[Stage(candidate.stage)]:
        raise NotThatStage
    if to is Stage.JOINING:
        if joins_on is None:
            raise NeedsADay
        candidate.joins_on = joins_on
    if to is Stage.JOINED:
        _join(candidate, user, at)
    before, candidate.stage, candidate.moved_at = candidate.stage, to, at
    candidate.save()
    _record(candidate, "candidate moved", {"from": before, "to": to.value}, by, at)
    return candidate


def _join(candidate: Candidate, user: User | None, at: datetime) -> None:
    if user is None or Candidate.objects.filter(user=user).exists():
        raise NeedsAnAccount
    candidate.user = user
    for planned in candidate.planned_skills.all():
        SkillHeld.objects.update_or_create(
            user=user, skill_id=planned.skill_id, since_on=planned.from_on, defaults={"level": planned.level}
        )


@transaction.atomic
def plan_skill(
    *, candidate_id: int, skill: Skill, level: int, from_on: date, by: User | None, at: datetime
) -> PlannedSkill:
    """From this day on the new advisor may take this skill; said again, it replaces what was said.

    Raises MayNotRecruit, NotThatStage (they are not about to join), NeedsADay (before they start).
    """
    _require(by)
    candidate = Candidate.objects.select_for_update().get(pk=candidate_id)
    if candidate.stage != Stage.JOINING:
        raise NotThatStage
    if candidate.joins_on is None or from_on < candidate.joins_on:
        raise NeedsADay
    planned, _ = PlannedSkill.objects.update_or_create(
        candidate=candidate, skill=skill, defaults={"level": level, "from_on": from_on}
    )
    facts = {"skill": skill.pk, "level": level, "from": from_on.isoformat()}
    _record(candidate, "candidate skill planned", facts, by, at)
    return planned


@transaction.atomic
def forget_candidates(*, at: datetime) -> int:
    """Erase the names of those who did not join and are past their time; how many."""
    past = Candidate.objects.filter(
        stage__in=[Stage.NOT_TAKEN, Stage.WITHDREW], moved_at__lt=at - KEPT_FOR
    ).exclude(full_name=ERASED)
    ids = list(past.values_list("pk", flat=True))
    Candidate.objects.filter(pk__in=ids).update(full_name=ERASED)
    for candidate in ids:
        record(at=at, by=actor_of(None), event="candidate forgotten", facts={"candidate": candidate})
    return len(ids)


def assessment_days(*, since: date) -> QuerySet[Any]:
    """Assessment days from a day on, with how many are invited; the earliest first."""
    return (
        AssessmentDay.objects.filter(held_on__gte=since)
        .annotate(invited=Count("candidates"))
        .order_by("held_on")
    )


def candidates() -> QuerySet[Candidate]:
    """Everybody who is or was a candidate, the latest assessment day first."""
    found = Candidate.objects.select_related("day", "team", "user").prefetch_related("planned_skills__skill")
    return found.order_by("-day__held_on", "full_name", "pk")


def joiners() -> QuerySet[Candidate]:
    """Who has accepted and not yet started, with the day of each skill; the soonest first."""
    return candidates().filter(stage=Stage.JOINING).order_by("joins_on", "full_name", "pk")


def _require(by: User | None) -> None:
    if by is not None and not may(by, May.RECRUIT):
        raise MayNotRecruit


def _record(
    candidate: Candidate, event: str, facts: Mapping[str, object], by: User | None, at: datetime
) -> None:
    record(at=at, by=actor_of(by), event=event, facts={"candidate": candidate.pk, **facts})
