"""Calls: booked at the desk by keyboard alone and rung; booked on the web without scripts; planned."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator

from frontdoor.demo.people import PASSWORD
from tests.browser.conftest import DESK, PHONE, VisitorMaker
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
ADVISOR = "advisor@wealdmoor.example"
PLANNER = "planner@wealdmoor.example"


def signs_in(person: Visitor, email: str) -> None:
    """As a member of staff."""
    person.goes_to("/staff/")
    person.types({"login": email, "password": PASSWORD})
    person.presses("Sign in")


def focused(person: Visitor) -> Locator:
    """What the keyboard is on."""
    return person.page.locator(":focus")


def comes_by_tab_to(person: Visitor, name: re.Pattern[str], most: int = 60) -> None:
    """Press Tab until the keyboard is on what bears this name."""
    for _ in range(most):
        person.page.keyboard.press("Tab")
        if name.search(focused(person).inner_text() or focused(person).get_attribute("aria-label") or ""):
            return
    raise AssertionError(f"{most} times Tab and not on {name.pattern}: {person.reads()}")


def chooses_by_arrow(person: Visitor, field: str, value: str, most: int = 200) -> None:
    """Press the arrow key in a list until this stands in it."""
    listed = person.page.locator(f"select#{field}")
    listed.focus()
    for _ in range(most):
        if listed.input_value() == value:
            return
        person.page.keyboard.press("ArrowDown")
    raise AssertionError(f"{value} is not in the list {field}")


def notes_somebody_new(person: Visitor, name: str, phone: str) -> None:
    """Begin a call with somebody we do not know, about a Blue Badge."""
    keys = person.page.keyboard
    keys.type(name)
    keys.press("Enter")
    person.page.wait_for_url("**/staff/desk/*/")
    comes_by_tab_to(person, re.compile("Somebody new"))
    keys.press("Enter")
    person.page.locator("#new-full_name").focus()
    keys.type(name)
    person.page.locator("#new-phone").focus()
    keys.type(phone)
    keys.press("Enter")
    person.page.locator("h1", has_text=name).wait_for()
    chooses_by_arrow(person, "subject", "blue-badge/apply")
    comes_by_tab_to(person, re.compile("Open it"))
    keys.press("Enter")
    person.page.locator("#current-title").wait_for()
    person.looks()


def books_a_time(person: Visitor) -> None:
    """Close the enquiry as booked, which leads to the free times; take the last, which is never today."""
    keys = person.page.keyboard
    chooses_by_arrow(person, "outcome", "booked")
    keys.press("Tab")
    keys.press("Control+Enter")
    person.page.wait_for_url("**/book/")
    person.looks()
    focused(person).and_(person.page.locator("input[name=starts_at]")).wait_for()
    keys.press("Space")
    person.pictures("advisor-book")
    keys.press("ArrowUp")
    keys.press("Enter")
    person.page.wait_for_url("**/staff/desk/")
    person.looks()


def rings_in_vain(person: Visitor, name: str) -> None:
    """From the list of calls: begin to ring, and note that nobody answered."""
    keys = person.page.keyboard
    person.goes_to("/staff/desk/calls/")
    comes_by_tab_to(person, re.compile(name))
    keys.press("Enter")
    focused(person).and_(person.page.get_by_role("button", name="I ring them now")).wait_for()
    person.looks()
    keys.press("Enter")
    focused(person).and_(person.page.get_by_role("button", name="They answered: go on together")).wait_for()
    person.pictures("advisor-ring")
    comes_by_tab_to(person, re.compile("Nobody answered"))
    keys.press("Enter")
    person.page.wait_for_url("**/staff/desk/")
    person.looks()


def test_call_is_booked_and_rung_by_keyboard_alone(visitor: VisitorMaker) -> None:
    person = visitor(size=DESK)
    signs_in(person, ADVISOR)
    notes_somebody_new(person, "Winifred Applegarth", "07700 900321")
    books_a_time(person)
    assert "Booked. Say: we ring you at" in person.reads()
    assert "told by text message" in person.reads()
    rings_in_vain(person, "Winifred Applegarth")
    assert "Try once more" in person.reads()
    assert person.complaints == []


@pytest.mark.parametrize(("scripts", "size"), [(False, PHONE), (True, DESK)])
def test_customer_asks_to_be_rung_changes_and_cancels(
    visitor: VisitorMaker, scripts: bool, size: tuple[int, int]
) -> None:
    person = visitor(scripts=scripts, size=size)
    person.goes_to("/services/blue-badge/")
    person.presses("Book a call")
    person.presses("Continue")
    assert "Select a time" in person.reads()
    person.page.get_by_role("radio").nth(2).check()
    person.presses("Continue")
    number = "07700 900431" if scripts else "07700 900432"
    person.types({"full_name": "Winifred Applegarth", "phone": number, "email": "winifred@customer.example"})
    person.presses("Book the call")
    assert "Your call is booked" in person.reads()
    person.follows("Change the time")
    person.page.get_by_role("radio").nth(4).check()
    person.presses("Ring me then")
    assert "The time of your call is changed" in person.reads()
    person.follows("Cancel the call")
    person.presses("Cancel the call")
    assert "This call is cancelled" in person.reads()
    assert person.complaints == []


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_planner_sees_the_week_and_closes_a_day(visitor: VisitorMaker, size: tuple[int, int]) -> None:
    person = visitor(size=size)
    signs_in(person, PLANNER)
    person.goes_to("/staff/call-times/")
    assert "How many calls at once" in person.reads()
    if size == DESK:
        person.pictures("planner-calls")
    person.presses("Keep these numbers")
    assert "Nothing was different" in person.reads()
    person.page.locator("#on").fill("2099-12-24" if size == DESK else "2099-12-23")
    person.presses("Close it")
    assert "No calls can be booked on" in person.reads()
    assert person.complaints == []
