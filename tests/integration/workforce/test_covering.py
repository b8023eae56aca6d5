"""Need against cover, what an edit of the rota costs, and what breaks next today."""

from __future__ import annotations

from datetime import date, time, timedelta

import numpy as np
import pytest
from django.utils import timezone

from frontdoor.catalogue.published import our_council
from frontdoor.kernel.clock import at_london, day_of
from frontdoor.staff.models import Role, Skill, User
from frontdoor.workforce.forecast.definition import Floats, Forecast, Series
from frontdoor.workforce.records.asking.leave import ask_leave
from frontdoor.workforce.records.asking.swapping import answer_swap, ask_swap
from frontdoor.workforce.records.attending.presence import now_doing
from frontdoor.workforce.records.attending.watching import today_at
from frontdoor.workforce.records.expected.forecasts import publish_forecast
from frontdoor.workforce.records.models import Answerer, Doing, LeaveKind, Shift
from frontdoor.workforce.records.rotas import covering
from frontdoor.workforce.records.rotas.covering import cost_of, moved, planned_week, with_lates
from frontdoor.workforce.records.rotas.rota import MayNotRoster, as_planned
from frontdoor.workforce.records.terms.contracts import NotAContract, contracts_on, set_contract
from frontdoor.workforce.rota.measuring import measure
from tests.integration.workforce.conftest import AT, MONDAY, TUESDAY, NewUser, SignIn, shift


def calls(mean: float, first: date = MONDAY, days: int = 5) -> Forecast:
    """So many calls in every quarter hour from nine to five, of all services."""
    values: Floats = np.zeros((1, days, 96))
    values[:, :, 36:68] = mean
    return Forecast((Series("/phone"),), first, 15, values, values, values, values, values, values, ())


def contract(user: User, minutes: int = 2250) -> None:
    """Five days a week."""
    set_contract(user=user, since_on=date(2026, 1, 1), minutes=minutes, days=5, by=None, at=AT)


