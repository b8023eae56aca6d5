"""`./run demo`: what cannot be made is refused before anything is touched."""

from __future__ import annotations

import argparse

import pytest

from frontdoor.config.commands import demo, up


def _asked(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    demo.add_arguments(parser)
    return parser.parse_args(words)


@pytest.mark.parametrize("words", [("--days", "0"), ("--share", "0"), ("--share", "1.5")])
def test_no_days_and_no_share_of_a_county_are_refused(
    words: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert demo.run(_asked("--year", *words)) == 2
    assert "Nothing was changed" in capsys.readouterr().err


def test_starting_over_is_asked_about(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(up, "confirmed", lambda: False)
    assert demo.run(_asked("--year", "--fresh")) == 2
    assert "Nothing was removed" in capsys.readouterr().err


def test_a_whole_year_of_a_county_is_made_unless_said_otherwise() -> None:
    asked = _asked("--year")
    assert (asked.days, asked.share, asked.cases, asked.fresh) == (365, 1.0, 200, False)
