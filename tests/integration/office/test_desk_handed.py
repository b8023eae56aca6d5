"""What was handed on from the desk: in the list of the team, taken, done, and the customer told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from frontdoor.cases.models import Case, Enquiry
from frontdoor.contacts.models import Delivery, Message, SafeContact
from frontdoor.journal.models import JournalEntry
from frontdoor.staff.models import Role, Team, User
from tests.integration.office.conftest import NewUser, SignIn
from tests.integration.office.test_desk import begins, enquires, reads

LIST = "/staff/desk/handed-on/"


def hands_on(desk: Client, team: Team, case: Case | None = None, words: str = "Please ring her") -> Enquiry:
    """Hand something on to a team."""
    page = begins(desk)
    if case is not None:
        desk.post(f"{page}who/", {"customer": str(case.customer_id)})
    enquiry = enquires(desk, page, **({"case": str(case.pk)} if case else {"subject": "blue-badge/apply"}))
    told = {"whom": str(team.pk), "within": "2 working days", "words": words, "then": "end"}
    desk.post(f"{page}enquiries/{enquiry.pk}/hand-on/", told)
    return Enquiry.objects.get(pk=enquiry.pk)


def test_it_stands_in_the_list_of_the_team_with_its_promise_and_is_taken_once(
    desk: Client, blue_badge_team: Team, alice: User, bob: User, charlie: User, case: Case, sign_in: SignIn
) -> None:
    enquiry = hands_on(desk, blue_badge_team, case)
    at_alice, at_bob = sign_in(alice), sign_in(bob)
    assert "Handed on" in reads(at_alice, "/staff/work/")
    page = reads(at_alice, LIST)
    assert "Please ring her" in page
    assert "Due " in page
    assert "Please ring her" not in reads(sign_in(charlie), LIST)
    at_alice.post(f"{LIST}{enquiry.pk}/take/", {"here": LIST})
    enquiry.refresh_from_db()
    assert (enquiry.to_user, enquiry.taken_at is not None) == (alice, True)
    at_bob.post(f"{LIST}{enquiry.pk}/take/", {"here": LIST})
    assert "A colleague took this" in reads(at_bob, LIST)
    at_bob.post(f"{LIST}{enquiry.pk}/", {"told": "spoke", "words": "Told her"})
    at_bob.post(f"{LIST}{enquiry.pk}/take/", {"do": "back"})
    enquiry.refresh_from_db()
    assert (enquiry.to_user, enquiry.settled_at) == (alice, None)
    assert "Please ring her" in reads(at_alice, f"{LIST}?part=mine")
    at_alice.post(f"{LIST}{enquiry.pk}/take/", {"do": "back"})
    enquiry.refresh_from_db()
    assert (enquiry.to_user, enquiry.taken_at) == (None, None)
    events = JournalEntry.objects.filter(case_id=case.pk, event__startswith="enquiry ").order_by("pk")
    assert [entry.event for entry in events][-2:] == ["enquiry taken", "enquiry put back"]


def test_customer_is_written_to_when_it_is_done(
    desk: Client, blue_badge_team: Team, bob: User, case: Case, sign_in: SignIn
) -> None:
    enquiry = hands_on(desk, blue_badge_team, case)
    client = sign_in(bob)
    client.post(f"{LIST}{enquiry.pk}/", {"told": "wrote", "words": "Your photo is fine.", "here": LIST})
    enquiry.refresh_from_db()
    assert (enquiry.told_how, enquiry.told_words, enquiry.settled_by) == ("wrote", "Your photo is fine.", bob)
    message = Message.objects.get(words="Your photo is fine.")
    assert message.conversation == case.conversation
    sent = Delivery.objects.get(key=f"message:{message.pk}")
    assert (sent.to, sent.subject) == ("moira@customer.example", "About what you asked us")
    assert "Your photo is fine." in sent.body
    facts = JournalEntry.objects.get(event="enquiry settled").facts
    assert facts == {"enquiry": str(enquiry.pk), "in time": True, "told": "wrote", "by": "email"}
    assert "Nothing waits here" in reads(client, LIST)


@pytest.mark.parametrize("told", [{"told": "spoke", "words": " "}, {"told": "guessed", "words": "x"}, {}])
def test_done_without_a_word_of_what_was_told_is_not_done(
    desk: Client, blue_badge_team: Team, bob: User, sign_in: SignIn, told: dict[str, str]
) -> None:
    enquiry = hands_on(desk, blue_badge_team)
    client = sign_in(bob)
    client.post(f"{LIST}{enquiry.pk}/", {**told, "here": LIST})
    assert "Say what the customer was told" in reads(client, LIST)
    enquiry.refresh_from_db()
    assert enquiry.settled_at is None


def test_who_cannot_be_written_to_safely_is_rung(
    desk: Client, dora: User, blue_badge_team: Team, bob: User, case: Case, sign_in: SignIn
) -> None:
    enquiry = hands_on(desk, blue_badge_team, case)
    client = sign_in(bob)
    assert case.customer
    SafeContact.objects.create(
        customer=case.customer, may_email=False, may_post=False, set_by=dora, set_at=timezone.now()
    )
    assert "Reached with care" in reads(client, LIST)
    client.post(f"{LIST}{enquiry.pk}/", {"told": "wrote", "words": "Your photo is fine.", "here": LIST})
    page = reads(client, LIST)
    assert "There is no safe way to write" in page
    assert "Your photo is fine." in page
    assert not Message.objects.filter(words="Your photo is fine.").exists()
    Case.objects.update(is_restricted=True)
    SafeContact.objects.all().delete()
    client.post(f"{LIST}{enquiry.pk}/", {"told": "wrote", "words": "Your photo is fine.", "here": LIST})
    enquiry.refresh_from_db()
    assert enquiry.settled_at is None


def test_supervisor_sees_what_is_late_in_every_team_but_nothing_kept_from_them(
    desk: Client,
    blue_badge_team: Team,
    highways_team: Team,
    alice: User,
    case: Case,
    new_user: NewUser,
    sign_in: SignIn,
) -> None:
    late = hands_on(desk, blue_badge_team, case, "Late already")
    hands_on(desk, highways_team, None, "Still time")
    Enquiry.objects.filter(pk=late.pk).update(promised_for_at=timezone.now() - timedelta(hours=2))
    boss = sign_in(new_user("Sunita Shaw", highways_team, role=Role.SUPERVISOR))
    page = reads(boss, f"{LIST}?part=late")
    assert "Late already" in page
    assert "Overdue" in page
    assert "Still time" not in page
    assert "Still time" in reads(boss, f"{LIST}?part=all")
    assert "Every team" not in reads(sign_in(alice), f"{LIST}?part=all")
    Case.objects.update(is_restricted=True)
    assert "Late already" not in reads(boss, f"{LIST}?part=late")


def test_list_costs_the_same_at_one_row_and_at_many(
    desk: Client, blue_badge_team: Team, bob: User, case: Case, sign_in: SignIn
) -> None:
    client = sign_in(bob)
    hands_on(desk, blue_badge_team, case)
    reads(client, LIST)
    with CaptureQueriesContext(connection) as few:
        reads(client, LIST)
    for _ in range(4):
        hands_on(desk, blue_badge_team, case)
    with CaptureQueriesContext(connection) as many:
        reads(client, LIST)
    assert len(many) == len(few)


def test_database_knows_no_telling_of_what_is_not_done(desk: Client, blue_badge_team: Team) -> None:
    enquiry = hands_on(desk, blue_badge_team)
    with pytest.raises(IntegrityError), transaction.atomic():
        Enquiry.objects.filter(pk=enquiry.pk).update(told_how="spoke")
    with pytest.raises(IntegrityError), transaction.atomic():
        Enquiry.objects.filter(pk=enquiry.pk).update(taken_at=timezone.now())


def test_nobody_is_led_away_from_the_staff_pages(
    desk: Client, blue_badge_team: Team, bob: User, sign_in: SignIn
) -> None:
    enquiry = hands_on(desk, blue_badge_team)
    led = sign_in(bob).post(f"{LIST}{enquiry.pk}/take/", {"here": "//elsewhere.example/staff/"})
    assert led["Location"] == "/staff/desk/"
