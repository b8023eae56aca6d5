"""From a world to the tables of a run. What does not change between runs is made once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
    Presence,
    Queue,
    Shape,
    Spread,
    World,
)
from frontdoor.workforce.simulation.structures import (
    CHATTING,
    COMING,
    CONTACT,
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
    presences = merged(world)
    is_open = np.ones(world.intervals, np.bool_) if world.is_open is None else world.is_open
    return Tables(
        world,
        groups,
        queues,
        people,
        records,
        np.array(lists or [0], np.int64),
        _comings(presences),
        _present(presences, people["group"], len(groups), world),
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


def merged(world: World) -> list[tuple[int, float, float]]:
    """Presences as place of the person, begin and end, within the span; those that touch become one."""
    places = {person.name: place for place, person in enumerate(world.people)}
    found: list[tuple[int, float, float]] = []
    for place, begins, ends in sorted(_within(world.presences, places, world.until)):
        if found and found[-1][0] == place and begins <= found[-1][2]:
            found[-1] = (place, found[-1][1], max(ends, found[-1][2]))
        else:
            found.append((place, begins, ends))
    return found


def _within(
    presences: Iterable[Presence], places: dict[str, int], until: float
) -> Iterable[tuple[int, float, float]]:
    for each in presences:
        if each.begins < until and each.ends > 0:
            yield places[each.person], max(0.0, each.begins), min(until, each.ends)


@dataclass(frozen=True)
class State:
    """The tables of one run, and the row in which compiled code finds them."""

    tables: Mapping[str, npt.NDArray[Any]]
    floor: Records


def new_state(tables: Tables, contacts: Records, *, logged: int = 0) -> State:
    """All state at the beginning of a run, with `contacts` to come. `logged`: how many decisions are written down."""
    world, people = tables.world, len(tables.people)
    most_chats = max([1, *(person.chats for person in world.people)])
    pool_count = CHATTING + most_chats
    parts = {
        "queues": tables.queues.copy(),
        "people": tables.people.copy(),
        "groups": tables.group_records,
        "nodes": np.full(2 * people, np.array((-1, -1, -1), NODE)),
        "pools": np.full(len(tables.groups) * pool_count, np.array((-1, -1), POOL)),
        "standing": np.zeros(pool_count, np.int64),
        "chats": np.zeros(people * most_chats, np.int64),
        "lists": tables.lists,
        "contacts": np.empty(len(contacts) + 1, CONTACT),
        "timers": np.empty(len(contacts) + 2, DUE),
        "tree": tree_for(people),
        "comings": tables.comings,
        "opened": tables.opened,
        "counts": np.zeros((world.intervals, len(world.queues)), COUNTS),
        "busy": np.zeros((world.intervals, len(tables.groups))),
        "log": np.empty(logged, GIVEN),
    }
    parts["contacts"][:-1] = contacts
    parts["contacts"]["since"][-1] = inf
    parts["timers"]["at"][1] = inf
    floor = np.zeros(1, FLOOR)
    for name, part in parts.items():
        floor[name] = part.ctypes.data
    floor["queue_count"], floor["people_count"] = len(world.queues), people
    floor["group_count"], floor["pool_count"] = len(tables.groups), pool_count
    floor["chat_count"], floor["log_count"], floor["leaves"] = most_chats, logged, len(parts["tree"]) // 2
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


def _comings(presences: Sequence[tuple[int, float, float]]) -> Records:
    events = [(begins, place, 1) for place, begins, _ends in presences]
    events += [(ends, place, 0) for place, _begins, ends in presences]
    found = np.zeros(len(events) + 1, COMING)
    for row, (at, place, comes) in enumerate(sorted(events)):
        found[row] = (place, comes, at)
    found[-1]["at"] = inf
    return found


def _present(
    presences: Sequence[tuple[int, float, float]], group_of: npt.NDArray[np.int64], groups: int, world: World
) -> npt.NDArray[np.float64]:
    """Seconds at work by interval and group, of shape (intervals, groups)."""
    found = np.zeros((world.intervals, groups))
    for place, begins, ends in presences:
        first, last = int(begins / world.interval), int(np.ceil(ends / world.interval))
        edges = np.clip(np.arange(first, last + 1) * world.interval, begins, ends)
        found[first:last, group_of[place]] += np.diff(edges)
    return found
