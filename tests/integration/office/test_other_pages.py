"""The pages of auditors, designers, supervisors and administrators, and what the others see."""

from __future__ import annotations

import pytest
from django.urls import resolve
from django.utils import timezone

from frontdoor.cases.models import Case
from frontdoor.journal.actions import seal_entries
from frontdoor.journal.models import JournalEntry
from frontdoor.staff.models import Role
from frontdoor.web.navigation import FIRST_PAGES
from tests.integration.office.conftest import NewUser, SignIn

OPENS = {
    "/staff/work/": {Role.ADVISOR, Role.OFFICER, Role.SUPERVISOR},
    "/staff/journal/": {Role.AUDITOR},
    "/staff/services/": {Role.DESIGNER, Role.SUPERVISOR, Role.MANAGER, Role.PLANNER, Role.AUDITOR},
    "/staff/deliveries/": {Role.SUPERVISOR, Role.ADMINISTRATOR},
    "/staff/copies/": {Role.OFFICER, Role.SUPERVISOR},
    "/staff/emergency/": {Role.OFFICER, Role.SUPERVISOR, Role.MANAGER},
    "/staff/upkeep/": {Role.ADMINISTRATOR},
    "/staff/people/": {Role.ADMINISTRATOR},
    "/staff/skills/": {Role.SUPERVISOR, Role.PLANNER, Role.ADMINISTRATOR},
    "/staff/skills/refresh/": {Role.SUPERVISOR, Role.PLANNER, Role.ADMINISTRATOR},
    "/staff/skills/training/": {Role.SUPERVISOR, Role.PLANNER, Role.ADMINISTRATOR},
    "/staff/skills/recruitment/": {Role.SUPERVISOR, Role.PLANNER},
    "/staff/plan/": {Role.SUPERVISOR, Role.PLANNER},
    "/staff/plan/events/": {Role.SUPERVISOR, Role.PLANNER},
    "/staff/plan/rota/": {Role.SUPERVISOR, Role.PLANNER},
    "/staff/plan/what-ifs/": {Role.SUPERVISOR, Role.PLANNER},
    "/staff/plan/today/": {Role.SUPERVISOR, Role.PLANNER},
    "/staff/my/": set(Role),
    "/staff/my/figures/": set(Role),
    "/staff/my/training/": set(Role),
    "/staff/account/": set(Role),
}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_its_own_pages_and_no_other(role: Role, new_user: NewUser, sign_in: SignIn) -> None:
    client = sign_in(new_user("Edna Elm", role=role))
    opened = {page: client.get(page).status_code for page in OPENS}
    assert opened == {page: 200 if role in roles else 403 for page, roles in OPENS.items()}


def test_auditor_finds_the_entries_of_a_case_and_the_look_is_kept(
    case: Case, new_user: NewUser, sign_in: SignIn
) -> None:
    client = sign_in(new_user("Edna Elm", role=Role.AUDITOR))
    page = client.get(f"/staff/journal/?case={case.reference.lower()}").content.decode()
    assert page.count('<th scope="row"') == JournalEntry.objects.filter(case_id=case.pk).count() - 1
    assert JournalEntry.objects.latest("pk").event == "journal of case read"
    nothing = client.get("/staff/journal/?case=BB-0000-000").content.decode()
    assert "No entry fits" in nothing


def test_verifying_says_that_nothing_was_changed(case: Case, new_user: NewUser, sign_in: SignIn) -> None:
    seal_entries(at=timezone.now())
    client = sign_in(new_user("Edna Elm", role=Role.AUDITOR))
    good = client.post("/staff/journal/verify/").content.decode()
    cut = client.post("/staff/journal/verify/", {"digest": "0" * 64}).content.decode()
    assert "Nothing was changed or removed." in good
    assert "the end of the journal was cut off" in cut


def test_journal_is_taken_away_as_csv(case: Case, new_user: NewUser, sign_in: SignIn) -> None:
    client = sign_in(new_user("Edna Elm", role=Role.AUDITOR))
    text = client.get(f"/staff/journal/entries.csv?case={case.reference}").content.decode("utf-8-sig")
    assert text.count(case.reference) >= JournalEntry.objects.filter(case_id=case.pk).count()
    assert "Moira" not in text


def test_designer_runs_an_example_and_sees_its_sheet(new_user: NewUser, sign_in: SignIn) -> None:
    client = sign_in(new_user("Femi Fern", role=Role.DESIGNER))
    page = client.get("/staff/services/blue-badge/")
    name = page.content.decode().split('href="?example=')[1].split("#")[0]
    chosen = client.get(f"/staff/services/blue-badge/?example={name}").content.decode()
    assert (page.status_code, "No fault" in page.content.decode()) == (200, True)
    assert '<pre class="fd-pre"' in chosen
    assert client.get("/staff/services/none-such/").status_code == 404


@pytest.mark.parametrize("role", list(Role))
def test_day_of_a_role_begins_where_its_work_is(role: Role, new_user: NewUser, sign_in: SignIn) -> None:
    answer = sign_in(new_user("Edna Elm", role=role)).get("/staff/", follow=True)
    assert answer.status_code == 200
    assert resolve(answer.request["PATH_INFO"]).view_name == FIRST_PAGES[role]
