"""A rota as tables: `roster.csv`, which a simulation reads as it is; and need beside cover by quarter hour."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from frontdoor.workforce.files import shown, write_rows
from frontdoor.workforce.rota.definition import Rota, Week, clock
from frontdoor.workforce.rota.measuring import cover_of, measure, need_when_open

WORK = "work"


def write_rota(rota: Rota, path: Path) -> None:
    """Each shift as a row of work, and its pauses and activities as rows that are taken out of it."""
    write_rows(path, ("person", "begins", "ends", "activity", "where"), _rows(rota))


def _rows(rota: Rota) -> Iterator[tuple[str, ...]]:
    for shift in sorted(rota.shifts, key=lambda shift: (shift.person, shift.on)):
        parts = [
            (shift.span, WORK),
            *sorted((each.span, each.name) for each in (*shift.pauses, *shift.activities)),
        ]
        for span, name in parts:
            ends = f"{shift.on} {clock(span.ends)}"
            where = "office" if shift.is_in_office else ""
            yield shift.person, f"{shift.on} {clock(span.begins)}", ends, name, where


def write_cover(week: Week, rota: Rota, path: Path) -> None:
    """Need, people on contacts, short and over, by quarter hour of the opening hours."""
    write_rows(path, ("begins", "need", "at work", "short", "over"), _cover(week, rota))


def _cover(week: Week, rota: Rota) -> Iterator[tuple[str, ...]]:
    figures, at_work = measure(week, rota), cover_of(week, rota).at_work.sum(axis=2)
    need = need_when_open(week).sum(axis=2)
    for place, day in enumerate(week.days):
        for t in range(day.opens.begins, day.opens.ends):
            cell = place, t
            numbers = (need[cell], at_work[cell], figures.short[cell], figures.over[cell])
            yield f"{day.on} {clock(t)}", *(shown(float(each), 2) for each in numbers)
