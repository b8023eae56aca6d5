"""At the desk: how a customer is reached safely, and who speaks for them."""

from __future__ import annotations

import random

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from frontdoor.cases.models import Case, Draft
from frontdoor.contacts.actions import Introduction, know_customer
from frontdoor.contacts.merging import merge_customers, undo_merge
from frontdoor.contacts.models import (
    Contact,
    ContactPoint,
    Customer,
    Delivery,
    Helper,
    PointKind,
    SafeContact,
)
from frontdoor.contacts.safety import safety_of
from frontdoor.handling.appointments.booking import NotSafeToRing, require_safe
from frontdoor.handling.proving import NotFound, find_case, routes_for_code
from frontdoor.handling.updates import routes_of
from frontdoor.handling.writing import write_to_customer
from frontdoor.journal.models import JournalEntry
from frontdoor.staff.models import Role, Team, User
from tests.integration.office.conftest import ANSWERS, NewCase, NewUser, SignIn
from tests.integration.office.test_desk import begins, reads
from tests.integration.office.test_desk_form import fills, form_of

pytestmark = pytest.mark.any_database

ALL = ["ring", "text", "email", "post"]
HELPER = {
    "full_name": "Sean O’Brien",
    "relation": "family",
    "say": "told me",
    "evidence": "She was on the line and said so",
    "may_tell": "everything",
    "phone": "",
    "email": "sean@customer.example",
    "news_to": "customer",
}


@pytest.fixture
def call(case: Case, desk: Client) -> str:
    """A call of Moira's that Dora took; the address of its page."""
    page = begins(desk)
    desk.post(f"{page}who/", {"customer": str(case.customer_id)})
    return page


def is_kept_safe(desk: Client, page: str, **said: object) -> None:
    """Keep what she says of being reached safely."""
    desk.post(f"{page}safe/", {"safe": ALL, **said})


def is_kept_by_another_service() -> None:
    """From now on only the team of a restricted service may know anything of her."""
    Case.objects.update(is_restricted=True)
    Contact.objects.filter(taken_by=None).update(service="crisis-support")


def test_what_she_says_stands_above_everything_and_is_asked_for_again(
    desk: Client, call: str, case: Case
) -> None:
    assert "Heed this first" not in reads(desk, call)
    is_kept_safe(
        desk, call, safe=["ring", "email"], times="Weekday mornings", code_word="Heron", no_messages="yes"
    )
    page = reads(desk, call)
    for words in ("a text message, a letter", "Weekday mornings", "Heron", "Leave none, with nobody"):
        assert words in page
    assert page.index("Heed this first") < page.index("Say:")
    assert SafeContact.objects.get().customer == case.customer
    told = [each.facts_json for each in JournalEntry.objects.filter(event="safe contact set")]
    assert len(told) == 1
    assert "Heron" not in told[0]


def test_officer_of_the_case_is_warned_too(
    desk: Client, call: str, case: Case, alice: User, sign_in: SignIn
) -> None:
    is_kept_safe(desk, call, code_word="Heron")
    assert "Heron" in reads(sign_in(alice), f"/staff/cases/{case.reference}/")


def test_no_news_goes_a_way_that_is_not_safe(desk: Client, call: str, case: Case) -> None:
    assert case.customer
    desk.post(f"{call}safe/", {"safe": ["ring", "text", "post"]})
    ways = [route.channel.value for route in routes_of(customer=case.customer, allows_letter=True)]
    assert ways == ["letter"]
    codes = routes_for_code(
        case=case,
        knocks=find_case(reference=case.reference, surname="O’Brien", knock="k", at=timezone.now()).knocks,
        at=timezone.now(),
    )
    assert codes == []


def test_who_must_not_be_rung_is_booked_no_call(desk: Client, call: str, case: Case) -> None:
    assert case.customer
    require_safe(customer=case.customer, phone="+447700900001")
    is_kept_safe(desk, call, safe=["text", "email", "post"])
    with pytest.raises(NotSafeToRing):
        require_safe(customer=case.customer, phone="+447700900001")


