"""Shifts in words and as bars, and quarter hours, as several pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from frontdoor.kernel.clock import day_of, now_utc
from frontdoor.kernel.workingdays import ENGLAND
from frontdoor.web.calls import read_day
from frontdoor.web.planning.drawing import Bar
from frontdoor.web.words import time_words, weekday_words
from frontdoor.workforce.records.attending.presence import KINDS
from frontdoor.workforce.records.models import Contract, Shift
from frontdoor.workforce.records.rotas.rota import PlannedShift
from frontdoor.workforce.records.terms.fixed_shifts import fixed_words
from frontdoor.workforce.rota.definition import HOUR

KEY = (
    ("work", gettext_noop("At work")),
    ("break", gettext_noop("Break")),
    ("lunch", gettext_noop("Lunch")),
    ("training", gettext_noop("Training")),
    ("meeting", gettext_noop("Briefing, one-to-one")),
)


def open_day_asked(request: HttpRequest) -> date:
    """The day of the address, or else today, or the next day that we are open."""
    asked = read_day(request.GET.get("on", ""))
    return asked or ENGLAND.working_day_on_or_after(day_of(now_utc()))


def key() -> list[dict[str, str]]:
    """What the colours of bars mean."""
    return [{"style": style, "name": _(name)} for style, name in KEY]


def bars_of(shifts: Iterable[Shift]) -> list[Bar]:
    """Each shift as a bar of work with its parts upon it."""
    found: list[Bar] = []
    for shift in shifts:
        found.append(Bar("work", shift.starts_at, shift.ends_at))
        found += [Bar(KINDS[part.kind], part.starts_at, part.ends_at) for part in shift.parts.all()]
    return found


def clock(quarter: int) -> str:
    """9:45: when a quarter hour of the day begins."""
    return f"{quarter // HOUR}:{quarter % HOUR * 15:02}"


def whole_hours(busy: Sequence[int]) -> range:
    """The quarter hours of the hours from the first to the last of these; of 8:00 to 18:00 where there are none."""
    first, last = (min(busy), max(busy)) if busy else (8 * HOUR, 18 * HOUR - 1)
    return range(first // HOUR * HOUR, (last // HOUR + 1) * HOUR)


def hours_words(shift: Shift | PlannedShift) -> str:
    """9am to 5pm."""
    return _("%(from)s to %(to)s") % {"from": time_words(shift.starts_at), "to": time_words(shift.ends_at)}


def between_words(earliest: time | None, latest: time | None) -> str:
    """9am to 5pm; from 9am; until 5pm; nothing where neither is said."""
    if earliest and latest:
        return _("%(from)s to %(to)s") % {"from": time_words(earliest), "to": time_words(latest)}
    if earliest:
        return _("from %(time)s") % {"time": time_words(earliest)}
    return _("until %(time)s") % {"time": time_words(latest)} if latest else ""


def fixed_shifts_words(contract: Contract) -> list[str]:
    """Tue 8am to 1pm, for each shift that stands by contract."""
    return [
        _("%(day)s %(from)s to %(to)s")
        % {"day": weekday_words(day)[:3], "from": time_words(begins), "to": time_words(ends)}
        for day, begins, ends in fixed_words(contract)
    ]


def parts_words(shift: Shift) -> str:
    """In the office; Lunch 12 to 12:30pm; Training 2pm to 3pm."""
    parts = sorted(shift.parts.all(), key=lambda each: each.starts_at)
    office = [_("In the office")] if shift.is_in_office else []
    return "; ".join(
        office
        + [
            _("%(what)s %(from)s to %(to)s")
            % {
                "what": part.get_kind_display(),
                "from": time_words(part.starts_at),
                "to": time_words(part.ends_at),
            }
            for part in parts
        ]
    )


def hours_number(number: float) -> str:
    """12.5 h."""
    return _("%(hours)s h") % {"hours": f"{number:,.1f}"}
