"""Forecast contacts by quarter hour from counts of the past: `./run forecast history.csv --days 28 --into out`.

With --against, a forecast published before is scored against what came instead. docs/planning.md lists the columns.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date, timedelta
from pathlib import Path

from frontdoor.kernel.workingdays import bank_holidays
from frontdoor.workforce.files import BadFiles
from frontdoor.workforce.forecast.definition import BadHistory, Calendar, Forecast, History
from frontdoor.workforce.forecast.forecasting import forecast
from frontdoor.workforce.forecast.reading import read_calendar, read_forecast, read_history
from frontdoor.workforce.forecast.scoring import score
from frontdoor.workforce.forecast.updating import SoFar, rest_of, so_far_of, update
from frontdoor.workforce.forecast.writing import (
    told_forecast,
    told_rest,
    told_score,
    write_forecast,
    write_intervals,
)

SHOWN = 25


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What came, what is known of days, how far ahead, and where to write."""
    parser.add_argument("history", type=Path, help="CSV: begins, contacts (queue, family, redials)")
    parser.add_argument("--days", type=int, default=28, help="how many days to forecast (28)")
    parser.add_argument(
        "--from",
        dest="first_day",
        type=date.fromisoformat,
        metavar="DATE",
        help="the first of them (the day after the history)",
    )
    parser.add_argument(
        "--calendar", type=Path, metavar="FILE", help="CSV: closed days, terms, events, mail-outs"
    )
    parser.add_argument(
        "--bank-holidays",
        choices=("ENG", "WLS", "SCT", "NIR", "none"),
        default="ENG",
        help="whose bank holidays are closed days (ENG)",
    )
    parser.add_argument(
        "--so-far", type=Path, metavar="FILE", help="CSV: what came of a day, to update its rest"
    )
    parser.add_argument(
        "--against",
        type=Path,
        metavar="FILE",
        help="a forecast.csv published before, scored against the history",
    )
    parser.add_argument("--into", type=Path, metavar="FOLDER", help="write CSV files there")
    parser.add_argument("--seed", type=int, default=1, help="of the search for settings (1)")


def run(args: argparse.Namespace) -> int:
    """Read, forecast or score, tell, write; 2 where it cannot be done as asked."""
    try:
        read = read_history(args.history)
        _tell_notes(read.notes)
        if args.against is not None:
            return _score(args, read.history)
        found = forecast(
            read.history,
            _calendar(args, read.history),
            days=args.days,
            first_day=args.first_day,
            seed=args.seed,
        )
        rest = ""
        if args.so_far is not None:
            so_far = _so_far(args.so_far, found)
            rest = told_rest(found, so_far, rest_of(found, so_far))
            found = update(found, so_far)
    except (BadFiles, BadHistory) as error:
        print(f"Nothing was forecast.\n{error}", file=sys.stderr)
        return 2
    _tell_notes(found.notes)
    print(told_forecast(found))
    if rest:
        print(f"\nThe rest of the day\n{rest}")
    if args.into is not None:
        args.into.mkdir(parents=True, exist_ok=True)
        write_forecast(found, args.into / "forecast.csv")
        print(f"Written: {args.into / 'forecast.csv'}")
    return 0


def _tell_notes(notes: tuple[str, ...]) -> None:
    for note in notes[:SHOWN]:
        print(f"Note: {note}", file=sys.stderr)
    if len(notes) > SHOWN:
        print(f"Note: … and {len(notes) - SHOWN} more.", file=sys.stderr)


def _calendar(args: argparse.Namespace, history: History) -> Calendar:
    years = range(history.first_day.year, (history.days[-1] + timedelta(days=args.days + 400)).year + 1)
    nation = args.bank_holidays
    holidays = [day for year in years for day in bank_holidays(year, nation)] if nation != "none" else []
    if args.calendar is None:
        return Calendar(frozenset(holidays))
    return read_calendar(args.calendar, holidays=holidays)


def _so_far(path: Path, published: Forecast) -> SoFar:
    """The last day of the file, by the forecast's series."""
    read = read_history(path)
    _tell_notes(read.notes)
    return so_far_of(published, read.history)


def _score(args: argparse.Namespace, came: History) -> int:
    published = read_forecast(args.against)
    found = score(published, came)
    print(told_score(found))
    if args.into is not None:
        args.into.mkdir(parents=True, exist_ok=True)
        write_intervals(published, found, args.into / "score.csv")
        print(f"Written: {args.into / 'score.csv'}")
    return 0
