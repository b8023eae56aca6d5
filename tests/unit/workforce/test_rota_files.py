"""From CSV to a rota in CSV: what is read, what is refused by row and column, and the command over it all."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from frontdoor.config.cli import main
from frontdoor.workforce.files import BadFiles
from frontdoor.workforce.rota.definition import Activity, Pattern, Pause, Person, Span
from frontdoor.workforce.rota.reading import read_week

MONDAY, TUESDAY = date(2027, 3, 1), date(2027, 3, 2)
FILES = {
    "need.csv": "begins,skill,people\n"
    + "".join(
        f"2027-03-{day:02} {hour:02}:{minute:02},badge,1.5\n"
        for day in (1, 2)
        for hour in range(8, 16)
        for minute in (0, 15, 30, 45)
    ),
    "people.csv": (
        "person,skills,hours,days,weekdays,earliest,latest,shortest,longest,office days,prefers,late finishes\n"
        "Ann,badge:2; roads,12,2,mon tue,,,,,1,09:00,2\n"
        "Ben,badge,10.5,,mon tue,08:30,15:30,3,6,,,\n"
        "Cat,badge,6,1,mon tue,,,,,,,\n"
    ),
    "leave.csv": "person,begins,ends\nAnn,2027-03-02 08:00,2027-03-02 10:00\nCat,2027-03-02,2027-03-05\n",
    "fixed.csv": "person,begins,ends\nBen,2027-03-01 09:00,2027-03-01 15:00\n",
    "activities.csv": "activity,people,minutes,on,earliest,latest\nbriefing,Ann;Ben,30,2027-03-01,10:00,\n",
    "pauses.csv": "from,pauses\n0,none\n4,break 15; lunch 30 unpaid 11:30-14:00\n",
    "rules.csv": "rule,value\nshortest shift,3\nclosing,16:00\ndesks,2\nunder,5\n".replace(
        "closing", "closes"
    ),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_week_is_read_from_its_tables(folder: Path) -> None:
    week = read_week(folder)
    assert [(day.on, day.opens) for day in week.days] == [(MONDAY, Span(32, 64)), (TUESDAY, Span(32, 64))]
    assert week.need[:, 32:64, 0].tolist() == [[1.5] * 32] * 2
    assert week.people == (
        Person(
            "Ann",
            frozenset({"badge", "roads"}),
            48,
            2,
            {0: None, 1: None},
            {TUESDAY: Span(32, 40)},
            office_days=1,
            prefers=36,
            lates=2.0,
        ),
        Person(
            "Ben",
            frozenset({"badge"}),
            42,
            2,
            {0: Span(34, 62), 1: Span(34, 62)},
            fixed={MONDAY: Span(36, 60)},
            shortest=12,
            longest=24,
        ),
        Person(
            "Cat",
            frozenset({"badge"}),
            24,
            1,
            {0: None, 1: None},
            {date(2027, 3, day): None for day in (2, 3, 4, 5)},
        ),
    )
    assert week.activities == (Activity("briefing", ("Ann", "Ben"), 2, frozenset({MONDAY}), Span(40, 96)),)
    assert week.rules.patterns == (
        Pattern(0),
        Pattern(16, (Pause("break", 1), Pause("lunch", 2, is_paid=False, window=Span(46, 56)))),
    )
    assert (week.rules.shortest, week.rules.desks, week.prices.under) == (12, 2, 5.0)


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (
            "need.csv",
            "08:15,badge",
            "08:10,badge",
            "need.csv, row 3, begins: it is not on the grid of 15 minutes",
        ),
        ("need.csv", "08:15,badge", "08:00,badge", "row 3, begins: the same skill and time is in row 2"),
        ("need.csv", ",1.5", ",-1", "need.csv, row 2, people: -1 cannot be"),
        ("need.csv", "begins", "begin", "need.csv, row 1: there is no column 'begins'"),
        ("people.csv", "Ben,badge", "Ann,badge", "people.csv, row 3, person: Ann is in row 2 as well"),
        ("people.csv", "badge,10.5", "badge,10.4", "row 3, hours: 10.4 h are not whole quarter hours"),
        ("people.csv", "badge,10.5", ",10.5", "people.csv, row 3, skills: it is empty"),
        (
            "people.csv",
            "roads,12,2,mon tue",
            "roads,12,3,mon tue",
            "days: 3 days cannot be worked on 2 weekdays",
        ),
        ("people.csv", "roads,12,2,mon tue", "roads,12,2,mon thy", "weekdays: 'thy' is no day"),
        ("people.csv", "08:30,15:30", "15:30,08:30", "row 3, person: 15:30 to 08:30 is no stretch"),
        ("people.csv", "08:30,15:30", "8.30,15:30", "row 3, earliest: '8.30' is no time of day"),
        ("people.csv", "08:30,15:30", "08:35,15:30", "row 3, earliest: 08:35 is not on a quarter hour"),
        ("leave.csv", "Cat,", "Cath,", "leave.csv, row 3, person: Cath is not in people.csv"),
        ("leave.csv", "2027-03-05", "2027-02-05", "leave.csv, row 3, ends: leave is from a day to a day"),
        ("leave.csv", "Cat,2027-03-02", "Ben,2027-03-01", "fixed.csv, row 2, begins: Ben has leave then"),
        (
            "fixed.csv",
            "2027-03-01 15",
            "2027-03-02 15",
            "fixed.csv, row 2, ends: it must be later on the same day",
        ),
        ("fixed.csv", "15:00", "15:05", "fixed.csv, row 2, begins: it is not on a quarter hour"),
        ("activities.csv", "Ann;Ben", "Ann;Dan", "activities.csv, row 2, people: Dan is not in people.csv"),
        ("activities.csv", ",30,", ",25,", "row 2, minutes: 25 is not whole quarter hours"),
        ("activities.csv", "2027-03-01", "1 March", "row 2, on: '1 March' is no date"),
        ("pauses.csv", "break 15", "break ten", "pauses.csv, row 3, pauses: 'break ten' is no pause"),
        ("rules.csv", "desks", "chairs", "rules.csv, row 4, rule: 'chairs' is none of"),
        ("rules.csv", "under,5", "under,0", "being short must cost something"),
        ("rules.csv", "16:00", "07:00", "rules.csv, opens: 08:00 to 07:00 is no stretch"),
    ],
)
def test_what_cannot_be_read_is_said_by_row_and_column(
    folder: Path, file: str, old: str, new: str, words: str
) -> None:
    assert old in FILES[file]
    (folder / file).write_text(FILES[file].replace(old, new, 1), "utf-8")
    with pytest.raises(BadFiles) as caught:
        read_week(folder)
    assert words in str(caught.value)


def test_command_writes_a_rota_that_a_simulation_reads_and_says_how_good_it_is(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["roster", str(folder), "--into", str(folder / "out"), "--seconds", "0"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].startswith("4 shifts: ")
    assert "no rota can cost less than" in printed[1]
    with (folder / "out" / "roster.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["person"] for row in rows if row["activity"] == "work"] == ["Ann", "Ann", "Ben", "Ben"]
    (ben,) = [row for row in rows if row["person"] == "Ben" and row["activity"] == "briefing"]
    (ann,) = [row for row in rows if row["person"] == "Ann" and row["activity"] == "briefing"]
    assert (ben["begins"], ben["ends"]) == (ann["begins"], ann["ends"])
    with (folder / "out" / "cover.csv").open(encoding="utf-8", newline="") as file:
        cover = list(csv.DictReader(file))
    assert len(cover) == 64
    assert (cover[0]["begins"], cover[0]["need"]) == ("2027-03-01 08:00", "1.5")


def test_command_says_what_is_wrong_and_makes_no_rota(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "fixed.csv").write_text("person,begins,ends\nBen,2027-03-01 09:00,2027-03-01 15:45\n", "utf-8")
    (folder / "need.csv").unlink()
    assert main(["roster", str(folder)]) == 2
    assert "No rota was made.\nneed.csv is not there" in capsys.readouterr().err
