from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from frontdoor.kernel.clock import NotAnInstant
from frontdoor.web import words


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2027, 3, 1, 17, 30, tzinfo=UTC), "1 March 2027 at 5:30pm"),
        (datetime(2027, 3, 1, 12, 0, tzinfo=UTC), "1 March 2027 at midday"),
        (datetime(2027, 3, 1, 0, 0, tzinfo=UTC), "1 March 2027 at midnight"),
        (datetime(2027, 7, 1, 23, 5, tzinfo=UTC), "2 July 2027 at 12:05am"),  # summer time: already tomorrow
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), "28 March 2027 at 2am"),  # the hour that the clocks skip
        (datetime(2027, 10, 31, 1, 30, tzinfo=UTC), "31 October 2027 at 1:30am"),  # the hour that comes twice
    ],
)
def test_datetime_words_are_said_as_a_london_clock_shows_them(at: datetime, said: str) -> None:
    assert words.datetime_words(at) == said


def test_date_words_of_a_day_need_no_zone() -> None:
    assert words.date_words(date(2027, 11, 9)) == "9 November 2027"
    assert words.short_date_words(date(2027, 9, 30)) == "30 Sep 2027"
    assert words.day_words(date(2027, 3, 1)) == "Monday 1 March 2027"


def test_time_words_of_a_time_of_day() -> None:
    assert [words.time_words(time(9)), words.time_words(time(12, 15))] == ["9am", "12:15pm"]


def test_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(NotAnInstant):
        words.datetime_words(datetime(2027, 3, 1, 9, 0))  # noqa: DTZ001 - the fault under test


@pytest.mark.parametrize(
    ("gone", "said"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=5), "5 hours ago"),
        (timedelta(hours=30), "yesterday"),
        (timedelta(days=3), "3 days ago"),
        (timedelta(days=14), "14 days ago"),
        (timedelta(days=15), "15 February 2027"),
        (timedelta(minutes=-5), "2 March 2027"),
    ],
)
def test_ago_words_grow_coarser_with_time(at: datetime, gone: timedelta, said: str) -> None:
    assert words.ago_words(at - gone, at) == said


def test_ago_words_just_after_midnight_still_count_hours() -> None:
    now = datetime(2027, 3, 2, 0, 30, tzinfo=UTC)
    assert words.ago_words(now - timedelta(hours=2), now) == "2 hours ago"


@pytest.mark.parametrize(
    ("size", "said"),
    [(1, "1 byte"), (999, "999 bytes"), (84_000, "84KB"), (10_000_000, "10MB"), (2_410_000, "2.4MB")],
)
def test_size_words(size: int, said: str) -> None:
    assert words.size_words(size) == said


@pytest.mark.parametrize(
    ("pence", "said"),
    [(1000, "£10"), (1050, "£10.50"), (0, "£0"), (-505, "−£5.05"), (123_456_700, "£1,234,567")],
)
def test_pounds_words(pence: int, said: str) -> None:
    assert words.pounds_words(pence) == said
