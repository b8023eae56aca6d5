"""Find what one needs in one's own words, and the pages that everybody may read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from frontdoor.catalogue.published import our_catalogue, our_council
from frontdoor.contacts.models import Message
from frontdoor.journal.models import JournalEntry
from tests.integration.public.conftest import Browser, problems, text, where

pytestmark = pytest.mark.any_database

PAGES = [
    "/", "/find", "/track", "/help", "/contact", "/accessibility", "/privacy", "/cookies", "/complain",
    "/hide-your-visit", "/feedback", "/reports", "/cleared",
]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_page_that_everybody_may_read_opens(alice: Browser, page: str) -> None:
    shown = alice.get(page)
    assert shown.status_code == 200
    assert "<h1" in text(shown)  # type: ignore[arg-type]
    assert 'lang="en-GB"' in text(shown)  # type: ignore[arg-type]


def test_every_service_has_its_pages(alice: Browser) -> None:
    for pack in our_catalogue():
        assert alice.get(f"/services/{pack.id}/").status_code == 200
        assert alice.get(f"/services/{pack.id}/decisions").status_code == 200
        for article in pack.articles.values():
            expected = 200 if article.reader.value == "customers" else 404
            assert alice.get(f"/articles/{pack.id}/{article.name}").status_code == expected


def test_an_article_says_the_numbers_and_limits_of_today(alice: Browser, settings: Any) -> None:
    settings.PACKS_FOLDER = Path(__file__).parents[3] / "packs"
    danger = text(alice.go("/articles/crisis-support/not-safe-at-home"))
    limits = text(alice.go("/articles/crisis-support/who-can-get-help"))
    assert "01632 960150" in danger
    assert "at most 2 awards in any 12 months" in limits
    assert re.findall(r"\{[a-z_]+\}", danger + limits) == []


def test_every_entry_of_the_directory_says_whose_it_is(alice: Browser) -> None:
    for listing in our_council().directory:
        page = alice.get(f"/elsewhere/{listing.id}")
        assert page.status_code == 200
        assert listing.answer[:30].split("’")[0] in text(page).replace("&#39;", "'")  # type: ignore[arg-type]


def test_misspelt_words_find_the_service_and_say_how_they_were_read(alice: Browser) -> None:
    page = text(alice.go("/find?q=bleu bagde for my mum"))
    assert "/services/blue-badge/" in page
    assert "We took “" in page


def test_what_others_do_is_answered_and_counted_once(alice: Browser) -> None:
    page = text(alice.go("/find?q=my bin was not emptied"))
    assert "We do not do this ourselves" in page
    alice.go("/find?q=my bin was not emptied")
    alice.go("/elsewhere/bins")
    entry = JournalEntry.objects.get(event="sent elsewhere")
    assert entry.facts == {"listing": "bins", "channel": "web", "counts_as": "not ours"}


def test_postcode_tells_which_district_and_stays_out_of_the_address(alice: Browser) -> None:
    page = alice.go("/elsewhere/bins", postcode="zw3 1aa")
    assert "Tallowdale Borough Council" in text(page)
    assert page.request["QUERY_STRING"] == ""  # type: ignore[attr-defined]
    assert problems(alice.go("/elsewhere/bins", postcode="nonsense")) == [
        "Enter a full UK postcode, like ZW3 1AA"
    ]


def test_danger_is_answered_before_anything_else_and_counted(alice: Browser) -> None:
    page = text(alice.go("/find?q=I want to kill myself"))
    assert "116 123" in page
    assert "found nothing" not in page
    assert JournalEntry.objects.filter(event="danger heard").count() == 1


def test_nothing_found_offers_a_person(alice: Browser) -> None:
    page = text(alice.go("/find?q=xyzzy"))
    assert "01632 960100" in page
    assert "list of services" in page


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script> bin", "{{ 7*7 }} bin", "%00 bin", "' OR 1=1 -- bin", "b" * 5000]
)
def test_hostile_words_are_only_words(alice: Browser, words: str) -> None:
    page = alice.get("/find", {"q": words})
    assert page.status_code == 200
    assert "<script>alert" not in text(page)  # type: ignore[arg-type]


def test_words_of_a_search_are_not_journalled(alice: Browser) -> None:
    alice.go("/find?q=bin was not emptied Mrs Secretname")
    assert "ecretname" not in "".join(JournalEntry.objects.values_list("facts_json", flat=True))


@pytest.mark.both_databases
def test_feedback_is_kept_without_a_name(alice: Browser) -> None:
    assert problems(alice.go("/feedback", words="Good")) == ["Select how easy it was"]
    assert where(alice.go("/feedback", rating="easy", words="Good")) == "/feedback/thanks"
    assert Message.objects.get().words == "Good"
    assert JournalEntry.objects.get(event="feedback given").facts == {"rating": "easy"}


@pytest.mark.both_databases
def test_no_page_has_a_script_or_style_of_its_own(alice: Browser) -> None:
    for page in PAGES:
        shown = text(alice.get(page))  # type: ignore[arg-type]
        assert "<style" not in shown
        assert " style=" not in shown
        assert " onclick=" not in shown
        assert "<script>" not in shown


def test_search_engines_are_kept_from_forms(alice: Browser) -> None:
    robots = alice.get("/robots.txt").content.decode()
    assert "Disallow: /apply/" in robots
    assert "Disallow: /return/" in robots
