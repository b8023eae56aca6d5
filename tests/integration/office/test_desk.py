"""The advisor's desk: a call from its first word to its end, by an advisor, as a browser would do it."""

from __future__ import annotations

import random
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from frontdoor.cases.models import Case, Enquiry, EnquiryOutcome, Note
from frontdoor.contacts.actions import Introduction, know_customer
from frontdoor.contacts.models import Contact, ContactPoint, Customer, Likeness, Merge
from frontdoor.journal.models import JournalEntry
from frontdoor.staff.models import Role, Team, User
from tests.integration.office.conftest import NewCase, NewUser, SignIn

pytestmark = pytest.mark.any_database

DESK = "/staff/desk/"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def begins(desk: Client, words: str = "", way: str = "phone") -> str:
    """Begin a contact; the address of its page."""
    answer = desk.post(f"{DESK}begin/", {"q": words, "way": way})
    assert answer.status_code == 302
    return str(answer["Location"])


def reads(desk: Client, page: str) -> str:
    """The page in words."""
    answer = desk.get(page)
    assert answer.status_code == 200
    return answer.content.decode()


def enquires(desk: Client, page: str, **about: str) -> Enquiry:
    """Open an enquiry."""
    desk.post(f"{page}enquiries/", about)
    return Enquiry.objects.filter(ended_at=None).latest("began_at")


@pytest.mark.both_databases
def test_status_call_is_noted_in_three_steps(case: Case, desk: Client, dora: User) -> None:
    page = begins(desk, "obrien moira")
    found = reads(desk, page)
    chosen = re.search(r'name="customer" value="([^"]+)"', found)
    assert chosen
    assert "Moira O’Brien" in found
    assert "1 open case" in found
    assert re.search(r"fd-found__one\" type=\"submit\" autofocus", found)
    desk.post(f"{page}who/", {"customer": chosen[1]})
    shown = reads(desk, page)
    assert case.reference in shown
    assert "Say:" in shown
    words = re.search(r"<textarea[^>]*autofocus[^>]*>([^<]*)</textarea>", shown)
    assert words
    assert words[1].startswith("Told how it stands: ")
    last = desk.post(f"{page}told/", {"case": str(case.pk), "words": words[1], "then": "end"})
    assert last["Location"] == DESK
    enquiry = Enquiry.objects.get(contact__taken_by__isnull=False)
    contact = enquiry.contact
    assert (enquiry.case, enquiry.outcome, enquiry.service, enquiry.enquiry) == (
        case,
        EnquiryOutcome.ANSWERED,
        "blue-badge",
        "chase",
    )
    assert (contact.customer, contact.taken_by, contact.channel) == (case.customer, dora, "phone")
    assert contact.answered_at
    assert contact.ended_at
    assert contact.wrapped_at
    events = list(
        JournalEntry.objects.filter(contact_id=contact.pk).order_by("pk").values_list("event", flat=True)
    )
    assert events == [
        "contact taken",
        "customer recognised",
        "enquiry opened",
        "enquiry closed",
        "contact ended",
        "contact finished",
    ]
    assert "Moira" not in "".join(JournalEntry.objects.values_list("facts_json", flat=True))


def test_customer_is_found_as_one_types(case: Case, desk: Client) -> None:
    page = begins(desk)
    part = desk.post(f"{page}find/", {"q": "ZW3 4QP"}, headers={"HX-Request": "true"}).content.decode()
    assert "Moira O’Brien" in part
    assert "<html" not in part
    plain = desk.post(f"{page}find/", {"q": "ZW3 4QP"})
    assert plain["Location"] == page
    assert "ZW3" not in page
    assert "Moira O’Brien" in reads(desk, page)


def test_reference_finds_the_customer_and_nobody_is_said_to_fit_what_fits_nobody(
    case: Case, desk: Client
) -> None:
    page = begins(desk, case.reference)
    assert f"Because: reference {case.reference}" in reads(desk, page)
    desk.post(f"{page}find/", {"q": "zzyzx qqq"})
    assert "Nobody we know fits" in reads(desk, page)


def test_only_one_contact_is_in_hand_and_it_opens_by_itself(desk: Client) -> None:
    page = begins(desk)
    assert begins(desk) == page
    assert Contact.objects.count() == 1
    assert desk.get(DESK)["Location"] == page


