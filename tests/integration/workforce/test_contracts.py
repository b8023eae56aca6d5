"""Contracts: set with their terms, tried against the rules and the rota, and kept to by the rota that is made."""

from __future__ import annotations

from datetime import date, time, timedelta
from random import Random
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from frontdoor.journal.models import JournalEntry
from frontdoor.kernel.clock import at_london, day_of, now_utc
from frontdoor.staff.models import Role, User
from frontdoor.workforce.records.asking.leave import answer_leave, ask_leave
from frontdoor.workforce.records.attending.watching import today_at
from frontdoor.workforce.records.expected.forecasts import publish_forecast
from frontdoor.workforce.records.models import Contract, LeaveKind, Shift
from frontdoor.workforce.records.rotas.covering import cost_of, moved, planned_week
from frontdoor.workforce.records.rotas.rota import as_planned
from frontdoor.workforce.records.rotas.solving import make_rota
from frontdoor.workforce.records.terms import fixed_shifts
from frontdoor.workforce.records.terms.contract_checking import would_break
from frontdoor.workforce.records.terms.contracts import NotAContract, set_contract
from frontdoor.workforce.records.terms.fixed_shifts import NotFixed
from frontdoor.workforce.rota.definition import Span
from frontdoor.workforce.rota.measuring import hours_of, paid_in
from tests.integration.workforce.conftest import AT, MONDAY, TUESDAY, NewUser, SignIn, shift
from tests.integration.workforce.test_covering import calls

WEDNESDAY = date(2027, 3, 3)


def terms(user: User, **said: Any) -> Contract:
    """Thirty-seven hours on five days, with something else; not kept."""
    return Contract(**{"user": user, "since_on": MONDAY, "minutes": 2220, "days": 5, **said})


def test_what_a_contract_would_break_is_said_beside_what_is_broken_now(alice: User) -> None:
    set_contract(user=alice, since_on=date(2026, 1, 1), minutes=900, days=2, by=None, at=AT)
    for day in (MONDAY, TUESDAY):
        shift(alice, day, 9, 17)
    now = would_break(wanted=terms(alice, minutes=900, days=2), at=AT)
    assert now == []
    later = would_break(wanted=terms(alice, minutes=900, days=2, earliest=time(10)), at=AT)
    assert [words.partition(": ")[2] for words in later] == [
        "the shift 09:00–17:00 is outside their hours 10:00–24:00."
    ] * 2
    other = would_break(wanted=terms(alice, minutes=900, days=2, weekdays=[0, 2]), at=AT)
    assert other == ["Tue 2 Mar: Tuesday is not one of their days."]
    office = would_break(wanted=terms(alice, minutes=900, days=2, office_weekdays=[0]), at=AT)
    assert office == [
        "Mon 1 Mar: this is one of their office days.",
        "Week from 1 Mar: 0 days in the office are fewer than 1.",
    ]
    ahead = terms(alice, minutes=900, days=2, earliest=time(10), since_on=TUESDAY)
    assert would_break(wanted=ahead, at=AT) == []  # it counts from the week after


def test_hours_that_no_rule_lets_be_worked_are_said(alice: User) -> None:
    (words,) = would_break(wanted=terms(alice, minutes=2400, days=3), at=AT)
    assert words.startswith("Alice Ashdown: 40 h on up to 3 days cannot be worked by the rules;")


@pytest.mark.parametrize(
    "said",
    [
        {"minutes": 0},
        {"days": 8},
        {"weekdays": [0, 9]},
        {"weekdays": [0, 1]},
        {"earliest": time(12), "latest": time(9)},
        {"office_days": 6},
        {"office_weekdays": [6]},
    ],
)
def test_what_is_no_contract_is_refused(alice: User, said: dict[str, Any]) -> None:
    with pytest.raises(NotAContract):
        would_break(wanted=terms(alice, **said), at=AT)


