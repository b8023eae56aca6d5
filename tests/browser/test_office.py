"""Every page of the office that a role has for itself: at a desk, and on a phone without scripts."""

from __future__ import annotations

import pytest

from frontdoor.web.insight.tables import SUBJECTS
from tests.browser.conftest import DESK, PHONE, VisitorMaker
from tests.browser.seed import ADVISOR, TWICE_KNOWN
from tests.browser.seed import OFFICER as CRISIS_OFFICER
from tests.browser.site import Site
from tests.browser.test_officer import BADGE, OFFICER

pytestmark = pytest.mark.browser
on_both_screens = pytest.mark.parametrize(
    ("scripts", "size"), [(True, DESK), (False, PHONE)], ids=["desk", "phone-no-scripts"]
)
ROUNDS = {
    OFFICER: {"work/": "Work", "search/?q=badge": "Search", "account/": "Your account"},
    CRISIS_OFFICER: {"emergency/": "Emergency access", "copies/": "Copies of records"},
    "supervisor@wealdmoor.example": {
        "work/?part=team": "Work",
        "deliveries/": "Deliveries",
        "figures/": "Figures",
    },
    ADVISOR: {"my/": "My week", "my/figures/": "My figures", "my/training/": "My training"},
    "planner@wealdmoor.example": {
        "": "Plan",
        "figures/": "Figures",
        "plan/events/": "Plan",
        "plan/meetings/": "Plan",
        "plan/rota/": "Plan",
        "plan/rota/2/2026-11-24/?from=10:00&to=18:00": "",
        "plan/contracts/": "Plan",
        "plan/contracts/2/?since=2026-11-24&hours=30&days=4&weekdays=0&weekdays=1&weekdays=2&weekdays=3": "",
        "plan/what-ifs/": "Plan",
        "plan/today/": "Plan",
        "plan/today/anew/?off=2-40": "Plan today anew",
        "skills/": "Skills",
        "skills/people/2/": "",
        "skills/refresh/": "Skills",
        "skills/training/": "Skills",
        "skills/training/1/": "",
        "skills/recruitment/": "Skills",
        "skills/recruitment/4/": "",
    },
    "manager@wealdmoor.example": {
        "emergency/": "Emergency access",
        "figures/?service=blue-badge": "Figures",
        "figures/contacts/?service=blue-badge": "Contacts behind a figure",
        "figures/report/?service=blue-badge": "Customer service report",
        "figures/targets/": "Targets",
        **{f"figures/{subject}/": "Figures" for subject in SUBJECTS if subject},
    },
    "designer@wealdmoor.example": {"services/": "Services", "services/blue-badge/": "Blue Badge"},
    "auditor@wealdmoor.example": {"journal/": "Journal", "figures/report/": "Customer service report"},
    "administrator@wealdmoor.example": {
        "people/": "People",
        "people/add/": "Add somebody",
        "people/1/": "",
        "upkeep/": "Upkeep",
        "deliveries/": "Deliveries",
    },
}


@on_both_screens
@pytest.mark.parametrize("email", ROUNDS, ids=lambda email: email.partition("@")[0])
def test_pages_of_a_role(visitor: VisitorMaker, email: str, scripts: bool, size: tuple[int, int]) -> None:
    person = visitor(scripts=scripts, size=size, staff=email)
    for page, title in ROUNDS[email].items():
        person.goes_to(f"/staff/{page}")
        assert title in person.page.get_by_role("heading", level=1).inner_text()


@on_both_screens
def test_pages_of_a_case(visitor: VisitorMaker, scripts: bool, size: tuple[int, int]) -> None:
    person = visitor(scripts=scripts, size=size, staff=OFFICER)
    person.goes_to("/staff/work/?part=team")
    person.page.get_by_role("link", name=BADGE).first.click()
    person.looks()
    case = person.path
    for page in ("answers/", "messages/", "history/", "record/"):
        person.goes_to(case + page)


@on_both_screens
def test_restricted_case_that_was_opened_in_an_emergency(
    visitor: VisitorMaker, site: Site, scripts: bool, size: tuple[int, int]
) -> None:
    person = visitor(scripts=scripts, size=size, staff=CRISIS_OFFICER)
    person.goes_to("/staff/emergency/")
    person.follows(site.seeded("restricted"))
    assert person.path == f"/staff/cases/{site.seeded('restricted')}/"


@on_both_screens
def test_cause_of_a_call_and_somebody_known_twice(
    visitor: VisitorMaker, scripts: bool, size: tuple[int, int]
) -> None:
    person = visitor(scripts=scripts, size=size, staff=ADVISOR)
    person.goes_to("/staff/desk/causes/")
    assert person.page.get_by_role("button", name="That is right").count() == 1
    person.goes_to("/staff/desk/handed-on/")
    person.goes_to("/staff/desk/")
    person.page.locator("#q").fill(TWICE_KNOWN)
    person.presses("Call")
    person.page.locator(".fd-found__one").first.click()
    person.looks()
    assert "May also be" in person.reads()
    person.presses("End the call")


@on_both_screens
def test_records_that_may_be_one(visitor: VisitorMaker, scripts: bool, size: tuple[int, int]) -> None:
    person = visitor(scripts=scripts, size=size, staff="supervisor@wealdmoor.example")
    person.goes_to("/staff/desk/same/")
    person.follows(TWICE_KNOWN)
    assert "One person or two?" in person.reads()
