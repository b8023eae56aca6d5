"""What is counted of a day, and the figures that come of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from html import unescape
from random import Random
from typing import Any

import pytest

from frontdoor.cases.models import Enquiry
from frontdoor.contacts.models import Contact, Conversation
from frontdoor.insight.counting import count_day
from frontdoor.insight.figures import by_channel, by_month, by_service, figures_of
from frontdoor.insight.keeping import keep_days, keep_tallies
from frontdoor.insight.measures.every import BY_ID, MEASURES
from frontdoor.insight.models import ReadUpTo, Tally
from frontdoor.insight.opening import contacts_behind
from frontdoor.insight.periods import Period
from frontdoor.insight.resting import FEWEST
from frontdoor.insight.summing import Scope
from frontdoor.journal.actions import record
from frontdoor.kernel.entries import Actor
from frontdoor.kernel.ids import uuid7
from frontdoor.staff.models import Role, User
from frontdoor.web.insight.tables import TABLES
from tests.integration.insight.conftest import SignedIn

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
DAY = date(2026, 6, 10)
JUNE = Period(date(2026, 6, 1), date(2026, 6, 30))
NOON = datetime(2026, 6, 10, 11, 0, tzinfo=UTC)
Call = Callable[..., Contact]


@pytest.fixture
def call(rng: Random) -> Call:
    """Makes a contact: `call(waited=12)` was answered after 12 seconds, `call(gave_up=40)` was not."""

    def make(
        *,
        at: datetime = NOON,
        channel: str = "phone",
        service: str = "blue-badge",
        waited: int | None = None,
        gave_up: int | None = None,
        took: int = 180,
    ) -> Contact:
        talk = Conversation.objects.create(id=uuid7(at=at, rng=rng), service=service, started_at=at)
        answered = at + timedelta(seconds=waited) if waited is not None else None
        return Contact.objects.create(
            id=uuid7(at=at, rng=rng),
            conversation=talk,
            channel=channel,
            service=service,
            received_at=at,
            answered_at=answered,
            abandoned_at=at + timedelta(seconds=gave_up) if gave_up is not None else None,
            ended_at=answered + timedelta(seconds=took) if answered else None,
        )

    return make


def value_of(name: str, period: Period, **scope: Any) -> float | None:
    return next(
        each.value for each in figures_of(period=period, scope=Scope(**scope)) if each.measure.id == name
    )


@pytest.mark.both_databases
def test_calls_of_a_day(call: Call) -> None:
    for waited in (4, 12, 20, 40):
        call(waited=waited)
    call(gave_up=30)
    call(gave_up=3)
    keep_days([DAY])
    period = Period(DAY, DAY)
    assert value_of("received", period) == 6
    assert value_of("answered", period) == 4
    assert value_of("service-level", period) == 60.0  # 3 of 5: who hung up after 3 seconds is left out
    assert value_of("abandoned-share", period) == 20.0
    assert value_of("wait-mean", period) == 19.0
    assert value_of("handling", period) == 180.0


def test_day_is_a_day_in_london(call: Call) -> None:
    call(at=datetime(2026, 6, 9, 22, 59, tzinfo=UTC))
    call(at=datetime(2026, 6, 9, 23, 0, tzinfo=UTC))
    call(at=datetime(2026, 6, 10, 22, 59, tzinfo=UTC))
    call(at=datetime(2026, 6, 10, 23, 0, tzinfo=UTC))
    assert sum(each.count for each in count_day(DAY) if each.what == "received") == 2


@pytest.mark.both_databases
def test_cause_is_as_confirmed_or_else_as_proposed(call: Call, at: datetime) -> None:
    advisor = User.objects.create(
        email="alice@council.example", full_name="Alice", role=Role.ADVISOR, joined_at=at
    )
    failed: dict[str, Any] = {"proposed_type": "failure", "proposed_cause": "NO_RESPONSE"}
    confirmed: dict[str, Any] = {"confirmed_by": advisor, "confirmed_at": NOON}
    for number, said in enumerate(
        (
            failed,
            {**failed, **confirmed, "type": "failure", "cause": "NO_RESPONSE"},
            {**failed, **confirmed, "type": "value"},
            {"proposed_type": "value"},
        )
    ):
        Enquiry.objects.create(
            id=uuid7(at=NOON, rng=Random(number)), contact=call(), service="blue-badge", began_at=NOON, **said
        )
    keep_days([DAY])
    assert value_of("avoidable", Period(DAY, DAY)) == 50.0
    assert value_of("agreement", Period(DAY, DAY)) == 50.0


@pytest.mark.both_databases
def test_online_and_calls(call: Call) -> None:
    for _ in range(3):
        call(channel="web")
    call(waited=5)
    call(gave_up=9)
    keep_days([DAY])
    assert value_of("online-to-call", Period(DAY, DAY)) == 1.5
    assert value_of("answered-share", Period(DAY, DAY)) == 80.0
    assert value_of("take-up", Period(DAY, DAY)) is None
    assert value_of("complaints", Period(DAY, DAY)) == 0


def test_a_year_before_stands_beside_it(call: Call) -> None:
    call()
    call(at=NOON.replace(year=2025))
    call(at=NOON.replace(year=2025))
    for day in (DAY, DAY.replace(year=2025)):
        keep_days([day])
    received = figures_of(period=Period(DAY, DAY), scope=Scope(), measures=[BY_ID["received"]])[0]
    assert (received.value, received.before, received.change) == (1, 2, -50.0)
    month = by_month(
        period=Period(date(2026, 6, 1), date(2026, 6, 30)), scope=Scope(), measures=[BY_ID["received"]]
    )
    assert [(row.name, row.figures["received"].value, row.figures["received"].before) for row in month] == [
        ("2026-06", 1, 2)
    ]


def test_small_figures_of_restricted_services_are_kept_back(call: Call) -> None:
    for _ in range(FEWEST - 1):
        call(service="crisis-support")
    keep_days([DAY])
    scope = Scope(services=frozenset({"crisis-support"}), restricted=frozenset({"crisis-support"}))
    received = figures_of(period=JUNE, scope=scope, measures=[BY_ID["received"]])[0]
    assert received.is_kept_back
    assert received.value is None
    call(service="crisis-support")
    keep_days([DAY])
    received = figures_of(period=JUNE, scope=scope, measures=[BY_ID["received"]])[0]
    assert received.value == FEWEST


@pytest.mark.parametrize("year", [2026, 2025])
def test_small_figures_are_kept_back_in_every_table_and_for_both_years(call: Call, year: int) -> None:
    call(service="crisis-support", at=NOON.replace(year=year))
    keep_days([DAY.replace(year=year)])
    scope = Scope(services=frozenset({"crisis-support"}), restricted=frozenset({"crisis-support"}))
    for rows in (by_month, by_channel, by_service):
        found = rows(period=Period(DAY, DAY), scope=scope, measures=[BY_ID["received"]])
        assert [row.figures["received"].is_kept_back for row in found] == [True]


@pytest.mark.both_databases
def test_day_is_counted_anew_when_the_journal_says_so(call: Call) -> None:
    at = NOON + timedelta(days=40)
    first = call()
    record(at=NOON, by=Actor("system", "test"), event="contact received", contact=first.pk)
    assert keep_tallies(at=at) > 0
    assert Tally.objects.get(what="received").count == 1
    assert keep_tallies(at=at) == 0

    second = call(channel="email")
    record(at=at, by=Actor("system", "test"), event="contact received", contact=second.pk)
    assert keep_tallies(at=at) > 0  # it counts the day of the entry, and the day of the contact
    rows = by_channel(period=Period(DAY, DAY), scope=Scope(), measures=[BY_ID["received"]])
    assert [(row.name, row.figures["received"].value) for row in rows] == [("email", 1), ("phone", 1)]


@pytest.mark.both_databases
def test_days_are_counted_anew_when_the_rules_of_counting_change(call: Call) -> None:
    first = call()
    record(at=NOON, by=Actor("system", "test"), event="contact received", contact=first.pk)
    keep_tallies(at=NOON + timedelta(days=1))
    Tally.objects.all().delete()
    ReadUpTo.objects.update(rules=0)
    assert keep_tallies(at=NOON + timedelta(days=1)) > 0
    assert Tally.objects.get(what="received").count == 1


def test_figures_cost_the_same_on_one_day_and_on_thirty(call: Call, django_assert_num_queries: Any) -> None:
    call()
    keep_days([DAY])
    month = Period(date(2026, 6, 1), date(2026, 6, 30))
    with django_assert_num_queries(2):
        figures_of(period=month, scope=Scope())
    for day in range(1, 31):
        call(at=NOON.replace(day=day))
        keep_days([DAY.replace(day=day)])
    with django_assert_num_queries(2):
        figures_of(period=month, scope=Scope())


def test_every_measure_of_nothing_is_nothing_or_none() -> None:
    every = figures_of(period=Period(DAY, DAY), scope=Scope())
    assert [each.measure.id for each in every] == [each.id for each in MEASURES]
    assert {each.value for each in every} <= {0, None}


@pytest.mark.parametrize(
    ("role", "status"), [(Role.MANAGER, 200), (Role.AUDITOR, 200), (Role.OFFICER, 403), (Role.ADVISOR, 403)]
)
@pytest.mark.parametrize(
    "page",
    [
        "",
        "published/",
        "avoidable/",
        "feedback/",
        "cost/",
        "targets/",
        "contacts/",
        "report/",
        "report.pdf",
        "channels.csv",
        "months.xlsx",
    ],
)
def test_pages_are_for_those_who_may_see_figures(
    call: Call, signed_in: SignedIn, role: Role, status: int, page: str
) -> None:
    call(waited=9)
    keep_days([DAY])
    answer = signed_in(role).get(f"/staff/figures/{page}?from=2026-06-01&to=2026-06-30")
    assert answer.status_code == status


def test_dates_that_make_no_period_are_told(signed_in: SignedIn) -> None:
    client = signed_in(Role.MANAGER)
    page = client.get("/staff/figures/?from=2026-06-30&to=2026-06-01").content.decode()
    assert "ends before it begins" in page
    assert client.get("/staff/figures/?from=soon").status_code == 200


def test_contacts_of_restricted_services_are_not_listed(call: Call, signed_in: SignedIn) -> None:
    call()
    call(service="crisis-support")
    page = (
        signed_in(Role.MANAGER).get("/staff/figures/contacts/?from=2026-06-01&to=2026-06-30").content.decode()
    )
    assert "Blue Badge" in page
    assert "Crisis support" not in page.split("<tbody>")[1]


@pytest.mark.both_databases
@pytest.mark.parametrize("table", list(TABLES))
def test_every_table_can_be_taken_away(call: Call, signed_in: SignedIn, table: str) -> None:
    call(waited=9)
    keep_days([DAY])
    page = signed_in(Role.MANAGER).get(f"/staff/figures/{table}.csv?from=2026-06-01&to=2026-06-30")
    assert page.status_code == 200
    assert TABLES[table].first in page.content.decode()


@pytest.mark.both_databases
@pytest.mark.parametrize("figure", [each.id for each in MEASURES])
def test_every_figure_opens_down_to_contacts(call: Call, signed_in: SignedIn, figure: str) -> None:
    call(waited=40)
    page = signed_in(Role.MANAGER).get(
        f"/staff/figures/contacts/?figure={figure}&from=2026-06-01&to=2026-06-30"
    )
    assert page.status_code == 200
    assert BY_ID[figure].name in unescape(page.content.decode())


@pytest.mark.both_databases
def test_contacts_behind_a_figure_are_those_it_is_about(call: Call) -> None:
    kept, lost, late = call(waited=5), call(gave_up=30), call(waited=90)
    Contact.objects.filter(pk=late.pk).update(transfers=1)
    failed = call(waited=5)
    Enquiry.objects.create(
        id=uuid7(at=NOON, rng=Random(9)),
        contact=failed,
        service="blue-badge",
        began_at=NOON,
        proposed_type="failure",
        proposed_cause="NO_RESPONSE",
    )

    def behind(figure: str, cause: str = "") -> set[Contact]:
        return set(contacts_behind(figure=figure, cause=cause, period=JUNE, scope=Scope()))

    assert behind("received") == {kept, lost, late, failed}
    assert behind("abandoned-share") == behind("answered-share") == {lost}
    assert behind("service-level") == {lost, late}
    assert behind("first-contact") == {late}
    assert behind("avoidable") == behind("avoidable", "NO_RESPONSE") == {failed}
    assert behind("avoidable", "MISROUTED") == set()
