"""As an advisor: a status call by keyboard alone, a form filled in together, and a matter handed on."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Request

from frontdoor.demo.people import PASSWORD
from tests.browser.conftest import DESK, PHONE, VisitorMaker
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
ADVISORS = (
    "owen.thackerby@wealdmoor.example",
    "tomasz.zielarek@wealdmoor.example",
    "nkechi.obiadane@wealdmoor.example",
)
OF_HIGHWAYS = "bethan.marlowick@wealdmoor.example"
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


class Typist:
    """Somebody at the keyboard without a mouse. `strokes` counts keys, `asked` what went to the server meanwhile."""

    def __init__(self, person: Visitor) -> None:
        self.person = person
        self.strokes = 0
        self.asked: list[str] = []
        person.page.on("request", self._note)

    def types(self, words: str) -> None:
        """Type words, one key for each letter."""
        self.person.page.keyboard.type(words)
        self.strokes += len(words)

    def presses(self, key: str) -> None:
        """Press one key, alone or held with another."""
        self.person.page.keyboard.press(key)
        self.strokes += 1

    def _note(self, request: Request) -> None:
        if request.resource_type in ("document", "xhr", "fetch"):
            self.asked.append(f"{request.method} {urlsplit(request.url).path}")


def test_status_call_is_noted_by_keyboard_alone(visitor: VisitorMaker) -> None:
    """A name and three keys, three forms with their pages: how long that takes is measured by `bench.desk`."""
    person = visitor(size=DESK)
    comes_to_the_desk(person, ADVISORS[0])
    reference, name = somebody_known(person)
    person.pictures("advisor-desk")
    typist = Typist(person)
    typist.types(" ".join(reversed(name.split())))
    typist.presses("Enter")
    focused(person).and_(person.page.locator(".fd-found__one")).wait_for()
    person.looks()
    person.pictures("advisor-found")
    typist.presses("Enter")
    focused(person).and_(person.page.locator("textarea")).wait_for()
    person.looks()
    assert reference in person.reads()
    assert focused(person).input_value().startswith("Told how it stands: ")
    person.pictures("advisor-call")
    typist.presses("Control+Enter")
    person.page.wait_for_url("**/staff/desk/")
    person.looks()
    assert "You are free for the next one" in person.reads()
    assert name in person.reads()
    assert typist.strokes == len(name) + 3
    assert [each.split("/")[-2] for each in typist.asked if each.startswith("POST")] == [
        "begin",
        "who",
        "told",
    ]
    assert len(typist.asked) == 6, typist.asked
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
    person.page.get_by_label("Street and town").fill("Mill Lane, Quernbeck")
    person.page.locator('[name="category"][value="pothole"]').check()
    person.presses("Keep, and ask what follows")
    if size == DESK:
        person.pictures("advisor-form")
    assert "still open" in person.reads()
    assert "Found: " in person.reads()
    person.follows("Back to the contact")
    person.page.get_by_text("Hand it on").click()
    person.page.locator("select#whom").select_option(label="Highways team")
    person.page.locator("#hand-words").fill("They could not say which bakery. Please look.")
    person.page.locator("form", has=person.page.locator("#whom")).get_by_role("button").first.click()
    person.looks()
    assert "Say: you will hear from us by" in person.reads()
    assert person.complaints == []


def test_what_keeps_somebody_safe_stands_first_and_who_speaks_is_said(visitor: VisitorMaker) -> None:
    person = visitor(size=PHONE)
    comes_to_the_desk(person, ADVISORS[0])
    reference, name = somebody_known(person)
    person.page.locator("#q").fill(reference)
    person.presses("Visit")
    person.page.get_by_role("button", name=name).first.click()
    person.page.get_by_text("How to reach them safely").click()
    person.page.get_by_label("Text", exact=True).uncheck()
    person.types({"times": "Weekday mornings", "code_word": "Heron"})
    person.presses("Keep it so")
    assert "Heed this first" in person.reads()
    person.page.get_by_text("Somebody speaks for them").click()
    person.types(
        {"full_name": "Sean Example", "evidence": "She was on the line and said so", "limits": "the badge"}
    )
    for field, value in (("relation", "family"), ("say", "told me"), ("may-tell", "some")):
        person.page.locator(f"#helper-{field}").select_option(value)
    person.presses("Note the helper")
    person.looks()
    assert "You speak with Sean Example, not with the customer" in person.reads()
    person.pictures("advisor-care")
    person.presses("End the visit")
    assert person.complaints == []


def test_what_was_handed_on_is_taken_and_done_and_two_records_are_looked_at(visitor: VisitorMaker) -> None:
    advisor = visitor(size=DESK)
    comes_to_the_desk(advisor, ADVISORS[1])
    advisor.presses("Call")
    advisor.presses("Open it")
    advisor.page.get_by_text("Hand it on").click()
    advisor.page.locator("select#whom").select_option(label="Highways team")
    advisor.page.locator("#hand-words").fill("A lorry took the corner post down. They want to know when.")
    advisor.page.locator("form", has=advisor.page.locator("#whom")).get_by_role("button").first.click()
    officer = visitor(size=PHONE)
    officer.goes_to("/staff/")
    officer.types({"login": OF_HIGHWAYS, "password": PASSWORD})
    officer.presses("Sign in")
    officer.goes_to("/staff/work/")
    officer.follows("Handed on")
    given = officer.page.locator("article", has_text="A lorry took the corner post down").first
    given.get_by_role("button", name="Take it").click()
    officer.looks()
    assert "It is yours now" in officer.reads()
    given.get_by_text("Done: how the customer heard of it").click()
    given.get_by_role("textbox").fill("Rang back: it stands again on Friday.")
    officer.pictures("officer-handed")
    given.get_by_role("button", name="Done", exact=True).click()
    officer.looks()
    assert "Noted as done" in officer.reads()
    officer.goes_to("/staff/desk/same/")
    assert "Made one lately" in officer.reads()
    assert officer.complaints == []
