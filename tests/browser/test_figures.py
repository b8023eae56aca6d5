"""As a manager: the figures, the report for a committee, the contacts behind a figure; on a desk and on a phone."""

from __future__ import annotations

from time import sleep

import pytest

from tests.browser.conftest import DESK, PHONE, VisitorMaker
from tests.browser.seed import survey_link

pytestmark = pytest.mark.browser
PARTS = {
    "": "Figures",
    "published/": "Figures",
    "avoidable/": "Figures",
    "feedback/": "Figures",
    "cost/": "Figures",
    "targets/": "Targets",
    "surveys/": "What customers said",
    "complaints/": "Complaints and what we learned from them",
    "report/": "Customer service report",
    "contacts/": "Contacts behind a figure",
}
COUNTED_WITHIN = 90  # looks, a second apart: the worker counts each minute


@pytest.mark.parametrize(
    ("scripts", "size"), [(True, DESK), (False, PHONE)], ids=["desk", "phone-no-scripts"]
)
def test_figures_are_counted_and_shown(visitor: VisitorMaker, scripts: bool, size: tuple[int, int]) -> None:
    person = visitor(scripts=scripts, size=size, staff="manager@wealdmoor.example")
    for _ in range(COUNTED_WITHIN):
        person.goes_to("/staff/figures/")
        if person.page.locator("dl.fd-stats").count():
            break
        sleep(1)
    assert "Blue Badge" in person.reads()
    if scripts:
        person.pictures("manager-figures")
    for part, title in PARTS.items():
        person.goes_to(f"/staff/figures/{part}")
        assert person.page.get_by_role("heading", level=1).inner_text() == title
    person.goes_to("/staff/figures/?from=2026-05-02&to=2026-05-01")
    assert "ends before it begins" in person.reads()


@pytest.mark.parametrize(
    ("scripts", "size", "number"), [(True, DESK, 0), (False, PHONE, 1)], ids=["desk", "phone-no-scripts"]
)
def test_customer_says_how_it_went(
    visitor: VisitorMaker, scripts: bool, size: tuple[int, int], number: int
) -> None:
    person = visitor(scripts=scripts, size=size)
    person.goes_to(survey_link(number))
    person.presses("Send")
    assert "Select how we did" in person.reads()
    person.types({"rating": "4", "words": "Quick, once I had found the right page."})
    person.presses("Send")
    assert "Thank you" in person.reads()
    person.goes_to(survey_link(number))
    assert "Select how we did" not in person.reads()


def test_manager_sets_a_target(visitor: VisitorMaker) -> None:
    person = visitor(scripts=True, size=DESK, staff="manager@wealdmoor.example")
    person.goes_to("/staff/figures/targets/")
    person.page.get_by_label("Figure").select_option("satisfaction")
    person.types({"value": "85"})
    person.presses("Set the target")
    assert "85.0%" in person.reads()
    person.page.get_by_role("button", name="Take it back").first.click()
    person.looks()
    assert "The target was taken back." in person.reads()
