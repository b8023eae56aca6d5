"""Briefings and one-to-ones to be held: noted once, and placed by every rota that is made from then on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import QuerySet

from frontdoor.journal.actions import record
from frontdoor.kernel.clock import at_london, day_of, monday_of
from frontdoor.staff.actions import actor_of
from frontdoor.staff.models import Team, User
from frontdoor.staff.training import places_between
from frontdoor.workforce.records.models import MEETINGS, Meeting, PartKind
from frontdoor.workforce.records.rotas.covering import Planned, span_of
from frontdoor.workforce.records.rotas.rota import require_rostering
from frontdoor.workforce.rota.definition import QUARTER_MINUTES, QUARTERS, Activity, Span, quarter_of

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Wanted:
    """An activity that a rota is to hold, and as what. Its name is that of no other of the week."""

    activity: Activity
    kind: PartKind


class NotAMeeting(ValueError):
    """A meeting needs a name, takes 15 minutes to 4 hours in quarters of an hour, comes every 1 to 26 weeks, in 10 groups
    at the most; where both are given, it begins before it must be over. Nothing was changed.
    """


@transaction.atomic
def note_meeting(
    *,
    name: str,
    kind: PartKind,
    minutes: int,
    every_weeks: int = 1,
    groups: int = 1,
    since_on: date,
    team: Team | None = None,
    user: User | None = None,
    weekday: int | None = None,
    earliest: time | None = None,
    latest: time | None = None,
    by: User | None,
    at: datetime,
) -> Meeting:
    """Say that it is to be held, from the week of a day on. Raises MayNotRoster, NotAMeeting."""
    require_rostering(by)
    name = " ".join(name.split())[:80]
    is_ordered = earliest is None or latest is None or earliest < latest
    is_long = 15 <= minutes <= 240 and minutes % QUARTER_MINUTES == 0
    is_said = bool(name) and kind in MEETINGS and is_ordered
    if not (is_said and is_long and 1 <= every_weeks <= 26 and 1 <= groups <= 10):
        raise NotAMeeting
    meeting = Meeting.objects.create(
        name=name, kind=kind, minutes=minutes, every_weeks=every_weeks, groups=groups,
        since_on=monday_of(since_on), team=team, user=user, weekday=weekday,
        earliest=earliest, latest=latest, noted_by=by, noted_at=at,
    )  # fmt: skip
    facts = {"meeting": meeting.pk, "kind": kind.value, "minutes": minutes, "every weeks": every_weeks}
    record(at=at, by=actor_of(by), event="meeting noted", facts=facts)
    return meeting


@transaction.atomic
def drop_meeting(*, meeting_id: int, by: User | None, at: datetime) -> None:
    """It is no longer held; rotas that are made stay as they are. Raises MayNotRoster."""
    require_rostering(by)
    if Meeting.objects.filter(pk=meeting_id).delete()[0]:
        record(at=at, by=actor_of(by), event="meeting dropped", facts={"meeting": meeting_id})


def meetings() -> QuerySet[Meeting]:
    """All that are to be held, by name."""
    return Meeting.objects.select_related("team", "user").order_by("name", "pk")


def activities_of(planned: Planned) -> tuple[Wanted, ...]:
    """What a rota of this week is to hold beside contacts: training that people have booked, when it is; briefings of all
    who work in the week, at once or by group; and one-to-ones of those whose turn it is.
    """
    days = [day.on for day in planned.week.days]
    working = {
        each.name
        for each in planned.week.people
        if each.quarters and any(on.weekday() in each.windows and on not in each.leave for on in days)
    }
    return tuple(_told_apart([*_training(planned, working), *_meetings(planned, working, days)]))


def _told_apart(found: Sequence[Wanted]) -> Iterator[Wanted]:
    """Each with a name of its own: the second of a name is numbered, and so on."""
    seen: Counter[str] = Counter()
    for each in found:
        name = each.activity.name
        seen[name] += 1
        activity = replace(each.activity, name=f"{name} ({seen[name]})") if seen[name] > 1 else each.activity
        yield replace(each, activity=activity)


def _training(planned: Planned, working: set[str]) -> Iterator[Wanted]:
    """Each who has booked a session, by themselves: it is when it is, whoever else is there."""
    days = {day.on for day in planned.week.days}
    starts, ends = (at_london(on, time()) for on in (min(days), max(days) + timedelta(days=1)))
    for place in places_between(starts=starts, ends=ends):
        session, name = place.session, str(place.user_id)
        on = day_of(session.starts_at)
        if name in working and on in days:
            span = span_of(session.starts_at, session.starts_at + timedelta(minutes=session.minutes))
            words = f"{session.area.name}, {on:%a %-d %b}: {planned.names[name]}"
            activity = Activity(words, (name,), span.quarters, frozenset([on]), span)
            yield Wanted(activity, PartKind.TRAINING)


def _meetings(planned: Planned, working: set[str], days: Sequence[date]) -> Iterator[Wanted]:
    for meeting in meetings().prefetch_related("team__members"):
        weeks = (monday_of(days[0]) - meeting.since_on) // WEEK
        people = sorted(working & _for(meeting, working), key=lambda each: (planned.names[each], each))
        if weeks < 0 or not people:
            continue
        turn = weeks % meeting.every_weeks
        if meeting.kind == PartKind.ONE_TO_ONE:
            for each in people[turn :: meeting.every_weeks]:
                name = f"{meeting.name}: {planned.names[each]}"
                yield Wanted(_activity(meeting, name, (each,), days), PartKind.ONE_TO_ONE)
        elif turn == 0:
            groups = [
                tuple(people[place :: meeting.groups]) for place in range(min(meeting.groups, len(people)))
            ]
            for number, group in enumerate(groups, 1):
                name = meeting.name if len(groups) == 1 else f"{meeting.name}, group {number}"
                yield Wanted(_activity(meeting, name, group, days), PartKind.BRIEFING)


def _for(meeting: Meeting, working: set[str]) -> set[str]:
    """Whom it is for, by account."""
    if meeting.user_id is not None:
        return {str(meeting.user_id)}
    return {str(each.pk) for each in meeting.team.members.all()} if meeting.team else working


def _activity(meeting: Meeting, name: str, people: tuple[str, ...], days: Sequence[date]) -> Activity:
    window = Span(
        quarter_of(meeting.earliest) if meeting.earliest else 0,
        quarter_of(meeting.latest) if meeting.latest else QUARTERS,
    )
    on = frozenset(day for day in days if meeting.weekday in (None, day.weekday()))
    return Activity(name, people, meeting.minutes // QUARTER_MINUTES, on, window)