def test_somebody_elses_contact_is_no_page(desk: Client, bob: User, sign_in: SignIn) -> None:
    page = begins(desk)
    other = sign_in(bob)
    assert other.get(page).status_code == 404
    assert other.post(f"{page}end/").status_code == 404
    assert Contact.objects.get().ended_at is None


@pytest.mark.parametrize(
    "role", [Role.MANAGER, Role.DESIGNER, Role.AUDITOR, Role.ADMINISTRATOR, Role.PLANNER]
)
def test_who_takes_no_contacts_has_no_desk(role: Role, new_user: NewUser, sign_in: SignIn) -> None:
    client = sign_in(new_user("Edna Elm", role=role))
    assert client.get(DESK).status_code == 403
    assert client.post(f"{DESK}begin/", {"way": "phone"}).status_code == 403


@pytest.mark.both_databases
def test_several_enquiries_in_one_contact_keep_it_open_until_the_last_is_closed(desk: Client) -> None:
    page = begins(desk, way="counter")
    first = enquires(desk, page, subject="blue-badge/apply")
    assert "Guidance: " in reads(desk, page)
    desk.post(
        f"{page}enquiries/{first.pk}/close/", {"outcome": "answered", "words": "Told how", "then": "more"}
    )
    second = enquires(desk, page)
    desk.post(f"{page}end/")
    contact = Contact.objects.get()
    assert (contact.ended_at is not None, contact.wrapped_at) == (True, None)
    assert "They are gone; something is still open" in reads(desk, page)
    desk.post(f"{page}enquiries/{second.pk}/close/", {"outcome": "cut off", "words": "", "then": "more"})
    contact.refresh_from_db()
    assert contact.wrapped_at is not None
    assert (contact.service, contact.enquiry) == ("blue-badge", "apply")
    assert set(Enquiry.objects.values_list("outcome", flat=True)) == {"answered", "cut off"}


def test_what_was_agreed_must_be_said(desk: Client) -> None:
    page = begins(desk)
    enquiry = enquires(desk, page, subject="blue-badge/apply")
    desk.post(f"{page}enquiries/{enquiry.pk}/close/", {"outcome": "not ours", "words": " ", "then": "end"})
    enquiry.refresh_from_db()
    assert enquiry.is_open
    assert "Say in a few words what was agreed" in reads(desk, page)


def test_handed_on_waits_with_its_promise_until_it_is_done(
    case: Case, desk: Client, bob: User, charlie: User, blue_badge_team: Team, sign_in: SignIn
) -> None:
    page = begins(desk)
    enquiry = enquires(desk, page, case=str(case.pk))
    told = {
        "whom": f"{blue_badge_team.pk}",
        "within": "2 working days",
        "words": "She asks for a call at noon",
    }
    desk.post(f"{page}enquiries/{enquiry.pk}/hand-on/", {**told, "then": "end"})
    enquiry.refresh_from_db()
    assert (enquiry.outcome, enquiry.to_team, enquiry.contact.transfers) == ("handed on", blue_badge_team, 1)
    assert enquiry.promised_for_at is not None
    assert enquiry.promised_for_at > timezone.now() + timedelta(hours=20)
    assert "Say: you will hear from us by" in reads(desk, DESK)
    assert "The customer was promised to hear by" in Note.objects.get(case=case).words
    team = sign_in(bob)
    assert "She asks for a call at noon" in reads(team, DESK)
    assert "She asks for a call at noon" not in reads(sign_in(charlie), DESK)
    done = {"told": "spoke", "words": "Rang her at noon"}
    sign_in(charlie).post(f"{DESK}handed-on/{enquiry.pk}/", done)
    enquiry.refresh_from_db()
    assert enquiry.settled_at is None
    team.post(f"{DESK}handed-on/{enquiry.pk}/", done)
    enquiry.refresh_from_db()
    assert (enquiry.settled_by, enquiry.settled_at is not None) == (bob, True)
    assert (enquiry.told_how, enquiry.told_words) == ("spoke", "Rang her at noon")
    assert "Nothing waits for you" in reads(team, DESK)


def test_handed_to_somebody_who_is_not_in_the_team_is_refused_and_the_words_are_kept(
    desk: Client, charlie: User, blue_badge_team: Team
) -> None:
    page = begins(desk)
    enquiry = enquires(desk, page, subject="blue-badge/apply")
    told = {
        "whom": f"{blue_badge_team.pk}/{charlie.pk}",
        "within": "1 working day",
        "words": "About her papers",
    }
    desk.post(f"{page}enquiries/{enquiry.pk}/hand-on/", told)
    enquiry.refresh_from_db()
    shown = reads(desk, page)
    assert (enquiry.is_open, enquiry.to_team) == (True, None)
    assert "not in that team any more" in shown
    assert "About her papers" in shown