ALWAYS = ((1, "08:00", "13:00"),)
"""Tuesday mornings: five paid hours."""


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"fixed": [[1, "13:00", "08:00"]]}, "it must end after it begins"),
        ({"fixed": [[1, "08:10", "13:00"]]}, "from a quarter of an hour to a later one"),
        ({"fixed": [[9, "08:00", "13:00"]]}, "for one weekday"),
        ({"fixed": [*ALWAYS, [1, "13:00", "17:00"]]}, "for one weekday"),
        ({"fixed": [[5, "09:00", "12:00"]]}, "Saturday has a fixed shift and is not one of the weekdays"),
        ({"fixed": [[6, "09:00", "12:00"]], "weekdays": range(7)}, "we are closed then"),
        ({"fixed": [[1, "05:00", "10:00"]]}, "Tuesday 05:00–10:00 is outside the opening hours"),
        (
            {"fixed": [[1, "08:00", "14:00"]]},
            "takes 6 h, which no shift takes: there is an unpaid lunch of 30 min from 6 h paid",
        ),
        ({"fixed": [*ALWAYS, [3, "08:00", "13:00"]], "days": 1}, "2 fixed shifts are more than the 1 days"),
        ({"fixed": ALWAYS, "minutes": 285}, "come to 5 h paid, more than the 4 h 45 min a week"),
    ],
)
def test_fixed_shift_that_cannot_be_is_refused_by_name(alice: User, said: dict[str, Any], words: str) -> None:
    with pytest.raises(NotFixed) as refused:
        would_break(wanted=terms(alice, **said), at=AT)
    assert words in " ".join((str(refused.value) or str(NotFixed.__doc__)).split())
    whole: dict[str, Any] = {
        "user": alice,
        "since_on": MONDAY,
        "minutes": 2220,
        "days": 5,
        "by": None,
        "at": AT,
    }
    with pytest.raises(NotFixed):
        set_contract(**whole | said)
    assert not Contract.objects.exists()


