"""One faulty pack: its service is left out and named; all others, and the cases that exist, go on."""

from __future__ import annotations

import argparse
import logging
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.test import Client

from frontdoor.cases.models import Case
from frontdoor.catalogue.published import forget_loaded, publish
from frontdoor.handling.opening import Application, open_case
from frontdoor.jobs.commands import check
from frontdoor.staff.models import Role, Team, User

pytestmark = pytest.mark.any_database
ROOT = Path(__file__).parents[3]
AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A folder with two sound packs."""
    for source in (ROOT / "tests" / "data" / "packs" / "library-card", ROOT / "packs" / "street-problem"):
        shutil.copytree(source, tmp_path / source.name)
    settings.PACKS_FOLDER = tmp_path
    forget_loaded()
    yield tmp_path
    forget_loaded()


def break_it(folder: Path) -> None:
    """Somebody saves a mistake, and Front Door starts again."""
    journey = folder / "street-problem" / "journey.yaml"
    journey.write_text(journey.read_text("utf-8").replace("update: repaired", "update: repiared"), "utf-8")
    forget_loaded()


def officer(role: Role, *teams: Team) -> Client:
    """Signed in as a member of staff."""
    email, password = "alice@council.example", "three plain words here"
    user = User.objects.create_user(
        email=email, password=password, full_name="Alice Ashdown", role=role, joined_at=AT
    )
    user.teams.set(teams)
    client = Client()
    client.post("/staff/account/login/", {"login": email, "password": password})
    return client


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "status"),
    [
        ("/", 200),
        ("/services/library-card/", 200),
        ("/articles/library-card/lost-card", 200),
        ("/find?q=library+card", 200),
        ("/services/street-problem/", 404),
        ("/help", 200),
    ],
)
def test_public_pages_go_on_without_the_faulty_service(folder: Path, page: str, status: int) -> None:
    break_it(folder)
    assert Client().get(page, follow=True).status_code == status


@pytest.mark.django_db
def test_it_is_named_in_the_log_on_the_health_page_for_designers_and_by_the_check(
    folder: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    break_it(folder)
    with caplog.at_level(logging.ERROR, logger="frontdoor"):
        health = Client().get("/healthz").json()
    assert health["services"] == {"offered": ["library-card"], "left_out": ["street-problem"]}
    assert "The pack street-problem cannot be used" in caplog.text
    page = officer(Role.DESIGNER).get("/staff/services/").content.decode()
    assert "street-problem" in page
    assert "no update is called" in page
    assert check.run(check_arguments(folder)) == 1
    assert 'Did you mean "repaired"?' in capsys.readouterr().out


def check_arguments(folder: Path) -> Any:
    """As `./run check FOLDER` gives them."""
    parser = argparse.ArgumentParser()
    check.add_arguments(parser)
    return parser.parse_args([str(folder)])


@pytest.mark.django_db
def test_a_case_begun_on_a_version_before_still_opens(folder: Path) -> None:
    team = Team.objects.create(name="Highways team")
    application = Application(
        pack=publish(service="street-problem", at=AT),
        answers={"category": "pothole", "danger": "none", "wants_news": False},
        channel="web",
    )
    case = open_case(application=application, at=AT, rng=Random(1))
    break_it(folder)
    client = officer(Role.OFFICER, team)
    page = client.get(f"/staff/cases/{case.reference}/")
    assert page.status_code == 200
    assert client.get("/staff/work/").status_code == 200
    assert Case.objects.get().state == "received"
