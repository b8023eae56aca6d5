"""The compiled policy and the plain one that routes live contacts assign alike: contact by contact, in random worlds.

The mirror below lives the same events as the compiled simulation, with the same draws and the same order at one instant,
and asks `routing.floor` who gets what.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontdoor.routing import definition as routing
from frontdoor.routing.floor import Floor
from frontdoor.workforce.simulation import draws
from frontdoor.workforce.simulation.definition import (
    FOR_EVER,
    NOTHING,
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
from frontdoor.workforce.simulation.preparing import stays_of, tables_of
from frontdoor.workforce.simulation.simulating import arrivals_of, run_of

SKILLS = ("badge", "roads", "school")
INTERVAL = 100.0
AGAIN = 1000
"""Who redials is a new item to the floor: its number grows by this, so that no two have one number."""
Decision = tuple[float, int, str, int]


def plain_floor(world: World) -> Floor:
    """The world's queues, people and policy in the words of live routing."""
    queues = [
        routing.Queue(q.name, q.skill, routing.Kind(q.kind), q.promise, q.weight, q.least_level)
        for q in world.queues
    ]
    people = [routing.Advisor(p.name, p.skills, p.chats) for p in world.people]
    policy = routing.Policy(world.policy.ceiling, world.policy.window)
    return Floor(queues=queues, advisors=people, policy=policy)


@dataclass
class Hands:
    """What somebody has in hand, and when they are due."""

    items: list[routing.Item] = field(default_factory=list)
    paced_at: float = 0.0
    looks_at: float = inf


class Mirror:
    """The same world, lived with the plain policy."""

    def __init__(self, world: World, contacts: np.ndarray) -> None:
        self.world, self.floor = world, plain_floor(world)
        self.queues = {queue.name: queue for queue in world.queues}
        self.keys = [int(each) for each in contacts["key"]]
        self.coming = [(float(c["since"]), world.queues[int(c["queue"])].name) for c in contacts]
        self.hands = {person.name: Hands() for person in world.people}
        self.left: dict[int, float] = {}
        self.began: dict[int, float] = {}
        self.timers: dict[int, tuple[float, routing.Item, bool]] = {}
        self.log: list[Decision] = []

    def drawn(self, spread: Spread, number: int, purpose: np.uint64) -> float:
        if spread.shape is Shape.CONSTANT:
            return spread.mean
        share = float(draws.share_of(np.uint64(self.keys[number % AGAIN]), purpose))
        return float(-spread.mean * np.log(share))

    def run(self) -> list[Decision]:
        stays = stays_of(self.world)
        rows = zip(stays.person.tolist(), stays.begins.tolist(), stays.ends.tolist(), strict=True)
        moves = sorted(
            (at, place, comes)
            for place, begins, ends in rows
            for at, comes in ((begins, True), (ends, False))
        )
        number = 0
        while True:
            who, due = self.first_due()
            moved = moves[0][0] if moves else inf
            came = self.coming[number][0] if number < len(self.coming) else inf
            timer = min(self.timers.values(), default=(inf, None, False), key=lambda each: each[0])
            at = min(due, moved, came, timer[0])
            if at >= self.world.until:
                return self.log
            if at == due:
                self.done_or_rested(who, at)
            elif at == moved:
                _at, place, comes = moves.pop(0)
                self.come_or_go(self.world.people[place].name, at, comes)
            elif at == came:
                self.arrive(routing.Item(number, self.coming[number][1], at), at)
                number += 1
            else:
                assert timer[1] is not None
                self.give_up_or_redial(timer[1], at, timer[2])

    def first_due(self) -> tuple[str, float]:
        dues = [(self.due(name), place, name) for place, name in enumerate(self.hands)]
        due, _place, name = min(dues)
        return name, due

    def due(self, name: str) -> float:
        hands = self.hands[name]
        if not hands.items:
            return hands.looks_at
        return min(self.item_due(hands, item) for item in hands.items)

    def item_due(self, hands: Hands, item: routing.Item) -> float:
        queue = self.queues[item.queue]
        if queue.kind is not Kind.CHAT:
            return self.began[item.number] + self.left[item.number]
        return hands.paced_at + max(0.0, self.left[item.number]) * self.slower(hands, queue)

    def slower(self, hands: Hands, queue: Queue) -> float:
        return 1.0 + queue.beside * (len(hands.items) - 1)

    def chat_on(self, hands: Hands, at: float) -> None:
        for item in hands.items:
            queue = self.queues[item.queue]
            if queue.kind is Kind.CHAT and at > hands.paced_at:
                self.left[item.number] -= (at - hands.paced_at) / self.slower(hands, queue)
        hands.paced_at = at

    def done_or_rested(self, name: str, at: float) -> None:
        hands = self.hands[name]
        if not hands.items:
            hands.looks_at = inf
            self.take(self.floor.looks_again(name, at=at), at)
            return
        item = min(hands.items, key=lambda each: self.item_due(hands, each))
        self.chat_on(hands, at)
        hands.items.remove(item)
        self.take(self.floor.ends(name, item, at=at), at)
        self.rest(name, at)

    def rest(self, name: str, at: float) -> None:
        until = self.floor.rests_until(name)
        self.hands[name].looks_at = until if until > at and not self.hands[name].items else inf

    def come_or_go(self, name: str, at: float, comes: bool) -> None:
        if comes:
            self.take(self.floor.comes(name, at=at), at)
            self.rest(name, at)
            return
        self.hands[name].looks_at = inf
        back = self.floor.goes(name, at=at)
        if back is not None:
            self.take(self.floor.arrives(back, at=at), at)

    def arrive(self, item: routing.Item, at: float) -> None:
        given = self.floor.arrives(item, at=at)
        self.take(given, at)
        patience = self.queues[item.queue].patience
        if not given and patience != FOR_EVER:
            self.timers[item.number] = (at + self.drawn(patience, item.number, draws.PATIENCE), item, False)

    def give_up_or_redial(self, item: routing.Item, at: float, redials: bool) -> None:
        del self.timers[item.number]
        if redials:
            self.arrive(routing.Item(item.number + AGAIN, item.queue, at), at)
            return
        self.floor.gives_up(item)
        number = item.number % AGAIN
        queue, key = self.queues[item.queue], np.uint64(self.keys[number])
        if queue.redial and float(draws.share_of(key, draws.REDIAL)) < queue.redial:
            delay = self.drawn(queue.redial_after, number, draws.DELAY)
            self.keys[number] = int(draws.mixed(key ^ (draws.GOLDEN * draws.AGAIN)))
            self.timers[item.number] = (at + delay, item, True)

    def take(self, many: list[routing.Given], at: float) -> None:
        for one in many:
            number, queue, hands = one.item.number, self.queues[one.item.queue], self.hands[one.advisor]
            self.timers.pop(number, None)
            if number not in self.left:
                self.left[number] = self.drawn(queue.talk, number, draws.TALK)
                if queue.wrap.mean:
                    self.left[number] += self.drawn(queue.wrap, number, draws.WRAP)
            if one.interrupted:
                put_down = one.interrupted.number
                self.left[put_down] -= at - self.began[put_down]
                hands.items.remove(one.interrupted)
            self.chat_on(hands, at)
            hands.items.append(one.item)
            hands.looks_at = inf
            self.began[number] = at
            gone = one.interrupted.number % AGAIN if one.interrupted else -1
            self.log.append((at, number % AGAIN, one.advisor, gone))


