"""Known events as a table: written, and read back in whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from frontdoor.staff.models import User
from frontdoor.workforce.files import Faults, Row, rows_in
from frontdoor.workforce.records.expected.events import NotAnEvent, note_event, require_planner
from frontdoor.workforce.records.models import EventKind, KnownEvent

HEAD = ("name", "kind", "first day", "last day", "services", "sent", "will call", "times")
NEEDED = HEAD[:3]
KINDS = {each.value: each for each in EventKind}


@dataclass(frozen=True)
class _Said:
    """An event as a row says it. `services`: ids; empty: all."""

    row: Row
    name: str
    kind: EventKind
    first_on: date
    last_on: date
    services: tuple[str, ...]
    sent: int | None
    will_call: float | None
    times: float | None

    @property
    def is_there(self) -> bool:
        """Whether it is in the calendar as it is said here."""
        found = KnownEvent.objects.filter(
            name=self.name, kind=self.kind, first_on=self.first_on, last_on=self.last_on
        )
        wanted = (sorted(self.services), self.sent, self.will_call, self.times)
        return wanted in [(sorted(each.services), each.sent, each.will_call, each.times) for each in found]


def event_rows(events: Iterable[KnownEvent]) -> list[list[str]]:
    """The rows of HEAD, as they are read back in."""
    return [
        [
            each.name,
            each.kind,
            each.first_on.isoformat(),
            each.last_on.isoformat(),
            "; ".join(each.services),
            "" if each.sent is None else str(each.sent),
            "" if each.will_call is None else f"{100 * each.will_call:g}%",
            "" if each.times is None else f"{each.times:g}",
        ]
        for each in events
    ]


@transaction.atomic
def note_events_in(
    *, file: str, content: bytes, services: Mapping[str, str], by: User, at: datetime
) -> tuple[int, int]:
    """Note every event of a CSV file; how many were new, and how many were in the calendar already. `services`: the id
    of each service by what it may be called. Raises BadFiles with every fault, and then notes none; MayNotPlanWork.
    """
    require_planner(by)
    faults = Faults()
    found = [_read(row, services) for row in rows_in(file, content, NEEDED, faults)]
    if not found and not faults.found:
        faults.found.append(f"{file} has no events. Give one in each row, below the head.")
    faults.stop()
    noted = 0
    for each in (each for each in found if each is not None and not each.is_there):
        try:
            note_event(
                name=each.name, kind=each.kind, first_on=each.first_on, last_on=each.last_on, services=each.services,
                sent=each.sent, will_call=each.will_call, times=each.times, by=by, at=at,
            )  # fmt: skip
        except NotAnEvent:
            each.row.wrong(
                "sent",
                "say either how many are sent and the share who will call, or how many times the usual.",
            )
        noted += 1
    faults.stop()
    return noted, len(found) - noted


def _read(row: Row, services: Mapping[str, str]) -> _Said | None:
    first = _day(row, "first day", row.text("first day"))
    last = _day(row, "last day", row.text("last day", row.text("first day", "-")))
    kind, name = row.one_of("kind", KINDS), " ".join(row.text("name").split())[:80]
    if first and last and last < first:
        row.wrong("last day", "it lies before the first day. Enter the first day or a later one.")
    said = _Said(
        row=row,
        name=name,
        kind=kind,
        first_on=first or date.min,
        last_on=last or date.min,
        services=_services(row, services),
        sent=None if (sent := _number(row, "sent")) is None else round(sent),
        will_call=_number(row, "will call", most=1.0),
        times=_number(row, "times"),
    )
    return said if first and last else None


def _day(row: Row, column: str, written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        if written and written != "-":
            row.wrong(column, f"{written!r} is not a day. Write it as 2027-03-01.")
        return None


def _services(row: Row, services: Mapping[str, str]) -> tuple[str, ...]:
    names: Sequence[str] = [name.strip() for name in row.text("services", "").split(";") if name.strip()]
    for name in names:
        if name.lower() not in services:
            row.wrong("services", f"{name!r} is no service of ours. Write its name, or none for all.")
    return tuple(services[name.lower()] for name in names if name.lower() in services)


def _number(row: Row, column: str, *, most: float = 1e8) -> float | None:
    return row.number_in(column, most=most) if row.text(column, "") else None
