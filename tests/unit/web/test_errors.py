from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from frontdoor.web import errors
from frontdoor.web.middleware import KeepWhatWasEntered

TRICKY = 'O\'Brien & <script>alert(1)</script> "Łukasik"\nsecond line'


@csrf_exempt
def _locked(request: HttpRequest) -> HttpResponse:
    raise OperationalError("database is locked")


def _faulty(request: HttpRequest) -> HttpResponse:
    raise OperationalError("no such table: anything")


def _too_big(request: HttpRequest) -> HttpResponse:
    raise RequestDataTooBig("body is too large")


urlpatterns = [
    path("locked", _locked),
    path("faulty", _faulty),
    path("too-big", _too_big),
    path("", include("frontdoor.web.look_urls")),
]
handler400 = errors.bad_request
handler404 = errors.not_found
handler500 = errors.broken


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def _hidden(page: str) -> list[tuple[str, str]]:
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page)
    return [(unescape(name), unescape(value)) for name, value in found if name != "csrfmiddlewaretoken"]


@override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=["frontdoor.web.middleware.KeepWhatWasEntered"])
def test_locked_database_gives_back_all_that_was_entered(client: Client) -> None:
    response = client.post(
        "/locked?step=2", {"name": TRICKY, "help": ["eat", "walk"], "password": "hunter2 hunter2"}
    )
    page = response.content.decode()
    assert response.status_code == 503
    assert response["Retry-After"] == "10"
    assert _hidden(page) == [("name", TRICKY), ("help", "eat"), ("help", "walk")]
    assert 'action="/locked?step=2"' in page
    assert "<script>alert" not in page
    assert "hunter2" not in page


@override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=["frontdoor.web.middleware.KeepWhatWasEntered"])
def test_locked_database_names_the_files_to_choose_again(client: Client) -> None:
    page = client.post("/locked", {"letter": SimpleUploadedFile("my letter.pdf", b"%PDF-")}).content.decode()
    assert "<li>my letter.pdf</li>" in page
    assert 'enctype="multipart/form-data"' in page


@override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[])
def test_trouble_outside_a_view_keeps_what_was_entered_too(client: Client) -> None:
    response = client.post("/locked", {"name": "Bob"})
    assert (response.status_code, _hidden(response.content.decode())) == (503, [("name", "Bob")])


@override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=["frontdoor.web.middleware.KeepWhatWasEntered"])
def test_reading_from_a_locked_database_offers_a_link(client: Client) -> None:
    page = client.get("/locked?page=3").content.decode()
    assert 'href="/locked?page=3"' in page
    assert "<form" not in page


@override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=["frontdoor.web.middleware.KeepWhatWasEntered"])
@pytest.mark.parametrize(("address", "status"), [("/faulty", 500), ("/too-big", 413), ("/nowhere", 404)])
def test_other_faults_have_pages_of_their_own(client: Client, address: str, status: int) -> None:
    response = client.get(address)
    assert response.status_code == status
    assert response["Cache-Control"] == "no-store"
    assert "no such table" not in response.content.decode()


def test_middleware_leaves_other_faults_alone() -> None:
    middleware = KeepWhatWasEntered(lambda request: HttpResponse())
    assert middleware.process_exception(RequestFactory().get("/"), ValueError("x")) is None


PAGES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "400": errors.bad_request,
    "403": errors.forbidden,
    "403 old form": errors.form_too_old,
    "404": errors.not_found,
    "413": errors.too_large,
    "429": lambda request: errors.too_many(request, wait_seconds=90),
    "500": errors.broken,
    "503": errors.unavailable,
}


@pytest.mark.parametrize("name", PAGES)
def test_error_page_says_one_thing_and_where_to_get_help(name: str) -> None:
    response = PAGES[name](RequestFactory().get("/anything"))
    page = response.content.decode()
    assert response.status_code == int(name[:3])
    assert page.count("<h1") == 1
    assert "Need help?" in page
    assert re.search(r"<(style|script)>| style=| onclick=", page) is None


def test_too_many_tries_say_how_long_to_wait() -> None:
    response = errors.too_many(RequestFactory().get("/"), wait_seconds=90)
    assert response["Retry-After"] == "90"
    assert "Wait 2 minutes" in response.content.decode()


def test_page_of_last_resort_stands_when_even_the_template_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errors, "render_to_string", _fails)
    response = errors.broken(RequestFactory().get("/"))
    assert (response.status_code, response.content.decode()) == (500, errors.BARE)


def _fails(*args: object) -> str:
    raise RuntimeError("no templates today")
