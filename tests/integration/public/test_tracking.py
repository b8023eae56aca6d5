"""A customer and their case: prove who you are, see, reply, send, pay, ask again, withdraw."""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from frontdoor.cases.actions.giving import ask_for_payment
from frontdoor.cases.models import Case, Evidence, EvidenceStatus, Payment, PaymentStatus
from frontdoor.channels.payments.standin import PayStandIn
from frontdoor.contacts.actions import store_file
from frontdoor.contacts.models import AccessCode, ContactPoint, Delivery, DeliveryChannel, Message
from frontdoor.contacts.outbox import Outgoing, queue_delivery
from frontdoor.handling.moving import Given, move_case
from frontdoor.handling.people import SYSTEM
from frontdoor.journal.models import JournalEntry
from tests.integration.public.conftest import Browser, apply_for_card, newest_code, problems, text, where
from tests.integration.public.test_applying import picture, ready_for_papers

pytestmark = pytest.mark.any_database

MISS = (
    "We cannot find anything with this reference and surname. Check both, as they stand in our message to you"
)


def open_case(browser: Browser, reference: str, surname: str = "O’Neill") -> None:
    """All the steps up to the case."""
    assert where(browser.go("/track", reference=reference, surname=surname)) == "/track/code"
    assert where(browser.go("/track/code", route="0")) == "/track/enter"
    assert where(browser.go("/track/enter", code=newest_code())) == "/track/case"


def waiting_card(browser: Browser) -> Case:
    """A case that waits for a paper from its customer."""
    ready_for_papers(browser)
    browser.answer("library-card", "full_name", full_name="Alice O’Neill")
    browser.answer("library-card", "email", email="alice@customer.example")
    browser.go("/apply/library-card/papers", later="yes")
    browser.go("/apply/library-card/check", send="now")
    case = Case.objects.get()
    if case.state == "received":
        move_case(
            case_id=case.pk,
            move="ask for evidence",
            revision=None,
            given=Given(evidence=("address",)),
            person=SYSTEM,
            at=datetime.now(UTC),
            rng=random.Random(1),
        )
    case.refresh_from_db()
    return case


def test_reference_surname_and_code_open_the_case(alice: Browser, eve: Browser) -> None:
    reference = apply_for_card(alice)
    open_case(eve, reference.lower().replace("-", " "), "oneill")
    page = text(eve.go("/track/case"))
    assert reference in page
    assert "You applied" in page
    assert "1990" not in page
    assert JournalEntry.objects.filter(event="case opened by customer").count() == 1


@pytest.mark.parametrize("surname", ["", "Neill", "Alice", "Smith"])
def test_wrong_surname_and_unknown_reference_get_the_same_answer(
    alice: Browser, eve: Browser, surname: str
) -> None:
    reference = apply_for_card(alice)
    wrong = eve.go("/track", reference=reference, surname=surname)
    unknown = eve.go("/track", reference="LC-2222-222", surname="O’Neill")
    assert problems(wrong) == problems(unknown) == [MISS]


def test_guessing_is_slowed_down(alice: Browser, eve: Browser) -> None:
    reference = apply_for_card(alice)
    for number in range(10):
        eve.go("/track", reference=reference, surname=f"Guess{number}")
    assert eve.post("/track", {"reference": reference, "surname": "O’Neill"}).status_code == 429


def test_code_goes_only_to_known_points_and_they_are_masked(alice: Browser, eve: Browser) -> None:
    reference = apply_for_card(alice)
    page = text(eve.go("/track", reference=reference, surname="O’Neill"))
    assert "a•••@c•••" in page
    assert "alice@customer.example" not in page
    assert problems(eve.go("/track/code", route="7")) == ["Select where we send the code"]
    eve.go("/track/code", route="0")
    assert Delivery.objects.get(key__startswith="code:").to == "alice@customer.example"


def test_fifth_wrong_code_closes_it(alice: Browser, eve: Browser) -> None:
    reference = apply_for_card(alice)
    eve.go("/track", reference=reference, surname="O’Neill")
    eve.go("/track/code", route="0")
    right = newest_code()
    wrong = "00000" if right != "00000" else "11111"
    for _ in range(5):
        assert "not right" in problems(eve.go("/track/enter", code=wrong))[0]
    assert eve.post("/track/enter", {"code": right}).status_code == 429