@pytest.mark.both_databases
def test_point_that_is_never_to_be_used_is_not_used_until_she_says_so(
    desk: Client, call: str, case: Case
) -> None:
    assert case.customer
    email = ContactPoint.objects.get(customer=case.customer, kind=PointKind.EMAIL)
    is_kept_safe(desk, call, never=[email.pk])
    assert "Not safe: never use it" in reads(desk, call)
    assert [each.channel.value for each in routes_of(customer=case.customer, allows_letter=True)] == [
        "letter"
    ]
    is_kept_safe(desk, call)
    assert not SafeContact.objects.exists()
    assert routes_of(customer=case.customer, allows_letter=False)[0].point == email


def test_only_who_gives_the_code_word_changes_it(desk: Client, call: str, case: Case) -> None:
    is_kept_safe(desk, call, code_word="Heron")
    is_kept_safe(desk, call)
    assert "Ask for it" in reads(desk, call)
    assert case.customer_id
    assert safety_of(customer_id=case.customer_id)
    is_kept_safe(desk, call, gave_code_word="yes")
    assert safety_of(customer_id=case.customer_id) is None
    assert JournalEntry.objects.filter(event="safe contact lifted").count() == 1


def test_next_advisor_is_warned_and_it_is_kept_that_they_saw_it(
    desk: Client, call: str, case: Case, new_user: NewUser, sign_in: SignIn
) -> None:
    is_kept_safe(desk, call, words="Her husband works here")
    desk.post(f"{call}end/", {})
    eve = sign_in(new_user("Eve Elm", role=Role.ADVISOR))
    page = begins(eve)
    eve.post(f"{page}who/", {"customer": str(case.customer_id)})
    assert "Her husband works here" in reads(eve, page)
    assert JournalEntry.objects.filter(event="safe contact shown").count() == 1


@pytest.mark.both_databases
def test_of_somebody_kept_by_a_restricted_service_nothing_is_shown_or_set(
    desk: Client, call: str, case: Case
) -> None:
    is_kept_safe(desk, call, code_word="Heron")
    is_kept_by_another_service()
    page = reads(desk, call)
    assert "Heron" not in page
    assert "How to reach them safely" not in page
    is_kept_safe(desk, call, gave_code_word="yes", words="Now lifted")
    desk.post(f"{call}helper/", HELPER)
    assert SafeContact.objects.get().code_word == "Heron"
    assert not Helper.objects.exists()


@pytest.mark.both_databases
def test_household_is_told_of_without_a_name(
    desk: Client, call: str, case: Case, rng: random.Random, highways_team: Team
) -> None:
    is_kept_safe(desk, call, words="Not in front of Peter")
    desk.post(f"{call}end/", {})
    home = {"lines": ["14 Alder Rise"], "town": "Thornbeck", "postcode": "ZW3 4QP"}
    peter = know_customer(
        introduction=Introduction(full_name="Peter Quill", address=home), at=timezone.now(), rng=rng
    )
    page = begins(desk)
    desk.post(f"{page}who/", {"customer": str(peter.pk)})
    shown = reads(desk, page)
    assert "Somebody else at their address is reached with care" in shown
    assert "Moira" not in shown  # not even as somebody who may be the same
    assert "Not in front of Peter" not in shown
    is_kept_by_another_service()
    assert "Somebody else at their address" not in reads(desk, page)


@pytest.mark.both_databases
def test_of_two_records_made_one_the_stricter_counts_and_parted_each_has_its_own(
    case: Case, dora: User, rng: random.Random, desk: Client, call: str
) -> None:
    is_kept_safe(desk, call, safe=["ring", "text", "post"], times="Mornings")
    desk.post(f"{call}end/", {})
    at = timezone.now()
    other = know_customer(introduction=Introduction(full_name="Moira Obrien"), at=at, rng=rng)
    SafeContact.objects.create(customer=other, may_ring=False, code_word="Wren", set_by=dora, set_at=at)
    assert case.customer
    merge = merge_customers(keep=case.customer, other=other, by=dora, because="Said so", at=at, rng=rng)
    both = safety_of(customer_id=case.customer.pk)
    assert both
    assert (both.may_ring, both.may_email, both.may_post) == (False, False, True)
    assert (both.times, both.code_words) == (("Mornings",), ("Wren",))
    page = begins(desk)
    desk.post(f"{page}who/", {"customer": str(case.customer_id)})
    is_kept_safe(desk, page, gave_code_word="yes")
    undo_merge(merge=merge, by=dora, at=timezone.now())
    theirs = safety_of(customer_id=other.pk)
    assert theirs
    assert theirs.code_words == ("Wren",)


