"""Training: areas, sessions, who has a place and who came; and how much there was of it in a period."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from frontdoor.journal.actions import record
from frontdoor.kernel.clock import day_of, start_of_day
from frontdoor.staff.actions import actor_of
from frontdoor.staff.models import Attendance, Skill, TrainingArea, TrainingPlace, TrainingSession, User
from frontdoor.staff.skills import DAY, give_skill, refresh_skill, require_keeping, skills_on


class AreaThere(ValueError):
    """There is an area of this name already, or it has none. Choose another name; nothing was changed."""


class NotASession(ValueError):
    """A session takes 5 minutes to 10 hours and has at least one place. Enter it again; nothing was changed."""


class SessionOver(Exception):
    """This session is over or was called off, so places in it stay as they are. Choose another one."""


class SessionFull(Exception):
    """Every place of this session is taken. Choose another one, or give it more places."""


class NotYetHeld(Exception):
    """This session has not begun. Say who came once it has."""


@dataclass(frozen=True)
class Trained:
    """What there was in an area: sessions held, people who attended them (once for each session), and how many
    different people that were.
    """

    sessions: int
    attended: int
    people: int


@dataclass(frozen=True)
class TrainedInArea:
    """An area in a period, and in the period before to compare it with."""

    area: TrainingArea
    now: Trained
    before: Trained


@transaction.atomic
def add_area(
    *, name: str, skill: Skill | None, gives_level: int | None, by: User | None, at: datetime
) -> TrainingArea:
    """A new area of training. Raises MayNotKeepSkills, AreaThere."""
    require_keeping(by)
    name = " ".join(name.split())[:80]
    if not name or TrainingArea.objects.filter(name__iexact=name).exists():
        raise AreaThere
    area = TrainingArea.objects.create(name=name, skill=skill, gives_level=gives_level if skill else None)
    facts = {"area": area.pk, "skill": skill.pk if skill else None, "level": area.gives_level}
    record(at=at, by=actor_of(by), event="training area added", facts=facts)
    return area


@transaction.atomic
def plan_session(
    *,
    area: TrainingArea,
    starts_at: datetime,
    minutes: int,
    where: str,
    led_by: User | None,
    places: int,
    by: User | None,
    at: datetime,
) -> TrainingSession:
    """A session to which people can be booked. Raises MayNotKeepSkills, NotASession."""
    require_keeping(by)
    if not (5 <= minutes <= 600 and 1 <= places <= 500):
        raise NotASession
    session = TrainingSession.objects.create(
        area=area,
        starts_at=starts_at,
        minutes=minutes,
        where=where.strip()[:120],
        led_by=led_by,
        places=places,
    )
    facts = {"session": session.pk, "area": area.pk, "starts": starts_at.isoformat(), "places": places}
    record(at=at, by=actor_of(by), event="training planned", facts=facts)
    return session


@transaction.atomic
def cancel_session(*, session_id: int, by: User | None, at: datetime) -> TrainingSession:
    """The session will not be. Raises MayNotKeepSkills, SessionOver."""
    require_keeping(by)
    session = _open_session(session_id)
    session.cancelled_at = at
    session.save(update_fields=["cancelled_at"])
    record(at=at, by=actor_of(by), event="training cancelled", facts={"session": session.pk})
    return session


@transaction.atomic
def book_place(*, session_id: int, user: User, by: User, at: datetime) -> TrainingPlace:
    """A place for somebody: for oneself, or by who keeps training. Booked twice, it is one place.

    Raises MayNotKeepSkills, SessionOver, SessionFull.
    """
    if by.pk != user.pk:
        require_keeping(by)
    session = _open_session(session_id)
    already = session.taken.filter(user=user).first()
    if already is not None:
        return already
    if session.taken.count() >= session.places:
        raise SessionFull
    place = TrainingPlace.objects.create(session=session, user=user, booked_by=by, booked_at=at)
    facts = {"session": session.pk, "staff": str(user.pk)}
    record(at=at, by=actor_of(by), event="training place booked", facts=facts)
    return place


@transaction.atomic
def give_up_place(*, session_id: int, user: User, by: User, at: datetime) -> None:
    """The place is free again. Raises MayNotKeepSkills, SessionOver."""
    if by.pk != user.pk:
        require_keeping(by)
    session = _open_session(session_id)
    if session.taken.filter(user=user).delete()[0]:
        facts = {"session": session.pk, "staff": str(user.pk)}
        record(at=at, by=actor_of(by), event="training place given up", facts=facts)


@transaction.atomic
def say_who_came(*, session_id: int, came: Collection[int], by: User | None, at: datetime) -> TrainingSession:
    """Who of those with a place attended (ids of accounts); the others missed it. Their skill is refreshed, or given
    where the area gives it. Said again, it is put right, but a skill that was given or refreshed stays.

    Raises MayNotKeepSkills, SessionOver (called off), NotYetHeld.
    """
    require_keeping(by)
    session = (
        TrainingSession.objects.select_for_update(of=("self",))
        .select_related("area__skill")
        .get(pk=session_id)
    )
    if session.cancelled_at is not None:
        raise SessionOver
    if session.starts_at > at:
        raise NotYetHeld
    wanted = set(came)
    for place in session.taken.select_related("user"):
        state = Attendance.ATTENDED if place.user_id in wanted else Attendance.MISSED
        if state is Attendance.ATTENDED and place.state != state:
            _learned(session, place.user, by, at)
        place.state = state
        place.save(update_fields=["state"])
    session.held_at = session.held_at or at
    session.save(update_fields=["held_at"])
    attended = session.taken.filter(state=Attendance.ATTENDED).count()
    record(at=at, by=actor_of(by), event="training held", facts={"session": session.pk, "attended": attended})
    return session


def _learned(session: TrainingSession, user: User, by: User | None, at: datetime) -> None:
    skill, on = session.area.skill, day_of(session.starts_at)
    if skill is None:
        return
    if skill.name in skills_on(on=on, people=[user.pk]).get(user.pk, {}):
        refresh_skill(user=user, skill=skill, on=on, by=by, at=at)
    elif session.area.gives_level is not None:
        give_skill(user=user, skill=skill, level=session.area.gives_level, since_on=on + DAY, by=by, at=at)


def _open_session(session_id: int) -> TrainingSession:
    session = TrainingSession.objects.select_for_update().get(pk=session_id)
    if session.held_at is not None or session.cancelled_at is not None:
        raise SessionOver
    return session


def sessions(*, since: datetime | None = None, before: datetime | None = None) -> QuerySet[TrainingSession]:
    """Sessions that begin in a span and were not called off, with how many places are taken; the earliest first."""
    found = TrainingSession.objects.filter(cancelled_at__isnull=True)
    found = found if since is None else found.filter(starts_at__gte=since)
    found = found if before is None else found.filter(starts_at__lt=before)
    counted = found.annotate(
        booked=Count("taken"), came=Count("taken", filter=Q(taken__state=Attendance.ATTENDED))
    )
    return counted.select_related("area", "led_by").order_by("starts_at", "pk")


def places_between(*, starts: datetime, ends: datetime) -> QuerySet[TrainingPlace]:
    """Places in sessions that begin in a span and were not called off, with session and area; the earliest first."""
    found = TrainingPlace.objects.filter(
        session__starts_at__gte=starts, session__starts_at__lt=ends, session__cancelled_at__isnull=True
    )
    return found.select_related("session__area").order_by("session__starts_at", "session", "user")


def trained_by_area(*, first: date, last: date, before: tuple[date, date]) -> list[TrainedInArea]:
    """Sessions held and people who attended, by area, on the days from `first` to `last`, and in the period `before`;
    every area in which there was something, by name.
    """
    now, then = _trained(first, last), _trained(*before)
    nothing = Trained(0, 0, 0)
    areas = TrainingArea.objects.filter(pk__in=now.keys() | then.keys()).order_by("name")
    return [TrainedInArea(each, now.get(each.pk, nothing), then.get(each.pk, nothing)) for each in areas]


def _trained(first: date, last: date) -> dict[int, Trained]:
    held = TrainingSession.objects.filter(
        held_at__isnull=False,
        starts_at__gte=start_of_day(first),
        starts_at__lt=start_of_day(last + timedelta(days=1)),
    )
    came = Q(taken__state=Attendance.ATTENDED)
    rows = held.values("area").annotate(
        sessions=Count("pk", distinct=True),
        attended=Count("taken", filter=came, distinct=True),
        people=Count("taken__user", filter=came, distinct=True),
    )
    return {row["area"]: Trained(row["sessions"], row["attended"], row["people"]) for row in rows}
