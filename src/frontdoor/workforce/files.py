"""Tables of CSV: rows read with their numbers, cells read by what they must be, and every fault told at once."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

UTC = ZoneInfo("UTC")
SHOWN = 20
Value = TypeVar("Value")


class BadFiles(ValueError):
    """Files that cannot be used as they are. `faults`: file, row and column of each, and what to do."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        more = [f"… and {len(faults) - SHOWN} more."] if len(faults) > SHOWN else []
        super().__init__("\n".join([*faults[:SHOWN], *more]))


@dataclass
class Faults:
    """What was found wrong so far."""

    found: list[str] = field(default_factory=list)

    def stop(self) -> None:
        """Raises BadFiles where anything was."""
        if self.found:
            raise BadFiles(self.found)


@dataclass(frozen=True)
class Row:
    """One row. `number`: as a spreadsheet counts, the head is row 1."""

    file: str
    number: int
    cells: Mapping[str, str]
    faults: Faults

    def wrong(self, column: str, words: str) -> None:
        """Note a fault of a cell."""
        self.faults.found.append(f"{self.file}, row {self.number}, {column}: {words}")

    def text(self, column: str, default: str | None = None) -> str:
        """What stands there; where nothing does, the default, and a fault without one."""
        found = self.cells.get(column, "").strip()
        if found:
            return found
        if default is None:
            self.wrong(column, "it is empty. Fill it in.")
            return ""
        return default

    def number_in(
        self, column: str, default: float | None = None, *, least: float = 0.0, most: float = 1e12
    ) -> float:
        """A number within bounds; `least` stands in for one that is wrong."""
        written = self.text(column, None if default is None else str(default))
        try:
            found = float(written.removesuffix("%")) / (100.0 if written.endswith("%") else 1.0)
        except ValueError:
            if written:
                self.wrong(column, f"{written!r} is not a number. Write one, as 12.5.")
            return max(least, 1.0)
        if not least <= found <= most:
            bounds = f"at least {least:g}" if most >= 1e12 else f"between {least:g} and {most:g}"
            self.wrong(column, f"{written} cannot be: it must be {bounds}.")
            return max(least, 1.0)
        return found

    def one_of(self, column: str, values: Mapping[str, Value], default: str | None = None) -> Value:
        """One of a few words; the first stands in for one that is wrong."""
        written = self.text(column, default)
        if written not in values:
            self.wrong(column, f"{written!r} is none of {', '.join(values)}. Write one of these.")
            return next(iter(values.values()))
        return values[written]

    def instant(self, column: str, zone: ZoneInfo) -> datetime | None:
        """A time, local unless it says its offset; None, and a fault, where it cannot be read or never was."""
        written = self.text(column)
        try:
            found = datetime.fromisoformat(written)
        except ValueError:
            if written:
                self.wrong(column, f"{written!r} is not a time. Write it as 2027-03-01 08:15.")
            return None
        if found.tzinfo is not None:
            return found
        aware = found.replace(tzinfo=zone)
        if aware.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != found:
            self.wrong(column, f"{written} was never on the clock: it goes forward over it that night.")
            return None
        return aware


def rows_of(path: Path, columns: Sequence[str], faults: Faults) -> Iterator[Row]:
    """The rows of a file that has at least these columns; blank rows are passed over, and heads read in small letters.

    A file that is not there, or without a column, is a fault, and has no rows.
    """
    try:
        content = path.read_bytes()
    except OSError:
        faults.found.append(f"{path.name} is not there. It must have the columns {', '.join(columns)}.")
        return
    yield from rows_in(path.name, content, columns, faults)


def rows_in(file: str, content: bytes, columns: Sequence[str], faults: Faults) -> Iterator[Row]:
    """The same of a file that was handed in."""
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        faults.found.append(f"{file} is not written in UTF-8. Save it as “CSV UTF-8”.")
        return
    reader = csv.reader(lines)
    heads = [head.strip().lower() for head in next(reader, [])]
    if missing := [column for column in columns if column not in heads]:
        faults.found.append(f"{file}, row 1: there is no column {missing[0]!r}. Add it to the head.")
        return
    for number, cells in enumerate(reader, start=2):
        if any(cell.strip() for cell in cells):
            yield Row(file, number, dict(zip(heads, cells, strict=False)), faults)


def write_rows(path: Path, heads: Sequence[str], rows: Iterator[Sequence[object]]) -> None:
    """Write a table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heads)
        writer.writerows(rows)


def shown(value: float, places: int = 4) -> str:
    """A number in few characters; nothing for one that is not known."""
    return "" if value != value else f"{value:.{places}f}".rstrip("0").rstrip(".")
