"""What always holds, in worlds made at random. The test keeps its own account of who has what, from the answers alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heappop, heappush

from hypothesis import given, settings
from hypothesis import strategies as st

from frontdoor.routing.definition import Advisor, Given, Item, Kind, Policy, Queue, Rule
from frontdoor.routing.floor import Floor

SKILLS = ("badge", "roads", "school")


@st.composite
def queues(draw: st.DrawFn) -> list[Queue]:
    """A few queues of every kind."""
    kinds = draw(st.lists(st.sampled_from(Kind), min_size=1, max_size=5))
    return [
        Queue(
            f"q{place}",
            draw(st.sampled_from(SKILLS)),
            kind,
            promise=draw(st.sampled_from([20.0, 60.0, 60.0, 3600.0])),
            weight=draw(st.sampled_from([1.0, 1.0, 3.0])),
            least_level=draw(st.sampled_from([1, 1, 2])),
        )
        for place, kind in enumerate(kinds)
    ]


@st.composite
def advisors(draw: st.DrawFn) -> list[Advisor]:
    """A few people, some of them alike."""
    skills = st.dictionaries(st.sampled_from(SKILLS), st.integers(1, 3), min_size=1)
    many = draw(st.lists(st.tuples(skills, st.integers(0, 3)), min_size=1, max_size=5))
    return [Advisor(f"a{place}", levels, chats) for place, (levels, chats) in enumerate(many)]


@dataclass
class World:
    """A floor with a clock: items come, are worked on for as long as they take, and people come and go."""

    queues: list[Queue]
    advisors: list[Advisor]
    policy: Policy
    held: dict[str, dict[int, Item]] = field(default_factory=dict)
    put_down: dict[str, Item] = field(default_factory=dict)
    here: set[str] = field(default_factory=set)
    leaving: set[str] = field(default_factory=set)
    waits: dict[int, Item] = field(default_factory=dict)
    log: list[Given] = field(default_factory=list)
    events: list[tuple[float, int, str, object]] = field(default_factory=list)
    left: dict[int, float] = field(default_factory=dict)
    began: dict[int, float] = field(default_factory=dict)
    number: int = 0
    ended: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.floor = Floor(queues=self.queues, advisors=self.advisors, policy=self.policy)
        self.by_name = {queue.name: queue for queue in self.queues}
        self.people = {advisor.name: advisor for advisor in self.advisors}
        self.held = {advisor.name: {} for advisor in self.advisors}

    def plan(self, at: float, what: str, subject: object) -> None:
        self.number += 1
        heappush(self.events, (at, self.number, what, subject))

    def run(self) -> None:
        while self.events:
            at, _number, what, subject = heappop(self.events)
            getattr(self, f"on_{what}")(subject, at)
            self.check(at)

    def on_arrive(self, item: Item, at: float) -> None:
        self.waits[item.number] = item
        self.take(self.floor.arrives(item, at=at), at)

    def on_give_up(self, item: Item, at: float) -> None:
        if self.waits.pop(item.number, None):
            self.floor.gives_up(item)
            self.ended.add(item.number)

    def on_come(self, name: str, at: float) -> None:
        self.here.add(name)
        self.leaving.discard(name)
        self.take(self.floor.comes(name, at=at), at)

    def on_go(self, name: str, at: float) -> None:
        self.leaving.add(name)
        back = self.floor.goes(name, at=at)
        assert back == self.put_down.pop(name, None)
        if back:
            self.on_arrive(back, at)

    def on_end(self, subject: tuple[str, Item, float], at: float) -> None:
        name, item, began = subject
        if self.began.get(item.number) != began or item.number not in self.held[name]:
            return  # it was interrupted meanwhile
        del self.held[name][item.number]
        self.ended.add(item.number)
        self.take(self.floor.ends(name, item, at=at), at)
        if not self.held[name] and name not in self.leaving:
            self.plan(self.floor.rests_until(name), "look", name)

    def on_look(self, name: str, at: float) -> None:
        self.take(self.floor.looks_again(name, at=at), at)

    def take(self, many: list[Given], at: float) -> None:
        for one in many:
            self.log.append(one)
            queue = self.by_name[one.item.queue]
            assert self.people[one.advisor].can(queue)
            assert one.advisor in self.here
            assert one.advisor not in self.leaving
            if one.rule is Rule.OLDEST_BY_PROMISE:
                mine = [each for each in self.waits.values() if each.queue == one.item.queue]
                assert one.item == min(mine, key=lambda each: (each.since, each.number))
            if one.rule is Rule.RESUMED:
                assert self.put_down.pop(one.advisor) == one.item
            else:
                del self.waits[one.item.number]
            if one.interrupted:
                gone = self.held[one.advisor].pop(one.interrupted.number)
                self.left[gone.number] -= at - self.began.pop(gone.number)
                self.put_down[one.advisor] = gone
            self.held[one.advisor][one.item.number] = one.item
            self.began[one.item.number] = at
            self.plan(at + self.left[one.item.number], "end", (one.advisor, one.item, at))

    def kinds_held(self, name: str) -> list[Kind]:
        return [self.by_name[item.queue].kind for item in self.held[name].values()]

    def check(self, at: float) -> None:
        for name, advisor in self.people.items():
            kinds = self.kinds_held(name)
            assert kinds.count(Kind.CALL) + kinds.count(Kind.DEFERRED) <= 1
            assert len(set(kinds)) <= 1
            assert kinds.count(Kind.CHAT) <= advisor.chats
        for item in self.waits.values():
            queue = self.by_name[item.queue]
            able = [
                n for n, a in self.people.items() if a.can(queue) and n in self.here and n not in self.leaving
            ]
            assert not [name for name in able if self.is_free_for(name, queue.kind, at)], (at, item)

    def is_free_for(self, name: str, kind: Kind, at: float) -> bool:
        kinds = self.kinds_held(name)
        if kind is Kind.DEFERRED:
            return not kinds and name not in self.put_down and at > self.floor.rests_until(name)
        if kind is Kind.CHAT and Kind.CHAT in kinds:
            return len(kinds) < self.people[name].chats
        return not kinds or kinds == [Kind.DEFERRED]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A world with its events planned."""
    policy = Policy(
        ceiling=draw(st.sampled_from([0.5, 0.85, 1.0])), window=draw(st.sampled_from([50.0, 3600.0]))
    )
    world = World(draw(queues()), draw(advisors()), policy)
    times = st.integers(0, 400).map(float)
    for number in range(draw(st.integers(0, 25))):
        at = draw(times)
        item = Item(
            number, draw(st.sampled_from(world.queues)).name, at - draw(st.sampled_from([0.0, 0.0, 9.0]))
        )
        world.left[number] = draw(st.integers(1, 90).map(float))
        world.plan(at, "arrive", item)
        if draw(st.booleans()):
            world.plan(at + draw(st.integers(1, 60)), "give_up", item)
    for advisor in world.advisors:
        for _shift in range(draw(st.integers(0, 2))):
            begin = draw(times)
            world.plan(begin, "come", advisor.name)
            world.plan(begin + draw(st.integers(1, 200)), "go", advisor.name)
        world.plan(1000.0, "come", advisor.name)
    return world


@given(worlds())
def test_nobody_waits_while_somebody_who_can_is_free_and_nothing_starves(world: World) -> None:
    world.run()
    nobody_can = {
        item.number
        for item in world.waits.values()
        if not any(a.can(world.by_name[item.queue]) for a in world.advisors)
    }
    assert set(world.waits) == nobody_can
    assert set(world.left) == world.ended | nobody_can


@settings(max_examples=25)
@given(worlds())
def test_same_events_fall_the_same_way_every_time(world: World) -> None:
    again = World(world.queues, world.advisors, world.policy, left=dict(world.left))
    again.events, again.number = list(world.events), world.number
    world.run()
    again.run()
    assert world.log == again.log