def test_a_rota_ahead_counts_on_absence_and_on_late_finishes_before(
    alice: User, bob: User, petra: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_forecast(found=calls(1.0), by=petra, at=AT - timedelta(days=3))
    contract(alice)
    contract(bob)
    for days in (3, 4, 5):
        shift(alice, MONDAY - timedelta(days=days), 10, 18)
    shift(bob, MONDAY - timedelta(days=4), 10, 18)
    shift(bob, MONDAY - timedelta(days=5), 9, 17)
    shift(bob, MONDAY - timedelta(days=100), 10, 18)  # too long ago
    planning = our_council().planning.model_copy(update={"unplanned_absence": 20})
    council = our_council().model_copy(update={"planning": planning})
    monkeypatch.setattr(covering, "our_council", lambda: council)
    plain, ahead = planned_week(monday=MONDAY), with_lates(planned_week(monday=MONDAY, is_ahead=True))
    assert ahead.week.need[0, 40, 0] == pytest.approx(plain.week.need[0, 40, 0] / 0.8)
    assert {each.name: each.lates for each in ahead.week.people} == {str(alice.pk): 1.0, str(bob.pk): 0.0}
    assert {each.lates for each in plain.week.people} == {0.0}


def test_need_comes_of_the_forecast_and_cover_of_the_shifts(alice: User, bob: User, petra: User) -> None:
    publish_forecast(found=calls(1.0), by=petra, at=AT - timedelta(days=3))
    contract(alice)
    contract(bob)
    shift(alice, MONDAY, 9, 17, 12)
    found = planned_week(monday=MONDAY)
    assert found.week.skills == ("general",)
    assert found.notes == ()
    assert [len(found.week.days), len(found.week.people)] == [5, 2]
    need = found.week.need[0, :, 0]
    assert (need[35], need[36], need[67], need[68]) == (0.0, 2.0, 2.0, 0.0)
    short = measure(found.week, found.rota).short[0]
    assert (short[36], short[48], short[68]) == (1.0, 2.0, 0.0)


def test_without_a_forecast_or_contract_it_says_what_is_missing(alice: User) -> None:
    shift(alice, MONDAY)
    assert planned_week(monday=MONDAY).notes == (
        "No forecast of these days is published, so nothing counts as needed.",
        "No contract is on record for Alice Ashdown: their hours are not checked.",
    )


def test_an_edit_tells_its_cost_and_the_rules_it_would_break(alice: User, bob: User, petra: User) -> None:
    publish_forecast(found=calls(1.0), by=petra, at=AT - timedelta(days=3))
    contract(alice)
    late = shift(alice, MONDAY, 10, 18, 13)
    shift(alice, TUESDAY, 9, 17, 12)
    planned = planned_week(monday=MONDAY)
    earlier = moved(
        as_planned(late), starts_at=at_london(MONDAY, time(9)), ends_at=at_london(MONDAY, time(17))
    )
    better = cost_of(planned=planned, user=alice.pk, on=MONDAY, wanted=earlier)
    assert better.after.cost < better.before.cost
    assert better.broken == ()
    night = moved(
        as_planned(late), starts_at=at_london(MONDAY, time(15)), ends_at=at_london(MONDAY, time(23))
    )
    worse = cost_of(planned=planned, user=alice.pk, on=MONDAY, wanted=night)
    assert worse.after.cost > worse.before.cost
    assert any("fewer than 11 h" in words for words in worse.broken)
    assert all(words.startswith("Alice Ashdown") for words in worse.broken)
    without = cost_of(planned=planned, user=alice.pk, on=MONDAY, wanted=None)
    assert without.after.short_hours - without.before.short_hours == pytest.approx(6.5)


def test_parts_move_with_the_start_and_go_where_they_no_longer_fit(alice: User) -> None:
    old = as_planned(shift(alice, MONDAY, 9, 17, 12))
    later = moved(old, starts_at=at_london(MONDAY, time(10)), ends_at=at_london(MONDAY, time(18)))
    assert [each.starts_at for each in later.parts] == [at_london(MONDAY, time(13))]
    short = moved(old, starts_at=old.starts_at, ends_at=at_london(MONDAY, time(12, 15)))
    assert short.parts == ()


def test_contracts_hold_from_their_day(alice: User, bob: User) -> None:
    set_contract(user=alice, since_on=MONDAY, minutes=2250, days=5, by=None, at=AT)
    set_contract(user=alice, since_on=TUESDAY, minutes=1350, days=3, weekdays=[0, 1, 2], by=None, at=AT)
    assert [contracts_on(on=day)[alice.pk].minutes for day in (MONDAY, TUESDAY)] == [2250, 1350]
    with pytest.raises(NotAContract):
        set_contract(user=alice, since_on=MONDAY, minutes=9000, days=5, by=None, at=AT)
    with pytest.raises(MayNotRoster):
        set_contract(user=alice, since_on=MONDAY, minutes=2250, days=5, by=bob, at=AT)


def test_today_says_what_breaks_next_and_what_would_mend_it(alice: User, bob: User, petra: User) -> None:
    publish_forecast(found=calls(1.0), by=petra, at=AT - timedelta(days=3))
    shift(alice, MONDAY, 9, 13, lunch=None)
    shift(bob, MONDAY, 9, 17, lunch=12)
    eleven = at_london(MONDAY, time(11))
    now_doing(user=bob, doing=Doing.WRITTEN, at=at_london(MONDAY, time(9)))
    found = today_at(at=eleven)
    assert [each.full_name for each in found.missing] == ["Alice Ashdown"]
    assert [(each.starts_at, each.ends_at, each.short) for each in found.gaps] == [
        (at_london(MONDAY, time(12)), at_london(MONDAY, time(12, 30)), 1.0),
        (at_london(MONDAY, time(13)), at_london(MONDAY, time(15)), 1.0),
    ]
    assert found.gaps[1].mends == (
        "Bob Birchall is on written work and could take contacts.",
        "Alice Ashdown could stay on after 13:00.",
    )


def test_pages_of_rota_try_keep_and_drop(
    alice: User, petra: User, sign_in: SignIn, new_user: NewUser
) -> None:
    publish_forecast(found=calls(1.0), by=petra, at=AT - timedelta(days=3))
    contract(alice)
    made, client = shift(alice, MONDAY), sign_in(petra)
    page = client.get(f"/staff/plan/rota/?on={MONDAY}&skill=general").content.decode()
    assert "Need against cover" in page
    assert client.get(f"/staff/plan/rota.csv?on={MONDAY}").content.decode("utf-8-sig").splitlines() == [
        "Name,At work,Within it",
        "Alice Ashdown,9am to 5pm,Lunch midday to 12:30pm",
    ]
    address = f"/staff/plan/rota/{alice.pk}/{MONDAY}/"
    assert "The week gets worse" in client.get(address, {"from": "10:00", "to": "18:00"}).content.decode()
    assert Shift.objects.get().starts_at == made.starts_at
    for begins, ends in (("10:05", "18:00"), ("18:00", "10:00"), ("soon", "10:00"), ("06:00", "23:00")):
        refused = client.post(address, {"from": begins, "to": ends, "do": "keep"})
        assert refused.status_code == 400
    client.post(address, {"from": "10:00", "to": "18:00", "do": "keep"})
    assert Shift.objects.get().starts_at == at_london(MONDAY, time(10))
    client.post(address, {"from": "10:00", "to": "18:00", "do": "drop"})
    assert not Shift.objects.exists()
    client.post(address, {"from": "08:00", "to": "16:00", "do": "keep"})
    assert Shift.objects.get().user == alice
    assert sign_in(new_user("Charlie Croft")).get(address).status_code == 403


def test_page_of_today_answers_swaps_and_leave(
    alice: User, bob: User, sign_in: SignIn, new_user: NewUser, general: Skill
) -> None:
    now = timezone.now()
    soon = day_of(now) + timedelta(days=7)
    give = shift(alice, soon)
    swap = ask_swap(give_id=give.pk, take_id=None, colleague=bob, by=alice, at=now)
    answer_swap(swap_id=swap.pk, answerer=Answerer.COLLEAGUE, is_yes=True, by=bob, at=now)
    leave = ask_leave(kind=LeaveKind.ANNUAL, first_on=soon, last_on=soon, by=alice, at=now)
    client = sign_in(new_user("Sue Sorrel", Role.SUPERVISOR))
    page = client.get("/staff/plan/today/").content.decode()
    assert "Alice Ashdown gives" in page
    client.post("/staff/plan/answer/", {"what": f"swap-{swap.pk}", "do": "yes"})
    assert bob.shifts.get() == give
    client.post("/staff/plan/answer/", {"what": f"leave-{leave.pk}", "do": "no"})
    leave.refresh_from_db()
    assert leave.answer.is_yes is False
    assert client.post("/staff/plan/answer/", {"what": "swap-99999", "do": "yes"}).status_code == 404
