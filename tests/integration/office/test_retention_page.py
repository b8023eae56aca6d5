"""Holds by page, with who and why; what goes by a day; and what would become of one person's records."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from frontdoor.cases.models import Case, Hold
from frontdoor.handling.rights.previewing import Stays, preview_of
from frontdoor.journal.models import JournalEntry
from frontdoor.staff.models import Role, Team, User
from tests.integration.office.conftest import NewCase, NewUser, SignIn

PAGE = "/staff/retention/"
WHY = "The ombudsman asked for it."


@pytest.fixture
def sue(new_user: NewUser, blue_badge_team: Team) -> User:
    """Supervises the team."""
    return new_user("Sue Sorrel", blue_badge_team, role=Role.SUPERVISOR)


def test_hold_is_set_and_lifted_with_who_and_why(case: Case, sue: User, sign_in: SignIn) -> None:
    browser = sign_in(sue)
    given = {"do": "hold", "reference": case.reference, "reason": WHY}
    assert browser.post(PAGE, given)["Location"] == PAGE
    hold = Hold.objects.get()
    assert (hold.case, hold.reason, hold.placed_by, hold.lifted_at) == (case, WHY, sue, None)
    page = browser.get(PAGE).content.decode()
    assert all(words in page for words in (case.reference, WHY, "Sue Sorrel"))

    assert browser.post(PAGE, {**given, "do": "lift", "reason": " "}).status_code == 409
    browser.post(PAGE, {**given, "do": "lift", "reason": "It is decided."})
    hold.refresh_from_db()
    assert (hold.lifted_by, hold.lifted_because) == (sue, "It is decided.")
    entries = JournalEntry.objects.filter(event__startswith="hold").order_by("pk")
    assert [(each.event, each.actor_id) for each in entries] == [
        ("hold placed", str(sue.pk)),
        ("hold lifted", str(sue.pk)),
    ]
    assert WHY not in "".join(entries.values_list("facts_json", flat=True))


def test_hold_needs_a_reason_and_a_case_one_may_know_of(
    case: Case, sue: User, bob: User, new_user: NewUser, highways_team: Team, sign_in: SignIn
) -> None:
    given = {"do": "hold", "reference": case.reference, "reason": ""}
    assert sign_in(sue).post(PAGE, given).status_code == 409
    assert sign_in(bob).post(PAGE, {**given, "reason": WHY}).status_code == 403
    Case.objects.filter(pk=case.pk).update(is_restricted=True)
    other = sign_in(new_user("Otto Oak", highways_team, role=Role.SUPERVISOR))
    for what in ("hold", "lift", "look"):
        assert other.post(PAGE, {**given, "do": what, "reason": WHY}).status_code == 409
    assert not Hold.objects.exists()
    assert sign_in(sue).post(PAGE, {**given, "reason": WHY}).status_code == 302
    assert case.reference not in other.get(PAGE).content.decode()


def test_preview_says_of_each_record_when_it_goes_or_why_it_stays(
    case: Case, new_case: NewCase, sue: User, now: datetime, sign_in: SignIn
) -> None:
    closed = new_case()
    Case.objects.filter(pk=closed.pk).update(closed_at=now, ended_as="withdrawn")
    found = preview_of(reference=case.reference, by=sue, at=timezone.now())
    fates = {fate.subject or fate.what: fate for fate in found.fates}
    assert fates[case.reference].stays is Stays.OPEN
    assert fates[case.reference].on is None
    assert fates[closed.reference].stays is Stays.WAITS
    due = fates[closed.reference].on
    assert due is not None
    assert abs((due - now.date()) - timedelta(days=4 * 365)) < timedelta(days=3)
    assert (fates["customer"].stays, fates["customer"].on) == (Stays.OTHERS, None)

    Case.objects.filter(pk=case.pk).update(closed_at=now, ended_as="withdrawn")
    sign_in(sue).post(PAGE, {"do": "hold", "reference": case.reference, "reason": WHY})
    page = sign_in(sue).post(PAGE, {"do": "look", "reference": case.reference}).content.decode()
    assert "It is held" in page
    assert "Its time has not come" in page
    later = preview_of(reference=case.reference, by=sue, at=now + timedelta(days=5 * 366))
    assert {fate.subject: fate.stays for fate in later.fates}[closed.reference] is None


def test_page_counts_what_goes_by_a_day(new_case: NewCase, sue: User, now: datetime, sign_in: SignIn) -> None:
    Case.objects.filter(pk=new_case().pk).update(closed_at=now, ended_as="withdrawn")
    browser = sign_in(sue)
    assert "Nothing is past its time" in browser.get(PAGE).content.decode()
    page = browser.get(f"{PAGE}?on={(now + timedelta(days=5 * 366)).date()}").content.decode()
    assert "blue-badge" in page
    assert "4 years" in page
    assert browser.get(f"{PAGE}?on=someday").status_code == 200
