"""A complaint from the first words to the last answer: both clocks, one extension, and another person at stage 2."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from frontdoor.cases.models import Case, Promise, Update
from frontdoor.contacts.models import Message
from frontdoor.handling.moving import Given, move_case
from frontdoor.handling.people import customer, staff
from frontdoor.handling.promises import MovedBefore, NotLater, TooMuchLater, give_new_date
from frontdoor.handling.tracking import customer_move, customer_moves
from frontdoor.insight.complaints import Kept, Learned, complaints_of
from frontdoor.insight.periods import Period
from frontdoor.journeys.moving import MoveNotOffered
from frontdoor.kernel.clock import day_of, end_of_day
from frontdoor.staff.models import Role, User
from tests.integration.handling.conftest import Apply

Officers = dict[str, list[User]]
TEAM = "Customer relations team"
SAID: dict[str, Any] = {
    "at_risk": "none",
    "about": "contact",
    "what_happened": "Nobody rang me back for three weeks.",
    "told_before": "waiting",
    "legal": "no",
    "wanted": ["sorry", "explain"],
    "equality_asked": False,
}
DEFINED = {
    "complaint_definition": "That nobody rang back.",
    "outcome_wanted": "An apology.",
    "looked_into_by": "Alice Example",
}
FOUND = {
    "investigation": "We read the record of calls.",
    "remedy": ["apology"],
    "remedy_words": "We are sorry.",
    "root_cause": "communication",
    "learning": "Calls are noted where everybody sees them.",
}
LAST = {f"final_{name}": value for name, value in FOUND.items()}
MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 6, 15, tzinfo=UTC)


def do(case: Case, move: str, user: User, at: datetime, rng: Random, **given: Any) -> Case:
    """An officer makes a move on the case as it is now."""
    case.refresh_from_db()
    return move_case(
        case_id=case.pk,
        move=move,
        revision=case.revision,
        given=Given(**given),
        person=staff(user),
        at=at,
        rng=rng,
    )


def due_on(case: Case, promise: str) -> date:
    return day_of(Promise.objects.get(case=case, name=promise).due_at)


def last_words(case: Case) -> str:
    newest = Message.objects.filter(conversation=case.conversation, direction="out").order_by(
        "-said_at", "-pk"
    )
    return newest[0].words


@pytest.fixture
def complaint(apply_for: Apply, officers: Officers) -> Case:
    """Received on Monday 2 November 2026 and given to Alice."""
    return apply_for("complaint", when=MONDAY, owned=True, **SAID)


@pytest.fixture
def answered(complaint: Case, officers: Officers, rng: Random) -> Case:
    """Acknowledged on Friday, and answered by Alice a week later."""
    alice = officers[TEAM][0]
    do(complaint, "acknowledge", alice, FRIDAY, rng, answers=DEFINED)
    reasons = ("not kept informed",)
    return do(
        complaint, "partly uphold", alice, FRIDAY + timedelta(days=7), rng, answers=FOUND, reasons=reasons
    )


@pytest.mark.django_db
def test_the_clock_of_the_code(complaint: Case, officers: Officers, rng: Random) -> None:
    assert due_on(complaint, "acknowledge") == date(2026, 11, 9)
    do(complaint, "acknowledge", officers[TEAM][0], FRIDAY, rng, answers=DEFINED)
    assert due_on(complaint, "answer") == date(2026, 11, 20)
    assert Promise.objects.get(case=complaint, name="acknowledge").kept_at == FRIDAY


@pytest.mark.django_db
def test_received_in_the_evening_counts_from_the_next_working_day(apply_for: Apply) -> None:
    case = apply_for("complaint", when=datetime(2026, 11, 2, 17, 30, tzinfo=UTC), **SAID)
    assert due_on(case, "acknowledge") == date(2026, 11, 10)


@pytest.mark.django_db
def test_stage_two_asked_for_in_the_evening_counts_from_the_next_working_day(
    answered: Case, rng: Random
) -> None:
    person = customer(answered.customer_id)
    evening = datetime(2026, 11, 16, 18, tzinfo=UTC)
    customer_move(case_id=answered.pk, move="ask for a review", words="", person=person, at=evening, rng=rng)
    assert due_on(answered, "acknowledge stage two") == date(2026, 11, 24)


def move_the_date(case: Case, user: User, to: date, rng: Random, *, at: datetime) -> None:
    case.refresh_from_db()
    give_new_date(
        case_id=case.pk,
        promise="answer",
        due_at=end_of_day(to),
        words="A witness is away until Monday.",
        revision=case.revision,
        user=user,
        at=at,
        rng=rng,
    )


@pytest.mark.django_db
def test_more_time_once_and_at_most_ten_working_days(
    complaint: Case, officers: Officers, rng: Random
) -> None:
    alice, later = officers[TEAM][0], FRIDAY + timedelta(days=10)
    do(complaint, "acknowledge", alice, FRIDAY, rng, answers=DEFINED)
    with pytest.raises(NotLater):
        move_the_date(complaint, alice, date(2026, 11, 20), rng, at=later)
    with pytest.raises(TooMuchLater) as raised:
        move_the_date(complaint, alice, date(2026, 12, 5), rng, at=later)
    assert day_of(raised.value.latest_at) == date(2026, 12, 4)
    move_the_date(complaint, alice, date(2026, 12, 2), rng, at=later)
    assert due_on(complaint, "answer") == date(2026, 12, 2)
    for part in ("A witness is away", "20 November 2026", "2 December 2026", "0300 061 0614"):
        assert part in last_words(complaint), part
    with pytest.raises(MovedBefore):
        move_the_date(complaint, alice, date(2026, 12, 4), rng, at=later)
    assert due_on(complaint, "answer") == date(2026, 12, 2)


@pytest.mark.django_db
def test_the_letter_states_what_the_code_demands(answered: Case) -> None:
    words = last_words(answered)
    for part in (
        "**stage 1**",
        "That nobody rang back.",
        "**partly uphold**",
        "We did not keep you informed",
        "We read the record of calls.",
        "We are sorry.",
        "Nothing more has to be done.",
        "Ask us for **stage 2**",
        "www.lgo.org.uk",
    ):
        assert part in words, part


@pytest.mark.django_db
def test_who_answered_does_not_answer_at_stage_two(answered: Case, officers: Officers, rng: Random) -> None:
    alice, bob = officers[TEAM][:2]
    at = FRIDAY + timedelta(days=10)
    person = customer(answered.customer_id)
    assert "ask for a review" in [move.name for move in customer_moves(case=answered, at=at)]
    customer_move(case_id=answered.pk, move="ask for a review", words="", person=person, at=at, rng=rng)
    left = {"definition_left": "The whole complaint.", "stage_two_by": "Bob Example"}
    do(answered, "acknowledge stage two", alice, at, rng, answers=left)
    assert due_on(answered, "answer stage two") == date(2026, 12, 14)
    last = {"answers": LAST, "reasons": ("no fault found",)}
    with pytest.raises(MoveNotOffered, match="not decided this case before"):
        do(answered, "do not uphold at stage two", alice, at, rng, **last)
    done = do(answered, "do not uphold at stage two", bob, at, rng, **last)
    assert done.ended_as == "not upheld at stage 2"
    assert "**stage 2**" in last_words(done)
    assert [move.name for move in customer_moves(case=done, at=at)] == []


@pytest.mark.django_db
def test_the_answer_does_not_wait_for_what_is_still_to_be_done(
    complaint: Case, officers: Officers, rng: Random
) -> None:
    alice, answered_at = officers[TEAM][0], FRIDAY + timedelta(days=7)
    do(complaint, "acknowledge", alice, FRIDAY, rng, answers=DEFINED)
    left = {**FOUND, "actions_left": "A new telephone list.", "actions_by": "month"}
    reasons = ("not kept informed",)
    do(complaint, "uphold with actions", alice, answered_at, rng, answers=left, reasons=reasons)
    assert Promise.objects.get(case=complaint, name="answer").kept_at == answered_at
    assert due_on(complaint, "put right") == date(2026, 12, 11)
    assert "A new telephone list." in last_words(complaint)
    assert "11 December 2026" in last_words(complaint)
    done_at = answered_at + timedelta(days=14)
    case = do(complaint, "actions finished", alice, done_at, rng, words="The list is on every desk.")
    assert (case.ended_as, Promise.objects.get(case=case, name="put right").kept_at) == (
        "answered and put right",
        done_at,
    )


@pytest.mark.django_db
def test_a_complaint_is_turned_away_by_a_supervisor_alone_with_the_way_to_the_ombudsman(
    complaint: Case, officers: Officers, rng: Random
) -> None:
    alice, bob = officers[TEAM][:2]
    given: dict[str, Any] = {"reasons": ("court case",), "words": "The hearing is in January."}
    with pytest.raises(MoveNotOffered, match="supervisor"):
        do(complaint, "do not take on", alice, FRIDAY, rng, **given)
    bob.role = Role.SUPERVISOR
    bob.save()
    case = do(complaint, "do not take on", bob, FRIDAY, rng, **given)
    assert case.ended_as == "not taken on"
    assert "Ombudsman" in last_words(case)


@pytest.mark.django_db
def test_the_first_message_says_when_we_write_again(complaint: Case) -> None:
    assert list(Update.objects.filter(case=complaint).values_list("words_name", flat=True)) == ["received"]
    assert "9 November 2026" in last_words(complaint)


@pytest.mark.django_db
def test_yearly_report_tells_what_came_of_it_and_what_was_learned(
    answered: Case, officers: Officers, rng: Random
) -> None:
    november = Period(date(2026, 11, 1), date(2026, 11, 30))
    found = complaints_of(period=november, at=FRIDAY + timedelta(days=20))
    assert (found.received, found.received_before, found.still_open, found.overdue) == (1, 0, 0, 0)
    assert found.about == {"contact": 1}
    assert found.kept == [Kept("acknowledge", 1, 0, 0), Kept("answer", 1, 0, 0)]
    assert (found.ended, found.remedies, found.causes) == (
        {"partly upheld": 1},
        {"apology": 1},
        {"communication": 1},
    )
    assert found.learned == [Learned(answered.reference, "Calls are noted where everybody sees them.")]
    assert complaints_of(period=november.a_year_before(), at=FRIDAY).received == 0


@pytest.mark.django_db
def test_answer_after_its_date_is_late_in_the_report(
    complaint: Case, officers: Officers, rng: Random
) -> None:
    alice = officers[TEAM][0]
    do(complaint, "acknowledge", alice, FRIDAY + timedelta(days=14), rng, answers=DEFINED)
    found = complaints_of(period=Period(date(2026, 11, 1), date(2026, 11, 30)), at=FRIDAY)
    assert found.kept == [Kept("acknowledge", 0, 0, 1)]
    assert found.still_open == 1
