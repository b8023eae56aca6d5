"""What-ifs: what each change does to the world, what stays as it was, and how sure a difference is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import numpy as np
import pytest

from frontdoor.workforce.simulation.changing import (
    BadChange,
    Calendar,
    Change,
    Fewer,
    Handling,
    More,
    Move,
    Multiply,
    Train,
    WhatIf,
    When,
    changed,
)
from frontdoor.workforce.simulation.comparing import compare, contacts_after
from frontdoor.workforce.simulation.definition import (
    Instants,
    Kind,
    Person,
    Presence,
    Queue,
    Spread,
    World,
)
from frontdoor.workforce.simulation.measuring import (
    Measure,
    Moments,
    by_queue,
    by_service,
    figures_of,
    t_quantile,
)
from frontdoor.workforce.simulation.simulating import arrivals_of, simulate

DAY = 96
MONDAY = datetime(2027, 3, 1, tzinfo=UTC)
CALENDAR = Calendar(MONDAY, 7 * DAY)
BADGE = Queue(
    "badge calls", "badge", "badge", Kind.CALL, 60.0, Spread(300.0), within=20.0, patience=Spread(200.0)
)
TEXT = Queue("badge text", "badge", "badge", Kind.DEFERRED, 7200.0, Spread(200.0))
ROADS = Queue("road calls", "highways", "roads", Kind.CALL, 60.0, Spread(240.0), patience=Spread(200.0))


def a_week() -> World:
    """Four with badge, three with roads, from eight to six every day."""
    people = (
        *(Person(f"Ann {n}", {"badge": 1}) for n in range(4)),
        *(Person(f"Raj {n}", {"roads": 2}) for n in range(3)),
    )
    presences = tuple(
        Presence(person.name, (24 * day + 8) * 3600.0, (24 * day + 18) * 3600.0)
        for day in range(7)
        for person in people
    )
    rates = np.zeros((3, 7 * DAY))
    for day in range(7):
        rates[0, day * DAY + 32 : day * DAY + 72] = 9.0
        rates[2, day * DAY + 32 : day * DAY + 72] = 6.0
    return World((BADGE, TEXT, ROADS), people, presences, rates, hourly_cost=20.0)


def after(change: Change, world: World | None = None) -> World:
    return changed(world or a_week(), WhatIf("Try", (change,)), CALENDAR).world


def hours(world: World, *, day: int) -> float:
    return sum((each.ends - each.begins) / 3600 for each in world.presences if each.begins // 86_400 == day)


def test_two_fewer_on_mondays_takes_two_away_on_monday_only() -> None:
    world = after(Fewer(2, when=When(weekdays=frozenset({0}))))
    assert [hours(world, day=day) for day in range(7)] == [50.0, *[70.0] * 6]


def test_fewer_with_a_skill_between_two_times_leaves_the_rest_of_the_shift() -> None:
    when = When(dates=frozenset({date(2027, 3, 3)}), begins=time(10), ends=time(12))
    world = after(Fewer(1, "roads", when))
    assert hours(world, day=2) == 68.0
    assert {each.person for each in set(world.presences) - set(a_week().presences)} == {"Raj 1"}


def test_fewer_at_a_time_of_day_cuts_a_long_shift_on_each_of_its_days() -> None:
    ann = Presence("Ann 0", 8 * 3600.0, 40 * 3600.0)
    world = after(Fewer(1, when=When(begins=time(9), ends=time(10))), replace(a_week(), presences=(ann,)))
    assert [(each.begins / 3600, each.ends / 3600) for each in world.presences] == [
        (8, 9),
        (10, 33),
        (34, 40),
    ]


def test_more_people_are_like_those_who_are_there() -> None:
    world = after(More(2, "roads"))
    assert len(world.people) == 9
    assert [hours(world, day=day) for day in range(7)] == [90.0] * 7
    assert world.people[-1].skills == {"roads": 2}


def test_training_gives_the_skill_to_so_many_who_lack_it() -> None:
    world = after(Train(2, "roads", among="badge"))
    assert [person.skills.get("roads", 0) for person in world.people] == [0, 1, 0, 1, 2, 2, 2]


def test_handling_changes_the_times_of_a_whole_service() -> None:
    world = after(Handling(0.5, "badge"))
    assert [queue.talk.mean for queue in world.queues] == [150.0, 100.0, 240.0]


def test_share_that_moves_are_the_same_contacts_in_another_queue() -> None:
    world = a_week()
    case = changed(world, WhatIf("Text", (Move(0.2, "badge calls", "badge text"),)), CALENDAR)
    before = arrivals_of(world, seed=1)
    moved = contacts_after(before, case.flows, world=world, seed=1)
    assert moved["key"].tolist() == before["key"].tolist()
    went = before["queue"] != moved["queue"]
    assert set(moved["queue"][went]) == {1}
    assert went.sum() / (before["queue"] == 0).sum() == pytest.approx(0.2, abs=0.02)


def test_flood_on_thursday_adds_to_thursday_and_leaves_everybody_else_as_they_were() -> None:
    world = a_week()
    flood = Multiply(3.0, "highways", When(weekdays=frozenset({3})))
    case = changed(world, WhatIf("Flood", (flood,)), CALENDAR)
    before = arrivals_of(world, seed=1)
    flooded = contacts_after(before, case.flows, world=world, seed=1)
    extra = ~np.isin(flooded["key"], before["key"])
    assert np.array_equal(flooded[~extra], before)
    assert set(flooded["since"][extra] // 86_400) == {3.0}
    thursday = ((before["queue"] == 2) & (before["since"] // 86_400 == 3)).sum()
    assert extra.sum() == pytest.approx(2 * thursday, rel=0.25)


def test_fewer_contacts_are_some_of_those_that_were_there() -> None:
    world = a_week()
    case = changed(world, WhatIf("Halved", (Multiply(0.5, "highways"),)), CALENDAR)
    before = arrivals_of(world, seed=1)
    halved = contacts_after(before, case.flows, world=world, seed=1)
    assert set(halved["key"]) < set(before["key"])


def test_difference_of_pairs_is_far_surer_than_the_figures_are() -> None:
    what_if = WhatIf("One fewer", (Fewer(1, "badge"),))
    found = compare(a_week(), [what_if], calendar=CALENDAR, scopes=by_service(a_week()), seeds=range(8))
    level, badge, highways = list(Measure).index(Measure.SERVICE_LEVEL), 0, 2
    outcome = found.outcomes[0]
    assert outcome.difference.mean[level, badge, 0] < -5 * outcome.difference.doubt[level, badge, 0]
    assert outcome.difference.mean[level, highways, 0] == outcome.difference.doubt[level, highways, 0] == 0.0
    assert outcome.figures.mean[level, badge, 0] == pytest.approx(
        found.figures.mean[level, badge, 0] + outcome.difference.mean[level, badge, 0]
    )


def test_what_changes_nothing_makes_no_difference() -> None:
    what_if = WhatIf("Nothing", (Handling(1.0, "badge"), Multiply(1.0, "badge")))
    found = compare(a_week(), [what_if], calendar=CALENDAR, scopes=by_queue(a_week()), seeds=range(2))
    assert np.nanmax(np.abs(found.outcomes[0].difference.mean)) == 0.0


def test_cost_is_that_of_the_people_at_work_shared_by_what_they_did() -> None:
    run = simulate(a_week())
    told = dict(zip(Measure, figures_of(run, by_service(a_week())), strict=True))
    assert by_service(a_week()).names == ("badge", "badge, deferred", "highways", "all", "all, deferred")
    assert told[Measure.COST][3:, 0].sum() == pytest.approx(7 * 10 * 7 * 20.0)
    assert told[Measure.COST][:3, 0].sum() == pytest.approx(told[Measure.COST][3:, 0].sum())


def test_figures_by_interval_add_up_to_those_of_the_span() -> None:
    run, scopes = simulate(a_week()), by_queue(a_week())
    whole = dict(zip(Measure, figures_of(run, scopes), strict=True))
    each = dict(zip(Measure, figures_of(run, scopes, by_interval=True), strict=True))
    for measure in (Measure.OFFERED, Measure.ABANDONED, Measure.COST):
        assert each[measure].sum(axis=1) == pytest.approx(whole[measure][:, 0])
    assert each[Measure.LONGEST_WAIT].max(axis=1) == pytest.approx(whole[Measure.LONGEST_WAIT][:, 0])
    assert np.isnan(each[Measure.SERVICE_LEVEL][0, 0])


@pytest.mark.parametrize(
    ("freedom", "quantile"), [(1, 12.7062), (2, 4.3027), (3, 3.1824), (9, 2.2622), (30, 2.0423), (99, 1.9842)]
)
def test_students_quantiles_are_those_of_the_tables(freedom: int, quantile: float) -> None:
    assert t_quantile(freedom) == pytest.approx(quantile, abs=5e-5)


def test_mean_and_doubt_leave_out_what_is_not_there() -> None:
    moments = Moments((2,))
    for row in ([1.0, np.nan], [2.0, np.nan], [6.0, 5.0]):
        moments.add(np.array(row))
    told = moments.told()
    assert told.mean.tolist() == [3.0, 5.0]
    assert told.doubt[0] == pytest.approx(4.3027 * np.std([1, 2, 6], ddof=1) / np.sqrt(3), rel=1e-4)
    assert np.isnan(told.doubt[1])


def test_intervals_know_both_changes_of_the_clock() -> None:
    spring = Calendar(datetime(2027, 3, 28, tzinfo=UTC), 8)
    assert [start.hour for start in spring.starts] == [0, 0, 0, 0, 2, 2, 2, 2]
    autumn = Calendar(datetime(2027, 10, 31, tzinfo=UTC), 8)
    assert [start.hour for start in autumn.starts] == [1] * 8


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Fewer(2, "bagde"), "Try: Nobody has the skill 'bagde': did you mean 'badge'?"),
        (Fewer(2, when=When(begins=time(20))), "Nobody whom it would take away"),
        (Fewer(2, when=When(dates=frozenset({date(2030, 1, 1)}))), "not in the simulated span"),
        (Multiply(3.0, "highway"), "did you mean 'highways'?"),
        (Move(0.2, "road calls", "badge"), "several queues"),
        (Train(9, "roads"), "only 4 could be"),
        (Train(1, "rodes"), "did you mean 'roads'?"),
    ],
)
def test_change_that_cannot_be_says_what_is_not_there(change: Change, words: str) -> None:
    with pytest.raises(BadChange) as caught:
        after(change)
    assert words in str(caught.value)


def test_known_contacts_are_not_multiplied() -> None:
    known = Instants(np.array([5.0]), np.array([0]))
    with pytest.raises(BadChange, match="known instants"):
        after(Multiply(2.0, "badge"), replace(a_week(), instants=known))
