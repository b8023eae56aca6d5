"""The steps of `./test`: some at a time, what failed printed whole, and Python's bytecode kept."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from scripts.checks import Step, run_all

MEETS = """
from pathlib import Path
from time import monotonic, sleep
end = monotonic() + 60
Path({mine!r}).touch()
while not Path({other!r}).exists():
    assert monotonic() < end
    sleep(0.05)
"""


def python(name: str, code: str) -> Step:
    return Step(name, [sys.executable, "-c", code])


def test_two_steps_run_at_once(tmp_path: Path) -> None:
    one, two = str(tmp_path / "one"), str(tmp_path / "two")
    steps = [
        python("one", MEETS.format(mine=one, other=two)),
        python("two", MEETS.format(mine=two, other=one)),
    ]
    assert [result.outcome for result in run_all(steps, ())] == ["ok", "ok"]


def test_failed_step_is_printed_whole_and_the_others_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    steps = [python("bad", "print('why it failed'); raise SystemExit(1)"), python("good", "print('unsaid')")]
    assert [result.outcome for result in run_all(steps, ())] == ["FAILED", "ok"]
    said = capsys.readouterr().out
    assert "why it failed" in said
    assert "unsaid" not in said


def test_steps_keep_bytecode_and_no_setting_of_an_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("FRONTDOOR_PUBLIC_URL", "https://door.example")
    (result,) = run_all([python("names", "import os; print(*os.environ)")], ())
    assert {"PYTHONDONTWRITEBYTECODE", "FRONTDOOR_PUBLIC_URL"}.isdisjoint(result.output.split())
