"""The words that are sent: short enough for one text message, and plain."""

from __future__ import annotations

import re

import pytest

from frontdoor.catalogue.schema.texts import Reader
from frontdoor.catalogue.templates import NAME
from tests.spec.catalogue.blue_badge.applying import RECEIVED, pack

# As long as they get: a county's name, a link to the page of a case, a booked hour.
LONGEST = {
    "council": "Wealdmoor County Council",
    "council_phone": "01632 960100",
    "reference": "BB-4T7K-92M",
    "track_link": "https://my.wealdmoor.example/track/BB-4T7K-92M",
    "amount": "£10.00",
    "badge_number": "242G48",
    "appointment": "10:30am on 15 December 2026, Tallowbridge Library",
    "new_council": "Harrowmere City Council",
}
GSM = re.compile(r"[A-Za-z0-9 @£$¥èéùìòÇØøÅåÄÖÑÜ§¿äöñüà_!\"#¤%&'()*+,\-./:;<=>?¡\n\r]*")
BLAMES = re.compile(
    r"\b(?:you failed|unfortunately|you must|immediately|regret|disallowed|sufferer|wheelchair.bound)\b", re.I
)


@pytest.mark.parametrize("name", pack().updates)
def test_text_message_fits_into_one(name: str) -> None:
    text = NAME.sub(lambda found: LONGEST.get(found[1], "15 December 2026"), pack().updates[name].text)

    assert 0 < len(text) <= 160
    assert GSM.fullmatch(text), f"a character outside the alphabet of text messages: {text}"


@pytest.mark.parametrize("name", pack().updates)
def test_letter_is_plain_and_kind(name: str) -> None:
    words = pack().updates[name]

    assert BLAMES.search(words.body) is None
    assert words.body.startswith("Dear {full_name}")
    assert "{reference}" in words.subject + words.body


def test_refusal_gives_reasons_and_the_way_to_a_review() -> None:
    body = pack().updates["refused"].body

    assert "{reasons}" in body
    assert "{review_by}" in body
    assert "appeal" not in body


def test_articles_serve_customers_and_staff_and_are_in_date() -> None:
    articles = pack().articles.values()

    assert sum(each.reader is Reader.CUSTOMERS for each in articles) >= 10
    assert {each.name for each in articles if each.reader is Reader.STAFF} >= {
        "pip-descriptors",
        "desk-check",
        "assessing-hidden-conditions",
        "handling-fast-track",
    }
    assert all(each.review_by > RECEIVED and each.source for each in articles)


def test_example_people_and_sayings_are_many() -> None:
    assert len(pack().examples) >= 26
    assert len(pack().says) >= 40


def test_record_of_how_decisions_are_made_names_owner_people_and_risks() -> None:
    record = pack().transparency

    assert {"owner", "summary", "rationale", "human review", "training", "appeals", "inputs", "risks"} <= set(
        record
    )
    assert record["human review"]
