"""The layouts and components in a real browser: accessible, within the screen, and the map usable by keyboard."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import override_settings
from django.urls import include, path
from django.utils import timezone
from playwright.sync_api import Browser, Page

from frontdoor.staff.models import Role, User
from frontdoor.web import errors
from frontdoor.web.samples import sample_parts
from tests.browser.looking import faults_of, width_of

pytestmark = pytest.mark.browser

SIDES = ("public", "staff", "map")
PHONE, DESK = 320, 1280  # 320 is also 1280 at 400 % zoom (WCAG 2.2, 1.4.10)


def _sample(request: HttpRequest, side: str) -> HttpResponse:
    request.user = User(email="alice@wealdmoor.example", full_name="Alice", role=Role.OFFICER)
    return render(request, f"dev/{side}.html", sample_parts(at=timezone.now()))


def _page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<!DOCTYPE html><title>Page</title>")


urlpatterns = [
    path("sample/<side>", _sample),
    path("busy", errors.unavailable),
    path("work", _page, name="work"),
    path("help", _page, name="help"),
    path("", include("frontdoor.web.look_urls")),
]


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a test's output is its failures."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the sample pages are served, with the security policy that every page has."""
    settings = override_settings(
        ROOT_URLCONF=__name__, MIDDLEWARE=["csp.middleware.CSPMiddleware"], ALLOWED_HOSTS=["*"]
    )
    with (
        settings,
        make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), handler_class=_Quiet) as server,
    ):
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def faults() -> list[str]:
    """Script errors and refused resources of the window."""
    return []


@pytest.fixture(scope="module")
def window(chromium: Browser, faults: list[str]) -> Iterator[Page]:
    """The window in which the samples are tried."""
    context = chromium.new_context(viewport={"width": DESK, "height": 900})
    page = context.new_page()
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda line: faults.append(line.text) if line.type in {"error", "warning"} else None)
    yield page
    context.close()


@pytest.fixture
def page(window: Page, faults: list[str]) -> Iterator[Page]:
    """A page whose script errors and refused resources fail the test."""
    faults.clear()
    yield window
    assert [fault for fault in faults if "503" not in fault] == []


@pytest.fixture(scope="module")
def open_window(chromium: Browser) -> Iterator[Page]:
    """A window that lets axe put its script in whatever the policy of the page."""
    context = chromium.new_context(bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("sample", [*(f"sample/{side}" for side in SIDES), "busy"])
def test_sample_page_is_accessible_and_fits(open_window: Page, address: str, sample: str, width: int) -> None:
    open_window.set_viewport_size({"width": width, "height": 900})
    open_window.goto(f"{address}/{sample}", wait_until="networkidle")
    assert faults_of(open_window) == []
    assert width_of(open_window) <= width


@pytest.mark.parametrize(
    ("style", "is_read"),
    [("", True), ("color: #bbb", False), ("color: #767676; opacity: .6", False)],
    ids=["as the others", "pale", "faded"],
)
def test_one_pale_cell_among_many_is_found(open_window: Page, style: str, is_read: bool) -> None:
    cells = "".join(f"<p><span>{number}</span></p>" for number in range(20))
    open_window.set_content(
        f"<!DOCTYPE html><html lang='en'><title>Figures</title><main><h1>Figures</h1>{cells}"
        f"<div style='background: #fff'><p><span style='{style}'>21</span></p></div></main></html>"
    )
    assert [rule for rule, _ in faults_of(open_window)] == ([] if is_read else ["color-contrast"])


def test_map_chooses_its_middle_by_enter_and_names_the_road(page: Page, address: str) -> None:
    page.goto(f"{address}/sample/map")
    stage = page.locator("[data-map=choose] [data-map-stage]")
    stage.wait_for(state="visible")
    stage.press("Enter")
    said = page.locator("[data-map-said]")
    assert said.inner_text().startswith("Place chosen:")
    before = page.locator("[data-map-lat]").input_value()
    stage.press("ArrowUp")
    page.wait_for_timeout(600)  # the map glides
    stage.press("Enter")
    assert float(page.locator("[data-map-lat]").input_value()) > float(before)
    assert page.url.endswith("/sample/map")  # Enter did not send the form


def test_map_refuses_a_place_outside_the_council(page: Page, address: str) -> None:
    page.goto(f"{address}/sample/map")
    stage = page.locator("[data-map=choose] [data-map-stage]")
    stage.wait_for(state="visible")
    stage.click(position={"x": 600, "y": 20})
    assert page.locator("[data-map-said]").inner_text().startswith("That place is outside our area.")
    assert page.locator("[data-map-lat]").input_value() == ""


def test_report_on_the_map_opens_by_keyboard_and_closes_by_escape(page: Page, address: str) -> None:
    page.goto(f"{address}/sample/map")
    marker = page.locator(".fd-pin").first
    marker.wait_for()
    marker.press("Enter")
    popup = page.locator(".leaflet-popup")
    assert "Pothole" in popup.inner_text()
    marker.press("Escape")
    popup.wait_for(state="detached")


def test_map_without_scripts_leaves_the_list(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/sample/map")
    assert page.locator("[data-map-stage]").first.is_hidden()
    assert page.get_by_role("link", name="Pothole in the carriageway").is_visible()
    context.close()


def test_first_tab_reaches_the_skip_link(page: Page, address: str) -> None:
    page.goto(f"{address}/sample/staff")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Skip to main content"


def test_timeout_warns_and_lets_somebody_stay(page: Page, address: str) -> None:
    page.clock.install()
    page.goto(f"{address}/sample/public", wait_until="networkidle")
    dialog = page.get_by_role("dialog")
    page.clock.fast_forward("17:50")
    assert dialog.count() == 0
    page.clock.fast_forward("00:15")
    assert "2 minutes" in dialog.inner_text()
    with page.expect_response("**?kept"):
        dialog.get_by_role("button", name="Stay on this page").click()
    dialog.wait_for(state="hidden")
    page.clock.fast_forward("17:50")
    assert page.url.endswith("/sample/public")


def test_timeout_leaves_the_page_when_nobody_answers(page: Page, address: str) -> None:
    page.clock.install()
    page.goto(f"{address}/sample/public", wait_until="networkidle")
    page.clock.fast_forward("20:05")
    page.wait_for_url("**?ended")


def test_file_that_is_too_large_is_told_before_it_is_sent(page: Page, address: str) -> None:
    page.goto(f"{address}/sample/public", wait_until="networkidle")
    letter = {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": b"x" * 10_000_001}
    page.locator("#letter").set_input_files(letter)  # type: ignore[arg-type]
    assert page.locator("#letter-said").inner_text().startswith("letter.pdf is larger than 10MB.")
