"""The forecast engine on worlds made at random, of which the truth is known."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontdoor.workforce.forecast.assembling import assembled
from frontdoor.workforce.forecast.days import MIDDLE, from_turn, kernel_of
from frontdoor.workforce.forecast.definition import (
    BadHistory,
    Calendar,
    Event,
    Floats,
    Forecast,
    History,
    Series,
    mail_out,
)
from frontdoor.workforce.forecast.forecasting import forecast
from frontdoor.workforce.forecast.keeping import as_kept, of_kept
from frontdoor.workforce.forecast.learning import Learned, expect
from frontdoor.workforce.forecast.scoring import chance_error, score
from frontdoor.workforce.forecast.totals import totals
from frontdoor.workforce.forecast.updating import SoFar, rest_of, so_far_of, update

FIRST = date(2026, 1, 5)
OPEN = slice(32, 72)
HOURS = np.arange(40)
SHAPE = np.exp(-(((HOURS - 10) / 8.0) ** 2)) + 0.7 * np.exp(-(((HOURS - 26) / 7.0) ** 2)) + 0.05
WEEKDAY = np.array([1.25, 1.05, 1.0, 0.95, 0.85, 0.0, 0.0])


def rates(days: int, a_day: float, first: date = FIRST) -> Floats:
    """Contacts expected by day and interval of a service that is open Monday to Friday, 08:00 to 18:00."""
    found = np.zeros((days, 96))
    for place in range(days):
        weekday = (first + timedelta(days=place)).weekday()
        found[place, OPEN] = a_day * WEEKDAY[weekday] * SHAPE / SHAPE.sum()
    return found


def came(expected: Floats, seed: int = 1) -> Floats:
    return np.random.default_rng(seed).poisson(expected).astype(float)


def history(*counts: Floats, family: str = "", first: date = FIRST) -> History:
    series = tuple(Series(f"s{place}", family) for place in range(len(counts)))
    return History(series, first, np.stack(counts))


def at(found: Forecast, day: date) -> int:
    return (day - found.first_day).days


def test_forecast_of_a_steady_service_is_near_its_rates_and_closed_at_weekends() -> None:
    found = forecast(history(came(rates(70, 800.0))), days=14)
    true = rates(14, 800.0, found.first_day)
    assert np.abs(found.mean[0] - true).sum() < 0.06 * true.sum()
    assert (found.mean[0][true == 0] == 0).all()
    assert (found.high95[0][true == 0] == 0).all()
    assert (found.low95 <= found.low80).all()
    assert (found.low80 <= found.median).all()
    assert (found.median <= found.high80).all()
    assert (found.high80 <= found.high95).all()


def test_forecast_same_again_with_the_same_seed() -> None:
    known = history(came(rates(40, 100.0)))
    assert (forecast(known, days=5).mean == forecast(known, days=5).mean).all()


def test_bounds_cover_what_they_say() -> None:
    true = rates(112, 1200.0) * np.random.default_rng(5).gamma(200, 1 / 200, (112, 1))
    counts = came(true)
    found = forecast(history(counts[:84]), days=28)
    said = score(found, history(counts))
    assert 0.74 < said.cover80[0] < 0.88
    assert 0.91 < said.cover95[0] < 0.985


def test_closed_day_of_the_calendar_has_no_contacts_and_the_day_after_learns_from_others_like_it() -> None:
    holidays = frozenset(date(2026, 1, 5) + timedelta(days=28 * place) for place in range(1, 5))
    true = rates(119, 900.0)
    for day in holidays:
        true[(day - FIRST).days : (day - FIRST).days + 2] *= np.array([[0.0], [1.4]])
    found = forecast(history(came(true[:112])), Calendar(holidays), days=7)
    monday = at(found, max(holidays))
    assert found.mean[0, monday].sum() == 0
    plain = forecast(history(came(true[:112])), Calendar(holidays - {max(holidays)}), days=7)
    assert plain.mean[0, monday].sum() > 900
    assert found.mean[0, monday + 1].sum() > 1.15 * plain.mean[0, monday + 1].sum()


def test_flood_nobody_announced_is_told_and_does_not_poison_the_profile() -> None:
    counts = came(rates(84, 400.0))
    flooded = counts.copy()
    flooded[73] = came(rates(84, 400.0) * 5, seed=3)[73]
    clean, found = (forecast(history(each), days=7) for each in (counts, flooded))
    assert np.abs(found.mean - clean.mean).sum() < 0.03 * clean.mean.sum()
    assert "19 March 2026 (4.9 times the usual)" in " ".join(found.notes)


def test_odd_day_moves_those_after_it_no_more_than_a_day_that_is_just_odd() -> None:
    days = [FIRST + timedelta(days=place) for place in range(61)]
    kernel = kernel_of(days, Calendar(), weekdays=frozenset(range(7)), closed=frozenset())
    learned = Learned(np.exp(MIDDLE)[None], np.zeros((1, 3), np.int64), np.ones((1, 3)))
    scores = np.zeros((60, 3))
    scores[-1] = 0.3, 3.0, 9.0
    found = expect(kernel, scores, np.ones((60, 3), bool), learned, has_season=False).mean[-1]
    assert 0 < found[0] < found[1]
    assert found[2] == pytest.approx(found[1], rel=0.01)


def test_flood_where_usually_nothing_comes_is_told_without_a_multiple() -> None:
    expected = np.zeros((112, 96))
    expected[:, OPEN] = 0.005
    counts = came(expected)
    counts[57, OPEN] += 3
    found = forecast(history(counts), days=1)
    assert any("3 March 2026 (usually nothing comes)" in note for note in found.notes)


def test_day_of_zeros_is_taken_as_a_fault_and_said() -> None:
    counts = came(rates(84, 400.0))
    broken = counts.copy()
    broken[72] = 0.0
    broken[79, 40:56] = 0.0
    clean, found = (forecast(history(each), days=7) for each in (counts, broken))
    assert np.abs(found.mean - clean.mean).sum() < 0.03 * clean.mean.sum()
    assert "nothing at all came on 18 March 2026" in found.notes[0]
    assert "no contact for hours that are usually busy on 25 March 2026" in found.notes[1]


def test_small_service_has_the_shape_of_its_family() -> None:
    small = came(rates(56, 3.0), seed=9)
    big = came(rates(56, 900.0))
    alone = forecast(history(small), days=5).mean[0]
    true = rates(5, 3.0, FIRST + timedelta(days=56))
    found = forecast(history(small, big, family="roads"), days=5).mean[0]
    assert np.abs(found / found.sum() - true / true.sum()).sum() < 0.15
    assert (
        np.abs(found / found.sum() - true / true.sum()).sum()
        < 0.6 * np.abs(alone / alone.sum() - true / true.sum()).sum()
    )
    assert found.sum() == pytest.approx(small.sum() / 8, rel=0.35)


def test_service_that_never_had_a_contact_is_forecast_as_next_to_nothing() -> None:
    found = forecast(history(np.zeros((56, 96)), came(rates(56, 900.0)), family="roads"), days=5)
    assert 0 <= found.mean[0].sum() < 1
    alone = forecast(history(np.zeros((56, 96))), days=5)
    assert 0 <= alone.mean.sum() < 1


def test_three_days_of_history_make_a_cautious_forecast() -> None:
    known = came(rates(3, 6000.0))
    found = forecast(history(known), days=4)
    assert found.mean[0, 0].sum() == pytest.approx(6000.0, rel=0.25)
    longer = forecast(history(came(rates(70, 6000.0))), days=1)
    width = (found.high80 - found.low80)[0, 0, OPEN].sum()
    assert width > 1.3 * (longer.high80 - longer.low80)[0, 0, OPEN].sum()


def test_mail_out_brings_the_share_who_will_call_and_learns_from_the_last_one() -> None:
    first_day = FIRST + timedelta(days=70)
    event = mail_out("renewals", first_day, sent=2000, share=0.1, days=3)
    counts = came(rates(70, 400.0))
    plain = forecast(history(counts), days=5)
    found = forecast(history(counts), Calendar(events=(event,)), days=5)
    assert (found.mean - plain.mean).sum() == pytest.approx(200.0, rel=0.01)
    assert (found.mean - plain.mean)[0, :3].sum(axis=1) == pytest.approx([114.3, 57.1, 28.6], abs=0.5)

    before = replace(event, day=FIRST + timedelta(days=49))
    counts[49:52] += came(rates(52, 400.0)[49:] / 3, seed=4)
    again = forecast(history(counts), Calendar(events=(before, event)), days=5)
    assert 280 < (again.mean - plain.mean).sum() < 420


def test_event_learns_by_what_it_multiplies() -> None:
    days = [FIRST + timedelta(days=place) for place in (30, 44, 72)]
    events = tuple(Event("offer day", day, times=1.5) for day in days)
    true = rates(77, 500.0)
    for day in days:
        true[(day - FIRST).days] *= 3.0
    found = forecast(history(came(true[:70])), Calendar(events=events), days=7)
    assert 2.3 < found.mean[0, 2].sum() / true[72].sum() * 3.0 < 3.3


def test_update_takes_a_fifth_off_the_error_of_the_rest_of_the_day() -> None:
    days = np.random.default_rng(2).gamma(60, 1 / 60, (147, 1))
    counts = came(rates(147, 1500.0) * days)
    published = forecast(history(counts[:112]), days=35)
    before, after = [], []
    for place in np.flatnonzero(published.mean[0].sum(axis=1) > 0):
        day = published.first_day + timedelta(days=int(place))
        so_far = np.where(np.arange(96) < 40, counts[112 + place], np.nan)[None]
        updated = update(published, SoFar(day, so_far))
        rest = counts[112 + place, 40:].sum()
        before.append(abs(published.mean[0, place, 40:].sum() - rest))
        after.append(abs(updated.mean[0, place, 40:].sum() - rest))
        assert (updated.mean[0, place, :40] == counts[112 + place, :40]).all()
    assert np.mean(after) < 0.8 * np.mean(before)


def test_rest_of_the_day_is_covered_and_narrows_as_the_day_goes_on() -> None:
    days = np.random.default_rng(5).gamma(80, 1 / 80, (196, 1))
    counts = came(rates(196, 900.0) * days)
    published = forecast(history(counts[:112]), days=84)
    inside, widths = [], []
    for place in np.flatnonzero(published.mean[0].sum(axis=1) > 0):
        day = published.first_day + timedelta(days=int(place))
        for now in (32, 44, 60):
            so_far = SoFar(day, np.where(np.arange(96) < now, counts[112 + place], np.nan)[None])
            found = rest_of(published, so_far)
            assert found.mean[0, 0] == pytest.approx(update(published, so_far).mean[0, place, now:].sum())
            low, high = found.low80[0, 0], found.high80[0, 0]
            inside.append(low <= counts[112 + place, now:].sum() <= high)
            widths.append((high - low) / found.mean[0, 0])
    assert 0.7 < np.mean(inside) < 0.92
    assert np.mean(widths[1::3]) < np.mean(widths[::3])


def test_rest_of_a_day_that_has_not_begun_is_its_total() -> None:
    published = forecast(history(came(rates(112, 900.0))), days=1)
    nothing = SoFar(published.first_day, np.full((1, 96), np.nan))
    found, whole = rest_of(published, nothing), totals(published)
    for name in ("mean", "median", "low80", "high80", "low95", "high95"):
        assert getattr(found, name) == pytest.approx(getattr(whole, name), rel=5e-3)


def test_workings_of_a_day_that_are_kept_update_as_those_of_the_forecast() -> None:
    counts = came(rates(113, 300.0))
    published = forecast(history(counts[:112]), days=2)
    day = published.first_day + timedelta(days=1)
    so_far = SoFar(day, np.where(np.arange(96) < 48, counts[112], np.nan)[None])
    kept = of_kept(json.loads(json.dumps(as_kept(published.workings[0], 1))))
    again = assembled(published.series, day, 15, [kept], ())
    assert again.high80[0, 0] == pytest.approx(published.high80[0, 1], rel=1e-3)
    one, other = update(again, so_far), update(published, so_far)
    assert one.mean[0, 0] == pytest.approx(other.mean[0, 1], rel=1e-3)


def test_totals_of_days_are_off_together_and_covered() -> None:
    days = np.random.default_rng(8).gamma(120, 1 / 120, (196, 1))
    counts = came(rates(196, 900.0) * days)
    published = forecast(history(counts[:112]), days=84)
    found = totals(published)
    assert found.mean == pytest.approx(published.mean.sum(axis=2))
    open_days = found.mean[0] > 0
    actual = counts[112:].sum(axis=1)[open_days]
    inside80 = (actual >= found.low80[0, open_days]) & (actual <= found.high80[0, open_days])
    inside95 = (actual >= found.low95[0, open_days]) & (actual <= found.high95[0, open_days])
    assert 0.68 < inside80.mean() < 0.92
    assert 0.88 < inside95.mean() <= 1.0
    assert (found.high80[0, open_days] < published.high80.sum(axis=2)[0, open_days]).all()


@settings(max_examples=12, deadline=None, derandomize=True)
@given(
    st.integers(1, 3),
    st.sampled_from((1, 2, 5, 16, 40)),
    st.sampled_from((15, 30, 60)),
    st.sampled_from((0.0, 0.02, 1.0, 300.0)),
    st.floats(0.0, 0.5),
    st.integers(0, 1000),
)
def test_forecast_of_whatever_history_is_whole_and_in_order(
    series: int, days: int, minutes: int, busy: float, holes: float, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    shape = series, days, 24 * 60 // minutes
    counts = rng.poisson(busy * rng.gamma(0.5, 1.0, shape)).astype(float)
    counts[rng.random(shape) < holes] = np.nan
    known = History(tuple(Series(str(place), "f") for place in range(series)), FIRST, counts, minutes)
    found = forecast(known, Calendar(events=(Event("fair", FIRST, 2, extra=9.0),)), days=9)
    bounds = np.stack([found.low95, found.low80, found.median, found.high80, found.high95])
    assert np.isfinite(bounds).all()
    assert np.isfinite(found.mean).all()
    assert (bounds >= 0).all()
    assert (np.diff(bounds, axis=0) >= 0).all()
    today = SoFar(found.first_day, counts[:, 0])
    assert np.isfinite(update(found, today).mean).all()


def test_covariance_of_days_can_be_one() -> None:
    days = [FIRST + timedelta(days=place) for place in range(400) if place % 7 < 5]
    calendar = Calendar(frozenset({days[40]}), ((FIRST, FIRST + timedelta(days=60)),))
    kernel = kernel_of(days, calendar, weekdays=frozenset(range(5)), closed=frozenset({days[90]}))
    settings_of = np.exp(MIDDLE)
    every = slice(0, len(days))
    found = kernel.between(settings_of, every, every, has_season=True)
    assert np.diag(found) == pytest.approx(kernel.variances(settings_of, has_season=True))
    assert np.linalg.eigvalsh(found).min() > -1e-9


@pytest.mark.parametrize(
    ("day", "turn"),
    [(date(2026, 6, 1), 0), (date(2026, 6, 3), 2), (date(2026, 6, 30), -1), (date(2026, 5, 28), -2)],
)
def test_turn_of_the_month_is_counted_in_working_days(day: date, turn: int) -> None:
    assert from_turn(day) == turn


def test_place_of_a_series() -> None:
    found = forecast(history(came(rates(20, 50.0)), came(rates(20, 9.0))), days=1)
    assert found.place_of("s1") == 1
    with pytest.raises(KeyError):
        found.place_of("s2")


def test_update_refuses_a_day_it_has_not() -> None:
    published = forecast(history(came(rates(30, 100.0))), days=3)
    with pytest.raises(BadHistory, match="The forecast has 1 series"):
        update(published, SoFar(FIRST, np.zeros((1, 96))))


def test_so_far_ends_with_the_last_contact() -> None:
    published = forecast(history(came(rates(35, 100.0))), days=3)
    today = np.zeros((1, 96))
    today[0, 36:44] = 3.0
    so_far = so_far_of(published, history(today, first=published.first_day))
    assert so_far.day == published.first_day
    assert np.isnan(so_far.counts[0, 44:]).all()
    assert (so_far.counts[0, :44] == today[0, :44]).all()


def test_score_beside_what_chance_alone_would_be_off() -> None:
    counts = came(rates(84, 2000.0))
    found = score(forecast(history(counts[:70]), days=14), history(counts))
    assert found.names == ("s0", "all")
    assert found.chance_wape[0] < found.wape[0] < 1.35 * found.chance_wape[0]
    assert abs(found.bias[0]) < 0.03
    assert found.compared[0] == 10 * 40
    assert found.mae[0] * found.compared[0] / found.came[0] == pytest.approx(found.wape[0])
    assert found.winkler95[0] > found.winkler80[0]


@pytest.mark.parametrize("mean", [0.0, 0.3, 1.0, 7.5, 60.0, 400.0])
def test_chance_error_is_that_of_poisson_counts(mean: float) -> None:
    counts = np.random.default_rng(3).poisson(mean, 200_000)
    assert chance_error(np.array([mean]))[0] == pytest.approx(
        np.abs(counts - mean).mean(), rel=0.02, abs=1e-9
    )


@pytest.mark.parametrize(
    ("days", "first_day"), [(0, None), (401, None), (3, FIRST), (1, FIRST + timedelta(days=900))]
)
def test_forecast_refuses_days_it_cannot_forecast(days: int, first_day: date | None) -> None:
    with pytest.raises(BadHistory, match="Forecast from 1 to 400 days"):
        forecast(history(came(rates(20, 50.0))), days=days, first_day=first_day)


def test_history_refuses_what_does_not_fit() -> None:
    with pytest.raises(BadHistory, match="shape"):
        History((Series("a"),), FIRST, np.zeros((1, 5, 95)))
    with pytest.raises(BadHistory, match="below nothing"):
        History((Series("a"),), FIRST, np.full((1, 5, 96), -1.0))
    with pytest.raises(BadHistory, match="name of its own"):
        History((Series("a"), Series("a")), FIRST, np.zeros((2, 5, 96)))
    with pytest.raises(BadHistory, match="15, 20, 30 or 60"):
        History((Series("a"),), FIRST, np.zeros((1, 5, 288)), minutes=5)
