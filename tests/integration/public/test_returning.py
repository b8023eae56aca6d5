"""Save and come back: the link, the address it went to, and links that no longer work."""

from __future__ import annotations

import re
from datetime import timedelta

from frontdoor.cases.models import Draft
from frontdoor.contacts.models import Delivery
from tests.integration.public.conftest import Browser, problems, text, where

CARD = "/apply/library-card"
EMAIL = "alice@customer.example"


def saved_link(browser: Browser) -> str:
    browser.go(f"{CARD}/begin", start="now")
    browser.go(f"{CARD}/who", who="self")
    browser.answer("library-card", "full_name", full_name="Alice")
    assert where(browser.go(f"{CARD}/save", email=EMAIL)) == f"{CARD}/saved"
    found = re.search(
        r"/return/\S+", Delivery.objects.filter(key__startswith="draft:").latest("created_at").body
    )
    assert found
    return found[0]


def test_saved_answers_come_back_in_another_browser(alice: Browser, eve: Browser) -> None:
    link = saved_link(alice)
    assert alice.get(f"{CARD}/question/full_name").status_code == 410
    assert where(eve.go(link, email=EMAIL.upper())) == f"{CARD}/question/born_on"
    assert "Alice" in text(eve.go(f"{CARD}/question/full_name"))


def test_looking_at_the_link_opens_nothing(alice: Browser, eve: Browser) -> None:
    link = saved_link(alice)
    assert eve.get(link).status_code == 200
    assert eve.get(f"{CARD}/question/full_name").status_code == 410


def test_stolen_link_needs_the_address_it_went_to(alice: Browser, eve: Browser) -> None:
    link = saved_link(alice)
    assert problems(eve.go(link, email="eve@elsewhere.example")) == [
        "Enter the email address we sent the link to"
    ]
    for _ in range(4):
        eve.go(link, email="eve@elsewhere.example")
    assert eve.post(link, {"email": EMAIL}).status_code == 429


def test_link_of_a_sent_application_is_explained(alice: Browser, eve: Browser) -> None:
    link = saved_link(alice)
    alice.go(link, email=EMAIL)
    alice.answer("library-card", "born_on", _day="4", _month="5", _year="1990")
    alice.answer("library-card", "connection", connection="works")
    alice.answer("library-card", "email", email=EMAIL)
    alice.go(f"{CARD}/check", send="now")
    page = eve.post(link, {"email": EMAIL})
    assert (page.status_code, "no longer works" in page.content.decode()) == (410, True)


def test_old_and_forged_links_are_explained(alice: Browser, eve: Browser) -> None:
    link = saved_link(alice)
    draft = Draft.objects.get()
    draft.expires_at -= timedelta(days=29)
    draft.save()
    assert eve.post(link, {"email": EMAIL}).status_code == 410
    assert eve.post("/return/" + "x" * 32, {"email": EMAIL}).status_code == 410


def test_newer_link_replaces_the_older(alice: Browser, eve: Browser) -> None:
    older = saved_link(alice)
    alice.go(older, email=EMAIL)
    alice.go(f"{CARD}/save", email=EMAIL)
    assert eve.post(older, {"email": EMAIL}).status_code == 410


def test_saved_application_survives_finish_and_clear(alice: Browser, eve: Browser) -> None:
    link = saved_link(alice)
    alice.go(link, email=EMAIL)
    alice.go(f"{CARD}/leave", leave="now")
    assert where(eve.go(link, email=EMAIL)) == f"{CARD}/question/born_on"
