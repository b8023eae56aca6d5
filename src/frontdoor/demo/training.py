"""Skills, training and recruitment of the demo council: a year and more of sessions, some to come, and who is to join."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from frontdoor.kernel.clock import at_london, day_of
from frontdoor.kernel.workingdays import ENGLAND
from frontdoor.staff.models import Role, Skill, Stage, Team, TrainingArea, User
from frontdoor.staff.queries import contact_takers
from frontdoor.staff.recruiting import invite, move_candidate, plan_assessment, plan_skill
from frontdoor.staff.skills import set_refresh
from frontdoor.staff.training import add_area, book_place, plan_session, say_who_came

PAST, AHEAD = timedelta(days=440), timedelta(days=60)
COMES = 0.93
PLACES = 8
ROOM = "Training room, Alder House"
REFRESHED = {"crisis support": 12, "safeguarding": 12, "blue badge": 24}
"""Skills that must be refreshed, and how many months what was learned lasts."""
AREAS: tuple[tuple[str, str, int | None, int, int], ...] = (
    ("Blue Badge rules and the new form", "blue badge", 1, 75, 120),
    ("Crisis support and listening", "crisis support", 1, 60, 150),
    ("Highways: what is an emergency", "highways", None, 90, 90),
    ("Complaints: putting it right", "complaints", None, 120, 90),
    ("Safeguarding: what to hear", "safeguarding", None, 150, 180),
    ("Winter and offer day briefing", "", None, 160, 45),
    ("Calls, chats and plain words", "", None, 50, 120),
)
"""Area, its skill, the level that attending gives, days between two sessions, and minutes."""
CANDIDATES = (
    ("Ottilie Branscombe-Hay", Stage.JOINING),
    ("Jerome Adeyinka", Stage.JOINING),
    ("Marek Sowolski", Stage.OFFERED),
    ("Phoebe Tattershaw", Stage.NOT_TAKEN),
    ("Hamid Rostrevor", Stage.WITHDREW),
)
INVITED = ("Lorna Quickfall", "Benedict Oyelaran", "Saoirse Millward-Penn")
LEARNED_AFTER = (("general", 14), ("highways", 42), ("blue badge", 56))
"""What a new advisor takes, and how many days after they start."""


def make_training(*, at: datetime, seed: int) -> None:
    """Areas and sessions with who came, up to now and booked ahead; assessment days, and who is to join."""
    rng = Random(f"{seed}:training")
    planner = User.objects.filter(role=Role.PLANNER).order_by("pk")[0]
    began = at - PAST
    for name, months in REFRESHED.items():
        set_refresh(skill=Skill.objects.get(name=name), months=months, by=planner, at=began)
    for name, skill, level, every, minutes in AREAS:
        known = Skill.objects.filter(name=skill).first()
        area = add_area(name=name, skill=known, gives_level=level, by=planner, at=began)
        _sessions(area, every, minutes, planner, at, rng)
    _recruit(planner, at)


def _sessions(area: TrainingArea, every: int, minutes: int, by: User, now: datetime, rng: Random) -> None:
    people = _who_goes(area)
    on = day_of(now - PAST) + timedelta(days=rng.randrange(every))
    while on <= day_of(now + AHEAD):
        day = _desk_day(on)
        starts_at = at_london(day, time(rng.choice((9, 10, 13, 14)), 30))
        planned_at = min(starts_at, now) - timedelta(days=21)
        session = plan_session(
            area=area, starts_at=starts_at, minutes=minutes, where=ROOM, led_by=None, places=PLACES, by=by,
            at=planned_at,
        )  # fmt: skip
        going = rng.sample(people, min(len(people), rng.randint(3, PLACES - 2)))
        for user in going:
            book_place(session_id=session.pk, user=user, by=by, at=planned_at)
        ended_at = starts_at + timedelta(minutes=minutes)
        if ended_at <= now:
            came = [user.pk for user in going if rng.random() < COMES]
            say_who_came(session_id=session.pk, came=came, by=by, at=ended_at)
        on += timedelta(days=rng.randint(every * 2 // 3, every * 4 // 3))


def _who_goes(area: TrainingArea) -> list[User]:
    """Who holds the skill or takes calls: nobody is taught what is never asked of them."""
    people = contact_takers()
    if area.skill is None:
        return people
    holders = set(area.skill.skillheld_set.values_list("user_id", flat=True))
    return [each for each in people if each.pk in holders]


def _desk_day(day: date) -> date:
    while not ENGLAND.is_working_day(day):
        day += timedelta(days=1)
    return day


def _recruit(by: User, now: datetime) -> None:
    team = Team.objects.filter(members__role=Role.ADVISOR).order_by("pk").first()
    today = day_of(now)
    past = plan_assessment(
        held_on=_desk_day(today - timedelta(days=40)), where="Alder House", places=12, by=by,
        at=now - timedelta(days=70),
    )  # fmt: skip
    ahead = plan_assessment(
        held_on=_desk_day(today + timedelta(days=16)), where="Alder House", places=12, by=by,
        at=now - timedelta(days=9),
    )  # fmt: skip
    for name in INVITED:
        invite(full_name=name, day_id=ahead.pk, team=team, by=by, at=now - timedelta(days=8))
    for name, stage in CANDIDATES:
        candidate = invite(full_name=name, day_id=past.pk, team=team, by=by, at=now - timedelta(days=60))
        _move(candidate.pk, stage, by, now)


def _move(candidate: int, stage: Stage, by: User, now: datetime) -> None:
    decided, starts = now - timedelta(days=35), _desk_day(day_of(now) + timedelta(days=29))
    if stage is Stage.JOINING:
        move_candidate(candidate_id=candidate, to=Stage.OFFERED, by=by, at=decided)
        accepted = decided + timedelta(days=6)
        move_candidate(candidate_id=candidate, to=stage, joins_on=starts, by=by, at=accepted)
        for name, days in LEARNED_AFTER:
            skill, day = Skill.objects.get(name=name), _desk_day(starts + timedelta(days=days))
            plan_skill(candidate_id=candidate, skill=skill, level=1, from_on=day, by=by, at=accepted)
    else:
        move_candidate(candidate_id=candidate, to=stage, by=by, at=decided)
