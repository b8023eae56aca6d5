"""As an advisor: a status call by keyboard alone, a form filled in together, and a matter handed on."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator

from frontdoor.demo.people import PASSWORD
from tests.browser.conftest import DESK, PHONE, VisitorMaker
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
ADVISORS = (
    "owen.thackerby@wealdmoor.example",
    "tomasz.zielarek@wealdmoor.example",
    "nkechi.obiadane@wealdmoor.example",
)
BADGE = re.compile(r"^BB-")


def comes_to_the_desk(person: Visitor, email: str) -> None:
    """Sign in; the desk is the first page of an advisor."""
    person.goes_to("/staff/")
    person.types({"login": email, "password": PASSWORD})
    person.presses("Sign in")
    assert person.path == "/staff/desk/"


def somebody_known(person: Visitor) -> tuple[str, str]:
    """A reference of the list of cases, and the name that stands in its row."""
    person.goes_to("/staff/work/?part=all")
    row = person.page.get_by_role("row").filter(has=person.page.get_by_role("link", name=BADGE)).first
    reference = row.get_by_role("link", name=BADGE).inner_text()
    name = row.get_by_role("cell").first.inner_text().splitlines()[0]
    person.goes_to("/staff/desk/")
    return reference, name


def focused(person: Visitor) -> Locator:
    """What the keyboard is on."""
    return person.page.locator(":focus")


def test_status_call_is_noted_by_keyboard_alone(visitor: VisitorMaker) -> None:
    person = visitor(size=DESK)
    comes_to_the_desk(person, ADVISORS[0])
    reference, name = somebody_known(person)
    person.pictures("advisor-desk")
    keys = person.page.keyboard
    keys.type(" ".join(reversed(name.split())))
    keys.press("Enter")
    focused(person).and_(person.page.locator(".fd-found__one")).wait_for()
    person.looks()
    person.pictures("advisor-found")
    keys.press("Enter")
    focused(person).and_(person.page.locator("textarea")).wait_for()
    person.looks()
    assert reference in person.reads()
    assert focused(person).input_value().startswith("Told how it stands: ")
    person.pictures("advisor-call")
    keys.press("Control+Enter")
    person.page.wait_for_url("**/staff/desk/")
    person.looks()
    assert "You are free for the next one" in person.reads()
    assert name in person.reads()
    assert person.complaints == []


def test_customer_is_found_while_the_name_is_typed(visitor: VisitorMaker) -> None:
    person = visitor(size=DESK)
    comes_to_the_desk(person, ADVISORS[1])
    _reference, name = somebody_known(person)
    person.page.keyboard.press("Enter")
    person.page.wait_for_url("**/staff/desk/*/")
    person.page.keyboard.type(name[:-1])
    person.page.get_by_role("button", name=name).first.wait_for()
    person.presses("End the call")
    assert person.complaints == []


@pytest.mark.parametrize(
    ("scripts", "size", "email"), [(False, DESK, ADVISORS[1]), (True, PHONE, ADVISORS[2])]
)
def test_form_is_filled_in_together_and_the_rest_handed_on(
    visitor: VisitorMaker, scripts: bool, size: tuple[int, int], email: str
) -> None:
    person = visitor(scripts=scripts, size=size)
    comes_to_the_desk(person, email)
    person.presses("Visit")
    person.page.locator("#q").fill("Nobody Whatsoever")
    person.presses("Find")
    assert "Nobody we know fits" in person.reads()
    person.page.locator("select#subject").select_option("street-problem/report")
    person.presses("Open it")
    person.page.get_by_role("button", name="Fill in the form together").click()
    person.looks()
    person.types({"place-words": "Outside the bakery"})
    person.page.locator('[name="category"][value="pothole"]').check()
    person.presses("Keep, and ask what follows")
    if size == DESK:
        person.pictures("advisor-form")
    assert "still open" in person.reads()
    person.follows("Back to the contact")
    person.page.get_by_text("Hand it on").click()
    person.page.locator("select#whom").select_option(label="Highways team")
    person.page.locator("#hand-words").fill("They could not say which bakery. Please look.")
    person.page.locator("form", has=person.page.locator("#whom")).get_by_role("button").first.click()
    person.looks()
    assert "Say: you will hear from us by" in person.reads()
    assert person.complaints == []
