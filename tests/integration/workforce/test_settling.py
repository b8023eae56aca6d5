"""The need of a week settled by the simulation: asked for, kept, shown, and gone with a newer forecast."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import numpy as np
import pytest

from frontdoor.staff.models import Skill, SkillHeld, User
from frontdoor.workforce.forecast.definition import Floats, Forecast, Series
from frontdoor.workforce.records.expected.forecasts import publish_forecast
from frontdoor.workforce.records.models import LongWork, WorkKind
from frontdoor.workforce.records.rotas.covering import planned_week
from frontdoor.workforce.records.working import do_work
from tests.integration.workforce.conftest import AT, MONDAY, SignIn
from tests.integration.workforce.test_covering import calls, contract


def two_services() -> Forecast:
    """Few calls in every quarter hour from nine to five, half of them for Blue Badge."""
    values: Floats = np.zeros((2, 5, 96))
    values[0, :, 36:68] = 2.0
    values[1, :, 36:68] = 1.0
    series = (Series("/phone"), Series("blue-badge/phone"))
    return Forecast(series, MONDAY, 15, values, values, values, values, values, values, ())


@pytest.fixture
def apart(alice: User, bob: User, petra: User) -> None:
    """Alice takes everything else, and only Bob knows Blue Badges."""
    SkillHeld.objects.create(
        user=bob, skill=Skill.objects.create(name="blue badge"), since_on=date(2026, 1, 1)
    )
    for user in (alice, bob):
        contract(user)
    publish_forecast(found=two_services(), by=petra, at=AT - timedelta(days=3))


def test_need_is_settled_while_one_watches_and_the_rota_counts_on_it(
    apart: None, petra: User, sign_in: SignIn
) -> None:
    client = sign_in(petra)
    before = planned_week(monday=MONDAY)
    assert before.settled is None
    client.post("/staff/plan/rota/make/", {"do": "need", "monday": MONDAY.isoformat()})
    work = LongWork.objects.get(kind=WorkKind.NEED)
    do_work(work_id=work.pk, at=AT, rng=Random(1))
    work.refresh_from_db()
    assert work.words.startswith("Done: every service keeps 80%")
    after = planned_week(monday=MONDAY)
    assert after.settled is not None
    assert min(after.settled["after"]) >= 0.8
    assert min(after.settled["before"]) < min(after.settled["after"])
    assert after.week.skills == before.week.skills
    assert after.week.need[0, 36:68].sum() > before.week.need[0, 36:68].sum()
    page = client.get(f"/staff/plan/rota/?on={MONDAY}").content.decode()
    assert "Calls and chats answered in time" in page
    assert "Blue Badge" in page
    publish_forecast(found=calls(3.0), by=petra, at=AT - timedelta(days=1))
    assert planned_week(monday=MONDAY).settled is None


def test_week_without_a_forecast_has_nothing_to_settle(alice: User, petra: User, sign_in: SignIn) -> None:
    client = sign_in(petra)
    asked = {"do": "need", "monday": MONDAY.isoformat()}
    client.post("/staff/plan/rota/make/", asked)
    assert "going on already" in client.post("/staff/plan/rota/make/", asked, follow=True).content.decode()
    work = LongWork.objects.get()
    do_work(work_id=work.pk, at=AT, rng=Random(1))
    work.refresh_from_db()
    assert work.is_fault
    assert "nothing to simulate" in work.words
    assert client.post("/staff/plan/rota/make/", {"do": "need", "monday": "2027-03-02"}).status_code == 404
