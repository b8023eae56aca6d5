"""Today put right when people are missing: proposed, looked at, accepted once, told."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client

from frontdoor.journal.models import JournalEntry
from frontdoor.kernel.clock import at_london
from frontdoor.staff.models import Role, User
from frontdoor.web.planning import replanning as page
from frontdoor.workforce.records.expected.forecasts import publish_forecast
from frontdoor.workforce.records.models import PartKind, Shift
from frontdoor.workforce.records.rotas.replanning import (
    ClosedToday,
    DayMoved,
    NotPlanned,
    Proposed,
    accept,
    propose,
)
from frontdoor.workforce.records.rotas.rota import MayNotRoster, PlannedPart, PlannedShift, put_shift
from tests.integration.workforce.conftest import AT, MONDAY, NewUser, SignIn
from tests.integration.workforce.test_covering import calls

NINE, TEN = (at_london(MONDAY, time(hour)) for hour in (9, 10))
PARTS = ((PartKind.BREAK, 10, 30, 15), (PartKind.LUNCH, 12, 0, 30), (PartKind.BREAK, 14, 30, 15))


def whole_day(user: User, on: date = MONDAY, eats: time = time(12)) -> Shift:
    """Nine to five with two breaks and lunch, the pauses of that length."""
    parts = tuple(
        PlannedPart(kind, begins, begins + timedelta(minutes=minutes))
        for kind, hour, minute, minutes in PARTS
        for begins in [at_london(on, eats if kind == PartKind.LUNCH else time(hour, minute))]
    )
    wanted = PlannedShift(user.pk, at_london(on, time(9)), at_london(on, time(17)), parts)
    return put_shift(wanted=wanted, shift_id=None, by=None, at=AT)


@pytest.fixture
def crowd(petra: User, alice: User, bob: User, new_user: NewUser) -> list[User]:
    """Four who eat at twelve and one who eats at one; nobody is to spare from twelve to one."""
    people = [alice, bob, *(new_user(f"{name} Holt") for name in ("Cora", "Dina", "Ewan"))]
    for user in people[:4]:
        whole_day(user)
    whole_day(people[4], eats=time(13))
    publish_forecast(found=calls(3.0), by=petra, at=AT - timedelta(days=3))
    return people


def proposed(off: User, at: datetime = NINE) -> Proposed:
    """Somebody is off from the beginning."""
    return propose(off={off.pk: 36}, at=at)


def test_doing_nothing_costs_and_the_changes_save_by_moving_few(crowd: list[User]) -> None:
    found = proposed(crowd[4])
    assert found.then.cost < found.nothing_done.cost
    assert found.then.short < found.nothing_done.short
    assert found.planned.short < found.nothing_done.short
    assert 0 < len(found.moved) <= 4
    assert crowd[4] not in {each.user for each in found.moved}
    planned, nothing, then = found.cover
    assert list((planned - nothing)[36:40]) == [1.0] * 4
    assert then.sum() == nothing.sum()
    assert min(nothing[48:50]) == 0.0
    assert min(then[48:50]) > 0.0


def test_half_an_hour_ahead_and_what_has_been_stay(crowd: list[User]) -> None:
    found = propose(off={crowd[4].pk: 50}, at=at_london(MONDAY, time(12)))
    for each in found.moved:
        fixed = [part for part in each.before.parts if part.starts_at < at_london(MONDAY, time(12, 30))]
        assert [part for part in each.after.parts if part in fixed] == fixed


def test_accepted_it_stands_in_weeks_and_the_journal(crowd: list[User], petra: User) -> None:
    found = proposed(crowd[4])
    accept(off=found.off, quarter=found.quarter, mark=found.mark, by=petra, at=NINE + timedelta(minutes=20))
    assert not Shift.objects.filter(user=crowd[4]).exists()
    for each in found.moved:
        kept = Shift.objects.get(user=each.user)
        assert kept.sequence == 1
        times = [(part.starts_at, part.ends_at) for part in kept.parts.order_by("starts_at")]
        assert times == [(part.starts_at, part.ends_at) for part in each.after.parts]
    facts = JournalEntry.objects.get(event="day planned anew").facts
    assert facts["off"] == [str(crowd[4].pk)]
    assert facts["changed"] == [str(each.user.pk) for each in found.moved]
    with pytest.raises(NotPlanned):
        accept(off=found.off, quarter=found.quarter, mark=found.mark, by=petra, at=NINE)


def test_who_leaves_within_the_day_has_been_there_until_then(crowd: list[User], petra: User) -> None:
    found = propose(off={crowd[0].pk: 49}, at=TEN)
    assert found.cover[1][47] == found.cover[0][47]
    accept(off=found.off, quarter=found.quarter, mark=found.mark, by=petra, at=TEN)
    left = Shift.objects.get(user=crowd[0])
    assert left.ends_at == at_london(MONDAY, time(12, 15))
    assert [(part.kind, part.ends_at) for part in left.parts.order_by("starts_at")] == [
        ("break", at_london(MONDAY, time(10, 45))),
        ("lunch", at_london(MONDAY, time(12, 15))),
    ]


def test_what_is_old_or_no_longer_so_is_not_accepted(
    crowd: list[User], petra: User, alice: User, new_user: NewUser
) -> None:
    found = proposed(crowd[4])
    with pytest.raises(DayMoved):
        accept(
            off=found.off, quarter=found.quarter, mark=found.mark, by=petra, at=NINE + timedelta(minutes=45)
        )
    with pytest.raises(MayNotRoster):
        accept(off=found.off, quarter=found.quarter, mark=found.mark, by=new_user("Charlie Croft"), at=NINE)
    Shift.objects.filter(user=found.moved[0].user).delete()
    with pytest.raises(DayMoved):
        accept(off=found.off, quarter=found.quarter, mark=found.mark, by=petra, at=NINE)
    assert Shift.objects.filter(user=crowd[4]).exists()
    with pytest.raises(NotPlanned):
        propose(off={petra.pk: 36}, at=NINE)
    with pytest.raises(ClosedToday):
        propose(off={alice.pk: 36}, at=NINE - timedelta(days=1))


def told(client: Client, address: str) -> str:
    """What a page says."""
    return client.get(address).content.decode()


def test_supervisor_chooses_looks_and_accepts(
    crowd: list[User], new_user: NewUser, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "now_utc", lambda: NINE + timedelta(minutes=10))  # the clock on the wall
    client, off = sign_in(new_user("Sue Sorrel", Role.SUPERVISOR)), crowd[4]
    first = told(client, "/staff/plan/today/anew/")
    assert "Planned and not signed on:" in first
    assert "Proposed changes" not in first
    refused = client.get(f"/staff/plan/today/anew/?who={off.pk}&from=17:30")
    assert refused.status_code == 400
    assert "works 9am to 5pm. Enter a time before the end of the shift" in refused.content.decode()
    found = told(client, f"/staff/plan/today/anew/?who={off.pk}&from=")
    assert "<strong>Ewan Holt</strong> from 9am; planned 9am to 5pm" in found
    assert re.search(r"lunch moves from midday to \d", found)
    marks = {name: re.search(f'name="{name}" value="([^"]+)"', found) for name in ("quarter", "mark")}
    sent = {name: mark[1] for name, mark in marks.items() if mark} | {"off": f"{off.pk}-36"}
    again = client.post("/staff/plan/today/anew/", sent | {"mark": "another"})
    assert (again.status_code, "The day has changed" in again.content.decode()) == (400, True)
    done = client.post("/staff/plan/today/anew/", sent)
    assert done.headers["Location"] == "/staff/plan/today/"
    assert not Shift.objects.filter(user=off).exists()
    assert "1 person is off. The new times stand" in told(client, "/staff/plan/today/")


def test_advisors_do_not_plan_the_day(alice: User, sign_in: SignIn) -> None:
    assert sign_in(alice).get("/staff/plan/today/anew/").status_code == 403
