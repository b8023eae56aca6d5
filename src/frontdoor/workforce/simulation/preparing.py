"""From a world to the tables of a run. What does not change between runs is made once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf, log, sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from frontdoor.workforce.simulation import draws
from frontdoor.workforce.simulation.definition import (
    FOR_EVER,
    Kind,
    Person,
    Queue,
    Shape,
    Spread,
    World,
)
from frontdoor.workforce.simulation.structures import (
    CHATTING,
    COMING,
    COUNTS,
    DUE,
    FLOOR,
    GIVEN,
    GROUP,
    NODE,
    PERSON,
    POOL,
    QUEUE,
    Records,
    tree_for,
)

KINDS = {Kind.CALL: 0, Kind.CHAT: 1, Kind.DEFERRED: 2}
SHAPES = {
    Shape.CONSTANT: draws.CONSTANT,
    Shape.EXPONENTIAL: draws.EXPONENTIAL,
    Shape.LOGNORMAL: draws.LOGNORMAL,
}


@dataclass(frozen=True)
class Group:
    """People with the same skills, levels and number of chats. `members`: their places among the people."""

    sample: Person
    members: tuple[int, ...]


@dataclass(frozen=True)
class Tables:
    """What every run of one world begins with."""

    world: World
    groups: tuple[Group, ...]
    queues: Records
    people: Records
    group_records: Records
    lists: npt.NDArray[np.int64]
    comings: Records
    present: npt.NDArray[np.float64]
    able: npt.NDArray[np.bool_]
    opened: npt.NDArray[np.int64]


def tables_of(world: World) -> Tables:
    """Groups, orders and rosters of a world, ready to run."""
    groups = groups_of(world.people)
    lists: list[int] = []
    queues = np.zeros(len(world.queues), QUEUE)
    for place, queue in enumerate(world.queues):
        _write_queue(queues[place], queue)
        able = in_order_for(queue, groups)
        queues[place]["order"], queues[place]["ordered"] = len(lists), len(able)
        lists += able
    records = np.zeros(len(groups), GROUP)
    for place, group in enumerate(groups):
        _write_group(records[place], group, world.queues, lists)
    people = np.zeros(len(world.people), PERSON)
    for name in ("call", "deferred", "put_down"):
        people[name] = -1
    for place, group in enumerate(groups):
        members = list(group.members)
        people["group"][members] = place
        people["chats"][members] = group.sample.chats
        people["feels"][members] = int(records[place]["deferreds"] > 0)
    stays = stays_of(world)
    is_open = np.ones(world.intervals, np.bool_) if world.is_open is None else world.is_open
    return Tables(
        world,
        groups,
        queues,
        people,
        records,
        np.array(lists or [0], np.int64),
        _comings(stays),
        _present(stays, people["group"], len(groups), world),
        np.array([[group.sample.can(queue) for queue in world.queues] for group in groups], np.bool_),
        np.ascontiguousarray(is_open, np.int64),
    )


def groups_of(people: Sequence[Person]) -> tuple[Group, ...]:
    """Groups in the order in which the first of each is named."""
    members: dict[tuple[object, ...], list[int]] = {}
    for place, person in enumerate(people):
        members.setdefault((tuple(sorted(person.skills.items())), person.chats), []).append(place)
    return tuple(Group(people[each[0]], tuple(each)) for each in members.values())


def in_order_for(queue: Queue, groups: Sequence[Group]) -> list[int]:
    """The groups that can take a queue: who knows it best first, then who can do least else."""
    able = [place for place, group in enumerate(groups) if group.sample.can(queue)]
    return sorted(
        able,
        key=lambda place: (
            -groups[place].sample.skills[queue.skill],
            len(groups[place].sample.skills),
            place,
        ),
    )


@dataclass(frozen=True)
class Stays:
    """Who is at work from when to when, within the span; stays that touch are one. `person`: places among the people;
    all of shape (stays,), by person and then by time.
    """

    person: npt.NDArray[np.int64]
    begins: npt.NDArray[np.float64]
    ends: npt.NDArray[np.float64]


def stays_of(world: World) -> Stays:
    """The roster of a world in tables."""
    places = {person.name: place for place, person in enumerate(world.people)}
    person = np.array([places[each.person] for each in world.presences], np.int64)
    begins = np.maximum(np.array([each.begins for each in world.presences], np.float64), 0.0)
    ends = np.minimum(np.array([each.ends for each in world.presences], np.float64), world.until)
    order = np.lexsort((begins, person))
    order = order[begins[order] < ends[order]]
    person, begins, ends = person[order], begins[order], ends[order]
    apart = person * (world.until + 1.0)  # no two people overlap, so that one running maximum does for all
    latest = np.maximum.accumulate(ends + apart)
    is_first = np.ones(len(order), np.bool_)
    is_first[1:] = (begins + apart)[1:] > latest[:-1]
    firsts = np.flatnonzero(is_first)
    lasts = np.append(firsts[1:], len(order))[: len(firsts)] - 1
    return Stays(person[firsts], begins[firsts], (latest - apart)[lasts])


@dataclass(frozen=True)
class State:
    """The tables of one run, and the row in which compiled code finds them."""

    tables: Mapping[str, npt.NDArray[Any]]
    floor: Records


def new_state(tables: Tables, contacts: Records, *, logged: int = 0) -> State:
    """All state at the beginning of a run, with `contacts` to come, which the run changes. `logged`: how many decisions
    are written down.
    """
    world, people = tables.world, len(tables.people)
    most_chats = max([1, *(person.chats for person in world.people)])
    pool_count = CHATTING + most_chats
    parts = {
        "queues": tables.queues.copy(),
        "people": tables.people.copy(),
        "groups": tables.group_records,
        "nodes": np.full(2 * people, np.array((-1, -1, -1, 0), NODE)),
        "pools": np.full(len(tables.groups) * pool_count, np.array((-1, -1), POOL)),
        "standing": np.zeros(pool_count, np.int64),
        "chats": np.zeros(people * most_chats, np.int64),
        "lists": tables.lists,
        "contacts": contacts,
        "timers": np.empty(len(contacts) + 2, DUE),
        "tree": tree_for(people),
        "comings": tables.comings,
        "opened": tables.opened,
        "counts": np.zeros((world.intervals, len(world.queues)), COUNTS),
        "busy": np.zeros((world.intervals, len(tables.groups))),
        "log": np.empty(logged, GIVEN),
    }
    parts["timers"]["at"][1] = inf
    floor = np.zeros(1, FLOOR)
    for name, part in parts.items():
        floor[name] = part.ctypes.data
    floor["queue_count"], floor["people_count"] = len(world.queues), people
    floor["group_count"], floor["pool_count"] = len(tables.groups), pool_count
    floor["chat_count"], floor["log_count"], floor["leaves"] = most_chats, logged, len(parts["tree"]) // 2
    floor["contact_count"] = len(contacts)
    floor["interval"], floor["until"] = world.interval, world.until
    floor["window"], floor["ceiling"] = world.policy.window, world.policy.ceiling
    return State(parts, floor)


def _write_queue(record: np.void, queue: Queue) -> None:
    record["kind"], record["slope"] = KINDS[queue.kind], queue.slope
    record["within"] = queue.promise if queue.within is None else queue.within
    record["redial"], record["beside"] = queue.redial, queue.beside
    record["head"] = record["tail"] = -1
    record["since"] = inf
    record["can_give_up"] = int(queue.patience != FOR_EVER)
    _write_spread(record, "talk", queue.talk)
    _write_spread(record, "wrap", queue.wrap)
    _write_spread(record, "patience", queue.patience)
    _write_spread(record, "delay", queue.redial_after)


def _write_spread(record: np.void, name: str, spread: Spread) -> None:
    record[f"{name}_shape"] = SHAPES[spread.shape]
    record[name] = spread.mean
    if spread.shape is Shape.LOGNORMAL:
        variance = log(1.0 + spread.relative**2)
        record[f"{name}_sigma"] = sqrt(variance)
        record[name] = spread.mean / sqrt(1.0 + spread.relative**2)


def _write_group(record: np.void, group: Group, queues: Sequence[Queue], lists: list[int]) -> None:
    able = [place for place, queue in enumerate(queues) if group.sample.can(queue)]
    for name, kinds in (
        ("immediate", (Kind.CALL, Kind.CHAT)),
        ("chat", (Kind.CHAT,)),
        ("deferred", (Kind.DEFERRED,)),
    ):
        lines = [place for place in able if queues[place].kind in kinds]
        record[name], record[f"{name}s"] = len(lists), len(lines)
        lists += lines


def _comings(stays: Stays) -> Records:
    """Who comes and goes, in the order of time; of one instant by person, and who goes before who comes."""
    found = np.zeros(2 * len(stays.person) + 1, COMING)
    found["at"] = np.concatenate([stays.begins, stays.ends, [inf]])
    found["person"] = np.concatenate([stays.person, stays.person, [0]])
    found["comes"][: len(stays.person)] = 1
    return found[np.lexsort((found["comes"], found["person"], found["at"]))]


def _present(
    stays: Stays, group_of: npt.NDArray[np.int64], groups: int, world: World
) -> npt.NDArray[np.float64]:
    """Seconds at work by interval and group, of shape (intervals, groups)."""
    first = (stays.begins / world.interval).astype(np.int64)
    count = np.ceil(stays.ends / world.interval).astype(np.int64) - first
    stay = np.repeat(np.arange(len(first)), count)
    interval = np.arange(len(stay)) - np.repeat(np.cumsum(count) - count, count) + first[stay]
    begins = np.maximum(stays.begins[stay], interval * world.interval)
    ends = np.minimum(stays.ends[stay], (interval + 1) * world.interval)
    found = np.zeros((world.intervals, groups))
    np.add.at(found, (interval, group_of[stays.person[stay]]), ends - begins)
    return found
