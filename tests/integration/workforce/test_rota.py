"""The rota and presence: what the database refuses, what is journalled, what was kept to."""

from __future__ import annotations

from datetime import date, time, timedelta
from random import Random

import pytest
from django.db import IntegrityError, transaction

from frontdoor.handling.desk.taking import end_contact, take_contact_at_desk
from frontdoor.journal.models import JournalEntry
from frontdoor.kernel.clock import at_london
from frontdoor.staff.models import User
from frontdoor.workforce.records.asking.feeds import NoSuchFeed, end_feed, make_feed, shifts_behind
from frontdoor.workforce.records.attending.presence import kept_to, now_doing, present_now
from frontdoor.workforce.records.models import Doing, Part, PartKind, Presence, Shift
from frontdoor.workforce.records.rotas.rota import (
    MayNotRoster,
    NotAShift,
    Overlaps,
    PlannedShift,
    drop_shift,
    publish_rota,
    put_shift,
    shifts_of,
)
from tests.integration.workforce.conftest import AT, MONDAY, TUESDAY, planned, shift


def test_database_refuses_two_shifts_of_one_person_at_once(alice: User, bob: User) -> None:
    first = shift(alice, MONDAY)
    shift(bob, MONDAY)
    shift(alice, MONDAY, 17, 18, lunch=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Shift.objects.create(
            user=alice,
            on=MONDAY,
            starts_at=first.ends_at - timedelta(minutes=15),
            ends_at=first.ends_at,
            written_at=AT,
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Shift.objects.filter(user=bob).update(user=alice)


def test_database_refuses_two_parts_and_two_presences_at_once(alice: User) -> None:
    lunch = shift(alice, MONDAY).parts.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Part.objects.create(
            shift=lunch.shift, kind=PartKind.BREAK, starts_at=lunch.starts_at, ends_at=lunch.ends_at
        )
    Presence.objects.create(user=alice, doing=Doing.CONTACTS, starts_at=AT)
    for starts_at, ends_at in (
        (AT + timedelta(hours=1), None),
        (AT - timedelta(hours=1), AT + timedelta(minutes=1)),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Presence.objects.create(user=alice, doing=Doing.BREAK, starts_at=starts_at, ends_at=ends_at)
    Presence.objects.create(user=alice, doing=Doing.BREAK, starts_at=AT - timedelta(hours=1), ends_at=AT)


def test_published_again_the_days_say_what_was_said_last(alice: User, bob: User, petra: User) -> None:
    publish_rota(first_on=MONDAY, last_on=TUESDAY, shifts=[planned(alice, MONDAY)], by=petra, at=AT)
    rota = publish_rota(
        first_on=MONDAY,
        last_on=TUESDAY,
        shifts=[planned(bob, MONDAY), planned(bob, TUESDAY)],
        by=petra,
        at=AT,
    )
    found = list(shifts_of(first_on=MONDAY, last_on=TUESDAY))
    assert [(each.user, each.on, each.rota) for each in found] == [(bob, MONDAY, rota), (bob, TUESDAY, rota)]
    assert [each.parts.count() for each in found] == [1, 1]
    events = JournalEntry.objects.order_by("pk").values_list("event", flat=True)
    assert list(events) == ["rota published", "rota published"]


def test_a_rota_that_cannot_be_changes_nothing(alice: User, bob: User, petra: User) -> None:
    publish_rota(first_on=MONDAY, last_on=MONDAY, shifts=[planned(alice, MONDAY)], by=petra, at=AT)
    with pytest.raises(Overlaps):
        publish_rota(
            first_on=MONDAY, last_on=MONDAY, shifts=[planned(bob, MONDAY), planned(bob, MONDAY, 16, 18, None)],
            by=petra, at=AT,
        )  # fmt: skip
    with pytest.raises(NotAShift):
        publish_rota(first_on=MONDAY, last_on=MONDAY, shifts=[planned(bob, TUESDAY)], by=petra, at=AT)
    with pytest.raises(MayNotRoster):
        publish_rota(first_on=MONDAY, last_on=MONDAY, shifts=[], by=bob, at=AT)
    assert [each.user for each in Shift.objects.all()] == [alice]


def test_a_shift_is_written_and_dropped_by_hand(alice: User, petra: User, bob: User) -> None:
    made = shift(alice, MONDAY)
    put_shift(wanted=planned(alice, TUESDAY, 10, 18), shift_id=made.pk, by=petra, at=AT)
    made.refresh_from_db()
    assert (made.on, made.sequence) == (TUESDAY, 1)
    too_long = PlannedShift(alice.pk, at_london(MONDAY, time(7)), at_london(MONDAY, time(21)))
    outside = planned(alice, MONDAY, 13, 17, lunch=12)
    for wanted in (too_long, outside):
        with pytest.raises(NotAShift):
            put_shift(wanted=wanted, shift_id=made.pk, by=petra, at=AT)
    with pytest.raises(MayNotRoster):
        drop_shift(shift_id=made.pk, by=bob, at=AT)
    drop_shift(shift_id=made.pk, by=petra, at=AT)
    assert not Shift.objects.exists()


def test_adherence_is_time_as_planned_and_conformance_time_worked(alice: User) -> None:
    shift(alice, MONDAY, 9, 13, lunch=12)
    day = [
        (time(9, 15), Doing.CONTACTS),
        (time(11), Doing.WRITTEN),
        (time(12, 15), Doing.LUNCH),
        (time(12, 45), Doing.CONTACTS),
        (time(13, 15), None),
    ]
    for clock, doing in day:
        now_doing(user=alice, doing=doing, at=at_london(MONDAY, clock))
    found = kept_to(since=at_london(MONDAY, time(0)), until=at_london(MONDAY, time(23)))[alice.pk]
    assert found.planned == timedelta(hours=4)
    assert found.as_planned == timedelta(hours=2, minutes=45 + 15 + 15)
    assert found.adherence == 195 / 240
    assert found.conformance == (180 + 30) / 210
    assert present_now() == {}


def test_pressed_twice_it_is_one_presence(alice: User) -> None:
    for _ in range(2):
        now_doing(user=alice, doing=Doing.CONTACTS, at=AT)
    now_doing(user=alice, doing=Doing.BREAK, at=AT)
    assert [(each.doing, each.ends_at) for each in Presence.objects.all()] == [("break", None)]


def test_whoever_takes_a_contact_at_the_desk_is_signed_on_where_they_are_planned(
    alice: User, bob: User
) -> None:
    shift(alice, MONDAY)
    rng = Random(1)

    def takes(user: User, minutes: int) -> str | None:
        at = AT + timedelta(minutes=minutes)
        found = take_contact_at_desk(channel="phone", came_from="", by=user, at=at, rng=rng)
        end_contact(contact_id=found.pk, by=user, at=at + timedelta(minutes=1))
        present = present_now(people=[user.pk]).get(user.pk)
        return present.doing if present else None

    assert takes(alice, 60) == Doing.CONTACTS
    now_doing(user=alice, doing=Doing.BREAK, at=AT + timedelta(minutes=70))
    assert takes(alice, 75) == Doing.CONTACTS
    now_doing(user=alice, doing=Doing.WRITTEN, at=AT + timedelta(minutes=80))
    assert takes(alice, 90) == Doing.WRITTEN
    assert takes(bob, 60) is None


def test_feed_opens_by_its_newest_secret_and_only_while_they_are_here(alice: User) -> None:
    made, rng = shift(alice, MONDAY), Random(1)
    old = make_feed(user=alice, at=AT, rng=rng)
    token = make_feed(user=alice, at=AT, rng=rng)
    assert shifts_behind(token=token, at=AT) == (alice, [made])
    with pytest.raises(NoSuchFeed):
        shifts_behind(token=old, at=AT)
    User.objects.filter(pk=alice.pk).update(is_active=False)
    with pytest.raises(NoSuchFeed):
        shifts_behind(token=token, at=AT)
    User.objects.filter(pk=alice.pk).update(is_active=True)
    end_feed(user=alice, at=AT)
    with pytest.raises(NoSuchFeed):
        shifts_behind(token=token, at=AT)


def test_days_follow_london_where_the_clocks_change(alice: User) -> None:
    """Summer time began at one in the night of 28 March 2027."""
    sunday = date(2027, 3, 28)
    made = shift(alice, sunday, 0, 8, lunch=None)
    assert (made.on, made.ends_at - made.starts_at) == (sunday, timedelta(hours=7))
