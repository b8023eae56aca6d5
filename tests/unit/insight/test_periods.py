"""Periods, and the same period a year before."""

from __future__ import annotations

from datetime import date

import pytest

from frontdoor.insight.periods import NotAPeriod, Period, financial_year_to, months_in


@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        ("2026-04-01", "2026-09-30", ("2025-04-01", "2025-09-30")),
        ("2025-02-01", "2025-02-28", ("2024-02-01", "2024-02-29")),
        ("2024-02-01", "2024-02-29", ("2023-02-01", "2023-02-28")),
        ("2024-02-29", "2024-02-29", ("2023-02-28", "2023-02-28")),
        ("2026-11-09", "2026-11-22", ("2025-11-09", "2025-11-22")),
    ],
)
def test_a_year_before(first: str, last: str, before: tuple[str, str]) -> None:
    found = Period(date.fromisoformat(first), date.fromisoformat(last)).a_year_before()
    assert (found.first.isoformat(), found.last.isoformat()) == before


@pytest.mark.parametrize(("first", "last"), [("2026-04-02", "2026-04-01"), ("2010-01-01", "2026-01-01")])
def test_what_is_no_period_is_refused(first: str, last: str) -> None:
    with pytest.raises(NotAPeriod):
        Period(date.fromisoformat(first), date.fromisoformat(last))


def test_months_are_cut_to_the_period() -> None:
    found = months_in(Period(date(2026, 1, 15), date(2026, 3, 2)))
    assert [(each.first.day, each.last.day) for each in found] == [(15, 31), (1, 28), (1, 2)]


@pytest.mark.parametrize(("day", "first"), [("2026-03-31", "2025-04-01"), ("2026-04-01", "2026-04-01")])
def test_financial_year_begins_in_april(day: str, first: str) -> None:
    assert financial_year_to(date.fromisoformat(day)).first.isoformat() == first
