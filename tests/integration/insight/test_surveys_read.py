"""What customers said: read by who may, and passed on once."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

import pytest
from django.utils import timezone

from frontdoor.cases.models import Case, Survey
from frontdoor.contacts.actions import Introduction, know_customer
from frontdoor.contacts.models import Contact, Conversation
from frontdoor.journal.models import JournalEntry
from frontdoor.kernel.ids import uuid7
from frontdoor.staff.models import Role, Team
from tests.integration.insight.conftest import SignedIn

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
PAGE = "/staff/figures/surveys/"


@pytest.fixture
def survey(rng: Random) -> Survey:
    """Answered yesterday by Ann, who had rung about a Blue Badge: four points and words."""
    at: datetime = timezone.now() - timedelta(days=1)
    Team.objects.create(name="Customer relations team")
    said = Introduction(full_name="Ann Example", email="ann@customer.example", prefers="email")
    ann = know_customer(introduction=said, at=at, rng=rng)
    talk = Conversation.objects.create(id=uuid7(at=at, rng=rng), customer=ann, started_at=at)
    contact = Contact.objects.create(
        id=uuid7(at=at, rng=rng),
        conversation=talk,
        customer=ann,
        channel="phone",
        service="blue-badge",
        received_at=at,
    )
    return Survey.objects.create(
        id=uuid7(at=at, rng=rng),
        contact=contact,
        customer=ann,
        service="blue-badge",
        channel="phone",
        planned_at=at,
        asked_at=at,
        done_at=at,
        token_digest="x" * 64,
        closes_at=at + timedelta(days=30),
        answered_at=at,
        rating=4,
        words="Dora was kind & quick.",
    )


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.MANAGER, 200),
        (Role.SUPERVISOR, 200),
        (Role.AUDITOR, 403),
        (Role.ADVISOR, 403),
        (Role.PLANNER, 403),
    ],
)
def test_words_are_for_those_who_may_read_them(
    survey: Survey, signed_in: SignedIn, role: Role, status: int
) -> None:
    client = signed_in(role)
    page = client.get(PAGE)
    assert page.status_code == status
    assert ("Dora was kind &amp; quick." in page.content.decode()) is (status == 200)
    assert client.post(f"{PAGE}{survey.pk}/", {"as": "compliment"}).status_code == (
        302 if status == 200 else 403
    )


@pytest.mark.both_databases
def test_filter_by_points(survey: Survey, signed_in: SignedIn) -> None:
    client = signed_in(Role.MANAGER)
    assert "Dora" in client.get(f"{PAGE}?points=4&service=blue-badge").content.decode()
    for other in ("points=1", "service=crisis-support", "channel=web", "from=2020-01-01&to=2020-02-01"):
        assert "Dora" not in client.get(f"{PAGE}?{other}").content.decode()


def test_compliment_bears_no_name_and_is_made_once(survey: Survey, signed_in: SignedIn) -> None:
    client = signed_in(Role.MANAGER)
    before = Contact.objects.count()
    for _ in range(2):
        client.post(f"{PAGE}{survey.pk}/", {"as": "compliment"})
    case = Case.objects.get()
    assert (case.service, case.customer, case.answers["words"]) == (
        "compliment-and-feedback",
        None,
        "Dora was kind & quick.",
    )
    assert Contact.objects.count() == before
    assert JournalEntry.objects.get(event="survey passed on").facts["as"] == "compliment"
    assert "Passed on" in client.get(PAGE).content.decode()


@pytest.mark.both_databases
def test_complaint_is_the_customers(survey: Survey, signed_in: SignedIn) -> None:
    signed_in(Role.MANAGER).post(f"{PAGE}{survey.pk}/", {"as": "complaint"})
    case = Case.objects.get()
    assert (case.service, case.customer) == ("complaint", survey.customer)
    assert case.answers["what_happened"] == "Dora was kind & quick."
    survey.refresh_from_db()
    assert survey.passed_to == case


@pytest.mark.parametrize("wanted", ["", "praise"])
def test_nothing_is_made_of_what_is_neither(survey: Survey, signed_in: SignedIn, wanted: str) -> None:
    signed_in(Role.MANAGER).post(f"{PAGE}{survey.pk}/", {"as": wanted})
    assert not Case.objects.exists()


@pytest.mark.parametrize(("role", "status"), [(Role.MANAGER, 200), (Role.AUDITOR, 200), (Role.ADVISOR, 403)])
@pytest.mark.parametrize("page", ["complaints/", "complaints.pdf"])
def test_complaints_report(signed_in: SignedIn, role: Role, status: int, page: str) -> None:
    answer = signed_in(role).get(f"/staff/figures/{page}?from=2026-04-01&to=2027-03-31")
    assert answer.status_code == status
    if page.endswith("/") and status == 200:
        said = answer.content.decode()
        assert "There are two stages and no third" in said
        assert "hears of complaints every quarter" in said
        assert said.count("Not said yet") == 1  # nobody has answered the report of this year
