from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.template import engines
from django.test import RequestFactory
from jinja2 import Environment
from jinja2.exceptions import UndefinedError

from frontdoor import web
from frontdoor.staff.models import Role, User
from frontdoor.web.samples import sample_parts

TEMPLATES = Path(web.__file__).parent / "templates"
DEV_PAGES = ("public", "map", "staff")


@pytest.fixture(scope="module")
def environment() -> Environment:
    return engines["jinja2"].env  # type: ignore[attr-defined, no-any-return]


def _rendered(environment: Environment, name: str, **context: Any) -> str:
    request = RequestFactory().get("/")
    request.user = User(email="alice@wealdmoor.example", full_name="Alice", role=Role.OFFICER)
    return environment.get_template(name).render({"request": request, "csrf_input": "", **context})


@pytest.mark.parametrize("side", DEV_PAGES)
def test_components_render_with_nothing_inline(environment: Environment, at: datetime, side: str) -> None:
    page = _rendered(environment, f"dev/{side}.html", **sample_parts(at=at))
    assert page.count("<main") == 1
    assert re.findall(r"<style| style=|<script>| on\w+=\"|javascript:", page) == []


@pytest.mark.parametrize("side", DEV_PAGES)
def test_components_use_no_id_twice(environment: Environment, at: datetime, side: str) -> None:
    page = _rendered(environment, f"dev/{side}.html", **sample_parts(at=at))
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize(
    "path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES))
)
def test_every_template_compiles(environment: Environment, path: Path) -> None:
    assert environment.get_template(str(path.relative_to(TEMPLATES))) is not None


def test_name_that_nobody_gave_is_an_error(environment: Environment) -> None:
    with pytest.raises(UndefinedError, match="surname"):
        environment.from_string("Dear {{ surname }}").render()


def test_option_left_out_of_a_design_system_macro_is_empty(environment: Environment) -> None:
    page = environment.from_string('{{ govuk.button({"text": words}) }}').render(words="Tom & <Jo>")
    assert "Tom &amp; &lt;Jo&gt;" in page


def test_text_of_customers_is_never_markup(environment: Environment, at: datetime) -> None:
    nasty = "<img src=x onerror=alert(1)>"
    source = (
        '{% from "components/thread.html" import message_thread %}{% from "components/timeline.html" import timeline %}'
        '{% from "components/summary.html" import answers %}{% from "components/map.html" import place_map %}'
        "{{ message_thread([{'by': nasty, 'at': at, 'text': nasty, 'ours': false}]) }}"
        "{{ timeline([{'title': nasty, 'at': at, 'text': nasty}]) }}"
        "{{ answers([{'question': nasty, 'answer': [nasty, nasty], 'change': '#'}]) }}"
        "{{ place_map([{'lat': 1, 'lon': 2, 'title': nasty, 'text': nasty}]) }}"
    )
    assert "<img" not in environment.from_string(source).render(nasty=nasty, at=at)


@pytest.mark.parametrize("truth", ["met", "not met", "not known"])
def test_truth_is_told_by_word_and_sign_not_by_colour_alone(environment: Environment, truth: str) -> None:
    source = '{% from "components/sheet.html" import truth_mark %}{{ truth_mark(truth) }}'
    page = environment.from_string(source).render(truth=truth)
    assert truth.capitalize() in page
    assert "<svg" in page
