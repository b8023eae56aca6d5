"""Few people of a restricted service: told nowhere, and to be worked out from nothing that is told."""

from __future__ import annotations

from datetime import date

import pytest

from frontdoor.insight.figures import by_channel, by_month, by_service, figures_of
from frontdoor.insight.measures.every import BY_ID, MEASURES
from frontdoor.insight.periods import Period
from frontdoor.insight.summing import Scope
from tests.integration.insight.conftest import Counted

pytestmark = pytest.mark.django_db
KEPT = frozenset({"safeguarding"})
EVERYTHING = Scope(restricted=KEPT)
APRIL, MAY, JUNE = (Period(date(2026, m, 1), date(2026, m, d)) for m, d in ((4, 30), (5, 31), (6, 30)))
QUARTER = Period(APRIL.first, JUNE.last)
RECEIVED = [BY_ID["received"]]


@pytest.fixture(autouse=True)
def _spring(counted: Counted) -> None:
    for month, calls in ((4, 6), (5, 7), (6, 2)):
        counted(date(2026, month, 10), "safeguarding", "phone", received=calls, answered=calls)
        counted(date(2026, month, 10), "blue-badge", "phone", received=100, answered=90)
    counted(date(2026, 5, 11), "safeguarding", "email", received=1)


def total(period: Period, scope: Scope = EVERYTHING) -> float:
    return figures_of(period=period, scope=scope, measures=RECEIVED)[0].value or 0


def told(period: Period) -> dict[str, float | None]:
    return {
        row.name: row.figures["received"].value
        for row in by_service(period=period, scope=EVERYTHING, measures=RECEIVED)
    }


@pytest.mark.parametrize("period", [APRIL, MAY, JUNE, QUARTER])
def test_total_is_what_the_services_told_come_to(period: Period) -> None:
    assert total(period) == sum(value or 0 for value in told(period).values())


def test_month_is_not_the_quarter_less_the_others() -> None:
    assert told(JUNE) == {"blue-badge": 100, "safeguarding": None}
    assert total(QUARTER) - total(APRIL) - total(MAY) == 100
    months = by_month(period=QUARTER, scope=EVERYTHING, measures=RECEIVED)
    assert [row.figures["received"].value for row in months] == [106, 107, 100]


def test_channel_is_not_the_service_less_the_others() -> None:
    scope = Scope(services=KEPT, restricted=KEPT)
    channels = by_channel(period=MAY, scope=scope, measures=RECEIVED)
    assert {row.name: row.figures["received"].value for row in channels} == {"phone": 7, "email": None}
    assert total(MAY, scope) == 7


def test_day_is_not_one_period_less_another() -> None:
    until_the_ninth = Period(APRIL.first, date(2026, 5, 9))
    until_the_tenth = Period(APRIL.first, date(2026, 5, 10))
    assert total(until_the_tenth) - total(until_the_ninth) == 100


def test_few_of_the_year_before_are_kept_back_too() -> None:
    last = Period(date(2027, 6, 1), date(2027, 6, 30))
    scope = Scope(services=KEPT, restricted=KEPT)
    assert all(each.is_kept_back for each in figures_of(period=last, scope=scope, measures=RECEIVED))


def test_few_causes_are_kept_back(counted: Counted) -> None:
    counted(date(2026, 4, 10), "safeguarding", "phone", {"enquiry": 3, "demand/failure/NO_RESPONSE": 3})
    counted(date(2026, 4, 10), "blue-badge", "phone", {"enquiry": 10, "demand/failure/NO_RESPONSE": 10})
    found = {each.measure.id: each for each in figures_of(period=APRIL, scope=EVERYTHING, measures=MEASURES)}
    assert found["avoidable-count"].value == 10
    alone = figures_of(period=APRIL, scope=Scope(services=KEPT, restricted=KEPT), measures=MEASURES)
    assert {each.measure.id: each.is_kept_back for each in alone}["avoidable-count"]
