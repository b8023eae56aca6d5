from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from frontdoor.web.promises import PromiseShown, PromiseState, promise_shown

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("due_in", "state", "words"),
    [
        (12 * DAY, PromiseState.ON_TIME, "Due in 12 days"),
        (3 * DAY, PromiseState.SOON, "Due in 3 days"),
        (DAY, PromiseState.SOON, "Due tomorrow"),
        (timedelta(hours=2), PromiseState.SOON, "Due today, midday"),
        (-timedelta(hours=1), PromiseState.OVERDUE, "Overdue since 9am"),
        (-DAY, PromiseState.OVERDUE, "Overdue by 1 day"),
        (-6 * DAY, PromiseState.OVERDUE, "Overdue by 6 days"),
    ],
)
def test_open_promise_says_how_it_stands(
    at: datetime, due_in: timedelta, state: PromiseState, words: str
) -> None:
    shown = promise_shown(due_at=at + due_in, at=at)
    assert (shown.state, shown.words) == (state, words)


def test_promise_until_the_end_of_the_day_names_no_hour(at: datetime) -> None:
    due_at = datetime(2027, 3, 2, 23, 59, 59, tzinfo=UTC)
    assert promise_shown(due_at=due_at, at=at).words == "Due today"


def test_stopped_clock_is_never_overdue(at: datetime) -> None:
    shown = promise_shown(due_at=at - DAY, at=at, stopped=True)
    assert shown == PromiseShown(state=PromiseState.STOPPED, words="Clock stopped", by="1 Mar 2027")


@pytest.mark.parametrize(
    ("late", "state", "words"),
    [
        (timedelta(0), PromiseState.KEPT, "Done on time"),
        (timedelta(hours=1), PromiseState.MISSED, "Done 1 day late"),
        (3 * DAY, PromiseState.MISSED, "Done 3 days late"),
    ],
)
def test_finished_promise_is_kept_or_missed(
    at: datetime, late: timedelta, state: PromiseState, words: str
) -> None:
    shown = promise_shown(due_at=at, at=at + 30 * DAY, done_at=at + late)
    assert (shown.state, shown.words) == (state, words)


def test_no_promise_says_so(at: datetime) -> None:
    assert promise_shown(due_at=None, at=at) == PromiseShown(
        state=PromiseState.NONE, words="No date promised"
    )
