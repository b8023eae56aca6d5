"""Lines that a service tells apart among its cases, as its pack says it: counted by the day, told in the figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from frontdoor.cases.models import Case
from frontdoor.catalogue.models import PackVersion
from frontdoor.catalogue.published import our_catalogue
from frontdoor.contacts.models import Conversation
from frontdoor.insight.counting import count_day
from frontdoor.insight.periods import Period
from frontdoor.insight.published import how_cases_ended
from frontdoor.insight.summing import Scope
from frontdoor.kernel.ids import uuid7
from frontdoor.staff.models import Team
from tests.integration.insight.conftest import Counted

pytestmark = pytest.mark.django_db
JUNE = Period(date(2026, 6, 1), date(2026, 6, 30))
DAY = date(2026, 6, 10)
NOON = datetime(2026, 6, 10, 11, 0, tzinfo=UTC)
FOOD, THINGS = "food or fuel", "furniture and household items"
Asked = Callable[..., Case]


@pytest.fixture
def asked(rng: Random) -> Asked:
    """A request for crisis support, by what is asked for; `ended_as` where it is over."""
    pack = our_catalogue().pack("crisis-support")
    version = PackVersion.objects.create(
        service=pack.id, version=pack.version, files=dict(pack.files), published_at=NOON
    )
    team = Team.objects.create(name=pack.service.owner, services=[pack.id])

    def make(*needs: str, received_at: datetime = NOON, ended_as: str = "") -> Case:
        case = uuid7(at=received_at, rng=rng)
        talk = Conversation.objects.create(id=case, started_at=received_at)
        return Case.objects.create(
            id=case,
            reference=f"CS-{rng.randrange(10**6):06}",
            conversation=talk,
            service=pack.id,
            pack=version,
            authority="wealdmoor",
            kind="application",
            channel="web",
            team=team,
            answers={"needs": list(needs)} if needs else {},
            state=next(iter(pack.journey.states)),
            state_since_at=received_at,
            waits_for="staff",
            received_at=received_at,
            closed_at=NOON if ended_as else None,
            ended_as=ended_as,
        )

    return make


def lines() -> dict[str, int]:
    return {each.what: each.count for each in count_day(DAY) if each.what.startswith("line/")}


def test_case_counts_in_every_line_that_its_answers_meet_and_in_no_other(asked: Asked) -> None:
    asked("food")
    asked("food", "heating")
    asked("heating", "items")
    asked()
    assert lines() == {f"line/{FOOD}/opened": 3, f"line/{THINGS}/opened": 1}


def test_ends_count_on_the_day_they_came(asked: Asked) -> None:
    asked("items", received_at=NOON - timedelta(days=9), ended_as="declined")
    asked("food", received_at=NOON - timedelta(days=9), ended_as="award given")
    asked("food", received_at=NOON - timedelta(days=9))
    assert lines() == {f"line/{THINGS}/ended/declined": 1, f"line/{FOOD}/ended/award given": 1}


# Lancashire County Council, crisis support, first half of 2018/19 (domain 12).
PUBLISHED = {FOOD: (1_428, 368, 1_060), THINGS: (573, 333, 240)}


@pytest.mark.parametrize("line", PUBLISHED)
def test_line_is_as_published(line: str, counted: Counted) -> None:
    for name, (received, given, declined) in PUBLISHED.items():
        counts = {"opened": received, "ended/award given": given, "ended/declined": declined}
        counted(DAY, "crisis-support", "web", {f"line/{name}/{what}": n for what, n in counts.items()})
        counted(DAY, "crisis-support", "web", {f"opened/{name}": received})
    rows = {row.name: row.figures["count"].value for row in how_cases_ended(period=JUNE, scope=Scope())}
    found = [rows[f"crisis-support/{line}/{what}"] for what in ("received", "award given", "declined")]
    assert tuple(found) == PUBLISHED[line]


def test_line_of_a_few_is_not_told_where_the_service_is_restricted(counted: Counted) -> None:
    counted(DAY, "crisis-support", "web", {"opened/application": 40})
    counted(DAY, "crisis-support", "web", {f"line/{FOOD}/opened": 37, f"line/{THINGS}/opened": 3})
    scope = Scope(restricted=frozenset({"crisis-support"}))
    rows = {row.name: row.figures["count"] for row in how_cases_ended(period=JUNE, scope=scope)}
    assert rows[f"crisis-support/{FOOD}/received"].value == 37
    few = rows.get(f"crisis-support/{THINGS}/received")
    assert few is None or few.value is None