def test_fixed_shift_leaves_the_rest_of_the_days_around_it(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = [(MONDAY + timedelta(days=each), Span(24, 88)) for each in range(5)]
    monkeypatch.setattr(fixed_shifts, "open_days", lambda monday: long)
    with pytest.raises(
        NotFixed, match="the latest end on Monday and the earliest start on Tuesday lie 9 h, and 11 h"
    ):
        would_break(wanted=terms(alice, fixed=[[1, "07:00", "12:00"]]), at=AT)
    with pytest.raises(NotFixed, match="14:00–20:30 leaves no room for its pauses"):
        would_break(wanted=terms(alice, fixed=[[1, "14:00", "20:30"]]), at=AT)
    set_contract(
        user=alice, since_on=MONDAY, minutes=2220, days=5, latest=time(20), fixed=[(1, "07:00", "12:00")],
        by=None, at=AT,
    )  # fmt: skip
    assert Contract.objects.get().fixed == [[1, "07:00", "12:00"]]


def test_rota_keeps_to_fixed_shifts_and_leave_over_one_counts_as_its_hours(
    alice: User, petra: User, sign_in: SignIn
) -> None:
    set_contract(
        user=alice, since_on=date(2026, 1, 1), minutes=1200, days=3, weekdays=[0, 1, 3], fixed=ALWAYS,
        by=petra, at=AT,
    )  # fmt: skip
    tuesdays = [TUESDAY, TUESDAY + timedelta(days=7)]
    leave = ask_leave(kind=LeaveKind.ANNUAL, first_on=tuesdays[1], last_on=tuesdays[1], by=alice, at=AT)
    answer_leave(leave_id=leave.pk, is_yes=True, by=petra, at=AT)
    for monday in (MONDAY, MONDAY + timedelta(days=7)):
        make_rota(monday=monday, by=petra, at=AT - timedelta(days=3), rng=Random(1))
    kept = Shift.objects.get(on=TUESDAY)
    assert (kept.starts_at, kept.ends_at) == (at_london(TUESDAY, time(8)), at_london(TUESDAY, time(13)))
    assert not Shift.objects.filter(on=tuesdays[1]).exists()
    weeks = [planned_week(monday=monday) for monday in (MONDAY, MONDAY + timedelta(days=7))]
    assert [paid_in(each.week, each.week.people[0]) for each in weeks] == [80, 60]
    assert [hours_of(each.rota.shifts, each.week) for each in weeks] == [80, 60]
    assert [[words for words in each.notes if "fixed" in words] for each in weeks] == [
        [],
        ["Alice Ashdown has leave on Tue 9 Mar: the fixed shift 08:00–13:00 counts as worked."],
    ]
    own = sign_in(alice).get(f"/staff/my/?week={MONDAY}").content.decode()
    assert "Fixed in your contract: Tue 8am to 1pm." in own
    assert own.count("fixed in your contract") == 1


def test_edit_of_a_fixed_shift_is_said_to_break_it_and_today_asks_nobody_to_stay_on(
    alice: User, petra: User, sign_in: SignIn
) -> None:
    set_contract(user=alice, since_on=date(2026, 1, 1), minutes=300, days=1, fixed=ALWAYS, by=petra, at=AT)
    made = as_planned(shift(alice, TUESDAY, 8, 13, lunch=None))
    later = moved(made, starts_at=at_london(TUESDAY, time(9)), ends_at=at_london(TUESDAY, time(14)))
    priced = cost_of(planned=planned_week(monday=MONDAY), user=alice.pk, on=TUESDAY, wanted=later)
    assert (
        "Alice Ashdown, Tue 02 Mar: the shift 09:00–14:00 is not the fixed one, 08:00–13:00." in priced.broken
    )
    publish_forecast(found=calls(1.0), by=petra, at=AT - timedelta(days=3))
    gaps = today_at(at=at_london(TUESDAY, time(11))).gaps
    assert [each.mends for each in gaps] == [()]
    Contract.objects.update(fixed=[[1, "08:00", "12:00"]])
    assert (
        "your contract says 8am to midday" in sign_in(alice).get(f"/staff/my/?week={MONDAY}").content.decode()
    )


def test_fixed_shift_outside_new_opening_hours_is_said_and_not_kept_to(alice: User, petra: User) -> None:
    set_contract(user=alice, since_on=date(2026, 1, 1), minutes=300, days=1, fixed=ALWAYS, by=petra, at=AT)
    Contract.objects.update(fixed=[[1, "06:00", "11:00"]])
    planned = planned_week(monday=MONDAY)
    assert planned.week.people[0].fixed == {}
    assert any("06:00–11:00 of Tue 2 Mar is outside the opening hours" in words for words in planned.notes)


def test_planner_sets_fixed_shifts_by_the_page(alice: User, petra: User, sign_in: SignIn) -> None:
    today, client = day_of(now_utc()), sign_in(petra)
    monday = today + timedelta(days=7 - today.weekday())
    shift(alice, monday + timedelta(days=1), 9, 17)
    said = {"since": today.isoformat(), "hours": "20", "days": "3", "weekdays": ["0", "1", "3"]}
    said |= {"office_days": "0", "fixed-1-from": "08:00", "fixed-1-to": "13:00"}
    tried = client.get(f"/staff/plan/contracts/{alice.pk}/", said).content.decode()
    assert "the shift 09:00–17:00 is not the fixed one, 08:00–13:00." in tried
    assert '<input type="hidden" name="fixed-1-to" value="13:00">' in tried
    for wrong, words in (
        ({"fixed-1-to": ""}, "Enter when the fixed shift of Tuesday begins and when it ends"),
        ({"fixed-1-from": "08:10"}, "at a quarter of an hour"),
        ({"fixed-1-to": "00:00"}, "Tuesday 08:00–24:00 is outside the opening hours"),
        ({"weekdays": ["0", "3", "4"]}, "Tuesday has a fixed shift and is not one of the weekdays"),
    ):
        answer = client.post(f"/staff/plan/contracts/{alice.pk}/", said | wrong)
        assert (answer.status_code, words in answer.content.decode()) == (400, True)
    client.post(f"/staff/plan/contracts/{alice.pk}/", said)
    assert Contract.objects.get().fixed == [[1, "08:00", "13:00"]]
    assert JournalEntry.objects.get(event="contract set").facts["fixed"] == [[1, "08:00", "13:00"]]
    rows = client.get("/staff/plan/contracts.csv").content.decode("utf-8-sig").splitlines()
    assert rows[1].endswith(',20,3,"Mon, Tue, Thu",,Tue 8am to 1pm,,')
    page = looks(client, alice)
    assert page.count("Tue 8am to 1pm") == 2  # as it stands, and in the history
    assert 'name="fixed-1-from" value="08:00"' in page


def test_database_refuses_what_must_not_be(alice: User) -> None:
    for said in ({"office_days": 6}, {"earliest": time(12), "latest": time(9)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            terms(alice, **said).save()


def test_made_rota_keeps_office_days_and_they_are_shown(alice: User, petra: User, sign_in: SignIn) -> None:
    set_contract(
        user=alice, since_on=date(2026, 1, 1), minutes=2250, days=5, office_days=2, office_weekdays=[2],
        prefers=time(8), by=petra, at=AT,
    )  # fmt: skip
    make_rota(monday=MONDAY, by=petra, at=AT - timedelta(days=3), rng=Random(1))
    assert Shift.objects.get(on=WEDNESDAY).is_in_office
    assert Shift.objects.filter(is_in_office=True).count() == 2
    assert "In the office; " in sign_in(alice).get(f"/staff/my/?week={WEDNESDAY}").content.decode()


def looks(client: Client, user: User, **said: str) -> str:
    """What the page of somebody’s contract says."""
    return client.get(f"/staff/plan/contracts/{user.pk}/", said).content.decode()


def test_planner_tries_and_sets_a_contract(
    alice: User, petra: User, sign_in: SignIn, new_user: NewUser
) -> None:
    today = day_of(now_utc())
    monday = today + timedelta(days=7 - today.weekday())
    shift(alice, monday, 9, 17)
    client = sign_in(petra)
    assert "no contract" in client.get("/staff/plan/contracts/").content.decode()
    said = {"since": today.isoformat(), "hours": "7.5", "days": "1", "weekdays": "1", "office_days": "0"}
    tried = looks(client, alice, **said)
    assert "Monday is not one of their days." in tried
    assert not Contract.objects.exists()
    for wrong in (
        {"hours": "7.1"},
        {"since": "soon"},
        {"days": "many"},
        {"earliest": "08:10"},
        {"days": "3"},
    ):
        answer = client.post(f"/staff/plan/contracts/{alice.pk}/", said | wrong)
        assert (answer.status_code, "nothing was changed" in answer.content.decode().lower()) == (400, True)
    client.post(f"/staff/plan/contracts/{alice.pk}/", said | {"weekdays": ["0", "1"], "prefers": "08:30"})
    kept = Contract.objects.get(user=alice)
    assert (kept.minutes, kept.weekdays, kept.prefers) == (450, [0, 1], time(8, 30))
    facts = JournalEntry.objects.get(event="contract set").facts
    assert (facts["before"], facts["weekdays"], facts["prefers"]) == (None, [0, 1], "08:30")
    rows = client.get("/staff/plan/contracts.csv").content.decode("utf-8-sig").splitlines()
    assert rows[1].endswith(',7.5,1,"Mon, Tue",,,,8:30am')
    new_user("Aaron Ash")
    listed = client.get("/staff/plan/contracts/").content.decode()
    assert listed.index("Alice Ashdown") < listed.index("Aaron Ash")  # those without a contract come last
    supervisor = sign_in(new_user("Sue Sorrel", Role.SUPERVISOR))
    assert "Set this contract" not in looks(supervisor, alice, **said)
    supervisor.post(f"/staff/plan/contracts/{alice.pk}/", said)
    assert Contract.objects.get() == kept
    assert sign_in(alice).get("/staff/plan/contracts/").status_code == 403
