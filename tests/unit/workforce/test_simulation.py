"""What comes of a world: against the formulas where there are some, and what must hold in any."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import sqrt
from statistics import NormalDist

import numpy as np
import pytest

from frontdoor.workforce.simulation.definition import (
    FOR_EVER,
    BadWorld,
    Instants,
    Kind,
    Person,
    Policy,
    Presence,
    Queue,
    Shape,
    Spread,
    World,
)
from frontdoor.workforce.simulation.draws import normal_of
from frontdoor.workforce.simulation.simulating import Run, arrivals_of, simulate
from frontdoor.workforce.staffing.definition import Load, Targets
from frontdoor.workforce.staffing.needing import performance_of

CALLS = Queue("badge calls", "badge", "badge", Kind.CALL, 60.0, Spread(300.0), within=20.0)
CHATS = Queue("badge chats", "badge", "badge", Kind.CHAT, 120.0, Spread(600.0), beside=0.5)
POST = Queue("badge post", "badge", "badge", Kind.DEFERRED, 7200.0, Spread(400.0, Shape.LOGNORMAL))
CONSTANT = Spread(100.0, Shape.CONSTANT)


def steady(
    *queues: Queue, people: int, contacts: float, intervals: int, policy: Policy | None = None, chats: int = 1
) -> World:
    """So many people all the time, and so many contacts in each queue and interval."""
    advisors = tuple(Person(f"a{place}", {"badge": 1}, chats) for place in range(people))
    return World(
        queues,
        advisors,
        tuple(Presence(each.name, 0.0, intervals * 900.0) for each in advisors),
        np.full((len(queues), intervals), contacts),
        policy=policy or Policy(),
    )


def given_instants(*queues: Queue, at: list[float], people: int = 1, chats: int = 1) -> World:
    """Contacts at known instants, all for the first queue, in two intervals."""
    world = steady(*queues, people=people, contacts=0.0, intervals=2, chats=chats)
    return replace(world, instants=Instants(np.array(at), np.zeros(len(at), np.int64)))


def total(run: Run, figure: str, queue: int = 0) -> float:
    return float(run.counts[figure][:, queue].sum())


@pytest.mark.parametrize(("patience", "people"), [(None, 10), (240.0, 8), (60.0, 10)])
def test_one_queue_agrees_with_erlang_c_and_a_within_its_own_error(
    patience: float | None, people: int
) -> None:
    queue = replace(CALLS, patience=Spread(patience) if patience else FOR_EVER)
    world = steady(queue, people=people, contacts=24.0, intervals=4_000)  # a load of 8
    exact = performance_of(
        Load(24.0, 300.0, patience=patience), positions=people, targets=Targets(seconds=20.0)
    )
    runs = [simulate(world, seed=seed).counts[20:] for seed in range(8)]
    for figure, expected in (
        ("in_time", exact.service_level),
        ("wait", exact.mean_wait),
        ("abandoned", exact.abandonment),
    ):
        found = [float(run[figure].sum() / run["offered"].sum()) for run in runs]
        error = float(np.std(found, ddof=1)) / sqrt(len(found))
        assert expected is not None
        assert abs(float(np.mean(found)) - expected) <= 3.5 * error + 1e-12, figure


def test_every_contact_is_accounted_for_and_busy_time_is_the_same_by_queue_and_by_group() -> None:
    calls = replace(CALLS, patience=Spread(90.0), redial=0.5, redial_after=Spread(300.0))
    run = simulate(steady(calls, CHATS, POST, people=9, contacts=14.0, intervals=200, chats=3))
    for queue in range(3):
        ended = total(run, "handled", queue) + total(run, "abandoned", queue)
        assert ended + run.counts["backlog"][-1, queue] == total(run, "offered", queue)
    assert total(run, "redialled") > 0
    assert run.busy.sum() == pytest.approx(run.counts["busy"].sum())
    assert (run.busy <= run.present + 1e-6).all()
    assert run.present.sum() == pytest.approx(9 * 200 * 900)


def test_same_seed_gives_the_same_run_and_another_gives_another() -> None:
    world = steady(CALLS, POST, people=5, contacts=10.0, intervals=50)
    one, same, other = (simulate(world, seed=seed).counts for seed in (1, 1, 2))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


def test_change_of_one_queue_and_interval_changes_only_its_contacts() -> None:
    world = steady(CALLS, CHATS, people=1, contacts=10.0, intervals=20)
    flooded = world.rates.copy()
    flooded[0, 7] *= 3.0
    before, after = (arrivals_of(each, seed=3) for each in (world, replace(world, rates=flooded)))
    changed = (after["queue"] == 0) & (after["since"] // 900.0 == 7)
    kept = (before["queue"] == 0) & (before["since"] // 900.0 == 7)
    assert np.array_equal(before[~kept], after[~changed])
    assert changed.sum() > kept.sum() > 0


def test_queue_added_leaves_the_contacts_of_others_as_they_were() -> None:
    one = arrivals_of(steady(CALLS, people=1, contacts=10.0, intervals=9), seed=3)
    two = arrivals_of(steady(CHATS, CALLS, people=1, contacts=10.0, intervals=9), seed=3)
    assert one["key"].tolist() == two[two["queue"] == 1]["key"].tolist()


def test_contacts_are_counted_in_the_interval_in_which_they_came() -> None:
    queue = replace(CALLS, talk=Spread(700.0, Shape.CONSTANT))
    run = simulate(given_instants(queue, at=[0.0, 890.0]))
    assert run.counts["answered"][:, 0].tolist() == [2, 0]
    assert run.counts["in_time"][:, 0].tolist() == [2, 0]
    assert run.counts["handled"][:, 0].tolist() == [1, 1]
    assert run.counts["backlog"][:, 0].tolist() == [1, 0]
    assert run.counts["busy"][:, 0].tolist() == [710, 690]


def test_chats_beside_each_other_take_longer() -> None:
    chat = replace(CHATS, talk=CONSTANT)
    alone = simulate(given_instants(chat, at=[0.0], chats=2), logged=9)
    both = simulate(given_instants(chat, at=[0.0, 0.0], chats=2), logged=9)
    assert (alone.counts["busy"].sum(), both.counts["busy"].sum()) == pytest.approx((100.0, 150.0))


def test_deferred_work_is_in_time_when_done_by_its_promise() -> None:
    late = replace(POST, talk=Spread(500.0, Shape.CONSTANT), promise=600.0)
    run = simulate(given_instants(late, at=[0.0, 0.0]))
    assert (total(run, "answered"), total(run, "in_time")) == (2, 1)


def test_who_redials_when_the_lines_are_closed_does_not_get_through() -> None:
    queue = replace(
        CALLS, patience=Spread(10.0, Shape.CONSTANT), redial=1.0, redial_after=Spread(900.0, Shape.CONSTANT)
    )
    world = replace(given_instants(queue, at=[1.0]), presences=())
    assert total(simulate(world), "redialled") == 1
    closed = replace(world, is_open=np.array([True, False]))
    assert total(simulate(closed), "redialled") == 0


@pytest.mark.parametrize("share", [1e-12, 1e-4, 0.03, 0.2, 0.5, 0.9, 0.99, 1 - 1e-9])
def test_normal_quantile_to_six_digits(share: float) -> None:
    assert normal_of(share) == pytest.approx(NormalDist().inv_cdf(share), rel=1e-6, abs=1e-9)


def test_lognormal_times_have_the_mean_and_spread_asked_for() -> None:
    queue = replace(POST, talk=Spread(400.0, Shape.LOGNORMAL, 0.5))
    run = simulate(steady(queue, people=40, contacts=20.0, intervals=2_000, policy=Policy(ceiling=1.0)))
    assert run.counts["busy"].sum() / total(run, "handled") == pytest.approx(400.0, rel=0.01)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: replace(steady(CALLS, CALLS, people=1, contacts=1.0, intervals=2)), "Two queues"),
        (lambda: replace(steady(CALLS, people=1, contacts=-1.0, intervals=2)), "not negative"),
        (
            lambda: replace(
                steady(CALLS, people=0, contacts=1.0, intervals=2), presences=(Presence("Zoe", 0, 9),)
            ),
            "Zoe is on the roster",
        ),
        (lambda: Presence("Alice", 9, 9), "Alice"),
        (lambda: replace(CALLS, promise=0.0), "badge calls"),
        (lambda: replace(POST, patience=Spread(9.0)), "badge post"),
        (lambda: Spread(-1.0), "negative"),
        (lambda: Policy(ceiling=0.0), "ceiling"),
        (lambda: Instants(np.array([2.0, 1.0]), np.zeros(2, np.int64)), "first to the last"),
    ],
)
def test_world_that_cannot_be_is_refused_by_name(make: Callable[[], object], words: str) -> None:
    with pytest.raises(BadWorld, match=words):
        make()
