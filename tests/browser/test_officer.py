"""As an officer: sign in with a second factor, the work list, the case and its papers, decide, be checked, be second."""

from __future__ import annotations

import base64
import hmac
import re
import struct
from time import sleep, time

import pytest

from frontdoor.demo.people import PASSWORD
from tests.browser.conftest import DESK, VisitorMaker
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
OFFICER, COLLEAGUE = "officer@wealdmoor.example", "joseph.adebambo@wealdmoor.example"
BADGE = re.compile(r"^BB-")
PERIOD, ENOUGH = 30, 10  # seconds that a code of an app lasts, and in which it is surely typed and sent


def code_of(secret: str, at: float) -> str:
    """The six digits that an app shows for this secret now (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(at) // PERIOD), "sha1")
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def signs_in(person: Visitor, email: str, secret: str = "") -> None:
    """Sign in; with the code of an app where the account has one."""
    person.goes_to("/staff/work/")
    person.types({"login": email, "password": PASSWORD})
    person.presses("Sign in")
    if secret:
        person.types({"code": code_of(secret, time())})
        person.presses("Continue")


def opens(person: Visitor, place: int) -> str:
    """Open a case of the team's list by its place, and take it; its reference."""
    person.goes_to("/staff/work/?part=team")
    link = person.page.get_by_role("link", name=BADGE).nth(place)
    reference = link.inner_text()
    link.click()
    person.looks()
    return reference


@pytest.fixture
def officer(visitor: VisitorMaker) -> Visitor:
    """Somebody of the Blue Badge team at a desk."""
    return visitor(size=DESK, staff=OFFICER)


def test_second_factor_is_set_up_and_asked_for(visitor: VisitorMaker) -> None:
    person = visitor(size=DESK)
    signs_in(person, "assessor@wealdmoor.example")
    person.goes_to("/staff/account/factor/totp/activate/")
    if person.page.locator("[name=password]").count():
        person.types({"password": PASSWORD})
        person.page.locator("main form button").first.click()
        person.looks()
    secret = person.page.locator("code").inner_text()
    used_at = _while_a_code_lasts()
    person.types({"code": code_of(secret, used_at)})
    person.presses("Set it up")
    again = visitor(size=DESK)
    signs_in(again, "assessor@wealdmoor.example")
    assert "Enter your code" in again.reads()
    again.types({"code": "000000"})
    again.presses("Continue")
    assert "This code is not right" in again.reads()
    sleep(max(0.0, (used_at // PERIOD + 1) * PERIOD - time()))  # a code works once
    again.types({"code": code_of(secret, _while_a_code_lasts())})
    again.presses("Continue")
    assert "Ruth Garthside" in again.reads()


def _while_a_code_lasts() -> float:
    """A moment from which the code of the app can still be typed and sent, in seconds since the epoch."""
    if (left := PERIOD - time() % PERIOD) < ENOUGH:
        sleep(left)
    return time()


def test_work_list_and_case_without_scripts(visitor: VisitorMaker) -> None:
    person = visitor(scripts=False, size=DESK, staff=OFFICER)
    assert opens(person, 0) in person.reads()
    assert "Decision sheet" in person.reads()


def test_work_list_and_case_at_four_hundred_per_cent(visitor: VisitorMaker) -> None:
    person = visitor(size=(320, 800), staff=OFFICER)
    opens(person, 0)


def test_officer_looks_at_papers_and_asks_for_more(officer: Visitor) -> None:
    officer.goes_to("/staff/work/?part=team")
    officer.pictures("officer-work")
    opens(officer, 1)
    officer.pictures("officer-case")
    officer.presses("It shows it: accept")
    assert "Accepted" in officer.reads()
    officer.page.get_by_role("button", name="Ask for evidence").or_(
        officer.page.get_by_role("link", name="Ask for evidence")
    ).first.click()
    officer.looks()
    officer.page.locator("[name=evidence]").first.check()
    officer.types({"words": "The photo is too dark to see your face."})
    officer.presses("See what the customer is told")
    assert "What the customer is told" in officer.reads()
    officer.pictures("officer-preview")
    officer.page.get_by_role("button", name=re.compile("^Confirm")).click()
    officer.looks()
    assert "Awaiting evidence" in officer.reads()


def test_refusal_needs_reasons_and_a_second_pair_of_eyes(officer: Visitor, visitor: VisitorMaker) -> None:
    reference = opens(officer, -1)
    case = officer.path
    _does(officer, case, "start-desk-check")
    officer.goes_to(f"{case}do/refuse/")
    officer.presses("See what the customer is told")
    assert "Choose at least one reason" in officer.reads()
    officer.page.locator("[name=reasons]").first.check()
    officer.types({"words": "Please apply again if walking becomes harder."})
    officer.presses("See what the customer is told")
    officer.page.get_by_role("button", name=re.compile("^Confirm")).click()
    officer.looks()
    assert "Refusal to confirm" in officer.reads()
    assert officer.page.get_by_role("link", name="Confirm the refusal").count() == 0
    colleague = visitor(size=DESK, staff=COLLEAGUE)
    colleague.goes_to(f"/staff/cases/{reference}/")
    colleague.page.get_by_role("button", name=re.compile("Confirm the refusal")).first.click()
    colleague.looks()
    colleague.pictures("officer-second")
    colleague.page.get_by_role("button", name=re.compile("^Confirm")).first.click()
    colleague.looks()
    assert "Refused" in colleague.reads()


def _does(person: Visitor, case: str, move: str) -> None:
    person.goes_to(f"{case}do/{move}/")
    person.page.get_by_role("button", name=re.compile("^Confirm")).click()
    person.looks()


def test_second_of_two_officers_is_told_and_overwrites_nothing(
    officer: Visitor, visitor: VisitorMaker
) -> None:
    reference = opens(officer, -1)
    case = officer.path
    officer.goes_to(f"{case}do/ask-for-evidence/")
    colleague = visitor(size=DESK, staff=COLLEAGUE)
    _does(colleague, f"/staff/cases/{reference}/", "start-desk-check")
    officer.page.locator("[name=evidence]").first.check()
    officer.types({"words": "Please send the letter again."})
    officer.presses("See what the customer is told")
    words = officer.reads()
    assert f"Somebody changed {reference} before you" in words
    assert "Please send the letter again." in words
    officer.pictures("officer-conflict")
    officer.follows("Look at the case as it is now")
    assert "Desk check" in officer.reads()
