"""Need by skill that begins with pooled formulas and is settled by the simulation."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from frontdoor.workforce.rota.measuring import serving_by, short_in
from frontdoor.workforce.settling.composing import composed, staffed
from frontdoor.workforce.settling.pooling import pooled_of
from frontdoor.workforce.settling.settling import Settled, settle
from frontdoor.workforce.settling.writing import told_need
from frontdoor.workforce.simulation.changing import Calendar
from frontdoor.workforce.simulation.definition import BadWorld, Kind, Person, Queue, Spread, World
from frontdoor.workforce.simulation.preparing import groups_of

SERVICES = ("badges", "benefits", "highways", "schools", "waste")
CALENDAR = Calendar(datetime(2027, 3, 1, 8, tzinfo=UTC), 32)


def world(people: dict[str, dict[str, int]], calls: float = 1.5, email: float = 0.0) -> World:
    """Eight hours of calls for five services, five minutes each; callers wait three minutes in the mean."""
    queues = [
        Queue(name, name, name, Kind.CALL, 60.0, Spread(300.0), within=20.0, patience=Spread(180.0))
        for name in SERVICES
    ]
    rates = np.full((5, 32), calls)
    if email:
        queues.append(Queue("email", "badges", "badges", Kind.DEFERRED, 36000.0, Spread(400.0)))
        rates = np.vstack([rates, np.full((1, 32), email)])
    named = tuple(Person(name, skills) for name, skills in people.items())
    return World(tuple(queues), named, (), rates)


def specialists() -> World:
    """Everybody can do one thing."""
    return world({f"{name} {number}": {name: 2} for name in SERVICES for number in range(3)})


@pytest.fixture(scope="module")
def settled() -> Settled:
    """Of specialists, from the pooled need."""
    found = specialists()
    return settle(found, pooled_of(found, CALENDAR))


def test_pooled_need_misses_where_everybody_can_do_one_thing_and_settled_need_holds(settled: Settled) -> None:
    assert min(settled.before.shares) < 0.7
    assert settled.is_held
    assert min(settled.after.shares) >= 0.8
    assert settled.after.hours > settled.before.hours
    assert settled.after.services == SERVICES


def test_same_seeds_settle_the_same_need(settled: Settled) -> None:
    found = specialists()
    again = settle(found, pooled_of(found, CALENDAR))
    assert (again.need == settled.need).all()


def test_settled_need_holds_for_contacts_it_has_not_seen(settled: Settled) -> None:
    fresh = settle(specialists(), settled.need, seeds=range(101, 131), rounds=1)
    assert min(fresh.after.shares) >= 0.77


def test_more_than_enough_is_lowered_as_long_as_it_holds() -> None:
    everybody = world({f"all {number}": dict.fromkeys(SERVICES, 2) for number in range(12)})
    start = pooled_of(everybody, CALENDAR) * 1.6
    found = settle(everybody, start)
    assert found.is_held
    assert found.after.hours < 0.9 * found.before.hours
    assert (found.need <= start).all()


def test_written_work_keeps_its_people() -> None:
    everybody = world({f"all {number}": dict.fromkeys(SERVICES, 2) for number in range(12)}, 0.4, email=6.0)
    found = settle(everybody, pooled_of(everybody, CALENDAR) * 2)
    badges = found.need[:, found.skills.index("badges")]
    assert (badges * 900 * 0.85 >= 6.0 * 400).all()


def test_a_skill_that_nobody_has_is_told_and_its_need_stays_while_others_are_settled() -> None:
    found = world({"Ann": {name: 2 for name in SERVICES if name != "waste"}})
    start = pooled_of(found, CALENDAR)
    missing = settle(found, start * 0.5)
    waste = SERVICES.index("waste")
    assert not missing.is_held
    assert missing.nobody_for == ("waste",)
    assert missing.after.shares[waste] == 0.0
    assert min(share for place, share in enumerate(missing.after.shares) if place != waste) >= 0.8
    assert (missing.need[:, waste] == 0.5 * start[:, waste]).all()
    assert "Nobody has the skill for waste" in told_need(missing)
    with pytest.raises(BadWorld, match="Nobody is there"):
        settle(world({}), start)


def test_too_few_rounds_are_told() -> None:
    found = specialists()
    begun = settle(found, pooled_of(found, CALENDAR), rounds=1)
    assert not begun.is_held
    assert begun.need.tolist() == pooled_of(found, CALENDAR).tolist()
    assert "allow more with --rounds" in told_need(begun)


def test_people_who_are_composed_cover_the_need_with_as_few_as_a_set_of_skills_asks() -> None:
    people = {"Ann": {"badges": 2}, "Ben": {"benefits": 2}, "Cem": {"badges": 1, "benefits": 1}}
    groups = groups_of(tuple(Person(name, skills) for name, skills in people.items()))
    need = np.array([[1.5, 1.5], [2.0, 0.0], [0.2, 0.3], [0.0, 0.0]])
    skills = ("badges", "benefits")
    counts = composed(need, skills, groups)
    assert counts.sum(axis=1).tolist() == [3, 2, 1, 0]
    serving = serving_by(skills, [frozenset(group.sample.skills) for group in groups])
    assert short_in(need, counts.astype(float), serving).max() <= 0
    assert counts[2].tolist() == [0, 0, 1]


def test_people_who_are_staffed_are_there_when_they_are_counted() -> None:
    base = specialists()
    counts = np.zeros((32, 5), np.int64)
    counts[2:6, 0], counts[4:8, 0] = 1, 2
    found = staffed(base, counts, groups_of(base.people))
    assert [(each.person, each.begins, each.ends) for each in found.presences] == [
        ("1.1", 1800.0, 7200.0),
        ("1.2", 3600.0, 7200.0),
    ]
