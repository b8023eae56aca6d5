"""From CSV to a forecast in CSV: what is read, what is said by row and column, both clock changes, and the command."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from frontdoor.config.cli import main
from frontdoor.workforce.files import BadFiles
from frontdoor.workforce.forecast.definition import Event
from frontdoor.workforce.forecast.reading import read_calendar, read_forecast, read_history
from frontdoor.workforce.forecast.writing import starts_of

MONDAY = datetime(2026, 9, 7, tzinfo=UTC)


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def six_weeks(path: Path, *, days: int = 42, per: int = 6, step: int = 15) -> Path:
    lines = ["begins,queue,contacts"]
    for day in range(days):
        for minute in range(8 * 60, 12 * 60, step):
            begins = MONDAY + timedelta(days=day, minutes=minute)
            if begins.weekday() < 5:
                lines.append(f"{begins:%Y-%m-%d %H:%M},badge calls,{per + begins.hour % 3}")
    return write(path, *lines)


def test_history_reads_queue_family_and_takes_redials_off(tmp_path: Path) -> None:
    read = read_history(
        write(
            tmp_path / "a.csv",
            "begins,service,channel,family,contacts,redials",
            "2026-09-07 08:00,badge,phone,permits,9,2",
            "2026-09-07 08:15,badge,phone,permits,0,",
            "2026-09-08 08:00,badge,phone,permits,5,0",
        )
    )
    assert [(each.name, each.family) for each in read.history.series] == [("badge phone", "permits")]
    assert read.history.first_day == date(2026, 9, 7)
    assert read.history.counts[0, :, 32].tolist() == [7.0, 5.0]
    assert np.isnan(read.history.counts[0, 1, 33])
    assert read.history.counts[0, 1, 34] == 0.0
    assert read.notes == ()


def test_history_without_any_nothing_means_nothing_where_a_row_is_missing(tmp_path: Path) -> None:
    lines = ("begins,queue,contacts", "2026-09-07 08:00,a,3", "2026-09-07 09:00,b,2", "2026-09-09 09:15,b,1")
    counts = read_history(write(tmp_path / "a.csv", *lines)).history.counts
    assert counts[0, 0, 36] == 0.0
    assert counts[0, 2].sum() == 0.0
    assert np.isnan(counts[:, 1]).all()


@pytest.mark.parametrize(("step", "minutes"), [(5, 15), (6, 30), (30, 30), (60, 60), (10, 20)])
def test_history_on_another_grid_is_added_up_or_left_as_it_is(
    tmp_path: Path, step: int, minutes: int
) -> None:
    read = read_history(six_weeks(tmp_path / "a.csv", step=step))
    assert read.history.minutes == minutes
    assert read.history.counts[0, 0, 8 * 60 // minutes] == (6 + 8 % 3) * max(1, minutes // step)
    assert str(step if minutes != step else minutes) in read.notes[0]


def test_history_says_bad_counts_and_times_by_row_and_goes_on_without_them(tmp_path: Path) -> None:
    path = six_weeks(tmp_path / "a.csv")
    lines = path.read_text("utf-8").splitlines()
    lines[1] = "2026-09-07 08:00,badge calls,-3"
    lines[2] = "2026-09-07 08:15,badge calls,some"
    lines[3] = "7 September,badge calls,3"
    lines.append("2026-09-07 09:00,badge calls,99")
    lines.append(lines[9])
    read = read_history(write(path, *lines))
    assert np.isnan(read.history.counts[0, 0, [32, 33, 36]]).all()
    told = "\n".join(read.notes)
    assert "a.csv, row 2, contacts: -3 cannot be a count" in told
    assert "a.csv, row 3, contacts: 'some' is not a number" in told
    assert "a.csv, row 4, begins: '7 September' is not a time. Write it as 2027-03-01 08:15." in told
    assert "a.csv, row 482: badge calls has another count for the same time in row 6" in told
    assert "a.csv, row 483: badge calls has the same time and count in row 10; taken once." in told


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (("begins,queue", "2026-09-07 08:00,a"), "there is no column 'contacts'"),
        (("begins,contacts",), "has no contacts"),
        (("begins,contacts", "2026-09-07 08:00,x", "2026-09-07 08:15,2"), "too many rows"),
        (("begins,contacts", "1926-09-07 08:00,1", "2026-09-07 08:15,2"), "Check the years"),
    ],
)
def test_history_refuses_what_cannot_be_trusted(tmp_path: Path, lines: tuple[str, ...], words: str) -> None:
    with pytest.raises(BadFiles, match=words):
        read_history(write(tmp_path / "a.csv", *lines))


def test_hour_that_comes_twice_is_its_mean_and_the_one_left_out_is_said(tmp_path: Path) -> None:
    lines = ["begins,contacts", "2026-10-25 00:45,4", "2026-10-25 01:00,8", "2026-10-25 01:00,2"]
    lines += ["2026-10-25 01:15+01:00,5", "2026-10-25 01:15+00:00,1", "2026-10-25 02:00,0"]
    read = read_history(write(tmp_path / "a.csv", *lines))
    assert read.history.counts[0, 0, 3:6].tolist() == [4.0, 5.0, 3.0]
    assert read.notes == ()
    spring = ["begins,contacts", *(f"2026-03-29 {hour:02}:00,{hour}" for hour in (*range(3, 24),))]
    spring += ["2026-03-29 01:15,3"]
    assert "was never on the clock" in read_history(write(tmp_path / "b.csv", *spring)).notes[0]


def test_starts_of_intervals_on_both_nights() -> None:
    assert starts_of(date(2026, 10, 25), 5, 15) == ["2026-10-25 01:15+01:00", "2026-10-25 01:15+00:00"]
    assert starts_of(date(2026, 3, 29), 5, 15) == []
    assert starts_of(date(2026, 3, 29), 8, 15) == ["2026-03-29 02:00"]


def test_calendar_reads_each_kind(tmp_path: Path) -> None:
    found = read_calendar(
        write(
            tmp_path / "c.csv",
            "kind,day,until,name,queue,extra,times,sent,share",
            "closed,2026-12-24,2026-12-25,,,,,,",
            "term,2026-09-01,2026-10-23,,,,,,",
            "event,2027-03-01,,offer day,admissions; travel,,3,,",
            "mail-out,2027-02-01,,renewals,badge,,,18000,12%",
        ),
        holidays=[date(2026, 12, 28)],
    )
    assert found.holidays == {date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 28)}
    assert found.is_term(date(2026, 10, 23))
    assert not found.is_term(date(2026, 10, 24))
    assert found.events == (
        Event("offer day", date(2027, 3, 1), 1, frozenset({"admissions", "travel"}), times=3.0),
        Event("renewals", date(2027, 2, 1), 5, frozenset({"badge"}), extra=2160.0),
    )


def test_calendar_says_every_fault_by_row_and_column(tmp_path: Path) -> None:
    path = write(
        tmp_path / "c.csv",
        "kind,day,until,name,extra,times,sent,share",
        "shut,2026-12-24,,,,,,",
        "closed,24/12/2026,,,,,,",
        "term,2026-12-24,2026-12-01,,,,,",
        "mail-out,2026-12-24,,letters,,,100,3",
        "event,2026-12-24,,fair,3,3,,",
    )
    with pytest.raises(BadFiles) as caught:
        read_calendar(path)
    told = str(caught.value)
    for words in (
        "row 2, kind: 'shut' is none of",
        "row 3, day: '24/12/2026' is not a date",
        "row 4, until: it is before",
        "row 5, share: 3 cannot be",
        "row 6, name: The event 'fair' has both",
    ):
        assert f"c.csv, {words}" in told


def test_command_forecasts_updates_and_scores(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    history, out = six_weeks(tmp_path / "history.csv"), tmp_path / "out"
    assert main(["forecast", str(history), "--days", "7", "--into", str(out)]) == 0
    said = capsys.readouterr()
    assert "badge calls" in said.out
    with (out / "forecast.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 5 * 16
    assert rows[0]["begins"] == "2026-10-19 08:00"
    assert rows[0]["queue"] == "badge calls"
    assert float(rows[0]["low95"]) <= float(rows[0]["low80"]) <= float(rows[0]["median"]) <= 10
    assert float(rows[0]["contacts"]) == pytest.approx(8.0, abs=1.0)
    assert read_forecast(out / "forecast.csv").mean.sum() == pytest.approx(
        sum(float(row["contacts"]) for row in rows)
    )

    came = write(tmp_path / "came.csv", *(["begins,queue,contacts"] + [
        f"2026-10-19 {hour:02}:{quarter:02},badge calls,16" for hour in (8, 9) for quarter in (0, 15, 30, 45)
    ]))  # fmt: skip
    assert main(["forecast", str(history), "--days", "7", "--so-far", str(came), "--into", str(out)]) == 0
    updated = read_forecast(out / "forecast.csv")
    assert (updated.mean[0, 0, 32:40] == 16).all()
    told = capsys.readouterr().out.partition("The rest of the day\n")[2].splitlines()
    assert told[0].split()[:2] == ["2026-10-19", "came"]
    name, came_so_far, before, now = (told[1][:11], *told[1][11:].split()[:3])
    assert (name, came_so_far) == ("badge calls", "128")
    assert float(now) > float(before)

    assert main(["forecast", str(came), "--against", str(out / "forecast.csv"), "--into", str(out)]) == 0
    assert "chance alone" in capsys.readouterr().out
    assert (out / "score.csv").read_text("utf-8").startswith("begins,queue,contacts,came,off,off by chance")


def test_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forecast", str(tmp_path / "none.csv")]) == 2
    assert "none.csv is not there" in capsys.readouterr().err
    history = six_weeks(tmp_path / "history.csv")
    assert main(["forecast", str(history), "--days", "0"]) == 2
    assert "Forecast from 1 to 400 days" in capsys.readouterr().err
