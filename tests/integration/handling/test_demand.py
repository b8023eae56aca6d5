"""Why contacts came: on the web without anybody to ask, and again by whatever channel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import product
from random import Random
from typing import Any

import pytest

from frontdoor.cases.models import Case, Enquiry, EnquiryOutcome, Promise
from frontdoor.contacts.models import Channel, Contact, Conversation, Customer
from frontdoor.handling.demand.classifying import propose_cause
from frontdoor.handling.demand.seeing import Looked
from frontdoor.handling.people import customer
from frontdoor.handling.proving import note_opened
from frontdoor.handling.tracking import reply
from frontdoor.kernel.ids import uuid7

pytestmark = pytest.mark.django_db
NUMBER = "+447700900123"
Asked = Callable[..., Enquiry]


@pytest.fixture
def ann(at: datetime, rng: Random) -> Customer:
    """Somebody who gets in touch."""
    return Customer.objects.create(id=uuid7(at=at, rng=rng), full_name="Ann Example", created_at=at)


@pytest.fixture
def case(apply_for: Callable[..., Case]) -> Case:
    """An application that came by web."""
    return apply_for()


@pytest.fixture
def asked(rng: Random) -> Asked:
    """A contact with one enquiry that was answered."""

    def make(at: datetime, channel: str, **more: Any) -> Enquiry:
        talk = Conversation.objects.create(id=uuid7(at=at, rng=rng), started_at=at)
        about = {"service": "blue-badge", "enquiry": "lost", **more}
        contact = Contact.objects.create(
            id=uuid7(at=at, rng=rng), conversation=talk, channel=channel, received_at=at, **about
        )
        subject = {name: about[name] for name in ("service", "enquiry")}
        return Enquiry.objects.create(
            id=uuid7(at=at, rng=rng), contact=contact, outcome="answered", began_at=at, ended_at=at, **subject
        )

    return make


@pytest.mark.parametrize(("first", "again"), list(product(Channel.values, Channel.values)))
def test_asking_again_on_any_other_channel_is_found(
    asked: Asked, ann: Customer, at: datetime, first: str, again: str
) -> None:
    before = asked(at - timedelta(days=6), first, customer=ann)
    proposal = propose_cause(enquiry=asked(at, again, customer=ann), at=at)
    assert (proposal.rule, proposal.evidence["id"]) == (
        "they asked the same a few days ago",
        str(before.contact_id),
    )


@pytest.mark.parametrize(
    ("days", "first", "again"),
    [
        (8, {}, {}),
        (1, {"enquiry": "apply"}, {}),
        (1, {"service": "crisis-support"}, {}),
        (1, {"came_from": NUMBER, "customer": None}, {"came_from": "+447700900456", "customer": None}),
        (1, {}, {"customer": None}),
    ],
)
def test_other_person_subject_or_time_is_not_asking_again(
    asked: Asked, ann: Customer, at: datetime, days: int, first: dict[str, Any], again: dict[str, Any]
) -> None:
    asked(at - timedelta(days=days), "phone", **{"customer": ann, **first})
    enquiry = asked(at, "phone", **{"customer": ann, **again})
    assert Looked(enquiry=enquiry, at=at).again is None


def test_second_enquiry_of_a_contact_counts_as_asked(asked: Asked, ann: Customer, at: datetime) -> None:
    first = asked(at - timedelta(days=1), "phone", customer=ann, enquiry="apply")
    Enquiry.objects.create(
        id=uuid7(at=at, rng=Random(3)),
        contact=first.contact,
        service="blue-badge",
        enquiry="lost",
        began_at=at - timedelta(days=1),
    )
    again = Looked(enquiry=asked(at, "email", customer=ann), at=at).again
    assert again is not None
    assert again.id == str(first.contact_id)


def test_same_number_without_a_name_is_asking_again(asked: Asked, at: datetime) -> None:
    before = asked(at - timedelta(days=2), "phone", came_from=NUMBER)
    again = Looked(enquiry=asked(at, "text", came_from=NUMBER), at=at).again
    assert again is not None
    assert again.id == str(before.contact_id)


def test_first_rule_that_fires_looks_no_further(
    asked: Asked, ann: Customer, at: datetime, django_assert_num_queries: Any
) -> None:
    enquiry = asked(at, "phone", customer=ann)
    enquiry.outcome = EnquiryOutcome.NOT_OURS
    with django_assert_num_queries(1):  # what it comes to is stored
        propose_cause(enquiry=enquiry, at=at)


def test_application_on_the_web_is_of_value(case: Case) -> None:
    enquiry = Enquiry.objects.get(case=case)
    assert (enquiry.outcome, enquiry.proposed_type, enquiry.type) == ("online", "value", "")
    assert (enquiry.service, enquiry.enquiry) == ("blue-badge", "apply")


@pytest.mark.parametrize(
    ("is_missed", "kind", "cause"), [(True, "failure", "NO_PROACTIVE_UPDATE"), (False, "value", "")]
)
def test_looking_how_it_stands_is_a_contact(
    case: Case, at: datetime, rng: Random, is_missed: bool, kind: str, cause: str
) -> None:
    later = at + timedelta(days=2)
    if is_missed:
        Promise.objects.filter(case=case).update(due_at=at + timedelta(days=1))
    note_opened(case_id=case.pk, at=later, rng=rng)
    enquiry = Enquiry.objects.get(case=case, began_at=later)
    assert (enquiry.enquiry, enquiry.contact.channel) == ("chase", "web")
    assert (enquiry.proposed_type, enquiry.proposed_cause) == (kind, cause)
    assert enquiry.confirmed_at is None


def test_writing_again_because_nobody_answered_is_failure(case: Case, at: datetime, rng: Random) -> None:
    for days in (1, 5):
        later = at + timedelta(days=days)
        person = customer(case.customer_id)
        reply(case_id=case.pk, words="Hello?", files=(), person=person, channel="web", at=later, rng=rng)
    last = Enquiry.objects.filter(case=case).latest("began_at")
    assert (last.proposed_type, last.proposed_cause) == ("failure", "NO_RESPONSE")
