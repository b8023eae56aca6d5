"""Tallies of months: what they keep beside their days, and that the tables by month find in them all that they tell."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from frontdoor.insight.figures import by_month, figures_of
from frontdoor.insight.measures.demand import of_cause
from frontdoor.insight.measures.every import MEASURES
from frontdoor.insight.measures.shape import Measure, Sums
from frontdoor.insight.models import MonthTally
from frontdoor.insight.periods import Period
from frontdoor.insight.spread import DAYS, WAITS
from frontdoor.insight.summing import UNTOLD, Scope, read_once
from frontdoor.staff.models import Role
from frontdoor.web.insight.tables import LINES, TABLES
from tests.integration.insight.conftest import Counted, SignedIn

pytestmark = pytest.mark.django_db
APRIL = Period(date(2026, 4, 1), date(2026, 4, 30))
EVERY_KIND = (
    *(
        "received",
        "answered",
        "completed",
        "abandoned",
        "short abandon",
        "handled",
        "worked off",
        "passed on",
    ),
    *("came back", "assisted", "transferred", "enquiry", "agreed", "corrected", "demand/value/", "surveyed"),
    *("received/phone", "received/web", "demand/failure/NO_RESPONSE", "opened/application", "opened online"),
    *("ended/granted", "decided/granted", "kept on time", "kept late", "kept on the first date"),
    *(f"rated/{points}" for points in range(1, 6)),
    *(f"wait/{step}" for step in WAITS),
    *(f"days/{step}" for step in DAYS),
)
BY_MONTH = [name for name, each in TABLES.items() if each.first == LINES["month"][0]]


@pytest.mark.parametrize("name", BY_MONTH)
def test_table_by_month_tells_what_the_figures_of_the_month_are(counted: Counted, name: str) -> None:
    rng = Random(name)
    counted(date(2026, 4, 10), "blue-badge", "phone", {what: rng.randint(1, 99) for what in EVERY_KIND})
    measures = TABLES[name].measures
    (month,) = by_month(period=APRIL, scope=Scope(), measures=measures)
    whole = figures_of(period=APRIL, scope=Scope(), measures=measures)
    assert [month.figures[each.id] for each in measures] == whole
    assert all(each.value for each in whole)


@pytest.mark.parametrize("measure", [*MEASURES, *of_cause("NO_RESPONSE")], ids=lambda each: each.id)
def test_figure_is_the_same_without_what_no_figure_is_reckoned_from(measure: Measure) -> None:
    rng = Random(7)
    counts = {what: rng.randint(1, 99) for what in (*EVERY_KIND, *UNTOLD)}
    told = {what: count for what, count in counts.items() if what not in UNTOLD}
    every, some = (Sums(each, dict.fromkeys(each, 60)) for each in (counts, told))
    assert (measure.reckon(some), measure.rests_on(some)) == (measure.reckon(every), measure.rests_on(every))


def test_month_knows_what_it_rests_on(counted: Counted) -> None:
    for day, calls in ((3, 2), (4, 1)):
        counted(date(2026, 4, day), "safeguarding", "phone", received=calls, enquiry=1)
    counted(date(2026, 4, 4), "safeguarding", "email", received=9)
    kept = MonthTally.objects.values_list("channel", "what", "rests_on")
    assert sorted(kept) == [("email", "received", 9), ("phone", "enquiry", 2), ("phone", "received", 3)]


def test_months_of_an_older_release_learn_what_they_rest_on(counted: Counted) -> None:
    counted(date(2026, 4, 3), "safeguarding", "phone", {"received": 4, "answered": 3, "demand/value/": 2})
    counted(date(2026, 5, 3), "safeguarding", "phone", received=600, answered=500)
    right = sorted(MonthTally.objects.values_list("month", "what", "rests_on"))
    MonthTally.objects.update(rests_on=0)
    migration = import_module("frontdoor.insight.migrations.0004_what_months_rest_on")
    migration.fill(apps, SimpleNamespace(connection=connection))
    assert sorted(MonthTally.objects.values_list("month", "what", "rests_on")) == right


def test_tables_of_a_page_read_by_month_and_by_service_once(
    counted: Counted, django_assert_num_queries: Any
) -> None:
    counted(date(2026, 4, 10), "blue-badge", "phone", received=10, answered=9)
    scope = Scope(restricted=frozenset({"safeguarding"}))
    period = Period(APRIL.first, date(2026, 5, 10))
    with (
        read_once(),
        django_assert_num_queries(2 * 2 * 3),
    ):  # two years, months and days: told twice, left out once
        for name in ("months", "channels", "services", "settled", "online", "costs"):
            _, find, _ = LINES["month" if name in BY_MONTH else "service"]
            find(period=period, scope=scope, measures=TABLES[name].measures)


def test_report_takes_as_many_queries_for_a_service_as_for_thirty(
    counted: Counted, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    page = "/staff/figures/report/?from=2025-11-23&to=2026-11-22"
    manager = signed_in(Role.MANAGER)
    manager.get(page)
    counted(date(2026, 4, 10), "blue-badge", "phone", received=10, answered=9)
    with django_assert_max_num_queries(30) as few:
        manager.get(page)
    for number in range(30):
        for month in (4, 5, 6):
            counted(date(2026, month, 10), f"service-{number}", "phone", received=10, answered=9)
    with django_assert_max_num_queries(30) as many:
        assert manager.get(page).status_code == 200
    assert len(many) == len(few)