@pytest.mark.both_databases
def test_code_runs_out_after_fifteen_minutes_and_is_forgotten_after_two_hours(
    alice: Browser, eve: Browser
) -> None:
    reference = apply_for_card(alice)
    eve.go("/track", reference=reference, surname="O’Neill")
    eve.go("/track/code", route="0")
    row = AccessCode.objects.get()
    row.sent_at -= timedelta(minutes=16)
    row.expires_at -= timedelta(minutes=16)
    row.save()
    assert "run out" in problems(eve.go("/track/enter", code=newest_code()))[0]
    row.refresh_from_db()
    row.sent_at -= timedelta(hours=2)
    row.save()
    assert "not right" in problems(eve.go("/track/enter", code=newest_code()))[0]


def test_code_of_one_case_opens_no_other(alice: Browser, eve: Browser) -> None:
    first = apply_for_card(alice)
    second = apply_for_card(eve, name="Eve Smith", email="eve@elsewhere.example")
    alice.go("/track", reference=first, surname="O’Neill")
    alice.go("/track/code", route="0")
    code = newest_code()
    eve.go("/track", reference=second, surname="Smith")
    eve.go("/track/code", route="0")
    assert newest_code() == code or "not right" in problems(eve.go("/track/enter", code=code))[0]


def test_without_steps_nothing_opens(eve: Browser) -> None:
    for page in ("", "/reply", "/papers/address", "/letters/1", "/do/withdraw"):
        assert eve.get(f"/track/case{page}").status_code == 410
    assert where(eve.go("/track/code")) == "/track"
    assert where(eve.go("/track/enter")) == "/track"


def test_case_closes_after_twenty_minutes_without_use(alice: Browser, eve: Browser) -> None:
    open_case(eve, apply_for_card(alice))
    session = eve.session
    kept = session["track"]["case"]
    kept["at"] = (datetime.fromisoformat(kept["at"]) - timedelta(minutes=21)).isoformat()
    session["track"] = {"case": kept}
    session.save()
    page = eve.get("/track/case")
    assert (page.status_code, "signed out" in text(page)) == (410, True)  # type: ignore[arg-type]


def test_signing_out_leaves_nothing(alice: Browser, eve: Browser) -> None:
    open_case(eve, apply_for_card(alice))
    assert where(eve.go("/track/sign-out", out="now")) == "/cleared"
    assert eve.get("/track/case").status_code == 410


@pytest.mark.both_databases
def test_reply_is_kept_as_written_and_shown_as_text(alice: Browser) -> None:
    open_case(alice, apply_for_card(alice))
    assert problems(alice.go("/track/case/reply", words="  ")) == ["Enter your message"]
    page = alice.go("/track/case/reply", words="<b>Hello</b>\r\nline two")
    assert Message.objects.get(direction="in").words == "<b>Hello</b>\nline two"
    assert "&lt;b&gt;Hello&lt;/b&gt;" in text(page)
    assert "You wrote to us" in text(page)


@pytest.mark.both_databases
def test_paper_that_was_asked_for_moves_the_case_on(alice: Browser) -> None:
    case = waiting_card(alice)
    open_case(alice, case.reference)
    page = text(alice.go("/track/case"))
    assert "Something that shows where you live" in page
    assert "The clock is stopped" in page
    alice.go("/track/case/papers/address", file=SimpleUploadedFile("letter.png", picture()))
    case.refresh_from_db()
    assert case.state == "received"
    assert list(Evidence.objects.values_list("kind", "status")) == [("address", EvidenceStatus.RECEIVED)]


def test_refused_file_is_explained_and_changes_nothing(alice: Browser) -> None:
    case = waiting_card(alice)
    open_case(alice, case.reference)
    page = alice.go("/track/case/papers/address", file=SimpleUploadedFile("letter.png", b"MZ" + b"\0" * 200))
    assert "program" in problems(page)[0]
    case.refresh_from_db()
    assert case.state == "awaiting evidence"


@pytest.mark.both_databases
def test_withdrawing_is_confirmed_first(alice: Browser) -> None:
    case = waiting_card(alice)
    open_case(alice, case.reference)
    alice.go("/track/case/do/withdraw")
    case.refresh_from_db()
    assert case.is_open
    page = alice.go("/track/case/do/withdraw", words="No longer needed")
    case.refresh_from_db()
    assert (case.state, where(page)) == ("withdrawn", "/track/case")
    assert Message.objects.filter(words="No longer needed").count() == 1
    assert where(alice.go("/track/case/do/withdraw", words="again")) == "/track/case"