@pytest.mark.both_databases
def test_restricted_service_shows_its_team_and_no_more(new_case: NewCase, alice: User, desk: Client) -> None:
    case = new_case(owner=alice)
    Case.objects.filter(pk=case.pk).update(is_restricted=True)
    Contact.objects.update(service="crisis-support")
    page = begins(desk, "Moira O’Brien")
    found = reads(desk, page)
    assert "Known to another service: transfer to Blue Badge team" in found
    assert "Alder Rise" not in found
    assert "1951" not in found
    assert "open case" not in found
    desk.post(f"{page}who/", {"customer": str(case.customer_id)})
    shown = reads(desk, page)
    assert "Known to another service: transfer to Blue Badge team" in shown
    assert case.reference not in shown
    assert "Alder Rise" not in shown
    assert "moira@" not in shown
    before = Enquiry.objects.count()
    desk.post(f"{page}told/", {"case": str(case.pk), "words": "x", "then": "end"})
    desk.post(f"{page}enquiries/", {"case": str(case.pk)})
    assert Enquiry.objects.count() == before
    assert case.reference not in reads(desk, begins(desk, case.reference))


def test_unsafe_ways_are_shown_as_never_to_be_used(case: Case, desk: Client) -> None:
    ContactPoint.objects.filter(customer=case.customer, kind="email").update(is_safe=False)
    page = begins(desk, case.reference)
    desk.post(f"{page}who/", {"customer": str(case.customer_id)})
    assert "Not safe: never use it" in reads(desk, page)


@pytest.mark.both_databases
def test_new_customer_is_noted_and_a_wrong_date_is_said(desk: Client) -> None:
    page = begins(desk)
    given = {"full_name": "Ines Ivory", "born_on": "31 2 1960", "phone": "07700 900123"}
    desk.post(f"{page}new/", given)
    assert not Customer.objects.exists()
    assert "Enter the date of birth as day, month and year" in reads(desk, page)
    desk.post(f"{page}new/", {**given, "born_on": "27/3/1960"})
    customer = Customer.objects.get()
    assert (customer.full_name, str(customer.born_on)) == ("Ines Ivory", "1960-03-27")
    assert Contact.objects.get().customer == customer
    desk.post(f"{page}who/", {"customer": ""})
    assert Contact.objects.get().customer is None


def test_number_they_ring_from_is_kept_as_it_is_compared(desk: Client) -> None:
    begins(desk, "07700 900 123")
    assert Contact.objects.get().came_from == "+447700900123"


def test_page_costs_the_same_with_one_earlier_enquiry_and_with_many(case: Case, desk: Client) -> None:
    def costs() -> int:
        with CaptureQueriesContext(connection) as counted:
            reads(desk, page)
        return len(counted)

    for _ in range(2):
        page = begins(desk, case.reference)
        desk.post(f"{page}told/", {"case": str(case.pk), "words": "Told", "then": "end"})
    page = begins(desk, case.reference)
    desk.post(f"{page}who/", {"customer": str(case.customer_id)})
    reads(desk, page)  # what was left to be said once is said
    first = costs()
    template = Enquiry.objects.latest("began_at")
    for number in range(20):
        template.pk = f"00000000-0000-7000-8000-{number:012d}"
        template.save(force_insert=True)
    assert costs() == first


def test_words_of_the_customer_lead_to_the_enquiry(desk: Client) -> None:
    page = begins(desk)
    part = desk.post(
        f"{page}about/",
        {"asked": "has my blue badge application been received"},
        headers={"HX-Request": "true"},
    ).content.decode()
    assert 'value="blue-badge/chase"' in part
    plain = desk.post(f"{page}about/", {"asked": "has my blue badge application been received"})
    assert plain["Location"].startswith(page)
    assert 'value="blue-badge/chase"' in reads(desk, page)


