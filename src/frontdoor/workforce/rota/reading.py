"""A week from a folder of CSV files. docs/planning.md lists their columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from frontdoor.workforce.files import BadFiles, Faults, Row, rows_of
from frontdoor.workforce.rota.definition import (
    HOUR,
    QUARTERS,
    USUAL_PATTERNS,
    Activity,
    BadWeek,
    Day,
    Pattern,
    Pause,
    Person,
    Prices,
    Rules,
    Span,
    Week,
    quarter_of,
)

LONDON = ZoneInfo("Europe/London")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LENGTHS = {"shortest shift": "shortest", "longest shift": "longest", "least stretch": "least_stretch"}
LENGTHS |= {"most stretch": "most_stretch", "rest": "rest"}
PRICES = ("under", "over", "preference", "late")
OTHERS = ("opens", "closes", "desks", "late after")


def read_week(folder: Path) -> Week:
    """Read `need.csv` and `people.csv`, and `leave.csv`, `fixed.csv`, `activities.csv`, `pauses.csv` and `rules.csv`
    where they are. Raises BadFiles with every fault.
    """
    faults = Faults()
    said = _settings(folder / "rules.csv", faults)
    opens = _opening(said, faults)
    cells = list(_need(folder / "need.csv", faults))
    people_rows = list(rows_of(folder / "people.csv", ("person", "skills", "hours"), faults))
    names = {row.cells.get("person", "").strip() for row in people_rows}
    leave = _leave(folder / "leave.csv", names, faults)
    fixed = _fixed(folder / "fixed.csv", names, leave, faults)
    _refuse_twice(people_rows)
    people = [person for row in people_rows if (person := _person(row, leave, fixed)) is not None]
    activities = list(_activities(folder / "activities.csv", names, faults))
    patterns = _patterns(folder / "pauses.csv", faults)
    if not cells and not faults.found:
        faults.found.append(
            "need.csv has no need. Give how many people are wanted, by skill and quarter hour."
        )
    faults.stop()
    days = _days(cells, opens)
    skills = tuple(sorted({skill for _on, _quarter, skill, _people in cells}))
    need = np.zeros((len(days), QUARTERS, len(skills)))
    places = {day.on: place for place, day in enumerate(days)}
    for on, quarter, skill, wanted in cells:
        need[places[on], quarter, skills.index(skill)] = wanted
    try:
        rules = Rules(patterns, **_lengths_of(said), desks=_desks(said))
        return Week(days, skills, need, tuple(people), tuple(activities), rules, _prices(said))
    except BadWeek as error:
        raise BadFiles([str(error)]) from error


def _days(cells: Iterable[tuple[date, int, str, float]], opens: Span) -> tuple[Day, ...]:
    wanted = {on: 0.0 for on, *_rest in cells}
    for on, _quarter, _skill, people in cells:
        wanted[on] += people
    return tuple(Day(on, opens) for on in sorted(wanted) if wanted[on] > 0) or tuple(
        Day(on, opens) for on in sorted(wanted)
    )


def _need(path: Path, faults: Faults) -> Iterable[tuple[date, int, str, float]]:
    seen: dict[tuple[datetime, str], int] = {}
    for row in rows_of(path, ("begins", "skill", "people"), faults):
        at, skill, people = (
            row.instant("begins", LONDON),
            row.text("skill"),
            row.number_in("people", most=1e5),
        )
        if at is None:
            continue
        local = at.astimezone(LONDON)
        if local.minute % 15 or local.second or local.microsecond:
            row.wrong("begins", "it is not on the grid of 15 minutes. Give the need of each quarter hour.")
        if (first := seen.setdefault((at, skill), row.number)) != row.number:
            row.wrong("begins", f"the same skill and time is in row {first}. Take one of them out.")
        yield local.date(), quarter_of(local.time()), skill, people


def _settings(path: Path, faults: Faults) -> dict[str, Row]:
    if not path.exists():
        return {}
    known = [*LENGTHS, *PRICES, *OTHERS]
    found = {}
    for row in rows_of(path, ("rule", "value"), faults):
        rule = row.text("rule").lower()
        if rule not in known:
            row.wrong("rule", f"{rule!r} is none of {', '.join(known)}. Write one of these.")
        elif rule in LENGTHS:
            found[rule] = row
            _quarters(row, "value")
        else:
            found[rule] = row
            if rule in PRICES or rule == "desks":
                row.number_in("value")
    return found


def _opening(said: Mapping[str, Row], faults: Faults) -> Span:
    begins = _moment(said["opens"], "value") if "opens" in said else 32
    ends = _moment(said["closes"], "value") if "closes" in said else 72
    try:
        return Span(begins if begins is not None else 32, ends if ends is not None else 72)
    except BadWeek as error:
        faults.found.append(f"rules.csv, opens: {error}")
        return Span(32, 72)


def _lengths_of(said: Mapping[str, Row]) -> dict[str, Any]:
    return {LENGTHS[rule]: _quarters(row, "value") for rule, row in said.items() if rule in LENGTHS}


def _desks(said: Mapping[str, Row]) -> int | None:
    return int(said["desks"].number_in("value")) if "desks" in said else None


def _prices(said: Mapping[str, Row]) -> Prices:
    chosen: dict[str, Any] = {name: said[name].number_in("value") for name in PRICES if name in said}
    if "late after" in said and (after := _moment(said["late after"], "value")) is not None:
        chosen["late_after"] = after
    return Prices(**chosen)


def _patterns(path: Path, faults: Faults) -> tuple[Pattern, ...]:
    if not path.exists():
        return USUAL_PATTERNS
    found = []
    for row in rows_of(path, ("from", "pauses"), faults):
        pauses = [_pause(row, words) for words in row.text("pauses", "none").split(";")]
        found.append(
            Pattern(_quarters(row, "from", least=0), tuple(pause for pause in pauses if pause is not None))
        )
    return tuple(sorted(found, key=lambda pattern: pattern.least))


def _pause(row: Row, written: str) -> Pause | None:
    """As `lunch 30 unpaid 11:30-14:30`, or `none`."""
    words = written.split()
    if words == ["none"] or not words:
        return None
    is_paid, window = True, None
    try:
        quarters, rest = divmod(int(words[1]), 15)
        if rest or quarters < 1:
            raise ValueError
        for word in words[2:]:
            if word in ("paid", "unpaid"):
                is_paid = word == "paid"
            else:
                begins, _dash, ends = word.replace("–", "-").partition("-")
                window = Span(quarter_of(time.fromisoformat(begins)), quarter_of(time.fromisoformat(ends)))
    except (ValueError, IndexError):
        row.wrong(
            "pauses", f"{written.strip()!r} is no pause. Write it as “lunch 30 unpaid 11:30-14:30; break 15”."
        )
        return None
    return Pause(words[0], quarters, is_paid, window)


def _quarters(row: Row, column: str, default: float | None = None, *, least: float = 0.25) -> int:
    """Hours as quarter hours."""
    found = row.number_in(column, default, least=least, most=168.0) * HOUR
    if abs(found - round(found)) > 1e-6:
        row.wrong(column, f"{found / HOUR:g} h are not whole quarter hours. Write 7.25, 7.5 or 7.75.")
    return round(found)


def _moment(row: Row, column: str) -> int | None:
    """A time of day, where one stands there; midnight at the end of a day is 24:00."""
    written = row.cells.get(column, "").strip()
    if not written:
        return None
    if written == "24:00":
        return QUARTERS
    try:
        moment = time.fromisoformat(written)
    except ValueError:
        row.wrong(column, f"{written!r} is no time of day. Write it as 09:15.")
        return None
    if moment.minute % 15:
        row.wrong(column, f"{written} is not on a quarter hour. Write 09:00, 09:15, 09:30 or 09:45.")
    return quarter_of(moment)


def _refuse_twice(rows: list[Row]) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        name = row.cells.get("person", "").strip()
        if name and (first := seen.setdefault(name, row.number)) != row.number:
            row.wrong("person", f"{name} is in row {first} as well. Take one of them out.")


def _weekdays(row: Row) -> list[int]:
    written = row.text("weekdays", "mon tue wed thu fri").lower().replace(",", " ").replace(";", " ")
    found = []
    for word in written.split():
        if word[:3] in WEEKDAYS:
            found.append(WEEKDAYS.index(word[:3]))
        else:
            row.wrong("weekdays", f"{word!r} is no day. Write them as mon tue wed.")
    return found


def _person(
    row: Row, leave: Mapping[str, Mapping[date, Span | None]], fixed: Mapping[str, Mapping[date, Span]]
) -> Person | None:
    name = row.text("person")
    skills = frozenset(each.partition(":")[0].strip() for each in row.text("skills").split(";")) - {""}
    weekdays, earliest, latest = _weekdays(row), _moment(row, "earliest"), _moment(row, "latest")
    days = round(row.number_in("days", float(len(weekdays)), most=7.0))
    if days > len(weekdays):
        row.wrong(
            "days",
            f"{days} days cannot be worked on {len(weekdays)} weekdays. Give fewer days or more weekdays.",
        )
    given = {
        column: _quarters(row, column) if row.cells.get(column, "").strip() else None
        for column in ("shortest", "longest")
    }
    try:
        window = None if earliest is None and latest is None else Span(earliest or 0, latest or QUARTERS)
        return Person(
            name,
            skills,
            _quarters(row, "hours", least=0.0),
            days,
            dict.fromkeys(weekdays, window),
            leave.get(name, {}),
            fixed.get(name, {}),
            given["shortest"],
            given["longest"],
            office_days=round(row.number_in("office days", 0.0, most=7.0)),
            prefers=_moment(row, "prefers"),
            lates=row.number_in("late finishes", 0.0),
        )
    except BadWeek as error:
        row.wrong("person", str(error))
        return None


def _leave(path: Path, names: set[str], faults: Faults) -> dict[str, dict[date, Span | None]]:
    """Leave by person and date: whole days from a date to a date, or a part of a day from a time to a time."""
    found: dict[str, dict[date, Span | None]] = {}
    for row in rows_of(path, ("person", "begins", "ends"), faults) if path.exists() else ():
        own = found.setdefault(_known(row, names), {})
        begins, ends = _whole_day(row, "begins"), _whole_day(row, "ends")
        if begins is None and ends is None:
            if (span := _stretch(row)) is not None:
                own[span[0]] = span[1]
        elif begins is None or ends is None or ends < begins:
            row.wrong(
                "ends", "leave is from a day to a day, or from a time to a time of one day. Write both alike."
            )
        else:
            own |= {begins + timedelta(days=each): None for each in range(min(400, (ends - begins).days + 1))}
    return found


def _fixed(
    path: Path, names: set[str], leave: Mapping[str, Mapping[date, Span | None]], faults: Faults
) -> dict[str, dict[date, Span]]:
    found: dict[str, dict[date, Span]] = {}
    for row in rows_of(path, ("person", "begins", "ends"), faults) if path.exists() else ():
        name, shift = _known(row, names), _stretch(row)
        if shift is None:
            continue
        on, span = shift
        away = leave.get(name, {})
        if on in away and ((part := away[on]) is None or part.meets(span)):
            row.wrong("begins", f"{name} has leave then. Take out this shift, or the leave in leave.csv.")
        elif on in found.setdefault(name, {}):
            row.wrong("begins", f"{name} has two fixed shifts on {on}. Take one of them out.")
        else:
            found[name][on] = span
    return found


def _known(row: Row, names: set[str]) -> str:
    name = row.text("person")
    if name and name not in names:
        row.wrong("person", f"{name} is not in people.csv. Add them there, or take the row out.")
    return name


def _whole_day(row: Row, column: str) -> date | None:
    try:
        return date.fromisoformat(row.text(column))
    except ValueError:
        return None


def _stretch(row: Row) -> tuple[date, Span] | None:
    begins, ends = row.instant("begins", LONDON), row.instant("ends", LONDON)
    if begins is None or ends is None:
        return None
    begins, ends = begins.astimezone(LONDON), ends.astimezone(LONDON)
    if begins.date() != ends.date() or ends <= begins:
        row.wrong("ends", "it must be later on the same day.")
        return None
    if begins.minute % 15 or ends.minute % 15:
        row.wrong("begins", "it is not on a quarter hour. Write times as 09:15.")
        return None
    return begins.date(), Span(quarter_of(begins.time()), quarter_of(ends.time()))


def _activities(path: Path, names: set[str], faults: Faults) -> Iterable[Activity]:
    seen: dict[tuple[str, str], int] = {}
    for row in rows_of(path, ("activity", "people", "minutes"), faults) if path.exists() else ():
        name, people = (
            row.text("activity"),
            [each.strip() for each in row.text("people").split(";") if each.strip()],
        )
        for person in people:
            if person not in names:
                row.wrong("people", f"{person} is not in people.csv. Add them there, or take them out.")
            if (first := seen.setdefault((name, person), row.number)) != row.number:
                row.wrong(
                    "activity", f"{person} has {name} in row {first} as well. Name the second one otherwise."
                )
        minutes = row.number_in("minutes", least=15.0, most=1440.0)
        if minutes % 15:
            row.wrong("minutes", f"{minutes:g} is not whole quarter hours. Write 15, 30 or 45.")
        earliest, latest = _moment(row, "earliest"), _moment(row, "latest")
        on = {_date(row, each) for each in row.cells.get("on", "").split(";") if each.strip()}
        try:
            window = None if earliest is None and latest is None else Span(earliest or 0, latest or QUARTERS)
        except BadWeek as error:
            row.wrong("latest", str(error))
            continue
        yield Activity(
            name, tuple(people), round(minutes / 15), frozenset(each for each in on if each), window
        )


def _date(row: Row, written: str) -> date | None:
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        row.wrong("on", f"{written.strip()!r} is no date. Write it as 2027-03-01.")
        return None
