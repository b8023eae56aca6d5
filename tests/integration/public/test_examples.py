"""The example people of every pack fill in the form on the web, page by page, as far as their answers go."""

from __future__ import annotations

import re

import pytest

from frontdoor.cases.models import Case, Draft
from frontdoor.catalogue.loading import load_catalogue
from frontdoor.catalogue.pack import Example
from frontdoor.catalogue.published import our_catalogue
from frontdoor.forms.answers import fields_of
from frontdoor.forms.definition import Question
from frontdoor.kernel.facts import Json
from tests.integration.public.conftest import ROOT, Browser, problems, text, where

MOST_PAGES = 120
WHOLE = [
    (pack.id, example.name) for pack in load_catalogue(ROOT / "packs") for example in list(pack.examples)[:3]
]
STAND_INS: dict[str, Json] = {
    "date": "1960-05-04",
    "email": "someone@customer.example",
    "phone": "01632 960001",
    "postcode": "ZW3 1AA",
    "number": 1,
    "money": 1,
    "yes or no": False,
    "national insurance number": "JM000000A",
    "address": {"lines": ["1 Owlerthorpe Road"], "town": "Tallowbridge", "postcode": "ZW3 1AA"},
    "place": {"lat": 54.7031, "lon": 2.129559, "words": "By the bench"},
}


def answer_for(question: Question, example: Example) -> Json:
    """The example's own answer, else something that any person could say."""
    if question.id in example.answers:
        return example.answers[question.id]
    if question.type.value == "files":
        return []
    if question.options:
        plain = [option for option in question.options if not option.is_unknown]
        return [plain[0].value] if question.type.value == "choose many" else plain[0].value
    return STAND_INS.get(question.type.value, "Words")


@pytest.mark.any_database  # forms: the cases that come of them are opened on both by the tests of `handling`
@pytest.mark.parametrize(("service", "person"), WHOLE)
def test_example_person_can_apply_on_the_web(alice: Browser, service: str, person: str) -> None:
    pack = our_catalogue().pack(service)
    example = next(each for each in pack.examples if each.name == person)
    alice.go(f"/apply/{service}/begin", start="now")
    for _ in range(MOST_PAGES):
        page = alice.go(f"/apply/{service}/")
        if not take_step(alice, service, example, where(page)):
            break
    ended = Case.objects.count() == 1 or Draft.objects.count() == 0 or has_stopped(alice, service)
    assert ended, where(alice.go(f"/apply/{service}/"))
    if Case.objects.exists():
        assert re.search(pack.service.reference + r"-\w{4}-\w{3}", text(alice.go(f"/apply/{service}/sent")))


def take_step(browser: Browser, service: str, example: Example, here: str) -> bool:
    """Do what the page asks; False when the way has come to its end."""
    if here.endswith("/who"):
        browser.go(here, who="self")
    elif here.endswith("/nearby"):
        browser.go(here, same="none")
    elif here.endswith("/papers"):
        browser.go(here, later="yes")
    elif here.endswith("/note"):
        browser.go(here, go="on")
        return not has_stopped(browser, service)
    elif here.endswith("/check"):
        browser.go(here, send="now")
        return False
    elif "/question/" in here:
        answer_page(browser, service, example, here.rsplit("/", 1)[1])
    else:
        return False
    return True


def has_stopped(browser: Browser, service: str) -> bool:
    here = where(browser.go(f"/apply/{service}/"))
    return here.endswith(("/note", "/stopped")) and Draft.objects.exclude(stopped_by="").exists()


def answer_page(browser: Browser, service: str, example: Example, name: str) -> None:
    question = our_catalogue().pack(service).form.question(name)
    fields = fields_of(question=question, value=answer_for(question, example)) or {name: ""}
    page = browser.answer(service, name, **fields)
    assert problems(page) == [], (name, fields)


def test_address_is_looked_up_chosen_and_kept_with_its_number(alice: Browser) -> None:
    if "blue-badge" not in our_catalogue().packs:
        pytest.skip("this installation has no Blue Badge")
    here = "/apply/blue-badge/question/home_address"
    alice.go("/apply/blue-badge/begin", start="now")
    alice.go("/apply/blue-badge/who", who="self")
    alice.answer("blue-badge", "applicant", applicant="person")
    assert problems(alice.go(here, **{"home_address-postcode-search": "", "do": "find_address"})) == [
        "Enter a postcode"
    ]
    page = alice.go(here, **{"home_address-postcode-search": "zw31aa", "do": "find_address"})
    assert "zw31aa" not in page.request["QUERY_STRING"]  # type: ignore[attr-defined]
    uprn = re.findall(r'value="(\d{9,12})"', text(page))[0]
    nothing = alice.go(f"{here}?look=up", **{"home_address-postcode": ""})
    assert problems(nothing) == ["Select an address, or enter the address yourself"]
    alice.go(f"{here}?look=up", **{"home_address-chosen": uprn})
    kept = Draft.objects.get().answers["home_address"]
    assert (kept["uprn"], kept["postcode"], kept["town"]) == (uprn, "ZW3 1AA", "Tallowbridge")


def test_address_that_is_not_in_the_list_is_typed(alice: Browser) -> None:
    if "blue-badge" not in our_catalogue().packs:
        pytest.skip("this installation has no Blue Badge")
    here = "/apply/blue-badge/question/home_address"
    alice.go("/apply/blue-badge/begin", start="now")
    alice.go("/apply/blue-badge/who", who="self")
    alice.answer("blue-badge", "applicant", applicant="person")
    page = alice.go(here, **{"home_address-postcode-search": "AA9 9AA", "do": "find_address"})
    assert "We know no address with the postcode AA9 9AA" in text(page)
    page = alice.go(
        f"{here}?by=hand", **{"home_address-line1": "", "home_address-town": "", "home_address-postcode": ""}
    )
    assert len(problems(page)) == 3
    typed = {"line1": "Boat Marigold", "town": "Tallowbridge", "postcode": "ZW3 1AA"}
    alice.go(f"{here}?by=hand", **{f"home_address-{part}": value for part, value in typed.items()})
    assert Draft.objects.get().answers["home_address"]["lines"] == ["Boat Marigold"]