@st.composite
def queues(draw: st.DrawFn) -> tuple[Queue, ...]:
    """A few queues of every kind; constant times make many things happen at one instant."""
    kinds = draw(st.lists(st.sampled_from(Kind), min_size=1, max_size=5))
    talk = st.sampled_from([Spread(30.0, Shape.CONSTANT), Spread(40.0), Spread(7.0, Shape.CONSTANT)])
    return tuple(
        Queue(
            f"q{place}",
            "s",
            draw(st.sampled_from(SKILLS)),
            kind,
            promise=draw(st.sampled_from([20.0, 60.0, 60.0, 3600.0])),
            talk=draw(talk),
            wrap=draw(st.sampled_from([NOTHING, Spread(5.0)])),
            weight=draw(st.sampled_from([1.0, 1.0, 3.0])),
            least_level=draw(st.sampled_from([1, 1, 2])),
            patience=FOR_EVER if kind is Kind.DEFERRED else draw(st.sampled_from([FOR_EVER, Spread(25.0)])),
            redial=draw(st.sampled_from([0.0, 0.7])),
            redial_after=Spread(30.0),
            beside=draw(st.sampled_from([0.0, 0.5])),
        )
        for place, kind in enumerate(kinds)
    )


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A world with contacts at known instants and people who come and go."""
    lines = draw(queues())
    skills = st.dictionaries(st.sampled_from(SKILLS), st.integers(1, 3), min_size=1)
    people = tuple(
        Person(f"a{place}", levels, chats)
        for place, (levels, chats) in enumerate(
            draw(st.lists(st.tuples(skills, st.integers(0, 3)), min_size=1, max_size=5))
        )
    )
    presences = tuple(
        Presence(person.name, float(begins), float(begins + length))
        for person in people
        for begins, length in draw(
            st.lists(st.tuples(st.integers(0, 500), st.integers(1, 400)), min_size=1, max_size=3)
        )
    )
    count = draw(st.integers(1, 60))
    at = sorted(draw(st.lists(st.integers(0, 700), min_size=count, max_size=count)))
    which = draw(st.lists(st.integers(0, len(lines) - 1), min_size=count, max_size=count))
    policy = Policy(draw(st.sampled_from([0.3, 0.85, 1.0])), draw(st.sampled_from([50.0, 3600.0])))
    return World(
        lines,
        people,
        presences,
        np.zeros((len(lines), 12)),
        INTERVAL,
        policy,
        Instants(np.array(at, np.float64), np.array(which, np.int64)),
    )


@settings(max_examples=60)
@given(worlds(), st.integers(0, 9))
def test_compiled_and_plain_policy_assign_alike_contact_by_contact(world: World, seed: int) -> None:
    contacts = arrivals_of(world, seed=seed)
    run = run_of(tables_of(world), contacts.copy(), logged=1000)
    with np.errstate(over="ignore"):
        expected = Mirror(world, contacts).run()
    names = [person.name for person in world.people]
    found = [(int(g["contact"]), names[int(g["person"])], int(g["interrupted"])) for g in run.given]
    assert found == [each[1:] for each in expected]
    assert run.given["at"].tolist() == pytest.approx([each[0] for each in expected], abs=1e-6)
