"""As a customer, on a phone, with scripts and without: find, apply, save, return, send, track, reply, leave nothing."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import VisitorMaker
from tests.browser.site import Site
from tests.browser.typed import BLUE_BADGE, CRISIS, HELPER, POTHOLE, photo_of_a_letter, with_email
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
REFERENCE = re.compile(r"\b[A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{3}\b")
with_and_without = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


def test_blue_badge_from_first_words_to_a_reply(visitor: VisitorMaker, site: Site) -> None:
    _blue_badge(visitor(scripts=True), site, "siobhan@customer.example", keeps="customer")


def test_blue_badge_without_scripts(visitor: VisitorMaker, site: Site) -> None:
    _blue_badge(visitor(scripts=False), site, "siobhan.plain@customer.example", keeps="")


def _blue_badge(customer: Visitor, site: Site, address: str, *, keeps: str) -> None:
    typed = with_email(BLUE_BADGE, address)
    _finds(customer, "bleu badg for my mum who cant wlak far", keeps)
    customer.presses("Start now")
    customer.fills_in(typed, until="moving_around")
    _keeps(customer, keeps, "question")
    _saves_and_returns(customer, site, address)
    customer.fills_in(typed, until="papers")
    _uploads(customer, keeps)
    customer.fills_in(typed)
    assert "Siobhán O’Rourke" in customer.reads()
    reference = _sends(customer, keeps)
    _tracks(customer, site, reference, address, keeps)
    _replies(customer)
    _leaves_nothing(customer, reference)


def _finds(customer: Visitor, words: str, keeps: str) -> None:
    customer.goes_to("/")
    _keeps(customer, keeps, "start")
    customer.types({"q": words})
    customer.presses("Find")
    _keeps(customer, keeps, "find")
    customer.follows("Apply for a Blue Badge")


def _keeps(customer: Visitor, keeps: str, name: str) -> None:
    if keeps:
        customer.pictures(f"{keeps}-{name}")


def _saves_and_returns(customer: Visitor, site: Site, address: str) -> None:
    """The link alone opens nothing: it asks for the address it was sent to."""
    customer.follows("Save and come back later")
    customer.types({"email": address})
    customer.presses("Save and send me the link")
    customer.goes_to("/apply/blue-badge/")
    assert "/question/" not in customer.path
    link = re.search(r"/return/[^\s)\]]+", site.message_to(address, saying="/return/"))
    assert link is not None
    customer.goes_to(link[0])
    customer.types({"email": "somebody.else@customer.example"})
    customer.presses("Go on where I stopped")
    assert "/question/" not in customer.path
    customer.goes_to(link[0])
    customer.types({"email": address})
    customer.presses("Go on where I stopped")


def _uploads(customer: Visitor, keeps: str) -> None:
    customer.page.locator(".govuk-task-list__link").first.click()
    customer.looks()
    customer.page.locator("input[type=file]").set_input_files(
        {"name": "letter.jpg", "mimeType": "image/jpeg", "buffer": photo_of_a_letter()}
    )
    customer.presses("Continue")
    assert "1 file added" in customer.reads()
    customer.page.locator(".govuk-task-list__link").nth(1).click()
    customer.looks()
    customer.page.locator("input[type=file]").set_input_files(
        {"name": "holiday.jpg", "mimeType": "image/jpeg", "buffer": b"MZ\x90\x00" + b"\0" * 900}
    )
    customer.presses("Continue")
    assert "There is a problem" in customer.reads()
    customer.goes_to("/apply/blue-badge/papers")
    _keeps(customer, keeps, "papers")


def _sends(customer: Visitor, keeps: str) -> str:
    customer.presses("Accept and send")
    found = REFERENCE.search(customer.reads())
    assert found is not None
    _keeps(customer, keeps, "sent")
    return found[0]


def _tracks(customer: Visitor, site: Site, reference: str, address: str, keeps: str) -> None:
    assert reference in site.message_to(address, saying=reference)
    customer.goes_to("/track")
    customer.types({"reference": reference.lower(), "surname": "orourke"})
    customer.presses("Continue")
    customer.page.get_by_role("radio").first.check()
    customer.presses("Send the code")
    code = re.search(r"\b\d{5}\b", site.message_to(address, saying="code"))
    assert code is not None
    customer.types({"code": code[0]})
    customer.presses("Continue")
    assert customer.path == "/track/case"
    _keeps(customer, keeps, "track")


def _replies(customer: Visitor) -> None:
    customer.follows("Write to us")
    customer.types({"words": "I can send the letter again.\n<b>It's</b> {{ clear }} now."})
    customer.presses("Send")
    assert "<b>It's</b> {{ clear }} now." in customer.reads()


def _leaves_nothing(customer: Visitor, reference: str) -> None:
    customer.presses("Sign out and clear this device")
    for path in ("/track/case", "/apply/blue-badge/sent", "/apply/blue-badge/check", "/track/case/reply"):
        customer.goes_to(path)
        words = customer.reads()
        assert reference not in words
        assert "Rourke" not in words
    customer.page.go_back()
    assert "Rourke" not in customer.reads()
    kept = [each for each in customer.page.context.cookies() if "session" in each["name"]]
    assert all(not customer.page.evaluate("localStorage.length + sessionStorage.length") for _ in [0])
    assert [each["name"] for each in kept] in ([], ["frontdoor_session"])


def test_pothole_on_the_map_and_the_next_person_follows_it(visitor: VisitorMaker, site: Site) -> None:
    customer = visitor()
    _begins_report(customer)
    _chooses_place(customer)
    customer.pictures("customer-map")
    customer.page.get_by_role("button", name="Continue").click()
    customer.fills_in(with_email(POTHOLE, "brian@customer.example"))
    reference = _sends(customer, "")
    assert reference in site.message_to("brian@customer.example", saying=reference)
    neighbour = visitor()
    _begins_report(neighbour)
    _chooses_place(neighbour)
    neighbour.page.get_by_role("button", name="Continue").click()
    neighbour.fills_in(POTHOLE, until="nearby")
    neighbour.pictures("customer-nearby")
    neighbour.page.get_by_role("radio").first.check()
    neighbour.presses("Continue")
    neighbour.types({"email": "neighbour@customer.example"})
    neighbour.presses("Follow this report")
    assert neighbour.path.endswith("/following")


def _begins_report(customer: Visitor) -> None:
    customer.goes_to("/services/street-problem/")
    customer.presses("Start now")


def _chooses_place(customer: Visitor) -> None:
    stage = customer.page.locator("[data-map-stage]")
    stage.wait_for(state="visible")
    customer.page.get_by_role("button", name="Find where I am").click()
    said = customer.page.locator("[data-map-said]")
    expect(said).to_have_text(re.compile("^Place chosen"))


def test_a_long_list_of_choices_is_narrowed_by_typing(visitor: VisitorMaker) -> None:
    customer = visitor()
    _begins_report(customer)
    customer.goes_to("/apply/street-problem/question/category")
    choices, said = customer.page.locator("[data-choice]"), customer.page.get_by_role("status")
    box = customer.page.get_by_label("Find it in the list")
    everything = choices.filter(visible=True).count()
    customer.page.get_by_label("Litter").check()
    box.fill("LAMP post")
    assert choices.filter(visible=True).count() == 2  # what fits, and what is chosen
    expect(said).to_have_text("1 choice fits")
    box.press("Enter")
    assert customer.path == "/apply/street-problem/question/category"
    box.fill("no such thing")
    expect(said).to_have_text(re.compile("^Nothing fits"))
    box.fill("")
    assert (choices.filter(visible=True).count(), everything) == (38, 38)


def test_pothole_without_scripts_by_the_name_of_the_street(visitor: VisitorMaker) -> None:
    customer = visitor(scripts=False)
    _begins_report(customer)
    customer.types({"place-street-search": "Owlerthorpe Rd, Tallowbridge"})
    customer.presses("Find the street")
    customer.page.get_by_role("radio").first.check()
    customer.types({"place-words": "Outside number 3"})
    customer.presses("Continue")
    customer.fills_in({**with_email(POTHOLE, "plain@customer.example"), "wants_news": {"wants_news": "no"}})
    _sends(customer, "")


@with_and_without
def test_crisis_support_by_a_helper(visitor: VisitorMaker, site: Site, scripts: bool) -> None:
    customer = visitor(scripts=scripts)
    customer.goes_to("/services/crisis-support/")
    customer.presses("Start now")
    address = f"crisis.{scripts}@customer.example".lower()
    customer.fills_in(with_email(CRISIS, address))
    assert str(HELPER["full_name"]) in customer.reads()
    reference = _sends(customer, "")
    assert reference in site.message_to(address, saying=reference)


def test_wrong_answer_is_told_at_the_top_and_at_the_field(visitor: VisitorMaker) -> None:
    customer = visitor()
    customer.goes_to("/services/blue-badge/")
    customer.presses("Start now")
    customer.presses("Continue")
    assert customer.page.title().startswith("Error:")
    customer.page.locator(".govuk-error-summary a").first.click()
    assert customer.page.evaluate("document.activeElement.name") == "who"
