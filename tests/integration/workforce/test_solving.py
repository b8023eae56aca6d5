"""A rota made by the engine as long work: published, within the rules, good enough when told so."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from frontdoor.staff.models import User
from frontdoor.workforce.records.asking.leave import answer_leave, ask_leave
from frontdoor.workforce.records.expected.forecasts import publish_forecast
from frontdoor.workforce.records.models import LeaveKind, LongWork, Rota, Shift, WorkKind
from frontdoor.workforce.records.rotas.covering import planned_week
from frontdoor.workforce.records.rotas.solving import NobodyToPlan, WeekBegun, make_rota
from frontdoor.workforce.records.working import ask_work, do_work, stop_work
from frontdoor.workforce.rota.checking import broken_rules
from tests.integration.workforce.conftest import AT, MONDAY, SignIn
from tests.integration.workforce.test_covering import calls, contract

NEXT = MONDAY + timedelta(days=7)


@pytest.fixture
def wanted(alice: User, bob: User, petra: User) -> None:
    """Calls in the next week, two people with contracts, and a day of leave."""
    publish_forecast(found=calls(1.0, first=NEXT), by=petra, at=AT)
    contract(alice)
    contract(bob)
    leave = ask_leave(kind=LeaveKind.ANNUAL, first_on=NEXT, last_on=NEXT, by=bob, at=AT)
    answer_leave(leave_id=leave.pk, is_yes=True, by=petra, at=AT)


@pytest.mark.usefixtures("wanted")
def test_long_work_publishes_a_rota_within_every_rule(alice: User, bob: User, petra: User) -> None:
    work = ask_work(kind=WorkKind.ROTA, asked={"monday": NEXT.isoformat()}, by=petra, at=AT)
    do_work(work_id=work.pk, at=AT, rng=Random(1))
    work.refresh_from_db()
    assert work.words.startswith("Done: ")
    assert "the best possible" in work.words
    assert work.result is not None
    assert work.result["rota"] == Rota.objects.get().pk
    found = planned_week(monday=NEXT)
    assert broken_rules(found.week, found.rota, {str(alice.pk): 150, str(bob.pk): 120}) == ()
    assert (alice.shifts.count(), bob.shifts.count()) == (5, 4)
    assert not bob.shifts.filter(on=NEXT).exists()
    kinds = Shift.objects.first().parts.order_by("starts_at")  # type: ignore[union-attr]
    assert [each.kind for each in kinds] == ["break", "lunch", "break"]


@pytest.mark.usefixtures("wanted")
def test_stopped_the_best_so_far_is_published(petra: User) -> None:
    work = ask_work(kind=WorkKind.ROTA, asked={"monday": NEXT.isoformat()}, by=petra, at=AT)
    rounds: list[str] = []

    def enough(share: float, words: str) -> bool:
        rounds.append(words)
        return True

    told = make_rota(monday=NEXT, by=petra, at=AT, rng=Random(1), said=enough)
    assert (told["rounds"], len(rounds)) == (1, 1)
    assert Shift.objects.count() == 9
    stop_work(work_id=work.pk, by=petra, at=AT)


def test_a_week_that_has_begun_or_has_nobody_is_refused(petra: User) -> None:
    with pytest.raises(WeekBegun):
        make_rota(monday=MONDAY - timedelta(days=7), by=petra, at=AT, rng=Random(1))
    with pytest.raises(NobodyToPlan):
        make_rota(monday=NEXT, by=petra, at=AT, rng=Random(1))


def test_page_asks_for_it_and_only_for_a_monday_ahead(petra: User, sign_in: SignIn) -> None:
    client = sign_in(petra)
    for day in ("2020-01-06", "2031-01-07", "soon"):
        client.post("/staff/plan/rota/make/", {"monday": day})
    assert not LongWork.objects.exists()
    client.post("/staff/plan/rota/make/", {"monday": "2031-01-06"})
    assert LongWork.objects.get().asked == {"monday": date(2031, 1, 6).isoformat()}
    page = client.get("/staff/plan/rota/?on=2031-01-06").content.decode()
    assert "Good enough: take the best so far" in page
