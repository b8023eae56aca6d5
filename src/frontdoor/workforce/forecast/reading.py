"""History and calendar from CSV. What is wrong is told by row and column; a cell that cannot be used is one that is not
known, and a file with too many of them is refused. docs/planning.md lists the columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import gcd, isfinite
from pathlib import Path
from typing import Final

import numpy as np

from frontdoor.kernel.clock import LONDON
from frontdoor.workforce.files import BadFiles, Faults, Row, rows_of
from frontdoor.workforce.forecast.definition import (
    DAY_MINUTES,
    BadHistory,
    Booleans,
    Calendar,
    Event,
    Floats,
    Forecast,
    History,
    Series,
    mail_out,
)

GRIDS: Final = (15, 20, 30, 60)
MOST_WRONG: Final = 0.05
MOST_DAYS: Final = 3_700
ONLY: Final = "contacts"
QUANTILES: Final = ("median", "low80", "high80", "low95", "high95")


@dataclass(frozen=True)
class Read:
    """A history, and what was found wrong in the file and worked round, in sentences."""

    history: History
    notes: tuple[str, ...]


@dataclass
class _Table:
    """Rows gathered: by series, day and minute of local time, the counts and in which passes of the clock they came."""

    cells: dict[tuple[str, int, int], list[tuple[int, float, int]]] = field(default_factory=dict)
    families: dict[str, str] = field(default_factory=dict)
    has_nothing: bool = False
    unusable: set[tuple[str, int, int]] = field(default_factory=set)
    rows: int = 0


def read_history(path: Path) -> Read:
    """Read `begins` and `contacts`, and where there are such columns `queue` (or `service` and `channel`), `family`, and
    `redials` (of callers who had given up, counted apart: taken off, so that the same wish is not forecast twice).

    Raises BadFiles where the file cannot be read, or more than a twentieth of its rows cannot be used.
    """
    refused, wrong = Faults(), Faults()
    table = _Table()
    begun: dict[str, datetime | None] = {}
    for row in rows_of(path, ("begins", "contacts"), refused):
        table.rows += 1
        _take(row, table, begun, wrong)
    refused.stop()
    if len(wrong.found) > MOST_WRONG * table.rows:
        raise BadFiles(
            [f"{path.name}: too many rows cannot be used for the rest to be trusted.", *wrong.found]
        )
    if not table.cells:
        raise BadFiles(
            [f"{path.name} has no contacts. Give what came, by interval, for some weeks at least."]
        )
    return _history(path.name, table, wrong.found)


def _take(row: Row, table: _Table, begun: dict[str, datetime | None], wrong: Faults) -> None:
    row = Row(row.file, row.number, row.cells, wrong)
    written = row.cells.get("begins", "").strip()
    if written not in begun or begun[written] is None:
        begun[written] = row.instant("begins", LONDON)
    at = begun[written]
    if at is None:
        return
    name = _name(row.cells)
    local = at.astimezone(LONDON)
    key = name, local.toordinal(), local.hour * 60 + local.minute
    table.families.setdefault(name, row.cells.get("family", "").strip())
    count = _count(row)
    if count is None:
        table.unusable.add(key)
        return
    table.has_nothing |= count == 0
    table.cells.setdefault(key, []).append((local.fold, count, row.number))


def _name(cells: Mapping[str, str]) -> str:
    parts = [cells.get(column, "").strip() for column in ("queue", "service", "channel")]
    return parts[0] or " ".join(part for part in parts[1:] if part) or ONLY


def _count(row: Row) -> float | None:
    found = []
    for column in ("contacts", "redials"):
        written = row.cells.get(column, "").strip()
        if not written and column == "redials":
            found.append(0.0)
            continue
        try:
            number = float(written)
        except ValueError:
            row.wrong(column, f"{written!r} is not a number, so what came then is taken as not known.")
            return None
        if number < 0 or not isfinite(number):
            row.wrong(column, f"{written} cannot be a count, so what came then is taken as not known.")
            return None
        found.append(number)
    if found[1] > found[0]:
        row.wrong("redials", "there are more redials than contacts, so what came then is taken as not known.")
        return None
    return found[0] - found[1]


def _history(file: str, table: _Table, wrong: list[str]) -> Read:
    notes = list(wrong)
    step = _grid(minute for _name, _day, minute in table.cells)
    minutes = next((grid for grid in GRIDS if grid % step == 0), 60)
    if step != minutes:
        notes.append(f"{file} counts every {step} minutes; the counts were added up to {minutes} minutes.")
    elif minutes != 15:
        notes.append(f"{file} counts every {minutes} minutes, so the forecast does too.")
    first = min(day for _name, day, _minute in table.cells)
    days = max(day for _name, day, _minute in table.cells) - first + 1
    if days > MOST_DAYS:
        raise BadFiles([f"{file} spans {days} days. Check the years of its dates; ten years are the most."])
    names = list(dict.fromkeys(name for name, _day, _minute in table.cells))
    counts = np.full((len(names), days, DAY_MINUTES // step), np.nan)
    places = {name: place for place, name in enumerate(names)}
    for (name, day, minute), found in table.cells.items():
        counts[places[name], day - first, minute // step] = _of_cell(file, name, found, day, notes)
    for name, day, minute in table.unusable:
        if name in places and 0 <= day - first < days:
            counts[places[name], day - first, minute // step] = np.inf
    counts = _added_up(_filled(counts, has_nothing=table.has_nothing), minutes // step)
    notes += [
        f"{name}: no contact ever came. It is forecast from its family, or as next to nothing."
        for name, place in places.items()
        if not np.nansum(counts[place])
    ]
    series = tuple(Series(name, table.families[name]) for name in names)
    return Read(History(series, date.fromordinal(first), counts, minutes), tuple(notes))


def _grid(minutes: Iterable[int]) -> int:
    """The step that all times are whole multiples of: minutes; an hour at most."""
    step = 60
    for minute in minutes:
        step = gcd(step, minute)
        if step == 1:
            break
    return step


def _of_cell(file: str, name: str, found: list[tuple[int, float, int]], day: int, notes: list[str]) -> float:
    """One count; of the hour that comes twice, the mean of its passes; not known where rows contradict each other."""
    if len(found) == 1:
        return found[0][1]
    passes = {fold: count for fold, count, _row in found}
    if len(passes) == len(found) or (len(found) == 2 and _is_twice(day)):
        return sum(count for _fold, count, _row in found) / len(found)
    if len({count for _fold, count, _row in found}) == 1:
        notes.append(
            f"{file}, row {found[1][2]}: {name} has the same time and count in row {found[0][2]}; taken once."
        )
        return found[0][1]
    notes.append(
        f"{file}, row {found[1][2]}: {name} has another count for the same time in row {found[0][2]}. Neither was used; "
        "take one of them out."
    )
    return float("inf")


def _is_twice(day: int) -> bool:
    """Whether the clocks go back on a day."""
    noon = datetime.combine(date.fromordinal(day), datetime.min.time(), tzinfo=LONDON)
    later = noon + timedelta(days=1)
    return (noon.utcoffset() or timedelta()) > (later.utcoffset() or timedelta())


def _filled(counts: Floats, *, has_nothing: bool) -> Floats:
    """Rows that are not there. Where a file tells of intervals in which nothing came, one that is missing is not known,
    but for times of day it never tells of; where it never does, nothing came whenever anything is told of that day.
    """
    is_bad: Booleans = np.isinf(counts)
    is_there: Booleans = np.logical_not(np.isnan(counts))
    told: Booleans = np.logical_or.reduce(is_there, axis=2)
    if has_nothing:
        never: Booleans = np.logical_not(np.logical_or.reduce(is_there, axis=1))
        counts = np.where(told[:, :, None] & never[:, None, :], 0.0, counts)
    else:
        counts = np.where(np.logical_or.reduce(told, axis=0)[None, :, None] & ~is_there, 0.0, counts)
    return np.where(is_bad, np.nan, counts)


def _added_up(counts: Floats, times: int) -> Floats:
    series, days, intervals = counts.shape
    found: Floats = counts.reshape(series, days, intervals // times, times).sum(axis=3)
    return found


def read_calendar(path: Path, *, holidays: Iterable[date] = ()) -> Calendar:
    """Read `kind` (closed, term, event or mail-out), `day`, and of the columns `until`, `name`, `queue` (several with
    semicolons), `extra`, `times`, `sent`, `share` what the kind needs. Raises BadFiles with every fault.
    """
    faults = Faults()
    closed, terms, events = set(holidays), [], []
    for row in rows_of(path, ("kind", "day"), faults):
        kind = row.one_of("kind", {word: word for word in ("closed", "term", "event", "mail-out")})
        first, last = _day(row, "day"), _day(row, "until", row.text("day"))
        if first is None or last is None:
            continue
        if last < first:
            row.wrong("until", "it is before the day it begins. Swap them.")
        elif (last - first).days > MOST_DAYS:
            row.wrong("until", "it is more than ten years later. Check the year.")
        elif kind == "closed":
            closed |= {first + timedelta(days=place) for place in range((last - first).days + 1)}
        elif kind == "term":
            terms.append((first, last))
        elif event := _event(row, kind, first, (last - first).days + 1):
            events.append(event)
    faults.stop()
    return Calendar(frozenset(closed), tuple(terms), tuple(events))


def _day(row: Row, column: str, default: str | None = None) -> date | None:
    written = row.text(column, default)
    try:
        return date.fromisoformat(written)
    except ValueError:
        if written:
            row.wrong(column, f"{written!r} is not a date. Write it as 2027-03-01.")
        return None


def _event(row: Row, kind: str, day: date, days: int) -> Event | None:
    series = [part.strip() for part in row.text("queue", "").split(";") if part.strip()]
    try:
        if kind == "mail-out":
            days = days if row.cells.get("until", "").strip() else 5
            return mail_out(
                row.text("name", kind),
                day,
                sent=row.number_in("sent"),
                share=row.number_in("share", most=1.0),
                days=days,
                series=series,
            )
        extra = row.number_in("extra") if row.cells.get("extra", "").strip() else None
        times = row.number_in("times") if row.cells.get("times", "").strip() else None
        return Event(row.text("name"), day, days, frozenset(series), extra, times)
    except BadHistory as error:
        row.wrong("name", str(error))
        return None


def read_forecast(path: Path) -> Forecast:
    """A forecast as `write_forecast` wrote it, to be scored; it cannot be updated. Raises BadFiles."""
    faults = Faults()
    cells: dict[tuple[str, int, int], list[float]] = {}
    for row in rows_of(path, ("begins", "queue", ONLY, *QUANTILES), faults):
        at = row.instant("begins", LONDON)
        values = [row.number_in(column) for column in (ONLY, *QUANTILES)]
        if at is not None:
            local = at.astimezone(LONDON)
            cells[row.text("queue"), local.toordinal(), local.hour * 60 + local.minute] = values
    faults.stop()
    if not cells:
        raise BadFiles([f"{path.name} has no forecast in it."])
    step = _grid(minute for _name, _day, minute in cells)
    minutes = next((grid for grid in GRIDS if grid == step), 15)
    names = list(dict.fromkeys(name for name, _day, _minute in cells))
    first = min(day for _name, day, _minute in cells)
    days = max(day for _name, day, _minute in cells) - first + 1
    found = np.zeros((6, len(names), days, DAY_MINUTES // minutes))
    for (name, day, minute), values in cells.items():
        found[:, names.index(name), day - first, minute // minutes] = values
    mean, median, low80, high80, low95, high95 = found
    series = tuple(Series(name) for name in names)
    return Forecast(
        series, date.fromordinal(first), minutes, mean, median, low80, high80, low95, high95, workings=()
    )
