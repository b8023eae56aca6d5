"""Targets: set by a manager, journalled, and told beside the figure."""

from __future__ import annotations

from datetime import date

import pytest

from frontdoor.insight.models import Target
from frontdoor.insight.periods import Period
from frontdoor.insight.summing import Scope
from frontdoor.insight.targets import MayNotSetTargets, aims_of, set_target
from frontdoor.journal.models import JournalEntry
from frontdoor.kernel.clock import now_utc
from frontdoor.staff.models import Role, User
from tests.integration.insight.conftest import Counted, SignedIn

pytestmark = pytest.mark.django_db
PAGE = "/staff/figures/targets/"
YEAR = {"from": "2026-04-01", "to": "2027-03-31"}
JUNE = Period(date(2026, 6, 1), date(2026, 6, 30))
WHOLE_YEAR = Period(date(2026, 4, 1), date(2027, 3, 31))


def test_manager_sets_a_target_and_sees_it_beside_the_figure(counted: Counted, signed_in: SignedIn) -> None:
    counted(date(2026, 6, 10), "blue-badge", "phone", received=100, answered=85)
    client = signed_in(Role.MANAGER)
    client.post(PAGE, {"figure": "answered-share", "value": "90", **YEAR})
    assert "The target is set." in client.get(PAGE).content.decode()
    entry = JournalEntry.objects.get(event="target set")
    assert (entry.facts["figure"], entry.facts["value"]) == ("answered-share", 90)
    for page in ("", "report/"):
        shown = client.get(f"/staff/figures/{page}?from=2026-06-01&to=2026-06-30").content.decode()
        assert "90.0%, not met" in shown, page


def test_target_said_again_takes_the_place_of_the_first(signed_in: SignedIn) -> None:
    client = signed_in(Role.MANAGER)
    for value in ("80", "£1,250.50"):
        client.post(PAGE, {"figure": "cost", "value": value, **YEAR})
    target = Target.objects.get()
    assert target.value == 125_050
    client.post(f"{PAGE}{target.pk}/drop/")
    assert not Target.objects.exists()
    assert JournalEntry.objects.filter(event="target dropped").count() == 1


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"figure": "answered-share", "value": "often"}, "as a number"),
        ({"figure": "answered-share", "value": "nan"}, "as a number"),
        ({"figure": "answered-share", "value": "101"}, "at most 100"),
        ({"figure": "answered", "value": "-1"}, "nothing or more"),
        ({"figure": "luck", "value": "5"}, "no such figure"),
        (
            {"figure": "answered", "value": "5", "from": "2026-04-01", "to": "2026-03-01"},
            "ends before it begins",
        ),
    ],
)
def test_what_is_no_target_is_told(signed_in: SignedIn, said: dict[str, str], told: str) -> None:
    page = signed_in(Role.MANAGER).post(PAGE, {**YEAR, **said})
    assert page.status_code == 400
    assert told in page.content.decode()
    assert not Target.objects.exists()


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.PLANNER, Role.SUPERVISOR])
def test_others_see_targets_and_set_none(signed_in: SignedIn, role: Role) -> None:
    client = signed_in(role)
    assert "Set the target" not in client.get(PAGE).content.decode()
    assert client.post(PAGE, {"figure": "answered", "value": "5", **YEAR}).status_code == 403
    with pytest.raises(MayNotSetTargets):
        set_target(measure="answered", service="", period=JUNE, value=5, by=User.objects.get(), at=now_utc())


def test_aim_is_of_the_shortest_period_and_shared_by_days(signed_in: SignedIn) -> None:
    signed_in(Role.MANAGER)
    manager = User.objects.get()
    said = [
        ("received", "", WHOLE_YEAR, 36_500),
        ("answered-share", "", WHOLE_YEAR, 90),
        ("answered-share", "", JUNE, 85),
        ("on-time", "blue-badge", WHOLE_YEAR, 95),
    ]
    for measure, service, period, value in said:
        set_target(measure=measure, service=service, period=period, value=value, by=manager, at=now_utc())

    aims = aims_of(period=JUNE, scope=Scope())
    assert {name: (aim.value, aim.is_part) for name, aim in aims.items()} == {
        "received": (3000, True),
        "answered-share": (85, False),
    }
    assert set(aims_of(period=JUNE, scope=Scope(services=frozenset({"blue-badge"})))) == {"on-time"}
    assert aims_of(period=JUNE, scope=Scope(channels=frozenset({"phone"}))) == {}
    assert aims_of(period=Period(date(2025, 6, 1), date(2025, 6, 30)), scope=Scope()) == {}
