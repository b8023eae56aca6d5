"""Contracts: set with their terms, tried against the rules and the rota, and kept to by the rota that is made."""

from __future__ import annotations

from datetime import date, time, timedelta
from random import Random
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from frontdoor.journal.models import JournalEntry
from frontdoor.kernel.clock import day_of, now_utc
from frontdoor.staff.models import Role, User
from frontdoor.workforce.records.contract_checking import would_break
from frontdoor.workforce.records.contracts import NotAContract, set_contract
from frontdoor.workforce.records.models import Contract, Shift
from frontdoor.workforce.records.solving import make_rota
from tests.integration.workforce.conftest import AT, MONDAY, TUESDAY, NewUser, SignIn, shift

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
    assert rows[1].endswith(',7.5,1,"Mon, Tue",,,8:30am')
    new_user("Aaron Ash")
    listed = client.get("/staff/plan/contracts/").content.decode()
    assert listed.index("Alice Ashdown") < listed.index("Aaron Ash")  # those without a contract come last
    supervisor = sign_in(new_user("Sue Sorrel", Role.SUPERVISOR))
    assert "Set this contract" not in looks(supervisor, alice, **said)
    supervisor.post(f"/staff/plan/contracts/{alice.pk}/", said)
    assert Contract.objects.get() == kept
    assert sign_in(alice).get("/staff/plan/contracts/").status_code == 403
