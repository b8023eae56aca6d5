"""A customer at a browser, with small packs, the demo council's places and adapters that send nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from frontdoor.catalogue.published import our_catalogue
from frontdoor.channels.payments.govuk_pay.adapter import GovukPay
from frontdoor.channels.payments.govuk_pay.config import PayConfig
from frontdoor.channels.payments.standin import PayStandIn
from frontdoor.contacts.models import Delivery
from frontdoor.handling.ports import plug, ports
from frontdoor.staff.models import Team

ROOT = Path(__file__).parents[3]
SUMMARY = re.compile(r'<div class="govuk-error-summary".*?</ul>', re.S)


class Browser(Client):
    """A browser that follows where it is sent."""

    def go(self, address: str, **fields: Any) -> HttpResponse:
        """Post the fields, or get the page where there are none; the last page of the way."""
        if fields:
            return self.post(address, fields, follow=True)  # type: ignore[return-value]
        return self.get(address, follow=True)  # type: ignore[return-value]

    def answer(self, service: str, question: str, **fields: Any) -> HttpResponse:
        """Answer one question of an application; a field `_day` is the part `day` of the question."""
        named = {
            f"{question}{name.replace('_', '-', 1)}" if name.startswith("_") else name: v
            for name, v in fields.items()
        }
        return self.post(f"/apply/{service}/question/{question}", named, follow=True)  # type: ignore[return-value]


def where(response: HttpResponse) -> str:
    """The address of the page one has come to."""
    return str(response.request["PATH_INFO"])  # type: ignore[attr-defined]


def text(response: HttpResponse) -> str:
    """The page as text."""
    return response.content.decode()


def problems(response: HttpResponse) -> list[str]:
    """The messages of the error summary."""
    summary = SUMMARY.search(text(response))
    return re.findall(r'<a href="[^"]*">([^<]*)</a>', summary[0]) if summary else []


def newest_code() -> str:
    """The security code sent last."""
    return Delivery.objects.filter(key__startswith="code:").latest("created_at").subject[:5]


@pytest.fixture(scope="session")
def folder_of_packs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small pack for tests beside the packs of the checkout; one folder for all, so that it is read once."""
    place = tmp_path_factory.mktemp("packs")
    for folder in [ROOT / "tests" / "data" / "packs" / "library-card", *(ROOT / "packs").iterdir()]:
        if (folder / "service.yaml").exists():
            (place / folder.name).symlink_to(folder)
    return place


@pytest.fixture
def packs(folder_of_packs: Path, settings: Any) -> Path:
    """The services that are offered here."""
    settings.PACKS_FOLDER = folder_of_packs
    return folder_of_packs


@pytest.fixture
def teams(db: None, packs: Path) -> None:
    """The teams that own the services."""
    for pack in our_catalogue():
        Team.objects.get_or_create(name=pack.service.owner)
        for task in pack.journey.tasks.values():
            if task.team:
                Team.objects.get_or_create(name=task.team)


@pytest.fixture
def alice(teams: None) -> Browser:
    """A customer."""
    return Browser()


@pytest.fixture
def eve(teams: None) -> Browser:
    """Somebody else, at another browser."""
    return Browser()


@pytest.fixture
def pay_desk() -> Iterator[PayStandIn]:
    """A payment service that takes no money."""
    before = ports()
    with PayStandIn() as desk:
        plug(replace(before, payments=GovukPay(PayConfig(api_key=desk.api_key, url=desk.url))))
        yield desk
    plug(before)


def fill_in_card(
    browser: Browser, *, name: str = "Alice O’Neill", email: str = "alice@customer.example"
) -> None:
    """An application for a library card, all but sent."""
    browser.go("/apply/library-card/begin", start="now")
    browser.go("/apply/library-card/who", who="self")
    browser.answer("library-card", "full_name", full_name=name)
    browser.answer("library-card", "born_on", _day="4", _month="5", _year="1990")
    browser.answer("library-card", "connection", connection="works")
    browser.answer("library-card", "email", email=email)


def apply_for_card(
    browser: Browser, *, name: str = "Alice O’Neill", email: str = "alice@customer.example"
) -> str:
    """A whole application for a library card; returns its reference."""
    fill_in_card(browser, name=name, email=email)
    sent = browser.go("/apply/library-card/check", send="now")
    found = re.search(r"LC-\w{4}-\w{3}", text(sent))
    assert found, text(sent)
    return found[0]