def test_rule_that_says_nothing_is_refused_by_the_database(case: Case, dora: User) -> None:
    assert case.customer
    with pytest.raises(IntegrityError), transaction.atomic():
        SafeContact.objects.create(customer=case.customer, set_by=dora, set_at=timezone.now())


@pytest.mark.both_databases
def test_helper_is_noted_with_the_say_of_the_customer(desk: Client, call: str, case: Case) -> None:
    desk.post(f"{call}helper/", HELPER)
    page = reads(desk, call)
    assert "You speak with Sean O’Brien, not with the customer" in page
    assert "They may be told: Everything about the customer" in page
    assert "She was on the line and said so" in page
    helper, contact = Helper.objects.get(), Contact.objects.get(taken_by__isnull=False)
    assert (helper.customer, contact.helper) == (case.customer, helper)
    facts = JournalEntry.objects.get(event="helper noted").facts
    assert facts == {"helper": helper.pk, "say": "told me", "may be told": "everything"}


@pytest.mark.both_databases
def test_helper_who_may_be_told_nothing_is_told_nothing(desk: Client, call: str, case: Case) -> None:
    desk.post(f"{call}helper/", {**HELPER, "may_tell": "nothing", "email": ""})
    page = reads(desk, call)
    assert "Say nothing of it to Sean O’Brien" in page
    assert "Say:" not in page
    desk.post(f"{call}told/", {"case": str(case.pk), "words": "Told", "then": "more"})
    assert "may be told nothing" in reads(desk, call)
    assert not case.enquiries.filter(contact__taken_by__isnull=False).exists()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"evidence": ""}, "Say how you know"),
        ({"full_name": ""}, "Enter the name"),
        ({"may_tell": "some"}, "Say what the helper may be told"),
        ({"may_tell": "nothing", "news_to": "both"}, "cannot get the news"),
        ({"email": "", "news_to": "helper"}, "for the news to go to"),
        ({"say": "trust me"}, "Choose how they know"),
        ({"phone": "12"}, "Enter a phone number"),
    ],
)
def test_helper_without_the_customers_say_is_not_noted(
    desk: Client, call: str, wrong: dict[str, str], words: str
) -> None:
    desk.post(f"{call}helper/", {**HELPER, **wrong})
    assert words in reads(desk, call)
    assert not Helper.objects.exists()


@pytest.mark.both_databases
def test_helper_is_there_the_next_time_until_the_customer_ends_it(
    desk: Client, call: str, case: Case
) -> None:
    desk.post(f"{call}helper/", HELPER)
    assert "speaks-title" in reads(desk, call)
    desk.post(f"{call}speaks/", {})
    assert "speaks-title" not in reads(desk, call)
    helper = Helper.objects.get()
    desk.post(f"{call}speaks/", {"helper": str(helper.pk)})
    assert "You speak with Sean" in reads(desk, call)
    desk.post(f"{call}helper/{helper.pk}/end/", {})
    assert "Sean" not in reads(desk, call).split("Noted. Sean O’Brien is told nothing")[-1]
    desk.post(f"{call}speaks/", {"helper": str(helper.pk)})
    assert "is not noted for this customer" in reads(desk, call)


@pytest.mark.both_databases
def test_other_persons_helper_is_no_helper_here(
    desk: Client, call: str, dora: User, rng: random.Random
) -> None:
    other = know_customer(introduction=Introduction(full_name="Ines Ivory"), at=timezone.now(), rng=rng)
    theirs = Helper.objects.create(
        customer=other,
        full_name="X Y",
        relation="other",
        say="told me",
        evidence="e",
        may_tell="everything",
        noted_by=dora,
        noted_at=timezone.now(),
    )
    desk.post(f"{call}speaks/", {"helper": str(theirs.pk)})
    assert Contact.objects.get(taken_by=dora).helper is None


