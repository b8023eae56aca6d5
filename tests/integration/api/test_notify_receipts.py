"""GOV.UK Notify tells what became of a message: noted once, never taken back, and news that bounced goes another way."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import Settings

from frontdoor.cases.models import Case, Update
from frontdoor.contacts.models import Delivery
from frontdoor.journal.models import JournalEntry

TOKEN = "a-token-we-chose"


@pytest.fixture
def delivery(case: Case, at: datetime, settings: Settings) -> Delivery:
    """The acknowledgement of a new case, as Notify took it over."""
    settings.NOTIFY_CALLBACK_TOKENS = ("an-older-token", TOKEN)
    sent = Delivery.objects.get(conversation=case.conversation)
    sent.supplier_id, sent.status, sent.done_at = str(UUID(int=7)), "sending", at
    sent.save()
    return sent


def tell(status: str, *, token: str = TOKEN, **changes: Any) -> int:
    """A receipt as Notify posts it; the status of our answer."""
    news = {
        "id": str(UUID(int=7)),
        "reference": None,
        "to": "ada@mail.example",
        "status": status,
        "created_at": "2027-03-02T10:00:00.000000Z",
        "completed_at": "2027-03-02T10:00:05.000000Z",
        "sent_at": "2027-03-02T10:00:01.000000Z",
        "notification_type": "email",
        "template_id": str(UUID(int=8)),
        "template_version": 1,
        **changes,
    }
    answer = Client().post(
        "/hooks/notify/receipts",
        json.dumps(news),
        content_type="application/json",
        headers={"authorization": f"Bearer {token}"},
    )
    return answer.status_code


def test_a_receipt_is_noted_and_journalled(delivery: Delivery) -> None:
    assert tell("delivered") == 204
    delivery.refresh_from_db()
    assert delivery.status == "delivered"
    assert JournalEntry.objects.filter(event="delivery reported").count() == 1


def test_the_same_receipt_twice_is_once(delivery: Delivery) -> None:
    assert [tell("delivered"), tell("delivered")] == [204, 204]
    assert JournalEntry.objects.filter(event="delivery reported").count() == 1


def test_a_final_status_is_never_taken_back(delivery: Delivery) -> None:
    tell("delivered")
    tell("temporary-failure")
    delivery.refresh_from_db()
    assert delivery.status == "delivered"


def test_news_that_bounced_goes_by_letter_once(delivery: Delivery) -> None:
    tell("permanent-failure")
    tell("permanent-failure")
    instead = Delivery.objects.exclude(pk=delivery.pk).get()
    assert (instead.channel, instead.address) == (
        "letter",
        ["Ada Example", "1 Made Up Lane", "Nowhere", "ZW1 1AA"],
    )
    assert Update.objects.get().delivery == instead


@pytest.mark.parametrize("token", ["", "wrong", "an-older-toke"])
def test_nobody_else_can_tell_us_anything(delivery: Delivery, token: str) -> None:
    assert tell("delivered", token=token) == 403
    delivery.refresh_from_db()
    assert delivery.status == "sending"


def test_what_notify_never_sends_is_refused(delivery: Delivery) -> None:
    assert tell("no such status") == 400


def test_a_message_that_is_none_of_ours_is_no_fault(delivery: Delivery) -> None:
    assert tell("delivered", id=str(UUID(int=99))) == 204
