"""Reports of problems in the street: the place without a map, what is not ours, following, and the public list."""

from __future__ import annotations

import re

import pytest

from frontdoor.cases.models import Case, Draft, Follower
from frontdoor.catalogue.published import our_catalogue, our_places
from frontdoor.contacts.models import Delivery
from frontdoor.forms.answers import fields_of
from frontdoor.forms.definition import Question
from frontdoor.kernel.facts import Json
from tests.integration.public.conftest import Browser, problems, text, where

pytestmark = pytest.mark.any_database

SERVICE = "street-problem"
ANSWERS: dict[str, Json] = {"danger": "none", "wants_news": False}


@pytest.fixture
def walker(alice: Browser) -> Browser:
    """A customer who has begun a report; skipped where this installation has no such service."""
    if SERVICE not in our_catalogue().packs:
        pytest.skip("this installation has no service for street problems")
    alice.go(f"/apply/{SERVICE}/begin", start="now")
    return alice


def some_street() -> str:
    ours = [s for s in our_places().search_streets("market place tallowbridge") if s.owner == "E-WEALDMOOR"]
    return ours[0].usrn


def say_where(browser: Browser) -> None:
    page = browser.answer(
        SERVICE,
        "place",
        place_street="",
        **{"place-street-search": "Market Place, Tallowbridge", "do": "find_street"},
    )
    assert some_street() in text(page)
    browser.answer(SERVICE, "place", **{"place-usrn": some_street(), "place-words": "Outside number 3"})


def finish(browser: Browser) -> str:
    """Answer whatever is asked with the first choice, until it is sent; the reference."""
    for _ in range(60):
        page = browser.go(f"/apply/{SERVICE}/")
        here = where(page)
        if here.endswith("/note"):
            browser.go(here, go="on")
        elif here.endswith("/nearby"):
            browser.go(here, same="none")
        elif here.endswith("/papers"):
            browser.go(here, later="yes")
        elif here.endswith("/check"):
            break
        else:
            answer(browser, here.rsplit("/", 1)[1])
    return str(re.findall(r"SP-\w{4}-\w{3}", text(browser.go(f"/apply/{SERVICE}/check", send="now")))[0])


def answer(browser: Browser, name: str) -> None:
    question = our_catalogue().pack(SERVICE).form.question(name)
    browser.answer(
        SERVICE, name, **(fields_of(question=question, value=first_answer(question)) or {name: ""})
    )


def first_answer(question: Question) -> Json:
    if question.id in ANSWERS:
        return ANSWERS[question.id]
    plain: dict[str, Json] = {"yes or no": False, "date": "2026-01-01", "number": 1, "email": "a@example.com"}
    if question.type.value == "files":
        return []
    if question.is_optional:
        return None
    if question.options:
        value = question.options[-1].value
        return [value] if question.type.value == "choose many" else value
    return plain.get(question.type.value, "07700 900982" if question.type.value == "phone" else "Words")


def test_place_is_told_without_a_map(walker: Browser) -> None:
    say_where(walker)
    place = Draft.objects.get().answers["place"]
    assert place["usrn"] == some_street()
    assert place["words"] == "Outside number 3"
    assert place["district"] == "E-TALLOWDALE"


def test_place_needs_something(walker: Browser) -> None:
    page = walker.answer(SERVICE, "place", **{"place-words": ""})
    assert problems(page) == ["Choose the place on the map, or describe where it is"]


def test_street_that_nobody_knows_is_said_so(walker: Browser) -> None:
    page = walker.answer(SERVICE, "place", **{"place-street-search": "qqqq zzzz", "do": "find_street"})
    assert "We know no street like that" in text(page)


def test_what_belongs_to_another_is_told_before_the_form_is_filled(walker: Browser) -> None:
    say_where(walker)
    walker.answer(SERVICE, "category", category="bin")
    page = walker.go(f"/apply/{SERVICE}/")
    assert "Tallowdale" in text(page) or where(page).endswith("/pass_on")


def test_report_without_a_name_is_followed_by_its_reference_alone(walker: Browser, eve: Browser) -> None:
    say_where(walker)
    walker.answer(SERVICE, "category", category="pothole")
    reference = finish(walker)
    if Case.objects.get().customer is not None:
        pytest.skip("this pack asks every reporter for a name")
    page = eve.go("/track", reference=reference, surname="")
    assert where(page) == "/track/report"
    assert "Outside number 3" not in text(page)


@pytest.mark.both_databases
def test_report_nearby_is_offered_and_followed_instead(walker: Browser, eve: Browser) -> None:
    say_where(walker)
    walker.answer(SERVICE, "category", category="pothole")
    finish(walker)
    eve.go(f"/apply/{SERVICE}/begin", start="now")
    say_where(eve)
    page = eve.answer(SERVICE, "category", category="pothole")
    assert where(page) == f"/apply/{SERVICE}/nearby"
    assert "Outside number 3" not in text(page)
    case = Case.objects.get()
    assert case.reference not in text(page)
    assert where(eve.go(f"/apply/{SERVICE}/nearby", same=str(case.pk))) == f"/apply/{SERVICE}/follow"
    assert len(problems(eve.go(f"/apply/{SERVICE}/follow", email="", phone=""))) == 1
    assert where(eve.go(f"/apply/{SERVICE}/follow", email="eve@customer.example", phone="")).endswith(
        "/following"
    )
    assert (Follower.objects.count(), Case.objects.count(), Draft.objects.filter(case=None).count()) == (
        1,
        1,
        0,
    )
    assert Delivery.objects.filter(to="eve@customer.example").count() == 0


@pytest.mark.both_databases
def test_public_list_shows_nothing_personal(walker: Browser, eve: Browser) -> None:
    say_where(walker)
    walker.answer(SERVICE, "category", category="pothole")
    reference = finish(walker)
    page = text(eve.go("/reports"))
    assert "Market Place" in page
    assert "Outside number 3" not in page
    assert reference not in page
    assert "1 open report" in page
    assert "No open reports" in text(eve.go("/reports?kind=bridge"))
