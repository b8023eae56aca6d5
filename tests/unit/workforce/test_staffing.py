"""How many people an interval needs. Vectors: domain standards for Erlang C; brute force for Erlang A."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontdoor.workforce.staffing.chats import need_for_chats
from frontdoor.workforce.staffing.definition import Load, Targets, Variant
from frontdoor.workforce.staffing.doubting import need_in_doubt
from frontdoor.workforce.staffing.needing import need_of, performance_of, positions_of

HALF_HOUR = 1800.0


@pytest.mark.parametrize(
    ("calls", "handling", "seconds", "positions", "waits", "level", "wait", "occupancy"),
    [
        (100, 180, 20, 13, 0.2853, 0.7956, 17.12, 0.769),
        (100, 180, 20, 14, 0.1741, 0.8884, 7.84, 0.714),
        (50, 300, 20, 11, 0.2996, 0.7492, 33.71, 0.758),
        (50, 300, 20, 12, 0.1760, 0.8622, 14.40, 0.694),
        (428, 258, 20, 67, 0.3744, 0.7584, 17.09, 0.916),
        (428, 258, 20, 68, 0.3071, 0.8166, 11.91, 0.902),
        (200, 360, 30, 45, 0.3407, 0.7754, 24.53, 0.889),
        (200, 360, 30, 46, 0.2658, 0.8388, 15.95, 0.870),
    ],
)
def test_erlang_c_gives_the_published_figures(
    calls: float,
    handling: float,
    seconds: float,
    positions: int,
    waits: float,
    level: float,
    wait: float,
    occupancy: float,
) -> None:
    found = performance_of(
        Load(calls, handling, HALF_HOUR), positions=positions, targets=Targets(seconds=seconds)
    )
    assert found.waiting_share == pytest.approx(waits, abs=6e-5)
    assert found.service_level == pytest.approx(level, abs=6e-5)
    assert found.mean_wait == pytest.approx(wait, abs=6e-3)
    assert found.occupancy == pytest.approx(occupancy, abs=6e-4)


@pytest.mark.parametrize("positions", [0, 1, 9, 10])
def test_overload_is_said_and_gives_no_number(positions: int) -> None:
    found = performance_of(Load(100, 180, HALF_HOUR), positions=positions)
    assert found.is_overloaded
    assert (found.service_level, found.mean_wait, found.occupancy) == (None, None, None)


def test_nothing_offered_needs_nobody() -> None:
    need = need_of(Load(0, 180))
    assert (need.positions, need.performance.service_level, need.rostered(0.3)) == (0, 1.0, 0)


def _by_brute_force(load: Load, positions: int) -> tuple[float, float, float]:
    """Share that waits, share that gives up, mean wait: from the birth and death process, state by state."""
    assert load.patience is not None
    arrivals, served, leaving = load.contacts / load.interval, 1 / load.handling, 1 / load.patience
    weights = [1.0]
    for people in range(1, 4000):
        rate = min(people, positions) * served + max(0, people - positions) * leaving
        weights.append(weights[-1] * arrivals / rate)
    total = sum(weights)
    queue = sum(max(0, people - positions) * weight for people, weight in enumerate(weights)) / total
    return sum(weights[positions:]) / total, leaving * queue / arrivals, queue / arrivals


@pytest.mark.parametrize("positions", [2, 8, 10, 14, 20])
@pytest.mark.parametrize("patience", [20.0, 300.0, 5000.0])
def test_erlang_a_equals_the_process_state_by_state(positions: int, patience: float) -> None:
    load = Load(100, 180, HALF_HOUR, patience)
    found = performance_of(load, positions=positions)
    waits, gives_up, wait = _by_brute_force(load, positions)
    assert found.waiting_share == pytest.approx(waits, rel=1e-9)
    assert found.abandonment == pytest.approx(gives_up, rel=1e-9)
    assert found.mean_wait == pytest.approx(wait, rel=1e-9)


def test_erlang_a_in_time_equals_what_a_long_simulation_gives() -> None:
    """M/M/n+M by its own definition: each arrival finds the wait of somebody endlessly patient, and may give up first."""
    rng = np.random.default_rng(7)
    count, servers, patience = 400_000, 10, 300.0
    arrivals = np.cumsum(rng.exponential(18.0, count))
    service, patient_for = rng.exponential(180.0, count), rng.exponential(patience, count)
    free = [0.0] * servers
    in_time = still = 0
    for at, takes, waits_for in zip(arrivals.tolist(), service.tolist(), patient_for.tolist(), strict=True):
        first = min(range(servers), key=free.__getitem__)
        wait = max(0.0, free[first] - at)
        if wait <= waits_for:
            free[first] = at + wait + takes
            in_time += wait <= 20
        still += min(wait, waits_for) > 20
    load = Load(100, 180, HALF_HOUR, patience)
    offered = performance_of(load, positions=servers)
    with_abandoned = performance_of(load, positions=servers, targets=Targets(variant=Variant.WITH_ABANDONED))
    assert offered.service_level == pytest.approx(in_time / count, abs=0.01)
    assert with_abandoned.service_level == pytest.approx(1 - still / count, abs=0.01)


def test_service_level_variants_are_told_apart() -> None:
    load = Load(100, 180, HALF_HOUR, patience=60)
    of_offered, of_answered, with_abandoned = (
        performance_of(load, positions=10, targets=Targets(variant=variant)).service_level
        for variant in Variant
    )
    levels = [each or 0.0 for each in (of_offered, of_answered, with_abandoned)]
    assert levels[0] < levels[1]
    assert levels[0] < levels[2]


def test_patience_without_end_is_erlang_c() -> None:
    endless = performance_of(Load(100, 180, HALF_HOUR, patience=1e9), positions=14)
    never = performance_of(Load(100, 180, HALF_HOUR), positions=14)
    assert endless.waiting_share == pytest.approx(never.waiting_share, rel=1e-4)
    assert endless.service_level == pytest.approx(never.service_level, rel=1e-4)


LOADS = st.builds(
    Load,
    contacts=st.floats(0.01, 400),
    handling=st.floats(20, 1800),
    interval=st.just(900.0),
    patience=st.one_of(st.none(), st.floats(5, 3600)),
)
TARGETS = st.builds(
    Targets,
    service_level=st.one_of(st.none(), st.floats(0.3, 0.98)),
    seconds=st.floats(5, 120),
    variant=st.sampled_from(Variant),
    wait=st.one_of(st.none(), st.floats(1, 120)),
    abandonment=st.one_of(st.none(), st.floats(0.005, 0.3)),
    occupancy=st.one_of(st.none(), st.floats(0.5, 0.95)),
)


def _meets(load: Load, positions: int, targets: Targets) -> bool:
    found = performance_of(load, positions=positions, targets=targets)
    if found.is_overloaded:
        return False
    return (
        (found.service_level or 0) >= (targets.service_level or 0)
        and (targets.wait is None or (found.mean_wait or 0) <= targets.wait)
        and (targets.abandonment is None or (found.abandonment or 0) <= targets.abandonment)
        and (targets.occupancy is None or (found.occupancy or 0) <= targets.occupancy)
    )


@settings(max_examples=60, deadline=None)
@given(LOADS, TARGETS)
def test_need_is_the_fewest_that_meets_every_target(load: Load, targets: Targets) -> None:
    positions = need_of(load, targets).positions
    assert _meets(load, positions, targets)
    assert positions <= 1 or not _meets(load, positions - 1, targets)


@settings(max_examples=60, deadline=None)
@given(LOADS, st.integers(1, 200))
def test_every_share_is_a_share_and_one_more_person_never_makes_it_worse(load: Load, positions: int) -> None:
    now, more = (performance_of(load, positions=each) for each in (positions, positions + 1))
    if now.is_overloaded:
        return
    for name in ("waiting_share", "service_level", "abandonment", "occupancy"):
        assert -1e-9 <= getattr(now, name) <= 1 + 1e-9
    assert more.service_level >= now.service_level - 1e-9  # type: ignore[operator]  # a steady state has figures
    assert more.mean_wait <= now.mean_wait + 1e-9  # type: ignore[operator]


def test_year_of_intervals_equals_interval_by_interval() -> None:
    rng = np.random.default_rng(3)
    erlangs, handling = rng.gamma(2, 4, 60), rng.uniform(60, 900, 60)
    patience = np.where(rng.random(60) < 0.5, np.nan, 240.0)
    targets = Targets(abandonment=0.05)
    alone = [
        need_of(Load(load * 900 / each, each, 900, None if np.isnan(waits) else waits), targets).positions
        for load, each, waits in zip(erlangs, handling, patience, strict=True)
    ]
    assert (
        positions_of(erlangs=erlangs, handling=handling, patience=patience, targets=targets).tolist() == alone
    )


@pytest.mark.parametrize(
    ("positions", "shrinkage", "people"), [(14, 0.3, 20), (21, 0.3, 30), (14, 0.0, 14), (1, 0.5, 2)]
)
def test_shrinkage_divides(positions: int, shrinkage: float, people: int) -> None:
    assert replace(need_of(Load(0, 60)), positions=positions).rostered(shrinkage) == people


def test_chats_at_once_need_fewer_people_though_each_takes_longer() -> None:
    load = Load(60, 600, 900)
    alone = need_for_chats(load, at_once=1).positions
    three = need_for_chats(load, at_once=3, slower=1.6).positions
    assert alone == need_of(load).positions
    assert alone * 1.6 / 3 - 1 < three < alone


def test_doubt_about_the_load_needs_more_people_than_its_middle() -> None:
    load = Load(100, 180, HALF_HOUR, 300)
    sure = need_in_doubt(load, spread=[100.0] * 9)
    spread = need_in_doubt(load, spread=[60.0, 70, 80, 90, 100, 110, 120, 130, 140], chance=0.8)
    assert sure.positions == need_of(load).positions
    assert spread.positions == need_of(replace(load, contacts=130.0)).positions
    assert spread.chance == pytest.approx(8 / 9)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Load(-1, 60),
        lambda: Load(1, 0),
        lambda: Load(1, 60, patience=0),
        lambda: Targets(service_level=1.0),
        lambda: Targets(abandonment=0.0),
        lambda: Targets(occupancy=1.2),
        lambda: Targets(wait=0.0),
        lambda: need_of(Load(1, 60)).rostered(1.0),
        lambda: need_for_chats(Load(1, 60), at_once=0),
        lambda: need_in_doubt(Load(1, 60), spread=[]),
    ],
)
def test_what_no_number_of_people_can_do_is_refused(make: object) -> None:
    assert callable(make)
    with pytest.raises(ValueError, match=r".{20}"):
        make()
