"""Swaps and leave: asked for, answered once by each who must, and what follows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from frontdoor.journal.models import JournalEntry
from frontdoor.staff.models import Role, Skill, User
from frontdoor.staff.skills import set_skills
from frontdoor.workforce.records.asking.leave import (
    AwayAlready,
    LeaveAnswered,
    NotDays,
    NotYourLeave,
    answer_leave,
    ask_leave,
    away_on,
    leaves_to_answer,
    withdraw_leave,
)
from frontdoor.workforce.records.asking.swapping import (
    AnsweredAlready,
    AskedAlready,
    BreaksRules,
    NotYourShift,
    NotYoursToAnswer,
    ShiftBegun,
    answer_swap,
    ask_swap,
    rules_broken,
    swaps_of,
    swaps_to_answer,
    withdraw_swap,
)
from frontdoor.workforce.records.models import Answerer, LeaveAnswer, LeaveKind, Shift, SwapAnswer
from frontdoor.workforce.records.rotas.rota import MayNotRoster
from tests.integration.workforce.conftest import AT, MONDAY, TUESDAY, NewUser, shift

WEDNESDAY = date(2027, 3, 3)


def agreed(give: Shift, take: Shift | None, alice: User, bob: User) -> int:
    """A swap to which the colleague said yes."""
    swap = ask_swap(give_id=give.pk, take_id=take.pk if take else None, colleague=bob, by=alice, at=AT)
    answer_swap(swap_id=swap.pk, answerer=Answerer.COLLEAGUE, is_yes=True, by=bob, at=AT)
    return swap.pk


def hours(user: User) -> list[tuple[date, int]]:
    """Days and hours of somebody’s shifts."""
    rows = user.shifts.order_by("starts_at")
    return [(each.on, each.starts_at.hour) for each in rows]


def test_two_shifts_of_one_day_change_hands_with_their_parts(alice: User, bob: User, petra: User) -> None:
    swap = agreed(shift(alice, TUESDAY, 8, 16, 11), shift(bob, TUESDAY, 10, 18, 13), alice, bob)
    assert [each.pk for each in swaps_to_answer()] == [swap]
    answer_swap(swap_id=swap, answerer=Answerer.SUPERVISOR, is_yes=True, by=petra, at=AT)
    assert (hours(alice), hours(bob)) == ([(TUESDAY, 10)], [(TUESDAY, 8)])
    assert [each.shifts.get().parts.get().starts_at.hour for each in (alice, bob)] == [13, 11]
    assert list(swaps_to_answer()) == []


def test_shifts_of_two_days_change_hands_and_one_is_given_away(alice: User, bob: User, petra: User) -> None:
    swap = agreed(shift(alice, TUESDAY), shift(bob, WEDNESDAY), alice, bob)
    answer_swap(swap_id=swap, answerer=Answerer.SUPERVISOR, is_yes=True, by=petra, at=AT)
    assert (hours(alice), hours(bob)) == ([(WEDNESDAY, 9)], [(TUESDAY, 9)])
    away = agreed(alice.shifts.get(), None, alice, bob)
    answer_swap(swap_id=away, answerer=Answerer.SUPERVISOR, is_yes=True, by=petra, at=AT)
    assert (hours(alice), hours(bob)) == ([], [(TUESDAY, 9), (WEDNESDAY, 9)])


def test_each_answers_once_and_the_colleague_first(alice: User, bob: User, petra: User) -> None:
    give = shift(alice, TUESDAY)
    swap = ask_swap(give_id=give.pk, take_id=None, colleague=bob, by=alice, at=AT)
    with pytest.raises(AskedAlready):
        ask_swap(give_id=give.pk, take_id=None, colleague=bob, by=alice, at=AT)
    for answerer, by in ((Answerer.SUPERVISOR, petra), (Answerer.COLLEAGUE, alice)):
        with pytest.raises(NotYoursToAnswer):
            answer_swap(swap_id=swap.pk, answerer=answerer, is_yes=True, by=by, at=AT)
    answer_swap(swap_id=swap.pk, answerer=Answerer.COLLEAGUE, is_yes=False, by=bob, at=AT)
    for answerer, by in ((Answerer.COLLEAGUE, bob), (Answerer.SUPERVISOR, petra)):
        with pytest.raises(AnsweredAlready):
            answer_swap(swap_id=swap.pk, answerer=answerer, is_yes=True, by=by, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        SwapAnswer.objects.create(swap=swap, answerer=Answerer.COLLEAGUE, is_yes=True, by=bob, at=AT)
    assert swaps_of(user=bob).get() == swap
    assert list(
        JournalEntry.objects.exclude(event="shift written").order_by("pk").values_list("event", flat=True)
    ) == [
        "swap asked",
        "swap answered",
    ]


def test_nobody_swaps_what_is_not_theirs_or_has_begun(
    alice: User, bob: User, petra: User, new_user: NewUser
) -> None:
    give = shift(alice, TUESDAY)
    with pytest.raises(NotYourShift):
        ask_swap(give_id=give.pk, take_id=None, colleague=alice, by=bob, at=AT)
    with pytest.raises(ShiftBegun):
        ask_swap(give_id=give.pk, take_id=None, colleague=bob, by=alice, at=give.starts_at)
    swap = agreed(give, None, alice, bob)
    with pytest.raises(MayNotRoster):
        answer_swap(
            swap_id=swap, answerer=Answerer.SUPERVISOR, is_yes=True, by=new_user("Charlie Croft"), at=AT
        )
    withdraw_swap(swap_id=swap, by=alice, at=AT)
    with pytest.raises(AnsweredAlready):
        answer_swap(swap_id=swap, answerer=Answerer.SUPERVISOR, is_yes=True, by=petra, at=AT)


def test_rules_are_told_and_hold(alice: User, bob: User, petra: User, general: Skill) -> None:
    give = shift(alice, TUESDAY, 7, 15, 11)
    shift(bob, MONDAY, 14, 21, lunch=None)
    assert rules_broken(give=give, take=None, colleague=bob) == [
        "Bob Birchall would have less than 11 hours of rest."
    ]
    Shift.objects.filter(user=bob).delete()
    leave = ask_leave(kind=LeaveKind.ANNUAL, first_on=TUESDAY, last_on=TUESDAY, by=bob, at=AT)
    answer_leave(leave_id=leave.pk, is_yes=True, by=petra, at=AT)
    set_skills(user=bob, levels={}, by=None, at=AT)
    assert rules_broken(give=give, take=None, colleague=bob) == [
        "Bob Birchall is on leave that day.",
        "Bob Birchall has none of the skills for which Alice Ashdown was planned.",
    ]
    with pytest.raises(BreaksRules):
        answer_swap(
            swap_id=agreed(give, None, alice, bob), answerer=Answerer.SUPERVISOR, is_yes=True, by=petra, at=AT
        )
    assert hours(alice) == [(TUESDAY, 7)]


def test_leave_that_is_granted_takes_the_shifts_of_its_days(alice: User, petra: User) -> None:
    for day in (MONDAY, TUESDAY, WEDNESDAY):
        shift(alice, day)
    leave = ask_leave(kind=LeaveKind.ANNUAL, first_on=TUESDAY, last_on=WEDNESDAY, by=alice, at=AT)
    assert leaves_to_answer().get() == leave
    answer_leave(leave_id=leave.pk, is_yes=True, by=petra, at=AT)
    assert hours(alice) == [(MONDAY, 9)]
    assert [each.user for each in away_on(on=WEDNESDAY)] == [alice]
    with pytest.raises(LeaveAnswered):
        answer_leave(leave_id=leave.pk, is_yes=False, by=petra, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        LeaveAnswer.objects.create(leave=leave, is_yes=False, by=petra, at=AT)
    withdraw_leave(leave_id=leave.pk, by=alice, at=AT)
    assert list(away_on(on=WEDNESDAY)) == []


def test_leave_is_asked_once_for_days_to_come_and_never_granted_to_oneself(
    alice: User, petra: User, new_user: NewUser
) -> None:
    with pytest.raises(NotDays):
        ask_leave(kind=LeaveKind.ANNUAL, first_on=MONDAY - timedelta(days=1), last_on=MONDAY, by=alice, at=AT)
    leave = ask_leave(kind=LeaveKind.ANNUAL, first_on=TUESDAY, last_on=WEDNESDAY, by=alice, at=AT)
    with pytest.raises(AwayAlready):
        ask_leave(kind=LeaveKind.LIEU, first_on=WEDNESDAY, last_on=WEDNESDAY, by=alice, at=AT)
    answer_leave(leave_id=leave.pk, is_yes=False, by=petra, at=AT)
    ask_leave(kind=LeaveKind.LIEU, first_on=WEDNESDAY, last_on=WEDNESDAY, by=alice, at=AT)
    own = ask_leave(kind=LeaveKind.ANNUAL, first_on=TUESDAY, last_on=TUESDAY, by=petra, at=AT)
    with pytest.raises(NotYourLeave):
        answer_leave(leave_id=own.pk, is_yes=True, by=petra, at=AT)
    with pytest.raises(NotYourLeave):
        withdraw_leave(leave_id=own.pk, by=new_user("Sue Sorrel", Role.SUPERVISOR), at=AT)