@pytest.mark.both_databases
def test_letter_is_downloaded_by_its_customer_only(alice: Browser, eve: Browser) -> None:
    reference = apply_for_card(alice)
    case, at, rng = Case.objects.get(), datetime.now(UTC), random.Random(3)
    letter = queue_delivery(
        outgoing=Outgoing(
            key="l", channel=DeliveryChannel.LETTER, to="1 High Street", subject="Your card", body="Hello"
        ),
        customer=case.customer,
        conversation=case.conversation,
        not_before=at,
        at=at,
        rng=rng,
    )
    letter.letter = store_file(
        name="l.pdf", content_type="application/pdf", content=b"%PDF-1.7", at=at, rng=rng
    )
    letter.save()
    open_case(alice, reference)
    page = alice.get("/track/case/letters/1")
    assert (page.content, page["Content-Type"]) == (b"%PDF-1.7", "application/pdf")
    assert alice.get("/track/case/letters/2").status_code == 404
    assert eve.get("/track/case/letters/1").status_code == 410


HELPER = {
    "full_name": "Helen Brown",
    "relation": "friend",
    "email": "helen@helper.example",
    "phone": "07700 900456",
    "say": "told me",
}


def helped_card(browser: Browser, **helper: str) -> str:
    """A card for Alice O’Neill, applied for by a helper; its reference."""
    reference = apply_for_card(browser)
    Case.objects.update(helper={**HELPER, **helper})
    return reference


@pytest.mark.parametrize(
    ("surname", "name", "asked"),
    [
        ("O’Neill", "Helen Brown", ["a•••@c•••"]),
        ("Brown", "Helen Brown", ["h•••@h•••", "ends in 456"]),
        ("O’Neill", "Helen O’Neill", ["a•••@c•••", "h•••@h•••", "ends in 456"]),
    ],
)
def test_a_code_goes_to_who_bears_the_name(
    alice: Browser, eve: Browser, surname: str, name: str, asked: list[str]
) -> None:
    reference = helped_card(alice, full_name=name)
    page = text(eve.go("/track", reference=reference, surname=surname))
    assert [re.findall(r"(?:email|text message) to\s+([^<\s][^<]*?)\s*<", page)] == [asked]


@pytest.mark.both_databases
def test_a_helper_opens_the_case_as_the_helper(alice: Browser, eve: Browser) -> None:
    reference = helped_card(alice)
    open_case(eve, reference, "Brown")
    sent = Delivery.objects.filter(key__startswith="code:").get()
    assert (sent.to, sent.customer) == ("helen@helper.example", None)
    assert not ContactPoint.objects.filter(value__contains="helper.example").exists()
    eve.go("/track/case/reply", words="I will bring the letter on Monday.")
    by = dict(JournalEntry.objects.exclude(actor_kind="system").values_list("event", "actor_kind"))
    assert (by["case opened by helper"], by["customer replied"]) == ("helper", "helper")
    assert "case opened by customer" not in by


def test_a_helper_without_a_way_of_their_own_gets_no_code_of_the_customer(
    alice: Browser, eve: Browser
) -> None:
    reference = helped_card(alice, email="", phone="01632 960456")
    page = eve.go("/track", reference=reference, surname="Brown")
    assert "We have no phone or email address of yours" in text(page)
    assert "customer.example" not in text(page)


def owing(browser: Browser) -> Payment:
    reference = apply_for_card(browser)
    open_case(browser, reference)
    case = Case.objects.get()
    return ask_for_payment(
        case=case, purpose="fee", amount_pence=1000, at=datetime.now(UTC), rng=random.Random(4)
    )


def test_payment_counts_only_when_the_provider_says_so(alice: Browser, pay_desk: PayStandIn) -> None:
    payment = owing(alice)
    assert "£10" in text(alice.go("/track/case"))
    away = alice.post("/track/case/pay")
    assert away["Location"].startswith(pay_desk.url)
    assert "not finished" in text(alice.go("/track/paid"))
    payment.refresh_from_db()
    assert payment.status == PaymentStatus.STARTED
    pay_desk.settle(payment.provider_id, "pay")
    page = alice.go("/track/paid")
    payment.refresh_from_db()
    assert (payment.status, "Thank you, you have paid" in text(page)) == (PaymentStatus.PAID, True)
    alice.go("/track/paid")
    assert JournalEntry.objects.filter(event="payment taken").count() == 1


def test_without_online_payments_other_ways_are_named(alice: Browser) -> None:
    owing(alice)
    page = text(alice.go("/track/case"))
    assert re.search(r"Other ways to pay: call us on 01632 960100", page)


def test_case_page_costs_the_same_however_much_happened(
    alice: Browser, django_assert_max_num_queries: object
) -> None:
    open_case(alice, apply_for_card(alice))
    for number in range(6):
        alice.go("/track/case/reply", words=f"Message {number}")
    with django_assert_max_num_queries(26):  # type: ignore[operator]
        alice.get("/track/case")
