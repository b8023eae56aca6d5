"""Clocks, promises, reminders: what happens to a case when its time has come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.cases.models import Case, Promise, Update
from frontdoor.contacts.models import Message
from frontdoor.demo.papers import picture
from frontdoor.handling.evidence import receive_evidence
from frontdoor.handling.moving import Given, move_case
from frontdoor.handling.people import customer, staff
from frontdoor.handling.uploading import take_file
from frontdoor.journal.models import JournalEntry
from frontdoor.kernel.clock import day_of, end_of_day
from frontdoor.kernel.workingdays import ENGLAND, due, parse_within, remaining, resume
from frontdoor.staff.models import User
from tests.integration.handling.conftest import Apply, let_time_pass

Officers = dict[str, list[User]]
LACKS_LETTER = ("identity", "photo", "address")


def told(case: Case) -> list[str]:
    """The names of the news of a case, oldest first; what a set clock puts into one instant begins with the receipt."""
    made = Update.objects.filter(case=case).values_list("made_at", "words_name")
    return [name for _at, name in sorted(made, key=lambda each: (each[0], each[1] != "received"))]


@pytest.mark.django_db
def test_the_clock_stops_while_we_wait_and_goes_on_with_what_was_left(
    at: datetime, rng: Random, apply_for: Apply
) -> None:
    case = apply_for(brings=LACKS_LETTER)
    let_time_pass(at, rng)
    first = Promise.objects.get(case=case, name="decide")
    assert (first.due_at, first.paused_at) == (end_of_day(ENGLAND.add_working_days(day_of(at), 30)), at)
    later = at + timedelta(days=7)
    file = take_file(name="letter.jpg", content=picture("letter", 0), accept={"image"}, at=later, rng=rng)
    receive_evidence(
        case_id=case.pk,
        files=(("pip letter", file),),
        channel="web",
        person=customer(case.customer_id),
        at=later,
        rng=rng,
    )
    case.refresh_from_db()
    first.refresh_from_db()
    assert (case.state, case.clock_stopped_at, first.paused_at) == ("evidence received", None, None)
    assert first.due_at == end_of_day(ENGLAND.add_working_days(day_of(later), 30))
    assert case.due_at == first.due_at


@pytest.mark.django_db
def test_reminded_once_then_closed_and_nothing_decided_against_them(
    at: datetime, rng: Random, apply_for: Apply
) -> None:
    case = apply_for(brings=LACKS_LETTER)
    let_time_pass(at + timedelta(days=40), rng)
    case.refresh_from_db()
    assert told(case) == ["received", "evidence needed", "evidence reminder", "closed without evidence"]
    assert (case.state, case.ended_as, case.decisions.count()) == (
        "closed without evidence",
        "closed without evidence",
        0,
    )
    assert Promise.objects.filter(case=case, kept_at=None, dropped_at=None).count() == 0


@pytest.mark.django_db
def test_before_a_promise_is_missed_the_customer_is_told_a_new_date_once(
    at: datetime, rng: Random, apply_for: Apply
) -> None:
    case = apply_for()
    promise = Promise.objects.get(case=case)
    let_time_pass(promise.first_due_at - timedelta(hours=1), rng)
    promise.refresh_from_db()
    assert told(case) == ["received", "decision is late"]
    assert promise.due_at > promise.first_due_at
    assert promise.missed_at is None
    assert Update.objects.get(words_name="decision is late").made_at < promise.first_due_at
    let_time_pass(promise.due_at + timedelta(days=60), rng)
    promise.refresh_from_db()
    assert told(case) == ["received", "decision is late"]
    assert promise.missed_at == promise.due_at
    assert JournalEntry.objects.filter(case_id=case.pk, event="promise missed").count() == 1


@pytest.mark.django_db
def test_a_kept_promise_is_not_warned_of(
    at: datetime, rng: Random, apply_for: Apply, officers: Officers
) -> None:
    case = apply_for(owned=True)
    move_case(
        case_id=case.pk,
        move="transfer",
        revision=None,
        given=Given(answers={"new_council": "Elsewhere"}),
        person=staff(officers["Blue Badge team"][0]),
        at=at + timedelta(days=1),
        rng=rng,
    )
    let_time_pass(at + timedelta(days=90), rng)
    assert told(case) == ["received", "transferred"]


@pytest.mark.django_db
def test_a_timer_fires_once_however_often_it_is_tried(at: datetime, rng: Random, apply_for: Apply) -> None:
    case = apply_for(brings=LACKS_LETTER)
    let_time_pass(at + timedelta(days=15), rng)
    count = Message.objects.filter(conversation=case.conversation).count()
    let_time_pass(at + timedelta(days=15, hours=5), rng)
    assert Message.objects.filter(conversation=case.conversation).count() == count


instants = st.datetimes(
    min_value=datetime.fromisoformat("2026-01-01"),
    max_value=datetime.fromisoformat("2028-12-01"),
    timezones=st.just(UTC),
)


@given(
    made_at=instants,
    runs_for=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=20)),
    stands_for=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=120)),
)
def test_working_days_left_are_the_same_after_a_stop_as_before(
    made_at: datetime, runs_for: timedelta, stands_for: timedelta
) -> None:
    within = parse_within("30 working days")
    due_at = due(made_at, within, ENGLAND)
    stopped_at = made_at + runs_for
    left = remaining(due_at, stopped_at, within.unit, ENGLAND)
    resumed_at = stopped_at + stands_for
    new = resume(resumed_at, left, ENGLAND)
    assert remaining(new, resumed_at, within.unit, ENGLAND) == left
    assert new >= due_at


@given(
    made_at=instants,
    runs_for=st.timedeltas(min_value=timedelta(0), max_value=timedelta(hours=20)),
    stands_for=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=200)),
)
def test_clock_hours_are_hours_over_both_changes_of_the_clocks(
    made_at: datetime, runs_for: timedelta, stands_for: timedelta
) -> None:
    within = parse_within("24 clock hours")
    due_at = due(made_at, within, ENGLAND)
    assert due_at - made_at == timedelta(hours=24)
    stopped_at = made_at + runs_for
    new = resume(stopped_at + stands_for, remaining(due_at, stopped_at, within.unit, ENGLAND), ENGLAND)
    assert (
        timedelta(0) <= due_at + stands_for - new < timedelta(seconds=1)
    )  # what is left counts in whole seconds
