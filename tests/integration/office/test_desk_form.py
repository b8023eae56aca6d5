"""The form of a service, filled in by an advisor together with the customer."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from frontdoor.cases.models import Case, Draft, Enquiry
from frontdoor.catalogue.published import our_catalogue
from frontdoor.contacts.models import Contact, Customer, Likeness
from frontdoor.forms.answers import fields_of
from frontdoor.handling.applying import draft_of, known_draft
from frontdoor.journal.models import JournalEntry
from frontdoor.kernel.clock import now_utc
from frontdoor.kernel.facts import Json
from frontdoor.staff.models import Team, User
from tests.integration.office.conftest import ANSWERS, PICTURE, SignIn
from tests.integration.office.test_desk import begins, enquires, reads
from tests.integration.public.test_examples import answer_for

pytestmark = pytest.mark.any_database

MOST_ROUNDS = 15


def form_of(desk: Client, page: str, subject: str) -> str:
    """Open an enquiry; the address of its form."""
    enquiry = enquires(desk, page, subject=subject)
    return f"{page}enquiries/{enquiry.pk}/form/"


def typed_for(answers: dict[str, Json]) -> dict[str, object]:
    """What an advisor types into the page as it now stands."""
    known = known_draft(draft=draft_of(draft_id=Draft.objects.get(case=None).pk, at=now_utc()), at=now_utc())
    example = known.pack.examples[0]
    typed: dict[str, object] = {}
    for page in known.pages():
        value = answers.get(page.question.id, answer_for(page.question, example))
        typed |= fields_of(question=page.question, value=value)
    return typed


def papers_needed(shown: str) -> dict[str, SimpleUploadedFile]:
    """A scan of every paper that must come with the form and is not here yet."""
    fields = re.findall(r'name="(desk:paper:[^"]+)" type="file"', shown) if "must come with" in shown else []
    return {field: SimpleUploadedFile("scan.png", PICTURE, "image/png") for field in fields}


def fills(desk: Client, form: str, answers: dict[str, Json], **also: str) -> str:
    """Fill in what is asked, and what follows from it, and send; the address one is led to."""
    for _ in range(MOST_ROUNDS):
        shown = reads(desk, form)
        if 'name="desk:passed"' in shown:
            desk.post(form, {"desk:passed": shown.split('name="desk:passed" value="')[1].split('"')[0]})
            continue
        if 'name="desk:danger"' in shown:
            desk.post(form, {"desk:danger": shown.split('name="desk:danger" value="')[1].split('"')[0]})
            continue
        do = "send" if "They agree: send it" in shown else "keep"
        answer = desk.post(form, {**typed_for(answers), **papers_needed(shown), **also, "do": do})
        if do == "send":
            assert answer.status_code == 302, answer.content.decode()
            return str(answer["Location"])
        assert answer.status_code == 302, answer.content.decode()
    raise AssertionError("the form never came to its end")


def test_report_is_made_together_in_one_call(desk: Client, dora: User, highways_team: Team) -> None:
    page = begins(desk)
    form = form_of(desk, page, "street-problem/report")
    answers = dict(our_catalogue().pack("street-problem").examples[0].answers)
    back = fills(desk, form, answers)
    case, contact, enquiry = Case.objects.get(), Contact.objects.get(), Enquiry.objects.get()
    assert (case.channel, contact.is_assisted, contact.channel) == ("phone", True, "phone")
    assert (enquiry.case, enquiry.outcome) == (case, "form filled")
    opened = JournalEntry.objects.get(event="case opened")
    assert (opened.actor_kind, opened.actor_id, opened.contact_id) == ("staff", str(dora.pk), contact.pk)
    assert f"Say: your reference is {case.reference}" in reads(desk, back)


@pytest.mark.both_databases
def test_form_knows_the_customer_and_the_case_is_theirs(desk: Client, blue_badge_team: Team) -> None:
    page = begins(desk)
    desk.post(f"{page}new/", {"full_name": "Moira O’Brien", "born_on": "7 5 1951", "phone": "07700 900555"})
    form = form_of(desk, page, "blue-badge/apply")
    desk.post(form, {"applicant": "person", "do": "keep"})
    assert "From our record. Read it back to them." in reads(desk, form)
    draft = Draft.objects.get()
    assert {name: draft.answers.get(name) for name in ("full_name", "born_on")} == {
        "full_name": "Moira O’Brien",
        "born_on": "1951-05-07",
    }
    fills(desk, form, {**ANSWERS, "email": "moira.new@customer.example"})
    assert Case.objects.get().customer == Customer.objects.get()
    assert not Likeness.objects.exists()


def test_what_is_wrong_is_said_and_what_is_right_is_kept(desk: Client, blue_badge_team: Team) -> None:
    form = form_of(desk, begins(desk), "blue-badge/apply")
    desk.post(form, {"applicant": "person", "do": "keep"})
    page = desk.post(
        form, {"full_name": "Ines Ivory", "born_on-day": "31", "born_on-month": "2", "born_on-year": "1960"}
    )
    assert "There is a problem" in page.content.decode()
    draft = Draft.objects.get()
    assert draft.answers["full_name"] == "Ines Ivory"
    assert "born_on" not in draft.answers


def test_warning_that_ends_the_form_is_read_out_and_counted(desk: Client, highways_team: Team) -> None:
    form = form_of(desk, begins(desk), "street-problem/report")
    desk.post(form, {"category": "gas smell", "place-words": "In Mill Lane", "do": "keep"})
    shown = reads(desk, form)
    assert "Read out:" in shown
    assert "The form ends here" in shown
    assert "They agree: send it" not in shown
    assert JournalEntry.objects.filter(event="application stopped").count() == 1
    assert not Case.objects.exists()


def test_form_cannot_be_sent_before_all_is_answered(desk: Client, highways_team: Team) -> None:
    form = form_of(desk, begins(desk), "street-problem/report")
    page = desk.post(form, {"do": "send"}).content.decode()
    assert "Still to be answered" in page
    assert not Case.objects.exists()


def test_nobody_else_opens_the_form(desk: Client, bob: User, sign_in: SignIn, highways_team: Team) -> None:
    form = form_of(desk, begins(desk), "street-problem/report")
    assert sign_in(bob).get(form).status_code == 404
