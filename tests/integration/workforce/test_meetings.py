"""Briefings, one-to-ones and booked training: noted, due in their weeks, and placed by the rota that is made."""

from __future__ import annotations

from datetime import date, time, timedelta
from random import Random

import pytest

from frontdoor.journal.models import JournalEntry
from frontdoor.kernel.clock import at_london
from frontdoor.staff.models import Role, Team, User
from frontdoor.staff.training import add_area, book_place, cancel_session, plan_session
from frontdoor.workforce.records.expected.forecasts import publish_forecast
from frontdoor.workforce.records.models import Meeting, Part, PartKind, Shift
from frontdoor.workforce.records.rotas.covering import planned_week
from frontdoor.workforce.records.rotas.meetings import (
    NotAMeeting,
    activities_of,
    drop_meeting,
    note_meeting,
)
from frontdoor.workforce.records.rotas.rota import MayNotRoster
from frontdoor.workforce.records.rotas.solving import make_rota
from tests.integration.workforce.conftest import AT, MONDAY, NewUser, SignIn
from tests.integration.workforce.test_covering import calls, contract

WEEK = timedelta(days=7)
NEXT = MONDAY + WEEK


@pytest.fixture(autouse=True)
def _two_people(alice: User, bob: User, petra: User) -> None:
    publish_forecast(found=calls(1.0, first=NEXT), by=petra, at=AT)
    contract(alice)
    contract(bob)


def due(monday: date) -> list[tuple[str, str]]:
    return [(each.kind.value, each.activity.name) for each in activities_of(planned_week(monday=monday))]


def made(petra: User, monday: date = NEXT) -> list[str]:
    return list(make_rota(monday=monday, by=petra, at=AT, rng=Random(1))["notes"])


def parts_of(user: User, kind: PartKind) -> list[tuple[object, object]]:
    found = Part.objects.filter(shift__user=user, kind=kind.value).order_by("starts_at")
    return list(found.values_list("starts_at", "ends_at"))


def test_a_briefing_is_at_one_time_for_all_when_it_may_be(alice: User, bob: User, petra: User) -> None:
    note_meeting(
        name="Team briefing", kind=PartKind.BRIEFING, minutes=45, since_on=NEXT, weekday=2, earliest=time(9),
        latest=time(11), by=petra, at=AT,
    )  # fmt: skip
    assert due(NEXT) == [("briefing", "Team briefing")]
    assert made(petra) == []
    ((begins, ends),) = parts_of(alice, PartKind.BRIEFING)
    assert parts_of(bob, PartKind.BRIEFING) == [(begins, ends)]
    wednesday = NEXT + timedelta(days=2)
    assert at_london(wednesday, time(9)) <= begins < ends <= at_london(wednesday, time(11))  # type: ignore[operator]
    assert ends - begins == timedelta(minutes=45)  # type: ignore[operator]


def test_a_briefing_in_groups_is_as_many_as_there_are_people_for(alice: User, bob: User, petra: User) -> None:
    note_meeting(
        name="Team briefing", kind=PartKind.BRIEFING, minutes=30, groups=3, since_on=NEXT, by=petra, at=AT
    )
    assert due(NEXT) == [("briefing", "Team briefing, group 1"), ("briefing", "Team briefing, group 2")]
    assert made(petra) == []
    assert [len(parts_of(each, PartKind.BRIEFING)) for each in (alice, bob)] == [1, 1]


def test_one_to_ones_go_round_in_turn(petra: User) -> None:
    note_meeting(
        name="One-to-one", kind=PartKind.ONE_TO_ONE, minutes=30, every_weeks=3, since_on=NEXT, by=petra, at=AT
    )
    turns = [[name for _kind, name in due(NEXT + number * WEEK)] for number in range(4)]
    assert turns == [
        ["One-to-one: Alice Ashdown"],
        ["One-to-one: Bob Birchall"],
        [],
        ["One-to-one: Alice Ashdown"],
    ]
    assert due(MONDAY) == []


def test_booked_training_is_held_when_it_is_and_one_called_off_is_not(
    alice: User, bob: User, petra: User
) -> None:
    area = add_area(name="Plain words", skill=None, gives_level=None, by=petra, at=AT)
    begins = at_london(NEXT + timedelta(days=1), time(10))
    held, off = (
        plan_session(
            area=area, starts_at=begins + number * timedelta(days=1), minutes=50, where="", led_by=None, places=4,
            by=petra, at=AT,
        )
        for number in range(2)
    )  # fmt: skip
    for session, user in ((held, alice), (off, bob)):
        book_place(session_id=session.pk, user=user, by=petra, at=AT)
    cancel_session(session_id=off.pk, by=petra, at=AT)
    assert due(NEXT) == [("training", "Plain words, Tue 9 Mar: Alice Ashdown")]
    assert made(petra) == []
    assert parts_of(alice, PartKind.TRAINING) == [(begins, begins + timedelta(hours=1))]
    assert parts_of(bob, PartKind.TRAINING) == []


