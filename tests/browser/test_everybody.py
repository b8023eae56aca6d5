"""Pages that anybody may open, for every kind of screen; one whole application by keyboard alone."""

from __future__ import annotations

import pytest

from tests.browser.conftest import VisitorMaker
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
ZOOMED = (320, 640)  # what a screen of 1280 pixels shows at 400 % (WCAG 2.2, 1.4.10)
WIDE = (1280, 900)
HAS_FOCUS = """wanted => wanted === document.activeElement ||
    (wanted.type === 'radio' && wanted.name === document.activeElement.name)"""
PAGES = (
    "/",
    "/find?q=bin+colection",
    "/find?q=chest+pain",
    "/find?q=xyzzy+plugh",
    "/services/blue-badge/",
    "/services/blue-badge/decisions",
    "/services/street-problem/",
    "/services/crisis-support/",
    "/services/complaint/",
    "/services/compliment-and-feedback/",
    "/survey/no-such-link",
    "/articles/blue-badge/who-can-get-one",
    "/track",
    "/track/BB-0000-000",
    "/reports",
    "/help",
    "/contact",
    "/accessibility",
    "/privacy",
    "/cookies",
    "/complain",
    "/feedback",
    "/cleared",
    "/staff/account/login/",
    "/staff/account/forgotten/",
    "/no-such-page",
)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("size", [ZOOMED, WIDE], ids=["400-per-cent", "desk"])
def test_public_pages_are_accessible_and_fit(
    visitor: VisitorMaker, scripts: bool, size: tuple[int, int]
) -> None:
    person = visitor(scripts=scripts, size=size)
    for path in PAGES:
        person.goes_to(path)


def test_report_by_keyboard_alone(visitor: VisitorMaker) -> None:
    """Tab, arrows, space and Enter from the start page to the confirmation; what has the focus can be seen."""
    person = visitor(size=WIDE)
    person.goes_to("/services/street-problem/")
    _activates(person, "Start now")
    _tabs_to(person, "[name='place-words']")
    person.page.keyboard.type("By the school gate, Owlerthorpe Road, Tallowbridge")
    _activates(person, "Continue")
    answers = {
        "category": 0,
        "danger": 0,
        "hole_depth": 1,
        "hole_width": 1,
        "hole_position": 1,
        "what_is_wrong": None,
        "photo": None,
        "wants_news": 1,
    }
    for _ in range(len(answers) + 4):
        name = person.path.rsplit("/", 1)[-1]
        if name == "check":
            break
        _answers(person, name, answers.get(name))
    _activates(person, "Accept and send")
    assert person.path.endswith("/sent")


def _answers(person: Visitor, name: str, place: int | None) -> None:
    if place is not None:
        _tabs_to(person, f"[name='{name}']")
        person.page.keyboard.press("Space")
        for _ in range(place):
            person.page.keyboard.press("ArrowDown")
    _activates(person, "Go on without a file" if name == "photo" else "Continue")


def _activates(person: Visitor, words: str) -> None:
    _tabs_to(person, f"button:text-is('{words}')")
    before = person.page.url
    person.page.keyboard.press("Enter")
    person.page.wait_for_url(lambda url: url != before)
    person.looks()


def _tabs_to(person: Visitor, selector: str) -> None:
    """Press Tab until the focus is there; wherever it comes, it shows."""
    target = person.page.locator(selector).first
    for _ in range(60):
        person.page.keyboard.press("Tab")
        if target.evaluate(HAS_FOCUS):
            assert _shows(person), f"{selector} has the focus and does not show it"
            return
    raise AssertionError(f"Tab does not come to {selector} on {person.path}")


def _shows(person: Visitor) -> bool:
    return bool(
        person.page.evaluate(
            """() => {
                const style = getComputedStyle(document.activeElement);
                const label = document.activeElement.labels?.[0];
                const before = label ? getComputedStyle(label, '::before') : style;
                return [style, before].some(each => each.outlineStyle !== 'none' || each.boxShadow !== 'none');
            }"""
        )
    )
