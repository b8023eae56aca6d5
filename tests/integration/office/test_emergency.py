"""Breaking the glass: one restricted case, for a while, with a reason, and a manager knows at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

import pytest
from django.test import Client

from frontdoor.cases.models import Case, EmergencyAccess
from frontdoor.cases.permissions import may_handle, may_read_now, visible_to
from frontdoor.contacts.models import Delivery
from frontdoor.handling.rights.emergency import open_in_emergency
from frontdoor.journal.models import JournalEntry
from frontdoor.staff.models import Role, User
from tests.integration.office.conftest import NewUser, SignIn

PAGE = "/staff/emergency/"
REASON = "She is at the counter and says she is in danger at home."


@pytest.fixture
def secret(case: Case) -> Case:
    """Alice's case, of a restricted service."""
    Case.objects.filter(pk=case.pk).update(is_restricted=True)
    case.refresh_from_db()
    return case


@pytest.fixture
def manager(new_user: NewUser) -> User:
    """The manager who is told."""
    return new_user("Morag Maple", role=Role.MANAGER)


def ask(client: Client, case: Case, reason: str = REASON) -> int:
    """The answer to asking for access."""
    return client.post(PAGE, {"reference": case.reference.lower(), "reason": reason}).status_code


def test_case_opens_to_the_officer_and_the_manager_is_told(
    secret: Case, charlie: User, manager: User, sign_in: SignIn
) -> None:
    client, address = sign_in(charlie), f"/staff/cases/{secret.reference}/"
    assert client.get(address).status_code == 404
    assert ask(client, secret) == 302
    assert [client.get(f"{address}{page}").status_code for page in ("", "messages/")] == [200, 200]
    assert client.post(f"{address}note/", {"words": "x"}).status_code == 403

    told = Delivery.objects.get(key__startswith="emergency:")
    assert (told.to, secret.reference in told.body, "Blue Badge" in told.body) == (manager.email, True, False)
    assert "Moira" not in told.body + told.subject
    events = list(JournalEntry.objects.filter(case_id=secret.pk, actor_id=str(charlie.pk)).order_by("pk"))
    assert [each.event for each in events] == [
        "restricted case opened in emergency",
        "case viewed",
        "case viewed",
        "case viewed",
    ]
    assert not any(REASON in each.facts_json for each in events)

    page = sign_in(manager).get(PAGE).content.decode()
    assert REASON in page
    assert "Charlie Croft" in page
    assert '<td class="govuk-table__cell">3</td>' in page


def test_it_shows_in_no_list_and_may_not_be_handled(
    secret: Case, charlie: User, now: datetime, rng: Random
) -> None:
    open_in_emergency(reference=secret.reference, reason=REASON, by=charlie, at=now, rng=rng)
    assert not visible_to(charlie).filter(pk=secret.pk).exists()
    assert not may_handle(charlie, secret)


def test_it_ends_by_itself_and_at_a_press(
    secret: Case, charlie: User, now: datetime, rng: Random, sign_in: SignIn
) -> None:
    access = open_in_emergency(reference=secret.reference, reason=REASON, by=charlie, at=now, rng=rng)
    hours = [timedelta(seconds=-1), timedelta(), timedelta(hours=4, seconds=-1), timedelta(hours=4)]
    readable = [may_read_now(charlie, at=now + each).filter(pk=secret.pk).exists() for each in hours]
    assert readable == [False, True, True, False]
    client = sign_in(charlie)
    assert client.get(f"/staff/cases/{secret.reference}/").status_code == 200
    assert client.post(f"{PAGE}{access.pk}/end/").status_code == 302
    assert client.get(f"/staff/cases/{secret.reference}/").status_code == 404


def test_nothing_opens_without_a_reason_or_to_an_advisor_or_somebody_close(
    secret: Case, charlie: User, bob: User, new_user: NewUser, sign_in: SignIn
) -> None:
    assert ask(sign_in(charlie), secret, reason="need it") == 409
    assert ask(sign_in(bob), secret) == 409  # his own team's: no emergency is needed
    assert ask(sign_in(new_user("Dilys Dene", role=Role.ADVISOR)), secret) == 403
    assert ask(sign_in(new_user("Moira O’Brien")), secret) == 409
    assert not EmergencyAccess.objects.exists()


def test_manager_s_page_says_that_nothing_was_opened(manager: User, sign_in: SignIn) -> None:
    assert "No restricted case was opened" in sign_in(manager).get(PAGE).content.decode()


def test_only_another_manager_says_that_they_looked(
    secret: Case, charlie: User, manager: User, now: datetime, rng: Random, sign_in: SignIn
) -> None:
    access = open_in_emergency(reference=secret.reference, reason=REASON, by=charlie, at=now, rng=rng)
    assert sign_in(charlie).post(f"{PAGE}{access.pk}/review/").status_code == 403
    assert sign_in(manager).post(f"{PAGE}{access.pk}/review/").status_code == 302
    access.refresh_from_db()
    assert access.reviewed_by == manager
