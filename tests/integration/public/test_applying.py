"""An application from the start page to the confirmation, as a customer meets it."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from frontdoor.cases.models import Case, Draft, DraftFile, Update
from frontdoor.contacts.models import Customer, Delivery, StoredFile
from frontdoor.journal.models import JournalEntry
from frontdoor.kernel.clock import now_utc
from tests.integration.public.conftest import Browser, apply_for_card, fill_in_card, problems, text, where

pytestmark = pytest.mark.any_database

CARD = "/apply/library-card"
NASTY = [
    "<script>alert(1)</script>",
    "'; DROP TABLE cases_case; --",
    "{{ 7 * 7 }}{% raw %}",
    "a\r\nBcc: everybody@example.com",
    '"><img src=x onerror=alert(1)>',
]
NAMES = [
    "Ng",
    "O’Neill-d’Arcy",
    "Ngũgĩ wa Thiong’o",
    "Мария Ивановна",
    "王小明",
    "محمد",
    "Þórr",
    "ญา ณัฐ",
    "Madonna",
    "Åse 🙂 Ek",
]


def picture(kind: str = "PNG") -> bytes:
    into = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(into, kind)
    return into.getvalue()


def file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def begin(browser: Browser, **who: str) -> None:
    browser.go(f"{CARD}/begin", start="now")
    browser.go(f"{CARD}/who", **(who or {"who": "self"}))


@pytest.mark.both_databases
def test_application_goes_from_start_to_reference(alice: Browser) -> None:
    reference = apply_for_card(alice)
    case = Case.objects.get(reference=reference)
    assert case.answers == {
        "full_name": "Alice O’Neill",
        "born_on": "1990-05-04",
        "connection": "works",
        "email": "alice@customer.example",
    }
    assert Delivery.objects.filter(conversation=case.conversation).count() >= 1


def test_each_answer_leads_to_the_next_question(alice: Browser) -> None:
    begin(alice)
    to = where(alice.answer("library-card", "full_name", full_name="Alice"))
    assert to == f"{CARD}/question/born_on"
    to = where(alice.answer("library-card", "born_on", _day="4", _month="5", _year="1990"))
    assert to == f"{CARD}/question/connection"


def test_question_that_depends_on_another_comes_only_when_it_applies(alice: Browser) -> None:
    begin(alice)
    alice.answer("library-card", "full_name", full_name="Alice")
    to = where(alice.answer("library-card", "born_on", _day="4", _month="5", _year="2018"))
    assert to == f"{CARD}/question/parent_agrees"
    alice.answer("library-card", "born_on", _day="4", _month="5", _year="1990")
    assert where(alice.go(f"{CARD}/question/parent_agrees")) != f"{CARD}/question/parent_agrees"


def test_fault_is_said_at_the_top_and_in_the_title_and_the_answer_stays(alice: Browser) -> None:
    begin(alice)
    page = alice.answer("library-card", "born_on", _day="31", _month="2", _year="1990")
    assert "<title>Error: What is your date of birth?" in text(page)
    assert problems(page) == ["Date of birth must be a real date"]
    assert 'value="31"' in text(page)


def test_change_from_the_check_returns_to_the_check(alice: Browser) -> None:
    begin(alice)
    alice.answer("library-card", "full_name", full_name="Alice")
    alice.answer("library-card", "born_on", _day="4", _month="5", _year="1990")
    alice.answer("library-card", "connection", connection="works")
    assert where(alice.answer("library-card", "email", email="")) == f"{CARD}/check"
    page = alice.go(f"{CARD}/question/full_name?change=yes", full_name="Alicia")
    assert where(page) == f"{CARD}/check"
    assert "Alicia" in text(page)


def test_same_form_sent_twice_is_one_case(alice: Browser) -> None:
    first = apply_for_card(alice)
    sent = Delivery.objects.count()
    again = alice.go(f"{CARD}/check", send="now")
    assert (where(again), first in text(again)) == (f"{CARD}/sent", True)
    assert Case.objects.count() == 1
    assert Delivery.objects.count() == sent
    assert Update.objects.filter(occasion="acknowledgement").count() == 1


@pytest.mark.parametrize("fields", [{}, {"send": "now"}])
def test_browser_that_was_not_told_of_its_case_finds_the_confirmation(
    alice: Browser, fields: dict[str, str]
) -> None:
    reference = _sent_without_an_answer(alice)
    shown = alice.go(f"{CARD}/check", **fields)
    assert (where(shown), reference in text(shown)) == (f"{CARD}/sent", True)
    assert Case.objects.count() == 1


def test_an_hour_later_nothing_is_said_of_a_case_that_the_browser_was_not_told_of(alice: Browser) -> None:
    reference = _sent_without_an_answer(alice)
    Case.objects.update(received_at=now_utc() - timedelta(hours=1))
    shown = alice.go(f"{CARD}/check")
    assert (shown.status_code, reference in text(shown)) == (410, False)


def _sent_without_an_answer(customer: Browser) -> str:
    """The reference of a case; the answer, and with it what the browser was to remember, was lost on its way."""
    fill_in_card(customer)
    remembered = dict(customer.session.items())
    customer.post(f"{CARD}/check", {"send": "now"})
    session = customer.session
    session.clear()
    session.update(remembered)
    session.save()
    return Case.objects.get().reference


def test_after_sending_back_finds_nothing_of_the_answers(alice: Browser) -> None:
    apply_for_card(alice)
    for page in ("question/full_name", "check", "papers", "tasks", "helper"):
        shown = alice.go(f"{CARD}/{page}")
        assert where(shown) == f"{CARD}/sent"
        assert "O’Neill" not in text(shown)


def test_every_page_is_kept_out_of_caches(alice: Browser) -> None:
    begin(alice)
    for address in (f"{CARD}/question/full_name", f"{CARD}/tasks", f"{CARD}/save", "/track"):
        assert "no-store" in alice.get(address)["Cache-Control"]


def test_start_drops_what_the_last_person_typed(alice: Browser) -> None:
    begin(alice)
    alice.answer("library-card", "full_name", full_name="Alice")
    begin(alice)
    assert "Alice" not in text(alice.go(f"{CARD}/question/full_name"))
    assert Draft.objects.count() == 1


def test_leave_removes_the_application_and_the_session(alice: Browser) -> None:
    begin(alice)
    alice.answer("library-card", "full_name", full_name="Alice")
    assert where(alice.go(f"{CARD}/leave", leave="now")) == "/cleared"
    assert Draft.objects.count() == 0
    assert alice.get(f"{CARD}/question/full_name").status_code == 410


def test_another_browser_opens_nothing(alice: Browser, eve: Browser) -> None:
    begin(alice)
    alice.answer("library-card", "full_name", full_name="Alice")
    shown = eve.get(f"{CARD}/question/full_name")
    assert (shown.status_code, "Alice" in shown.content.decode()) == (410, False)


def test_addresses_carry_no_ids(alice: Browser) -> None:
    begin(alice)
    page = text(alice.answer("library-card", "full_name", full_name="Alice"))
    assert str(Draft.objects.get().pk) not in page


@pytest.mark.both_databases
def test_helper_and_what_the_customer_said_are_kept(alice: Browser) -> None:
    begin(alice, who="other")
    page = alice.go(f"{CARD}/helper", full_name="", relation="", phone="", email="", say="")
    assert len(problems(page)) == 4
    alice.go(
        f"{CARD}/helper",
        full_name="Helen Brown",
        relation="family",
        phone="01632 960001",
        email="",
        say="told me",
    )
    helper = Draft.objects.get().helper
    assert helper is not None
    assert (helper["full_name"], helper["say"]) == ("Helen Brown", "told me")


def test_what_is_not_ours_stops_and_keeps_nothing(alice: Browser) -> None:
    begin(alice)
    alice.answer("library-card", "full_name", full_name="Alice")
    alice.answer("library-card", "born_on", _day="4", _month="5", _year="1990")
    page = alice.answer("library-card", "connection", connection="none")
    assert where(page) == f"{CARD}/stopped"
    assert "Your own library can help" in text(page)
    assert Draft.objects.count() == 0
    entry = JournalEntry.objects.get(event="application stopped")
    assert entry.facts["counts_as"] == "not ours"


@pytest.mark.parametrize("nasty", NASTY)
def test_injection_in_a_name_comes_back_as_text(alice: Browser, nasty: str) -> None:
    begin(alice)
    alice.answer("library-card", "full_name", full_name=f"A {nasty}")
    page = text(alice.go(f"{CARD}/question/full_name"))
    for raw in ("<script>alert", "<img src=x", "A 49"):
        assert raw not in page
    assert Case.objects.count() == 0


@pytest.mark.parametrize("name", NAMES)
def test_names_of_every_script_go_all_the_way(alice: Browser, name: str) -> None:
    reference = apply_for_card(alice, name=name)
    assert Case.objects.get(reference=reference).answers["full_name"] == name
    assert Customer.objects.get().full_name == name


def ready_for_papers(browser: Browser) -> None:
    begin(browser)
    browser.answer("library-card", "full_name", full_name="Alice")
    browser.answer("library-card", "born_on", _day="4", _month="5", _year="1990")
    browser.answer("library-card", "connection", connection="lives")
    browser.answer("library-card", "email", email="")


@pytest.mark.both_databases
def test_paper_is_uploaded_listed_and_removed(alice: Browser) -> None:
    ready_for_papers(alice)
    page = alice.go(f"{CARD}/papers/address", file=file("letter.png", picture()), do="add")
    assert "letter.png" in text(page)
    row = DraftFile.objects.get()
    alice.go(f"{CARD}/remove/{row.pk}", remove="now")
    assert (DraftFile.objects.count(), StoredFile.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("photo.jpg", b"MZ" + b"\0" * 400, "program"),
        ("page.pdf", b"<html><script>alert(1)</script></html>", "web page"),
        ("empty.png", b"", "empty"),
        ("huge.png", b"\x89PNG\r\n\x1a\n" + b"\0" * (10 * 1024 * 1024), "larger than 10 MB"),
    ],
)
def test_bad_file_is_refused_with_words(alice: Browser, name: str, content: bytes, said: str) -> None:
    ready_for_papers(alice)
    page = alice.go(f"{CARD}/papers/address", file=file(name, content))
    assert said in " ".join(problems(page))
    assert StoredFile.objects.count() == 0


def test_sixteenth_file_is_refused_and_not_kept(alice: Browser) -> None:
    ready_for_papers(alice)
    for _ in range(15):
        alice.go(f"{CARD}/papers/address", file=file("letter.png", picture()), do="add")
    page = alice.go(f"{CARD}/papers/address", file=file("one-more.png", picture()), do="add")
    assert "up to 15 files" in " ".join(problems(page))
    assert StoredFile.objects.count() == 15


def test_remove_of_somebody_elses_file_does_nothing(alice: Browser, eve: Browser) -> None:
    ready_for_papers(alice)
    alice.go(f"{CARD}/papers/address", file=file("letter.png", picture()), do="add")
    ready_for_papers(eve)
    eve.go(f"{CARD}/remove/{DraftFile.objects.get().pk}", remove="now")
    assert DraftFile.objects.count() == 1


def test_unknown_service_and_question_are_not_found(alice: Browser) -> None:
    assert alice.get("/services/nothing/").status_code == 404
    assert alice.post("/apply/nothing/begin").status_code == 404
    begin(alice)
    assert where(alice.go(f"{CARD}/question/nothing")) == f"{CARD}/question/full_name"
