"""Templates are compiled once for an installation, not once for each process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jinja2 import DictLoader, Environment

from frontdoor.web.jinja import environment


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Path:
    """The folder of an installation that has shown no page yet."""
    settings.HOME_FOLDER = tmp_path / "home"
    return tmp_path / "home"


def _new_process(words: str) -> Environment:
    return environment(loader=DictLoader({"page.html": words}))


def test_second_process_reads_what_the_first_compiled(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _new_process("Hello {{ name }}").get_template("page.html").render(name="Alice") == "Hello Alice"
    second = _new_process("Hello {{ name }}")
    monkeypatch.setattr(second, "compile", lambda *_: pytest.fail("compiled again"))
    assert second.get_template("page.html").render(name="Bob") == "Hello Bob"


def test_changed_template_is_compiled_anew(home: Path) -> None:
    assert _new_process("Hello").get_template("page.html").render() == "Hello"
    assert _new_process("Goodbye").get_template("page.html").render() == "Goodbye"


@pytest.mark.parametrize("damage", [b"", b"\x00" * 200])
def test_damaged_file_is_compiled_anew(home: Path, damage: bytes) -> None:
    _new_process("Hello").get_template("page.html")
    (kept,) = (home / "templates").iterdir()
    kept.write_bytes(damage)
    assert _new_process("Hello").get_template("page.html").render() == "Hello"


def test_folder_that_cannot_be_written_stops_no_page(home: Path) -> None:
    home.write_text("not a folder", "utf-8")
    assert _new_process("Hello").get_template("page.html").render() == "Hello"
