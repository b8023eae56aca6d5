"""Shifts that stand every week by contract: read, checked against the rules, and put on the days of a week."""

from __future__ import annotations

from calendar import day_name
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import NoReturn

import numpy as np

from frontdoor.kernel.clock import monday_of
from frontdoor.workforce.records.models import Contract
from frontdoor.workforce.records.terms.opening import open_days
from frontdoor.workforce.records.terms.shift_rules import our_rules
from frontdoor.workforce.rota.definition import HOUR, QUARTERS, BadWeek, Day, Span, hours, quarter_of
from frontdoor.workforce.rota.editing import best_pauses

FixedRow = Sequence[int | str]
"""A weekday (Monday 0), and from when to when as 08:00; midnight at the end of a day is 24:00."""
USUAL = range(5)


class NotFixed(ValueError):
    """A fixed shift is for one weekday, from a quarter of an hour to a later one. Enter it again; nothing was changed."""


@dataclass(frozen=True)
class Standing:
    """What stands on the days of a week. `credits`: quarters that a day of leave over a fixed shift counts as;
    `left_out`: the shifts that lie outside the opening hours of their day.
    """

    fixed: Mapping[date, Span]
    credits: Mapping[date, int]
    left_out: Mapping[date, Span]


def fixed_of(contract: Contract) -> dict[int, Span]:
    """The fixed shifts of a contract by weekday, as quarter hours of the day. Raises NotFixed."""
    found: dict[int, Span] = {}
    try:
        for weekday, begins, ends in contract.fixed:
            found[int(weekday)] = Span(_quarter(str(begins)), _quarter(str(ends)))
    except (ValueError, TypeError) as wrong:
        raise NotFixed(str(wrong) if isinstance(wrong, BadWeek) else "") from wrong
    if len(found) < len(contract.fixed) or not found.keys() <= set(range(7)):
        raise NotFixed
    return dict(sorted(found.items()))


def _quarter(written: str) -> int:
    if written == "24:00":
        return QUARTERS
    moment = time.fromisoformat(written)
    if moment.minute % 15 or moment.second:
        raise ValueError(written)
    return quarter_of(moment)


def require_fixed(wanted: Contract) -> None:
    """Raise NotFixed, with what is wrong, where these fixed shifts could not be worked in every week of this contract."""
    fixed = fixed_of(wanted)
    if not fixed:
        return
    monday = monday_of(wanted.since_on)
    opens = {day.weekday(): span for day, span in open_days(monday)}
    paid = sum(_paid(weekday, span, wanted, opens) for weekday, span in fixed.items())
    if len(fixed) > wanted.days:
        _refuse(f"{len(fixed)} fixed shifts are more than the {wanted.days} days of a week")
    if paid > wanted.minutes // 15:
        _refuse(
            f"The fixed shifts come to {hours(paid)} paid, more than the {hours(wanted.minutes // 15)} a week"
        )
    _require_rest(wanted, fixed, opens)


def _paid(weekday: int, span: Span, wanted: Contract, opens: Mapping[int, Span]) -> int:
    """Paid quarters of one fixed shift."""
    name = day_name[weekday]
    if weekday not in (wanted.weekdays or USUAL):
        _refuse(f"{name} has a fixed shift and is not one of the weekdays")
    if weekday not in opens:
        _refuse(f"{name} has a fixed shift and we are closed then")
    if not opens[weekday].holds(span):
        _refuse(f"{name} {span} is outside the opening hours {opens[weekday]}")
    rules = our_rules()
    paid = rules.paid(span.quarters)
    if paid is None:
        _refuse(f"{name} {span} takes {hours(span.quarters)}, which no shift takes{_lunches()}")
    if best_pauses(rules, span, np.zeros(QUARTERS)) is None:
        _refuse(f"{name} {span} leaves no room for its pauses")
    return paid


def _lunches() -> str:
    """From which hours on there is an unpaid pause, where there is one."""
    found = (
        f": there is an unpaid {pause.name} of {hours(pause.quarters)} from {hours(pattern.least)} paid"
        for pattern in our_rules().patterns
        for pause in pattern.pauses
        if not pause.is_paid
    )
    return next(found, "")


def _require_rest(wanted: Contract, fixed: Mapping[int, Span], opens: Mapping[int, Span]) -> None:
    """Between a fixed shift and any shift of the day before or after lies the rest of the rules."""
    least = our_rules().rest
    for weekday in sorted(set(wanted.weekdays or USUAL) & opens.keys()):
        after = (weekday + 1) % 7
        if (
            after not in opens
            or after not in (wanted.weekdays or USUAL)
            or not {weekday, after} & fixed.keys()
        ):
            continue
        ends, begins = (_hours_on(each, wanted, fixed, opens) for each in (weekday, after))
        if (rest := QUARTERS - ends.ends + begins.begins) < least:
            _refuse(
                f"Between the latest end on {day_name[weekday]} and the earliest start on {day_name[after]} lie "
                f"{hours(rest)}, and {hours(least)} of rest must"
            )


def _hours_on(weekday: int, wanted: Contract, fixed: Mapping[int, Span], opens: Mapping[int, Span]) -> Span:
    if weekday in fixed:
        return fixed[weekday]
    earliest = quarter_of(wanted.earliest) if wanted.earliest else 0
    latest = quarter_of(wanted.latest) if wanted.latest else QUARTERS
    begins, ends = max(earliest, opens[weekday].begins), min(latest, opens[weekday].ends)
    return Span(begins, ends) if begins < ends else opens[weekday]


def _refuse(words: str) -> NoReturn:
    raise NotFixed(f"{words}. Change the times, hours or days; nothing was changed.")


def standing_on(contract: Contract, days: Sequence[Day], leave: Collection[date]) -> Standing:
    """The fixed shifts of a contract on these days. Leave goes before a fixed shift, and counts as its hours."""
    own = fixed_of(contract)
    today = {day.on: own[day.on.weekday()] for day in days if day.on.weekday() in own}
    out = {day.on for day in days if day.on in today and not day.opens.holds(today[day.on])}
    return Standing(
        {on: span for on, span in today.items() if on not in out and on not in leave},
        {on: our_rules().paid(span.quarters) or 0 for on, span in today.items() if on in leave},
        {on: span for on, span in today.items() if on in out and on not in leave},
    )


def fixed_words(contract: Contract) -> list[tuple[int, time, time]]:
    """The fixed shifts as times, in the order of the week; midnight at the end of a day is 00:00."""
    return [
        (weekday, _moment(span.begins), _moment(span.ends)) for weekday, span in fixed_of(contract).items()
    ]


def _moment(quarter: int) -> time:
    return time(quarter % QUARTERS // HOUR, quarter % HOUR * 15)