def test_made_again_a_week_holds_each_once_and_what_was_put_in_by_hand(alice: User, petra: User) -> None:
    note_meeting(name="One-to-one", kind=PartKind.ONE_TO_ONE, minutes=30, since_on=NEXT, by=petra, at=AT)
    made(petra)
    shift = Shift.objects.filter(user=alice).order_by("on")[0]
    lunch = shift.parts.get(kind="lunch")
    Part.objects.create(
        shift=shift, kind="briefing", starts_at=lunch.ends_at, ends_at=lunch.ends_at + timedelta(minutes=15)
    )
    made(petra)
    assert len(parts_of(alice, PartKind.ONE_TO_ONE)) == 1
    assert len(parts_of(alice, PartKind.BRIEFING)) == 1


def test_it_is_for_a_team_or_one_person(alice: User, bob: User, petra: User) -> None:
    team = Team.objects.create(name="Blue Badge team")
    team.members.add(bob)
    said = {"kind": PartKind.BRIEFING, "minutes": 30, "since_on": NEXT, "by": petra, "at": AT}
    note_meeting(name="Of the team", team=team, **said)  # type: ignore[arg-type]
    note_meeting(name="Of Alice", user=alice, **said)  # type: ignore[arg-type]
    found = {each.activity.name: each.activity.people for each in activities_of(planned_week(monday=NEXT))}
    assert found == {"Of the team": (str(bob.pk),), "Of Alice": (str(alice.pk),)}


def test_what_cannot_be_held_is_named(petra: User) -> None:
    note_meeting(
        name="Night watch",
        kind=PartKind.BRIEFING,
        minutes=60,
        since_on=NEXT,
        earliest=time(20),
        by=petra,
        at=AT,
    )
    assert made(petra) == ["Night watch has no time at which all can be there."]


@pytest.mark.parametrize(
    "change",
    [
        {"name": "  "},
        {"minutes": 20},
        {"minutes": 300},
        {"every_weeks": 0},
        {"groups": 11},
        {"kind": PartKind.LUNCH},
        {"earliest": time(11), "latest": time(10)},
    ],
)
def test_what_is_no_meeting_is_refused(petra: User, change: dict[str, object]) -> None:
    said = {"name": "Talk", "kind": PartKind.BRIEFING, "minutes": 30, "since_on": NEXT, "by": petra, "at": AT}
    with pytest.raises(NotAMeeting):
        note_meeting(**{**said, **change})  # type: ignore[arg-type]
    assert not Meeting.objects.exists()


def test_only_who_writes_the_rota_says_so_and_it_is_journalled(alice: User, petra: User) -> None:
    with pytest.raises(MayNotRoster):
        note_meeting(name="Talk", kind=PartKind.BRIEFING, minutes=30, since_on=NEXT, by=alice, at=AT)
    meeting = note_meeting(name="Talk", kind=PartKind.BRIEFING, minutes=30, since_on=NEXT, by=petra, at=AT)
    with pytest.raises(MayNotRoster):
        drop_meeting(meeting_id=meeting.pk, by=alice, at=AT)
    drop_meeting(meeting_id=meeting.pk, by=petra, at=AT)
    drop_meeting(meeting_id=meeting.pk, by=petra, at=AT)
    events = JournalEntry.objects.filter(event__startswith="meeting").order_by("pk")
    assert [each.event for each in events] == ["meeting noted", "meeting dropped"]


def test_page_notes_keeps_what_was_typed_and_takes_out(
    alice: User, petra: User, new_user: NewUser, sign_in: SignIn
) -> None:
    client = sign_in(petra)
    said = {
        "name": "Morning huddle",
        "kind": "briefing",
        "for": f"user-{alice.pk}",
        "minutes": "15",
        "every": "2",
        "groups": "1",
    }
    refused = client.post("/staff/plan/meetings/", {**said, "since": "soon"})
    assert refused.status_code == 400
    assert "Enter the first week as a date" in refused.content.decode()
    nobody = client.post("/staff/plan/meetings/", {**said, "since": "2031-01-08", "for": "team-987654"})
    assert (nobody.status_code, Meeting.objects.exists()) == (400, False)
    assert 'value="Morning huddle"' in refused.content.decode()
    client.post("/staff/plan/meetings/", {**said, "since": "2031-01-08", "earliest": "09:00", "weekday": "0"})
    page = client.get("/staff/plan/meetings/").content.decode()
    for words in (
        "Morning huddle",
        "Alice Ashdown",
        "15 minutes",
        "every 2 weeks",
        "Monday, from 9am",
        "6 Jan 2031",
    ):
        assert words in page
    assert "Morning huddle" in client.get("/staff/plan/meetings.csv").content.decode()
    meeting = Meeting.objects.get()
    assert meeting.since_on == date(2031, 1, 6)
    rota = client.get("/staff/plan/rota/?on=2031-01-06").content.decode()
    assert "Morning huddle (1 person)" in rota
    assert "no meeting is due" in client.get("/staff/plan/rota/?on=2031-01-13").content.decode()
    client.post(f"/staff/plan/meetings/{meeting.pk}/drop/")
    assert not Meeting.objects.exists()
    assert sign_in(new_user("Olga Officer", Role.OFFICER)).get("/staff/plan/meetings/").status_code == 403
