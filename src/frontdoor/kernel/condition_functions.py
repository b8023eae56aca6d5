"""The functions a condition or formula may call. Dates are ISO text; bad input raises `NotKnown` only."""

from __future__ import annotations

import calendar
import math
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from frontdoor.kernel.facts import Json, NotKnown
from frontdoor.kernel.months import months_later
from frontdoor.kernel.postcodes import read_postcode
from frontdoor.kernel.workingdays import ENGLAND


def years_between(start: Json, end: Json) -> Json:
    """Whole years from one date to a later one."""
    first, last = _day(start), _day(end)
    if last < first:
        raise NotKnown("the first date is after the second")
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def age_on(born: Json, day: Json) -> Json:
    """Age in whole years on a day. Born on 29 February: a year older on 1 March where there is no 29th."""
    return years_between(born, day)


def months_between(start: Json, end: Json) -> Json:
    """Whole months from one date to a later one."""
    first, last = _day(start), _day(end)
    if last < first:
        raise NotKnown("the first date is after the second")
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


def days_between(start: Json, end: Json) -> Json:
    """Days from one date to another; negative where the second is earlier."""
    return (_day(end) - _day(start)).days


def working_days_between(start: Json, end: Json) -> Json:
    """Working days (England) after the first date, up to and with the second."""
    first, last = _day(start), _day(end)
    try:
        return ENGLAND.working_days_between(first, last)
    except ValueError:
        raise NotKnown("the dates are too far apart") from None


def add_days(day: Json, count: Json) -> Json:
    """The date so many days later (earlier where negative)."""
    return _within_calendar(lambda: _day(day) + timedelta(days=_whole(count)))


def add_weeks(day: Json, count: Json) -> Json:
    """The date so many weeks later."""
    return _within_calendar(lambda: _day(day) + timedelta(weeks=_whole(count)))


def add_months(day: Json, count: Json) -> Json:
    """The same day so many months later, or the last day of that month where there is no such day."""
    return _within_calendar(lambda: months_later(_day(day), _whole(count)))


def add_years(day: Json, count: Json) -> Json:
    """The same day so many years later; 29 February becomes 28 February where there is none."""
    return _within_calendar(lambda: months_later(_day(day), 12 * _whole(count)))


def add_working_days(day: Json, count: Json) -> Json:
    """The working day (England) so many working days later."""
    return _within_calendar(lambda: ENGLAND.add_working_days(_day(day), _whole(count)))


def birthday(born: Json, age: Json) -> Json:
    """The first day of a given age, as `age_on` counts it."""
    first, years = _day(born), _whole(age)
    return _within_calendar(lambda: _anniversary(first, first.year + years))


def earliest(*days: Json) -> Json:
    """The earliest of several dates."""
    return min(_days(days)).isoformat()


def latest(*days: Json) -> Json:
    """The latest of several dates."""
    return max(_days(days)).isoformat()


def is_working_day(day: Json) -> Json:
    """Whether a date is a working day in England."""
    return ENGLAND.is_working_day(_day(day))


def upper(text: Json) -> Json:
    """The text in capitals."""
    return _text(text).upper()


def lower(text: Json) -> Json:
    """The text in small letters."""
    return _text(text).lower()


def contains_any(text: Json, words: Json) -> Json:
    """Whether any of the words stands in the text, whatever the case."""
    within = _text(text).casefold()
    return any(_text(word).casefold() in within for word in _list(words))


def count_of(items: Json) -> Json:
    """How many items a list has."""
    return len(_list(items))


def sum_of(items: Json) -> Json:
    """The sum of a list of numbers."""
    return math.fsum(_number(each) for each in _list(items))


def divide(amount: Json, by: Json) -> Json:
    """One number divided by another; not known where the second is 0."""
    if _number(by) == 0:
        raise NotKnown("a number cannot be divided by 0")
    return _number(amount) / _number(by)


def smallest(*numbers: Json) -> Json:
    """The smallest of several numbers."""
    return min(_numbers(numbers))


def largest(*numbers: Json) -> Json:
    """The largest of several numbers."""
    return max(_numbers(numbers))


def same_postcode(one: Json, other: Json) -> Json:
    """Whether two postcodes are the same, however they are typed."""
    return _postcode(one) == _postcode(other)


def same_text(one: Json, other: Json) -> Json:
    """Whether two texts are the same but for capitals and spaces."""
    return _text(one).casefold().split() == _text(other).casefold().split()


FUNCTIONS: Final[Mapping[str, Callable[..., Json]]] = {
    function.__name__: function
    for function in (
        *(years_between, age_on, months_between, days_between, working_days_between, birthday),
        *(add_days, add_weeks, add_months, add_years, add_working_days, is_working_day, earliest, latest),
        *(upper, lower, contains_any, same_postcode, same_text),
        *(count_of, sum_of, divide, smallest, largest),
    )
}


def _anniversary(first: date, year: int) -> date:
    if (first.month, first.day) == (2, 29) and not calendar.isleap(year):
        return date(year, 3, 1)
    return first.replace(year=year)


def _within_calendar(work: Callable[[], date]) -> str:
    try:
        return work().isoformat()
    except (ValueError, OverflowError):
        raise NotKnown("the date is outside the calendar") from None


def _day(value: Json) -> date:
    if not isinstance(value, str) or len(value) != len("YYYY-MM-DD"):
        raise NotKnown("what should be a date is not one")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise NotKnown("what should be a date is not one") from None


def _days(values: tuple[Json, ...]) -> list[date]:
    return [_day(value) for value in _spread(values)]


def _numbers(values: tuple[Json, ...]) -> list[float]:
    return [_number(value) for value in _spread(values)]


def _spread(values: tuple[Json, ...]) -> list[Json]:
    """Both `earliest(a, b)` and `earliest([a, b])`."""
    spread = _list(values[0]) if len(values) == 1 and isinstance(values[0], list) else list(values)
    if not spread:
        raise NotKnown("there is nothing to choose from")
    return spread


def _whole(value: Json) -> int:
    number = _number(value)
    if not number.is_integer():
        raise NotKnown("what should be a whole number is not one")
    return int(number)


def _number(value: Json) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise NotKnown("what should be a number is not one")
    return float(value)


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise NotKnown("what should be text is not")
    return value


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list | tuple):
        raise NotKnown("what should be a list is not one")
    return list(value)


def _postcode(value: Json) -> str:
    if (postcode := read_postcode(_text(value))) is None:
        raise NotKnown("what should be a postcode is not one")
    return postcode
