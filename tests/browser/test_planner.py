"""As a planner: the forecast of a day, a shift tried at other times and kept, and a what-if while one watches."""

from __future__ import annotations

import pytest

from tests.browser.conftest import DESK, PHONE, VisitorMaker
from tests.browser.seed import ADVISOR
from tests.browser.visitor import Visitor
from tests.browser.windows import PATIENCE

pytestmark = pytest.mark.browser
PLANNER = "planner@wealdmoor.example"
WORK_PATIENCE = 5 * PATIENCE
"""For long work, of which the panel asks by itself until it is done: on a new machine it begins with compiling."""
on_both_screens = pytest.mark.parametrize(
    ("scripts", "size"), [(True, DESK), (False, PHONE)], ids=["desk", "phone-no-scripts"]
)


def comes_to_a_worked_day(person: Visitor) -> None:
    """The rota of the Tuesday after this week: nothing of it has begun, whatever day it is."""
    person.goes_to("/staff/plan/rota/")
    monday = person.page.locator(".fd-tabs a[href*='on=']").first.get_attribute("href")
    assert monday is not None
    person.goes_to(monday)


def test_planner_reads_the_day_and_moves_a_shift(visitor: VisitorMaker) -> None:
    person = visitor(size=DESK, staff=PLANNER)
    person.goes_to("/staff/plan/")
    assert "Expected on this day" in person.reads()
    person.pictures("planner-forecast")
    comes_to_a_worked_day(person)
    person.pictures("planner-rota")
    person.page.locator(".fd-table a").first.click()
    person.looks()
    person.types({"from": "10:00", "to": "18:00"})
    person.presses("Show what it costs")
    assert "In the week" in person.reads()
    person.types({"from": "10:10"})
    person.presses("Show what it costs")
    assert "quarter of an hour" in person.reads()
    person.types({"from": "09:30", "to": "17:30"})
    person.presses("Show what it costs")
    person.presses("Keep these times")
    assert "The shift is kept" in person.reads()
    assert "9:30am to 5:30pm" in person.reads()


def test_what_if_is_simulated_while_the_planner_watches(visitor: VisitorMaker) -> None:
    person = visitor(size=DESK, staff=PLANNER)
    person.goes_to("/staff/plan/what-ifs/")
    person.types({"fewer": "2"})
    person.presses("Simulate")
    person.page.get_by_text("What-ifs, ").wait_for(timeout=WORK_PATIENCE)
    person.goes_to("/staff/plan/what-ifs/")
    assert "People fewer: 2" in person.reads()
    person.pictures("planner-what-ifs")


@on_both_screens
def test_advisor_says_what_they_do_and_asks_for_leave(
    visitor: VisitorMaker, scripts: bool, size: tuple[int, int]
) -> None:
    person = visitor(scripts=scripts, size=size, staff=ADVISOR)
    person.goes_to("/staff/my/")
    if scripts:
        person.pictures("advisor-week")
    person.presses("Break")
    assert person.page.get_by_role("button", name="Break").get_attribute("aria-pressed") == "true"
    person.presses("Taking contacts")
    person.presses("Ask for leave")
    assert "Enter" in person.reads()


@on_both_screens
def test_planner_notes_a_meeting_that_rotas_hold(
    visitor: VisitorMaker, scripts: bool, size: tuple[int, int]
) -> None:
    name = f"Huddle {'with' if scripts else 'without'} scripts"
    person = visitor(scripts=scripts, size=size, staff=PLANNER)
    person.goes_to("/staff/plan/meetings/")
    if scripts:
        person.pictures("planner-meetings")
    person.types({"name": name, "groups": "0"})
    person.presses("Note it")
    assert "Enter the groups as a number from 1 to 10" in person.reads()
    person.types({"groups": "2"})
    person.presses("Note it")
    assert "Every rota that is made from now on holds it" in person.reads()
    assert name in person.reads()
    person.page.get_by_role("button", name=name).click()
    person.page.get_by_text("It is no longer held").wait_for()


def test_need_is_settled_while_the_planner_watches(visitor: VisitorMaker) -> None:
    person = visitor(size=DESK, staff=PLANNER)
    comes_to_a_worked_day(person)
    address = person.page.url.removeprefix(person.site.url)
    person.presses("Settle the need of this week")
    person.page.get_by_text("hours at work before").wait_for(timeout=WORK_PATIENCE)
    person.goes_to(address)
    assert "By the formulas" in person.reads()


@on_both_screens
def test_planner_tries_and_sets_a_contract(
    visitor: VisitorMaker, scripts: bool, size: tuple[int, int]
) -> None:
    person = visitor(scripts=scripts, size=size, staff=PLANNER)
    person.goes_to("/staff/plan/contracts/")
    person.page.locator(".fd-table a").first.click()
    person.looks()
    hours, day = ("30", "1") if scripts else ("31", "2")  # the two set one contract after the other
    person.types({"hours": hours, "days": "4", f"fixed-{day}-from": "08:00", f"fixed-{day}-to": "13:00"})
    person.presses("Show what it would break")
    assert f"paid are not the {hours} h of this week" in person.reads()
    assert "is not the fixed one, 08:00–13:00" in person.reads()
    person.presses("Set this contract")
    assert "The next rota keeps to it" in person.reads()
    assert ("Tue 8am to 1pm" if scripts else "Wed 8am to 1pm") in person.reads()
