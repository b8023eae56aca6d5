"""Who worked when in the weeks gone by and what they did in truth; and what they ask for: leave, swaps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from frontdoor.kernel.clock import at_london
from frontdoor.kernel.workingdays import ENGLAND
from frontdoor.staff.models import Role, TrainingPlace, User
from frontdoor.workforce.records.asking.leave import answer_leave, ask_leave
from frontdoor.workforce.records.asking.swapping import answer_swap, ask_swap
from frontdoor.workforce.records.attending.presence import WORK, stretches_of
from frontdoor.workforce.records.models import Answerer, Doing, LeaveKind, PartKind, Presence, Shift
from frontdoor.workforce.records.rotas.rota import PlannedPart, PlannedShift, publish_rota

WEEKS_GONE = 7
WEEK = timedelta(days=7)
BREAK, LUNCH = timedelta(minutes=15), timedelta(minutes=30)
STARTS = ((8, 0), (8, 30), (9, 0), (9, 45), (10, 0))
LONG = timedelta(hours=8)
PART_TIME = {3: (0, 1, 2), 5: (0, 2, 3, 4)}
"""Weekdays of those who work part time, by their place in the list."""
ONE_TO_ONE = timedelta(minutes=30)
DOING = {
    WORK: Doing.CONTACTS,
    "break": Doing.BREAK,
    "lunch": Doing.LUNCH,
    "training": Doing.TRAINING,
    "meeting": Doing.MEETING,
}


def publish_past(*, before: date, at: datetime) -> None:
    """The weeks before a Monday, as they were written by hand before there were forecasts."""
    planner, people = planner_of(), advisors()
    for number in range(-WEEKS_GONE, 0):
        first = before + number * WEEK
        shifts = [each for place, user in enumerate(people) for each in _week(user, place, first)]
        publish_rota(
            first_on=first, last_on=first + timedelta(days=6), shifts=shifts, by=planner,
            at=at + (number - 3) * WEEK,
        )  # fmt: skip


def live(*, at: datetime, seed: int) -> None:
    """What everybody did in truth, up to now."""
    rng = Random(f"{seed}:presence")
    for shift in Shift.objects.filter(starts_at__lt=at).prefetch_related("parts").order_by("starts_at", "pk"):
        _live(shift, at, rng)


def planner_of() -> User:
    """Whoever plans."""
    return User.objects.filter(role=Role.PLANNER).order_by("pk")[0]


def advisors() -> list[User]:
    """Those who are planned, in the order of their accounts."""
    return list(User.objects.filter(role=Role.ADVISOR, is_active=True).order_by("pk"))


def _week(user: User, place: int, monday: date) -> Iterator[PlannedShift]:
    """The start moves by one step each week, so that early and late days come round to everybody."""
    step = place + monday.toordinal() // 7
    for weekday in PART_TIME.get(place, range(5)):
        day = monday + timedelta(days=weekday)
        if ENGLAND.is_working_day(day):
            yield _day(user, at_london(day, time(*STARTS[step % len(STARTS)])), place, weekday)


def _day(user: User, starts_at: datetime, place: int, weekday: int) -> PlannedShift:
    ends_at = starts_at + LONG
    eats = starts_at + timedelta(hours=3, minutes=30 + 15 * (place % 4))
    parts = [
        PlannedPart(PartKind.BREAK, starts_at + timedelta(hours=2), starts_at + timedelta(hours=2) + BREAK),
        PlannedPart(PartKind.LUNCH, eats, eats + LUNCH),
        PlannedPart(PartKind.BREAK, ends_at - timedelta(hours=2), ends_at - timedelta(hours=2) + BREAK),
    ]
    if place % 5 == weekday:
        talks = ends_at - timedelta(hours=1)
        parts.append(PlannedPart(PartKind.ONE_TO_ONE, talks, talks + ONE_TO_ONE))
    parts += _training(user, starts_at, ends_at)
    kept: list[PlannedPart] = []
    for part in reversed(parts):  # training goes before a break that lies in it
        if all(part.ends_at <= each.starts_at or each.ends_at <= part.starts_at for each in kept):
            kept.append(part)
    return PlannedShift(user.pk, starts_at, ends_at, tuple(sorted(kept, key=lambda each: each.starts_at)))


def _training(user: User, starts_at: datetime, ends_at: datetime) -> Iterator[PlannedPart]:
    places = TrainingPlace.objects.filter(
        user=user, session__starts_at__gte=starts_at, session__starts_at__lt=ends_at
    )
    for place in places.select_related("session"):
        session = place.session
        over = min(ends_at, session.starts_at + timedelta(minutes=session.minutes))
        yield PlannedPart(PartKind.TRAINING, session.starts_at, over)


def _live(shift: Shift, now: datetime, rng: Random) -> None:
    """What was planned, begun and ended a few minutes off; whoever is at work now still is."""
    rows: list[Presence] = []
    begins = shift.starts_at + timedelta(minutes=rng.choice((-2, 0, 0, 1, 3, 6)))
    for stretch in stretches_of(shift):
        ends = stretch.ends_at + timedelta(minutes=rng.choice((-3, -1, 0, 0, 1, 2, 5)))
        if begins >= min(ends, now):
            break
        still = ends >= now
        rows.append(
            Presence(
                user_id=shift.user_id,
                doing=DOING[stretch.kind],
                starts_at=begins,
                ends_at=None if still else ends,
            )
        )
        if still:
            break
        begins = ends
    Presence.objects.bulk_create(rows)


def ask_for_leave(*, monday: date, at: datetime) -> None:
    """Leave that was granted before the rota was made, and leave that waits."""
    people, first, late = advisors(), monday + 2 * WEEK, monday + 3 * WEEK
    granted = ask_leave(
        kind=LeaveKind.ANNUAL, first_on=first, last_on=first + timedelta(days=4), by=people[1], at=at - WEEK
    )
    answer_leave(leave_id=granted.pk, is_yes=True, by=planner_of(), at=at - timedelta(days=5))
    ask_leave(kind=LeaveKind.ANNUAL, first_on=late, last_on=late + timedelta(days=1), by=people[2], at=at)


def ask_for_swaps(*, monday: date, at: datetime) -> None:
    """A swap for the supervisor, and one for whoever opens the demo as an advisor."""
    people = advisors()
    next_week = Shift.objects.filter(on__gte=monday + WEEK, on__lt=monday + 2 * WEEK).order_by("on")
    give, take = (next_week.filter(user=people[n]).first() for n in (4, 0))
    if give is not None and take is not None:
        ask_swap(give_id=give.pk, take_id=take.pk, colleague=people[0], by=people[4], at=at)
    days_off = set(next_week.values_list("on", flat=True)) - set(
        next_week.filter(user=people[5]).values_list("on", flat=True)
    )
    away = next_week.filter(user=people[2], on__in=days_off).last()
    if away is not None:
        swap = ask_swap(give_id=away.pk, take_id=None, colleague=people[5], by=people[2], at=at)
        answer_swap(swap_id=swap.pk, answerer=Answerer.COLLEAGUE, is_yes=True, by=people[5], at=at)