@pytest.mark.both_databases
def test_news_goes_to_whom_the_customer_wants(
    desk: Client, call: str, case: Case, alice: User, rng: random.Random, new_case: NewCase
) -> None:
    desk.post(f"{call}helper/", {**HELPER, "news_to": "helper"})
    before = set(Delivery.objects.values_list("pk", flat=True))
    new_case()
    sent = Delivery.objects.exclude(pk__in=before)
    assert [each.to for each in sent] == ["sean@customer.example"]
    assert sent[0].body.startswith("You get this because you help Moira O’Brien.")
    Helper.objects.update(news_to="both")
    new_case()
    assert {each.to for each in Delivery.objects.exclude(pk__in=before)} == {
        "sean@customer.example",
        "moira@customer.example",
    }
    Helper.objects.update(news_to="customer")
    write_to_customer(case_id=case.pk, words="Hello", user=alice, at=timezone.now(), rng=rng)
    assert Delivery.objects.order_by("-created_at", "-pk")[0].to == "moira@customer.example"


@pytest.mark.both_databases
def test_restricted_case_is_not_told_to_a_helper_noted_at_the_desk(
    desk: Client, call: str, new_case: NewCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.post(f"{call}helper/", {**HELPER, "news_to": "both"})
    from frontdoor.handling import helping  # the one function that decides it

    case = new_case()
    assert [each.full_name for each in helping.helpers_for_news(case=case)] == ["Sean O’Brien"]
    case.is_restricted = True
    assert helping.helpers_for_news(case=case) == []
    case.helper = {"id": Helper.objects.get().pk}
    assert [each.full_name for each in helping.helpers_for_news(case=case)] == ["Sean O’Brien"]


@pytest.mark.both_databases
def test_form_filled_in_with_a_helper_bears_them_and_closes_to_them(
    desk: Client, blue_badge_team: Team, db: None
) -> None:
    page = begins(desk)
    desk.post(f"{page}new/", {"full_name": "Moira O’Brien", "born_on": "7 5 1951"})
    desk.post(f"{page}helper/", HELPER)
    fills(desk, form_of(desk, page, "blue-badge/apply"), ANSWERS)
    case, helper = Case.objects.get(), Helper.objects.get()
    assert case.helper
    assert (case.helper["full_name"], case.helper["say"], case.helper["id"]) == (
        "Sean O’Brien",
        "told me",
        helper.pk,
    )
    found = find_case(reference=case.reference, surname="O’Brien", knock="k", at=timezone.now())
    assert {route.to for route in routes_for_code(case=case, knocks=found.knocks, at=timezone.now())} >= {
        "sean@customer.example"
    }
    desk.post(f"{page}helper/{helper.pk}/end/", {})
    case.refresh_from_db()
    routes = routes_for_code(case=case, knocks=found.knocks, at=timezone.now())
    assert "sean@customer.example" not in {route.to for route in routes}
    assert JournalEntry.objects.filter(event="helper ended", case_id=case.pk).count() == 1
    Customer.objects.update(full_name="Somebody Else", name_key="somebody else")
    with pytest.raises(NotFound):
        find_case(reference=case.reference, surname="O’Brien", knock="k", at=timezone.now())


@pytest.mark.both_databases
def test_helper_noted_while_the_form_is_open_is_on_the_form(desk: Client, blue_badge_team: Team) -> None:
    page = begins(desk)
    desk.post(f"{page}new/", {"full_name": "Moira O’Brien"})
    form = form_of(desk, page, "blue-badge/apply")
    reads(desk, form)
    assert Draft.objects.get().helper is None
    desk.post(f"{page}helper/", HELPER)
    reads(desk, form)
    helper = Draft.objects.get().helper
    assert helper
    assert helper["full_name"] == "Sean O’Brien"
