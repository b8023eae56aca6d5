"""An application is acknowledged once, whatever is sent twice, at the same time or after a crash."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from threading import Barrier, Thread
from uuid import UUID

import pytest
from django.db import connections, transaction

from frontdoor.cases.models import Case, Draft, Update
from frontdoor.contacts.actions import know_customer
from frontdoor.contacts.models import Delivery, FindKey
from frontdoor.handling.applying import draft_of, keep_answer, known_draft
from frontdoor.handling.introducing import introduction_of
from frontdoor.handling.opening import open_case_from_draft
from frontdoor.handling.updates import routes_of
from frontdoor.journal.models import JournalEntry
from frontdoor.kernel.facts import Json
from frontdoor.staff.models import User
from tests.integration.handling.conftest import BLUE_BADGE, Apply, Remembered, finished_draft, let_time_pass
from tests.integration.handling.test_lives import POTHOLE

Officers = dict[str, list[User]]


@pytest.mark.django_db
def test_the_same_form_sent_twice_is_one_case_and_one_acknowledgement(
    at: datetime, rng: Random, supplier: Remembered, officers: Officers
) -> None:
    draft = finished_draft(service="blue-badge", said=BLUE_BADGE, at=at, rng=rng)
    first = open_case_from_draft(draft_id=draft, at=at, rng=rng)
    second = open_case_from_draft(draft_id=draft, at=at + timedelta(seconds=3), rng=rng)
    assert second.pk == first.pk
    assert Update.objects.filter(case=first, occasion="acknowledgement").count() == 1
    assert JournalEntry.objects.filter(event="case opened").count() == 1


@pytest.mark.django_db(transaction=True)
def test_sent_by_five_at_once_it_is_one_case_and_one_acknowledgement(
    at: datetime, rng: Random, supplier: Remembered, officers: Officers
) -> None:
    draft = finished_draft(service="blue-badge", said=BLUE_BADGE, at=at, rng=rng)
    together, cases, faults = Barrier(5), set[UUID](), list[Exception]()

    def send(number: int) -> None:
        together.wait()
        try:
            cases.add(open_case_from_draft(draft_id=draft, at=at, rng=Random(number)).pk)
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [Thread(target=send, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert (faults, len(cases), Case.objects.count()) == ([], 1, 1)
    assert Update.objects.filter(occasion="acknowledgement").count() == 1
    assert Delivery.objects.count() == 1


@pytest.mark.django_db
def test_it_goes_out_at_once_even_at_night(
    at: datetime, rng: Random, apply_for: Apply, supplier: Remembered
) -> None:
    night = at.replace(hour=2, minute=11)
    case = apply_for(when=night)
    let_time_pass(night, rng)
    [(sent_at, message)] = supplier.sent
    assert (sent_at, message.to) == (night, "siobhan@customer.example")
    assert case.reference in message.body


@pytest.mark.django_db
def test_missing_papers_are_asked_for_in_the_same_minute_once_and_the_clock_stops(
    rng: Random, at: datetime, apply_for: Apply, supplier: Remembered
) -> None:
    case = apply_for(brings=("identity", "photo", "address"))
    let_time_pass(at + timedelta(minutes=1), rng)
    case.refresh_from_db()
    assert (case.state, case.waits_for, case.clock_stopped_at) == ("awaiting evidence", "customer", at)
    told = Update.objects.values_list("words_name", flat=True)
    assert sorted(told) == ["evidence needed", "received"]  # made in the same instant of this clock
    assert sum("PIP decision letter" in message.body for _, message in supplier.sent) == 1


@pytest.mark.django_db
def test_news_of_an_application_goes_where_that_application_says(
    at: datetime, rng: Random, apply_for: Apply, supplier: Remembered
) -> None:
    apply_for()
    again = apply_for(email="siobhan.new@customer.example")
    let_time_pass(at, rng)
    told = {message.to for _, message in supplier.sent if again.reference in message.body}
    assert told == {"siobhan.new@customer.example"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("safe", "ways"),
    [(["call"], []), (["letter", "call"], ["letter"]), (["email", "text"], ["email", "text"]), ([], [])],
)
def test_only_safe_ways_are_left(
    at: datetime, rng: Random, apply_for: Apply, safe: list[Json], ways: list[str]
) -> None:
    known = apply_for().customer
    assert known is not None
    said: dict[str, Json] = {**BLUE_BADGE, "safe_contact": safe, "phone": "07700900123"}
    again = know_customer(introduction=introduction_of(said, asked=said.keys()), at=at, rng=rng)
    assert again == known
    assert [route.channel.value for route in routes_of(customer=again, allows_letter=True)] == ways


@pytest.mark.django_db
def test_an_answer_that_no_longer_counts_is_never_used(
    at: datetime, rng: Random, apply_for: Apply, supplier: Remembered, officers: Officers
) -> None:
    """An email address typed first, before choosing to be told by text: nothing goes there, and nobody is known by it."""
    said: dict[str, Json] = {
        **POTHOLE,
        "full_name": "Siobhán O’Rourke",
        "contact_by": "text",
        "phone": "07700 900123",
    }
    draft_id = finished_draft(service="street-problem", said=said, at=at, rng=rng)
    draft = Draft.objects.get(pk=draft_id)
    Draft.objects.filter(pk=draft_id).update(
        answers={**draft.answers, "email": "somebody.else@customer.example"}
    )
    case = open_case_from_draft(draft_id=draft_id, at=at, rng=rng)
    let_time_pass(at + timedelta(hours=20), rng)
    assert case.customer is not None
    assert [point.kind for point in case.customer.points.all()] == ["phone"]
    assert [message.to for _, message in supplier.sent] == ["07700 900123"]
    assert case.answers["email"] == "somebody.else@customer.example"


@pytest.mark.django_db
def test_what_was_known_of_a_draft_counts_for_nothing_once_it_was_touched(
    at: datetime, rng: Random, supplier: Remembered, officers: Officers
) -> None:
    draft_id = finished_draft(service="blue-badge", said=BLUE_BADGE, at=at, rng=rng)
    known = known_draft(draft=draft_of(draft_id=draft_id, at=at), at=at)
    keep_answer(draft_id=draft_id, question="full_name", value="Erin Newname", at=at + timedelta(seconds=1))
    case = open_case_from_draft(draft_id=draft_id, at=at + timedelta(seconds=2), rng=rng, known=known)
    assert case.customer is not None
    assert (case.answers["full_name"], case.customer.full_name) == ("Erin Newname", "Erin Newname")


@pytest.mark.django_db
@pytest.mark.parametrize("is_known_before", [False, True])
def test_a_case_opened_with_what_is_known_of_its_draft_is_the_same(
    is_known_before: bool, at: datetime, rng: Random, supplier: Remembered, officers: Officers
) -> None:
    if is_known_before:
        first = finished_draft(service="blue-badge", said=BLUE_BADGE, at=at, rng=rng)
        open_case_from_draft(draft_id=first, at=at, rng=rng)
    said = []
    for uses_known in (True, False):
        with transaction.atomic():
            draft_id = finished_draft(service="blue-badge", said=BLUE_BADGE, at=at, rng=rng)
            known = known_draft(draft=draft_of(draft_id=draft_id, at=at), at=at) if uses_known else None
            case = open_case_from_draft(draft_id=draft_id, at=at, rng=Random(7), known=known)
            said.append(_all_of(case))
            transaction.set_rollback(True)
    assert said[0] == said[1]


def _all_of(case: Case) -> object:
    """What was stored of a case, but for numbers that are drawn anew every time."""
    delivery = Delivery.objects.get(conversation=case.conversation_id, key__startswith="update:")
    timers = case.timers.order_by("due_at", "kind").values_list("kind", "what", "due_at", "of_state")
    promises = case.promises.values_list("name", "due_at", "first_due_at")
    entries = JournalEntry.objects.filter(case_id=case.pk).order_by("pk").values_list("event", "shown")
    keys = (
        FindKey.objects.filter(card__customer=case.customer_id).order_by("key").values_list("key", flat=True)
    )
    written = (delivery.channel, delivery.to, delivery.subject, delivery.body)
    return (case.state, case.due_at, written, *map(list, (timers, promises, entries, keys)))