@pytest.mark.both_databases
def test_what_others_do_is_said_and_counted_as_not_ours(desk: Client) -> None:
    page = begins(desk)
    desk.post(f"{page}about/", {"asked": "my bin was not emptied"})
    shown = reads(desk, page)
    listing = re.search(r'name="listing" value="([^"]+)"', shown)
    assert listing
    assert ": not ours" in shown
    desk.post(f"{page}whose/", {"listing": "no such thing", "words": "x", "then": "end"})
    assert not Enquiry.objects.exists()
    desk.post(f"{page}whose/", {"listing": listing[1], "words": "It is for the district", "then": "end"})
    assert Enquiry.objects.get().outcome == EnquiryOutcome.NOT_OURS
    sent = JournalEntry.objects.get(event="sent elsewhere")
    assert (sent.facts["listing"], sent.facts["channel"]) == (listing[1], "phone")


def test_danger_in_the_words_is_heard(desk: Client) -> None:
    page = begins(desk)
    desk.post(f"{page}about/", {"asked": "I can smell gas in my kitchen"})
    assert "0800 111 999" in reads(desk, page)


@pytest.fixture
def double(case: Case, rng: random.Random) -> Likeness:
    """Moira has another record, from a call in which she gave another date of birth."""
    assert case.customer is not None
    introduction = Introduction(
        full_name="Moira O’Brien", born_on=date(1951, 7, 5), email="moira@customer.example"
    )
    know_customer(introduction=introduction, at=timezone.now(), rng=rng)
    return Likeness.objects.get()


@pytest.mark.both_databases
def test_two_records_are_made_one_and_parted_again(case: Case, double: Likeness, desk: Client) -> None:
    page = begins(desk)
    desk.post(f"{page}who/", {"customer": str(double.one_id)})
    assert "May also be: Moira O’Brien" in reads(desk, page)
    desk.post(f"{page}same/{double.pk}/", {"settled": "same", "because": " "})
    assert "Say why these two are the same person" in reads(desk, page)
    desk.post(f"{page}same/{double.pk}/", {"settled": "same", "because": "She said both dates"})
    merge = Merge.objects.get()
    contact = Contact.objects.get(taken_by__isnull=False)
    assert contact.customer == merge.keep == case.customer
    shown = reads(desk, page)
    assert case.reference in shown
    assert "Undo: they are two people" in shown
    desk.post(f"{page}apart/{merge.pk}/")
    merge.refresh_from_db()
    assert merge.undone_at is not None
    assert Customer.objects.filter(merged_into=None).count() == 2


@pytest.mark.both_databases
def test_different_people_stay_two(double: Likeness, desk: Client) -> None:
    page = begins(desk)
    desk.post(f"{page}who/", {"customer": str(double.other_id)})
    desk.post(f"{page}same/{double.pk}/", {"settled": "different"})
    double.refresh_from_db()
    assert double.settled_as == "different"
    assert "May also be" not in reads(desk, page)
    desk.post(f"{page}same/{double.pk}/", {"settled": "same", "because": "No"})
    assert not Merge.objects.exists()


def test_record_of_a_restricted_service_is_not_offered_to_be_merged(
    case: Case, double: Likeness, desk: Client
) -> None:
    Case.objects.update(is_restricted=True)
    page = begins(desk)
    other = double.one if double.one_id != case.customer_id else double.other
    desk.post(f"{page}who/", {"customer": str(other.pk)})
    assert "May also be" not in reads(desk, page)
    desk.post(f"{page}same/{double.pk}/", {"settled": "same", "because": "I want to see"})
    assert not Merge.objects.exists()


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "wrong",
    [
        {"outcome": "answered"},
        {"outcome": "forgotten", "ended_at": NOON},
        {"cause": "BECAUSE"},
        {"type": "value"},
        {"promised_for_at": NOON},
    ],
)
def test_database_refuses_an_enquiry_that_cannot_be(wrong: dict[str, object], desk: Client) -> None:
    enquiry = enquires(desk, begins(desk))
    with pytest.raises(IntegrityError), transaction.atomic():
        Enquiry.objects.filter(pk=enquiry.pk).update(**wrong)


def test_an_advisor_notes_what_is_asked_of_a_service_that_has_no_form(desk: Client) -> None:
    page = begins(desk, "07700 900123")
    asked = {"asked": "renew my library books"}
    assert (
        "libraries/renew" in desk.post(f"{page}about/", asked, headers={"HX-Request": "1"}).content.decode()
    )
    enquiry = enquires(desk, page, subject="libraries/renew")
    assert (enquiry.service, enquiry.enquiry) == ("libraries", "renew")
    assert "Renew or reserve books" in reads(desk, page)
