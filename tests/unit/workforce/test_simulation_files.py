"""From CSV and YAML to figures in CSV: what is read, what is refused by row and column, and the command over it all."""

from __future__ import annotations

import csv
from datetime import date, time
from pathlib import Path

import numpy as np
import pytest

from frontdoor.config.cli import main
from frontdoor.workforce.files import BadFiles
from frontdoor.workforce.simulation.asking import read_what_ifs
from frontdoor.workforce.simulation.changing import Fewer, Handling, More, Move, Multiply, Train, WhatIf, When
from frontdoor.workforce.simulation.definition import FOR_EVER, Kind, Presence, Shape, Spread
from frontdoor.workforce.simulation.reading import read_world

FILES = {
    "queues.csv": (
        "queue,service,skill,kind,promise,within,talk,wrap,patience,redial\n"
        "badge calls,badge,badge,call,60,20,240,30,200,40%\n"
        "badge email,badge,badge,deferred,172800,,400,,,\n"
    ),
    "people.csv": "person,skills,chats\nAnn,badge:2,2\nBen,badge,\n",
    "roster.csv": (
        "person,begins,ends,activity\n"
        "Ann,2027-03-01 08:00,2027-03-01 12:00,work\n"
        "Ann,2027-03-01 10:00,2027-03-01 10:15,break\n"
        "Ben,2027-03-01 09:00,2027-03-01 12:00,\n"
    ),
    "contacts.csv": (
        "begins,queue,contacts\n"
        + "".join(
            f"2027-03-01 {hour:02}:{quarter:02},badge calls,5\n"
            for hour in range(8, 12)
            for quarter in (0, 15, 30, 45)
        )
        + "2027-03-01 08:00,badge email,6\n"
    ),
}
IDEAS = """\
- what if: One fewer
  changes:
    - fewer: 1
      with: badge
      on: [monday, 2027-03-02]
      from: "09:00"
      until: "11:00"
- what if: Much else
  changes:
    - more: 2
    - train: 6
      in: school admissions
      level: 2
      who know: badge
    - handling: 90 %
      of: badge
    - multiply: 3
      of: highways
      on: thursday
    - move: 20 %
      of: badge calls
      into: badge email
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def put(folder: Path, name: str, old: str, new: str) -> None:
    text = FILES[name]
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")


def test_world_is_read_from_four_tables(folder: Path) -> None:
    planned = read_world(folder, hourly_cost=20.0)
    calls, email = planned.world.queues
    assert (calls.kind, calls.within, calls.redial, calls.patience) == (Kind.CALL, 20.0, 0.4, Spread(200.0))
    assert calls.talk == Spread(240.0, Shape.LOGNORMAL, 0.8)
    assert (email.kind, email.patience, email.within) == (Kind.DEFERRED, FOR_EVER, None)
    assert [(person.name, person.skills, person.chats) for person in planned.world.people] == [
        ("Ann", {"badge": 2}, 2),
        ("Ben", {"badge": 1}, 1),
    ]
    assert planned.world.presences == (
        Presence("Ann", 0.0, 7200.0),
        Presence("Ann", 8100.0, 14_400.0),
        Presence("Ben", 3600.0, 14_400.0),
    )
    assert planned.world.rates.tolist() == [[5.0] * 16, [6.0] + [0.0] * 15]
    assert planned.world.is_open is not None
    assert np.all(planned.world.is_open)
    assert planned.calendar.starts[0].isoformat() == "2027-03-01T08:00:00+00:00"


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (
            "queues.csv",
            "call,60",
            "phone,60",
            "queues.csv, row 2, kind: 'phone' is none of call, chat, deferred",
        ),
        ("queues.csv", "call,60", "call,soon", "queues.csv, row 2, promise: 'soon' is not a number"),
        ("queues.csv", ",40%", ",140%", "queues.csv, row 2, redial: 140% cannot be"),
        ("queues.csv", "172800,,400,,,", "172800,,400,,90,", "queues.csv, row 3, queue: Queue badge email"),
        (
            "queues.csv",
            "badge email",
            "badge calls",
            "queues.csv, row 3, queue: badge calls is there a second time",
        ),
        ("queues.csv", "promise", "promised", "queues.csv, row 1: there is no column 'promise'"),
        ("people.csv", "badge:2", "badge:two", "people.csv, row 2, skills: the level 'two'"),
        ("people.csv", "Ben,badge", "Ben,", "people.csv, row 3, skills: it is empty"),
        ("roster.csv", "Ben,", "Benn,", "roster.csv, row 4, person: Benn is not in people.csv"),
        (
            "roster.csv",
            "08:00,2027-03-01 12",
            "08:00,2027-03-01 07",
            "roster.csv, row 2, ends: it is not after",
        ),
        (
            "contacts.csv",
            "08:00,badge calls,5",
            "08:00,badge calls,-5",
            "contacts.csv, row 2, contacts: -5 cannot be",
        ),
        ("contacts.csv", "08:00,badge calls,5", "08:00,badge calls,five", "'five' is not a number"),
        (
            "contacts.csv",
            "08:15,badge",
            "08:10,badge",
            "contacts.csv, row 3, begins: it is not on the grid of 15",
        ),
        (
            "contacts.csv",
            "08:15,badge",
            "08:00,badge",
            "contacts.csv, row 3, begins: the same queue and time is in row 2",
        ),
        (
            "contacts.csv",
            "08:15,badge calls",
            "08:15,calls",
            "contacts.csv, row 3, queue: 'calls' is not in queues.csv",
        ),
        ("contacts.csv", "2027-03-01 08:00,badge calls", "1/3/27,badge calls", "'1/3/27' is not a time"),
        (
            "contacts.csv",
            "2027-03-01 08:00,badge calls",
            "2027-03-28 01:15,badge calls",
            "was never on the clock",
        ),
    ],
)
def test_what_cannot_be_read_is_said_by_row_and_column(
    folder: Path, file: str, old: str, new: str, words: str
) -> None:
    put(folder, file, old, new)
    with pytest.raises(BadFiles) as caught:
        read_world(folder)
    assert words in str(caught.value)


def test_every_fault_is_told_at_once_and_a_file_that_is_not_there_by_name(folder: Path) -> None:
    put(folder, "people.csv", "badge:2", "badge:two")
    (folder / "roster.csv").unlink()
    with pytest.raises(BadFiles) as caught:
        read_world(folder)
    assert [fault.split(":")[0] for fault in caught.value.faults] == [
        "people.csv, row 2, skills",
        "roster.csv is not there. It must have the columns person, begins, ends.",
    ]


def test_what_ifs_are_read_from_a_few_words(tmp_path: Path) -> None:
    (tmp_path / "ideas.yaml").write_text(IDEAS, "utf-8")
    when = When(frozenset({0}), frozenset({date(2027, 3, 2)}), time(9), time(11))
    assert read_what_ifs(tmp_path / "ideas.yaml") == (
        WhatIf("One fewer", (Fewer(1, "badge", when),)),
        WhatIf(
            "Much else",
            (
                More(2),
                Train(6, "school admissions", 2, "badge"),
                Handling(0.9, "badge"),
                Multiply(3.0, "highways", When(frozenset({3}))),
                Move(0.2, "badge calls", "badge email"),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("fewer: 1", "fewer: some", "ideas.yaml, line 3: fewer is a number of people, 1 or more, not 'some'"),
        ("with: badge", "without: badge", "line 3: 'without' does not go with 'fewer'"),
        ("monday", "mondays", "'mondays' is no day"),
        ('"09:00"', "9 o'clock", "is no time of day"),
        ("fewer: 1", "less: 1", "it says none of fewer, more, train"),
        ("      of: highways\n", "", "it does not say 'of'"),
        ("move: 20 %", "move: 120 %", "move lies between 0 and 1"),
        ("  changes:", "  change:", "line 1: each entry has a name"),
        ("- what if: One", "- what if: [", "is not YAML"),
    ],
)
def test_what_if_that_cannot_be_read_is_said_by_line(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in IDEAS
    (tmp_path / "ideas.yaml").write_text(IDEAS.replace(old, new, 1), "utf-8")
    with pytest.raises(BadFiles) as caught:
        read_what_ifs(tmp_path / "ideas.yaml")
    assert words in str(caught.value)


def test_command_tells_each_what_if_with_its_difference_and_writes_both_tables(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "ideas.yaml").write_text(IDEAS.split("- what if: Much")[0], "utf-8")
    words = ["simulate", str(folder), "--what-if", str(folder / "ideas.yaml"), "--runs", "4"]
    assert main([*words, "--into", str(folder / "out"), "--intervals", "--hourly-cost", "20"]) == 0
    printed = capsys.readouterr()
    assert "Run 4 of 4" in printed.err
    assert [line.split("  ")[0] for line in printed.out.splitlines()[:9]] == [
        *("all", "as it is", "One fewer", ""),
        *("", "all, deferred", "as it is", "One fewer", ""),
    ]
    with (folder / "out" / "figures.csv").open(encoding="utf-8", newline="") as file:
        rows = {(row["what if"], row["of"], row["measure"]): row for row in csv.DictReader(file)}
    cost = [
        sum(float(rows[name, scope, "cost"][value]) for scope in ("all", "all, deferred"))
        for name, value in (("as it is", "value"), ("One fewer", "difference"))
    ]
    assert cost == pytest.approx([6.75 * 20, -2 * 20])
    with (folder / "out" / "intervals.csv").open(encoding="utf-8", newline="") as file:
        begins = {row["begins"] for row in csv.DictReader(file)}
    assert len(begins) == 16


def test_command_says_what_is_wrong_and_simulates_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "ideas.yaml").write_text(
        "- what if: Try\n  changes:\n    - fewer: 1\n      with: bagde\n", "utf-8"
    )
    assert main(["simulate", str(folder), "--what-if", str(folder / "ideas.yaml")]) == 2
    assert "Try: Nobody has the skill 'bagde': did you mean 'badge'?" in capsys.readouterr().err
    assert main(["simulate", str(folder), "--runs", "1"]) == 2
    assert "--runs must be 2 or more" in capsys.readouterr().err


def test_command_settles_the_need_and_writes_what_the_rota_reads(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "roster.csv").unlink()
    into = tmp_path / "out"
    assert main(["simulate", str(folder), "--need", "--into", str(into)]) == 0
    told = capsys.readouterr().out
    assert "Every service keeps its target" in told
    with (into / "need.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 16
    assert (rows[0]["begins"], rows[0]["skill"]) == ("2027-03-01 08:00", "badge")
    assert float(rows[0]["people"]) >= 2.0
    assert main(["simulate", str(folder), "--need", "--target", "80"]) == 2
    assert "a share such as 0.8" in capsys.readouterr().err
    put(folder, "people.csv", "Ann,badge:2,2\nBen,badge,\n", "Ann,roads:2,2\n")
    assert main(["simulate", str(folder), "--need", "--rounds", "3"]) == 1
    assert "Nobody has the skill for badge" in capsys.readouterr().out
