"""The table of a published report falls out line for line: the same counts, the same per cents."""

from __future__ import annotations

from datetime import date

import pytest

from frontdoor.insight.periods import Period
from frontdoor.insight.published import as_published, how_cases_ended
from frontdoor.insight.summing import Scope
from tests.integration.insight.conftest import Counted

HALF_YEAR = Period(date(2018, 4, 1), date(2018, 9, 30))
NOW, THEN = date(2018, 6, 15), date(2017, 6, 15)

Line = tuple[float, float | None, float | None]

# Lancashire County Council, customer access service, first half of 2018/19 beside 2017/18 (domain 12).
LINES: dict[str, tuple[Line, Line]] = {
    "phone": ((458_108, 414_628, 90.5), (469_026, 417_001, 88.9)),
    "email": ((95_454, 96_195, 100.8), (93_433, 93_099, 99.6)),
    "social": ((867, None, None), (0, None, None)),
    "calls and emails": ((553_562, 510_823, 92.3), (562_459, 510_100, 90.7)),
    "calls, emails and social media": ((554_429, None, None), (562_459, None, None)),
}
ENDED = {
    "blue-badge": {"received": 24_800, "issued": 21_080, "refused": 3_720},
    "crisis-support": {"received": 2_001, "award given": 701, "declined": 1_300},
}
SHARES = {"blue-badge/issued": 85.0, "crisis-support/award given": 35.0}


@pytest.fixture
def lancashire(counted: Counted) -> None:
    """Exactly what the report counted, spread over two services."""
    for on, place in ((NOW, 0), (THEN, 1)):
        calls, answered, _ = LINES["phone"][place]
        emails, completed, _ = LINES["email"][place]
        assert answered is not None
        assert completed is not None
        for service, part in (("blue-badge", 1 / 3), ("street-problem", 2 / 3)):
            third = round(calls * part), round(answered * part), round(emails * part), round(completed * part)
            counted(on, service, "phone", received=third[0], answered=third[1])
            counted(on, service, "email", received=third[2], worked_off=third[3], answered=1)
    counted(NOW, "street-problem", "social", received=867)
    for service, ends in ENDED.items():
        counted(NOW, service, "web", {"opened/application": ends["received"]})
        counted(NOW, service, "web", {f"ended/{end}": n for end, n in ends.items() if end != "received"})


@pytest.mark.parametrize("line", LINES)
@pytest.mark.usefixtures("lancashire")
def test_line_is_as_published(line: str) -> None:
    now, then = LINES[line]
    row = next(row for row in as_published(period=HALF_YEAR, scope=Scope()) if row.name == line)
    for place, name in enumerate(("received", "done", "done-share")):
        figure = row.figures[name]
        for told, value in ((now[place], figure.value), (then[place], figure.before)):
            assert told is None or (value is not None and round(value, 1) == told), name


@pytest.mark.parametrize("outcome", SHARES)
@pytest.mark.usefixtures("lancashire")
def test_outcome_has_its_share(outcome: str) -> None:
    rows = {row.name: row.figures for row in how_cases_ended(period=HALF_YEAR, scope=Scope())}
    share = rows[outcome]["share"].value
    assert share is not None
    assert round(share, 1) == SHARES[outcome]
    service, _, end = outcome.partition("/")
    assert rows[outcome]["count"].value == ENDED[service][end]
    assert rows[f"{service}/received"]["count"].value == ENDED[service]["received"]


def test_what_has_not_ended_is_still_open(counted: Counted) -> None:
    counted(THEN, "blue-badge", "web", {"opened/application": 10, "ended/issued": 4})
    counted(NOW, "blue-badge", "phone", {"opened/application": 5, "ended/issued": 8})
    rows = {row.name: row.figures["count"] for row in how_cases_ended(period=HALF_YEAR, scope=Scope())}
    assert (rows["blue-badge/still open"].value, rows["blue-badge/still open"].before) == (3, 6)
