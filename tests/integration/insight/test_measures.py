"""What each newer figure comes to, from days that are counted and from contacts that are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import product
from random import Random

import pytest

from frontdoor.contacts.models import Channel, Contact, Conversation, Customer
from frontdoor.insight.counting import count_day
from frontdoor.insight.figures import by_cause, by_channel, figures_of
from frontdoor.insight.measures.every import BY_ID
from frontdoor.insight.periods import Period
from frontdoor.insight.summing import Scope
from frontdoor.kernel.ids import uuid7
from tests.integration.insight.conftest import Counted

pytestmark = pytest.mark.django_db
DAY, BEFORE = date(2026, 6, 10), date(2025, 6, 10)
NOON = datetime(2026, 6, 10, 11, 0, tzinfo=UTC)
PERIOD = Period(date(2026, 6, 1), date(2026, 6, 30))
Came = Callable[..., Contact]


def values(*names: str) -> list[float | None]:
    """What these measures come to, in June."""
    found = figures_of(period=PERIOD, scope=Scope(), measures=[BY_ID[name] for name in names])
    return [None if each.value is None else round(each.value, 2) for each in found]


@pytest.fixture
def ann(at: datetime, rng: Random) -> Customer:
    """Somebody who gets in touch."""
    return Customer.objects.create(id=uuid7(at=at, rng=rng), full_name="Ann Example", created_at=at)


@pytest.fixture
def came(rng: Random) -> Came:
    """A contact; without more it is answered."""

    def make(at: datetime, channel: str = "phone", *, is_answered: bool = True, **more: object) -> Contact:
        talk = Conversation.objects.create(id=uuid7(at=at, rng=rng), started_at=at)
        said = {"service": "blue-badge", "enquiry": "chase", **more}
        return Contact.objects.create(
            id=uuid7(at=at, rng=rng),
            conversation=talk,
            channel=channel,
            received_at=at,
            answered_at=at if is_answered else None,
            **said,
        )

    return make


def came_back(on: date = DAY) -> list[tuple[str, str, int]]:
    """Service, channel and count of what came back on a day."""
    return [(each.service, each.channel, each.count) for each in count_day(on) if each.what == "came back"]


@pytest.mark.parametrize(("first", "again"), list(product(Channel.values, repeat=2)))
def test_same_person_on_any_two_channels_is_a_repeat(
    came: Came, ann: Customer, first: str, again: str
) -> None:
    came(NOON - timedelta(days=6), first, customer=ann)
    came(NOON, again, customer=ann, is_answered=False)
    assert came_back() == [("blue-badge", first, 1)]


def test_same_number_is_a_repeat_of_somebody_unnamed(came: Came) -> None:
    came(NOON - timedelta(days=1), "phone", came_from="+447700900123")
    came(NOON, "text", came_from="+447700900123")
    came(NOON, "phone")
    assert came_back() == [("blue-badge", "phone", 1)]


@pytest.mark.parametrize(
    ("days", "service", "enquiry", "is_repeat"),
    [
        (6.9, "blue-badge", "chase", True),
        (7.1, "blue-badge", "chase", False),
        (13.9, "street-problem", "chase", True),  # its window is two weeks
        (14.1, "street-problem", "chase", False),
        (1, "blue-badge", "apply", False),
        (1, "blue-badge", "", True),
    ],
)
def test_repeat_is_on_the_same_subject_within_the_window(
    came: Came, ann: Customer, days: float, service: str, enquiry: str, is_repeat: bool
) -> None:
    came(NOON - timedelta(days=days), customer=ann, service=service, enquiry=enquiry)
    came(NOON, customer=ann, service=service)
    assert bool(came_back()) is is_repeat


def test_each_contact_is_found_wanting_once(came: Came, ann: Customer) -> None:
    """Who hangs up and rings again came back to the same answer once."""
    came(NOON - timedelta(hours=3), customer=ann)
    came(NOON - timedelta(hours=2), customer=ann, is_answered=False)
    came(NOON, customer=ann)
    assert came_back() == [("blue-badge", "phone", 1)]


def test_passed_on_is_not_settled_and_counts_once(came: Came, ann: Customer) -> None:
    came(NOON - timedelta(hours=3), customer=ann, transfers=1)
    came(NOON, customer=ann)
    counts = {each.what: each.count for each in count_day(DAY)}
    assert (counts["answered"], counts["passed on"], counts.get("came back", 0)) == (2, 1, 0)


def test_first_contact_resolution(counted: Counted) -> None:
    counted(DAY, "blue-badge", "phone", answered=80, passed_on=8, came_back=12)
    assert values("first-contact") == [75]


def test_written_contacts_count_when_they_are_answered(came: Came) -> None:
    contact = came(NOON - timedelta(days=3), "email")
    Contact.objects.filter(pk=contact.pk).update(answered_at=NOON)
    assert {each.what: each.count for each in count_day(DAY)} == {"worked off": 1}


def test_satisfaction_and_how_many_answered(counted: Counted) -> None:
    counted(DAY, "blue-badge", "phone", {"surveyed": 40, "rated/5": 5, "rated/4": 1, "rated/2": 2})
    assert values("satisfaction", "response-rate") == [75, 20]


def test_compliments_and_complaints_for_a_thousand(counted: Counted) -> None:
    counted(DAY, "blue-badge", "phone", received=2000)
    counted(
        DAY, "compliment-and-feedback", "web", {"ended/compliment passed on": 3, "ended/comment noted": 9}
    )
    counted(DAY, "complaint", "web", {"opened/complaint": 1})
    assert values("compliments", "complaints") == [1.5, 0.5]


def test_cost_is_contacts_at_the_unit_cost_of_their_service_and_channel(counted: Counted) -> None:
    counted(DAY, "blue-badge", "phone", received=10)  # £4.50
    counted(DAY, "blue-badge", "web", received=30)  # £0.60
    counted(DAY, "", "email", received=1)  # the council's own £4.40
    counted(DAY, "blue-badge", "carrier pigeon"[:8], received=5)  # nobody knows
    assert values("cost", "cost-each") == [4500 + 1800 + 440, round(6740 / 41, 2)]
    rows = by_channel(period=PERIOD, scope=Scope(), measures=[BY_ID["cost"]])
    assert {row.name: row.figures["cost"].value for row in rows}["web"] == 1800


def test_saving_tells_fewer_contacts_from_cheaper_ones(counted: Counted) -> None:
    counted(BEFORE, "blue-badge", "phone", received=100)
    counted(DAY, "blue-badge", "phone", received=40)
    counted(DAY, "blue-badge", "web", received=40)
    # a year before £450.00; now £180.00 + £24.00; the same 80 contacts at £4.50 would have been £360.00
    assert values("saved", "saved-by-shift") == [45000 - 20400, 36000 - 20400]


def test_nothing_is_saved_against_nothing(counted: Counted) -> None:
    counted(DAY, "blue-badge", "phone", received=40)
    assert values("saved", "saved-by-shift") == [None, None]


def test_avoidable_contact_by_cause_with_its_cost(counted: Counted) -> None:
    counted(DAY, "blue-badge", "phone", {"demand/failure/NO_RESPONSE": 6, "demand/value/": 10, "agreed": 4})
    counted(DAY, "blue-badge", "web", {"demand/failure/NO_RESPONSE": 2, "demand/failure/MISROUTED": 2})
    counted(BEFORE, "blue-badge", "web", {"demand/failure/PROCESS_ERROR": 1})
    rows = by_cause(period=PERIOD, scope=Scope())
    assert [
        (row.name, *(row.figures[name].value for name in ("count", "share", "cost"))) for row in rows
    ] == [("NO_RESPONSE", 8, 40, 2820), ("MISROUTED", 2, 10, 120), ("PROCESS_ERROR", 0, 0, 0)]
    assert values("avoidable-count", "avoidable", "avoidable-cost", "confirmed") == [10, 50, 2940, 20]
