"""Forecasts and scores as tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final

import numpy as np

from frontdoor.kernel.clock import LONDON
from frontdoor.workforce.files import shown, write_rows
from frontdoor.workforce.forecast.definition import Forecast
from frontdoor.workforce.forecast.scoring import Score
from frontdoor.workforce.forecast.totals import Totals
from frontdoor.workforce.forecast.updating import SoFar

FORECAST: Final = ("begins", "queue", "contacts", "median", "low80", "high80", "low95", "high95")
INTERVALS: Final = ("begins", "queue", "contacts", "came", "off", "off by chance alone")


def starts_of(day: date, interval: int, minutes: int) -> list[str]:
    """When an interval of local time begins on a day: none in the hour that is left out in spring, two in the one that
    comes twice in autumn, each with its offset from UTC.
    """
    clock = (datetime.combine(day, time()) + timedelta(minutes=interval * minutes)).time()
    passes = [datetime.combine(day, clock, LONDON).replace(fold=fold) for fold in (0, 1)]
    real = [each for each in passes if _is_real(each)]
    if passes[0].utcoffset() == passes[1].utcoffset():
        return [f"{passes[0]:%Y-%m-%d %H:%M}"]
    return [each.isoformat(" ", "minutes") for each in real]


def _is_real(at: datetime) -> bool:
    return at.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None, fold=0) == at.replace(
        tzinfo=None, fold=0
    )


def write_forecast(forecast: Forecast, path: Path) -> None:
    """Every interval in which anything may come, as a table that the simulation reads too."""
    write_rows(path, FORECAST, _forecast_rows(forecast))


def _forecast_rows(forecast: Forecast) -> Iterator[tuple[str, ...]]:
    arrays = (
        forecast.mean,
        forecast.median,
        forecast.low80,
        forecast.high80,
        forecast.low95,
        forecast.high95,
    )
    for place, series in enumerate(forecast.series):
        for row, day in enumerate(forecast.days):
            for interval in np.flatnonzero(forecast.mean[place, row] > 0):
                cells = [shown(float(array[place, row, interval]), 3) for array in arrays]
                for begins in starts_of(day, int(interval), forecast.minutes):
                    yield begins, series.name, *cells


def write_intervals(forecast: Forecast, score: Score, path: Path) -> None:
    """What came against what was expected, by interval, with what chance alone would be off."""
    write_rows(path, INTERVALS, _interval_rows(forecast, score))


def _interval_rows(forecast: Forecast, score: Score) -> Iterator[tuple[str, ...]]:
    for place, series in enumerate(forecast.series):
        for row, day in enumerate(forecast.days):
            for interval in np.flatnonzero(~np.isnan(score.off[place, row])):
                at = place, row, interval
                expected, off = float(forecast.mean[at]), float(score.off[at])
                cells = (expected, expected + off, off, float(score.chance[at]))
                for begins in starts_of(day, int(interval), forecast.minutes)[:1]:
                    yield begins, series.name, *(shown(cell, 3) for cell in cells)


def told_score(score: Score) -> str:
    """A line for each series, and one for all."""
    heads = ("", "came", "expected", "error", "chance alone", "within 80 %", "within 95 %")
    rows = [
        (
            name,
            f"{score.came[place]:,.0f}",
            f"{score.expected[place]:,.0f}",
            _percent(score.wape[place]),
            _percent(score.chance_wape[place]),
            _percent(score.cover80[place]),
            _percent(score.cover95[place]),
        )
        for place, name in enumerate(score.names)
    ]
    return _table([heads, *rows])


def told_forecast(forecast: Forecast) -> str:
    """A line for each series: contacts expected, and its busiest interval."""
    heads = ("", "contacts", "a day", "busiest interval", "expected then", "80 %")
    rows = [_told(forecast, place) for place in range(len(forecast.series))]
    return _table([heads, *rows])


def _told(forecast: Forecast, place: int) -> tuple[str, ...]:
    mean = forecast.mean[place]
    day, interval = np.unravel_index(int(mean.argmax()), mean.shape)
    at = place, day, interval
    open_days = max(1, int((mean.sum(axis=1) > 0).sum()))
    begins = (starts_of(forecast.days[int(day)], int(interval), forecast.minutes) or [""])[0]
    return (
        forecast.series[place].name,
        f"{mean.sum():,.0f}",
        f"{mean.sum() / open_days:,.1f}",
        begins,
        f"{mean[day, interval]:,.1f}",
        f"{forecast.low80[at]:,.0f} to {forecast.high80[at]:,.0f}",
    )


def told_rest(published: Forecast, so_far: SoFar, rest: Totals) -> str:
    """A line for each series: what came of the day, and what is still to come as published and as expected now."""
    day = published.mean[:, (so_far.day - published.first_day).days]
    rows = [
        (
            series.name,
            f"{np.nansum(counts):,.0f}",
            f"{day[place][np.isnan(counts)].sum():,.1f}",
            f"{rest.mean[place, 0]:,.1f}",
            f"{rest.low80[place, 0]:,.0f} to {rest.high80[place, 0]:,.0f}",
        )
        for place, (series, counts) in enumerate(zip(published.series, so_far.counts, strict=True))
    ]
    return _table([(f"{so_far.day}", "came", "to come: before", "to come: now", "80 %"), *rows])


def _percent(share: float) -> str:
    return "–" if share != share else f"{100 * share:.1f} %"


def _table(rows: list[tuple[str, ...]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
