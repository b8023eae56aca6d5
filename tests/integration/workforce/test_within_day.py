"""The rest of today from what has come: updated, kept for the quarter hour, shown and taken away."""

from __future__ import annotations

from datetime import time, timedelta

import numpy as np
import pytest

from frontdoor.kernel.clock import at_london
from frontdoor.staff.models import User
from frontdoor.web.planning import today as page
from frontdoor.web.planning import within_day as taken_away
from frontdoor.workforce.forecast.definition import Forecast, History, Series
from frontdoor.workforce.forecast.forecasting import forecast
from frontdoor.workforce.records.expected.forecasts import note_what_came, publish_forecast
from frontdoor.workforce.records.expected.within_day import rest_of_today
from frontdoor.workforce.records.models import ForecastDay
from tests.integration.workforce.conftest import AT, MONDAY, SignIn
from tests.integration.workforce.test_forecasts import came

NOON = at_london(MONDAY, time(12))
CALLS = ("", "phone")


@pytest.fixture(scope="module")
def expected() -> Forecast:
    """Learned from eight weeks in which some hundred calls came from nine to five, of which a quarter for Blue Badge."""
    first = MONDAY - timedelta(days=56)
    weekday = np.array([(first + timedelta(days=place)).weekday() < 5 for place in range(56)])
    rates = np.zeros((56, 96))
    rates[:, 36:68] = 3.0 * weekday[:, None]
    counts = np.random.default_rng(4).poisson(np.stack([rates, rates / 4])).astype(float)
    history = History((Series("/phone"), Series("blue-badge/phone", "phone")), first, counts)
    return forecast(history, days=1)


@pytest.fixture
def busy(db: None, petra: User, expected: Forecast) -> None:
    """Twice as many as expected have come by noon."""
    publish_forecast(found=expected, by=petra, at=AT - timedelta(hours=1))
    nine = at_london(MONDAY, time(9))
    came(*(nine + timedelta(minutes=2.5 * number) for number in range(72)))


def test_rest_of_a_busy_day_is_expected_to_be_busier(busy: None) -> None:
    found = {each.one: each for each in rest_of_today(at=NOON)}
    assert set(found) == {CALLS, ("blue-badge", "phone")}
    calls = found[CALLS]
    assert (calls.so_far, len(calls.came), len(calls.then)) == (72, 48, 48)
    assert calls.expected_so_far == pytest.approx(36, rel=0.1)
    mean, low, high = calls.to_come
    assert sum(calls.then) == pytest.approx(mean, abs=0.1)
    assert calls.expected_to_come < mean
    assert low < mean < high
    assert high - low < sum(calls.then_high) - sum(calls.then_low)


def test_it_is_kept_until_the_quarter_hour_is_over(busy: None) -> None:
    first = rest_of_today(at=NOON)
    came(NOON - timedelta(minutes=1))
    assert rest_of_today(at=NOON + timedelta(minutes=14)) == first
    later = {each.one: each for each in rest_of_today(at=NOON + timedelta(minutes=15))}
    assert later[CALLS].so_far == 73


def test_without_a_forecast_that_can_be_updated_there_is_none(petra: User, expected: Forecast) -> None:
    assert rest_of_today(at=NOON) == []
    publish_forecast(found=expected, by=petra, at=AT - timedelta(hours=1))
    note_what_came(at=NOON + timedelta(days=1))
    assert set(ForecastDay.objects.values_list("workings", flat=True)) == {None}
    assert rest_of_today(at=NOON) == []


def test_page_of_today_shows_it_and_gives_it_away(
    busy: None, petra: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in (page, taken_away):
        monkeypatch.setattr(each, "now_utc", lambda: NOON)  # the clock on the wall
    client = sign_in(petra)
    shown = client.get("/staff/plan/today/?service=blue-badge").content.decode()
    assert "The rest of today: Blue Badge, phone" in shown
    assert "still to come, between" in shown
    assert "Counted up to midday." in shown
    rows = client.get("/staff/plan/today/rest.csv").content.decode("utf-8-sig").splitlines()
    assert rows[0] == "From,Expected this morning,Came,Expected now,80% from,80% to"
    assert rows[1].endswith(",6,,,")
    noon = rows[13].split(",")
    assert (noon[0], noon[2]) == ("12:00", "")
    assert float(noon[1]) < float(noon[3])
    assert client.get("/staff/plan/today/rest.xlsx").status_code == 200


def test_late_in_the_evening_nothing_more_is_expected(
    busy: None, petra: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "now_utc", lambda: NOON + timedelta(hours=11))
    assert "Nothing more is expected today" in sign_in(petra).get("/staff/plan/today/").content.decode()


def test_nothing_to_take_away_without_a_forecast(petra: User, sign_in: SignIn) -> None:
    assert sign_in(petra).get("/staff/plan/today/rest.csv").status_code == 404
