"""Who is here, what each has in hand, and who may be given what.

People with the same skills stand in one group, so that a decision compares groups and not people.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from math import exp, log

from frontdoor.routing.definition import Advisor, Item, Kind, Policy, Queue


class Hands:
    """One advisor's hands. `occupancy` is an exponential mean of being busy, as of `felt_at`."""

    __slots__ = (
        "advisor",
        "call",
        "chats",
        "deferred",
        "felt_at",
        "group",
        "is_leaving",
        "number",
        "occupancy",
        "pools",
        "put_down",
        "rests_until",
    )

    def __init__(self, advisor: Advisor, number: int, group: Group) -> None:
        self.advisor = advisor
        self.number = number
        self.group = group
        self.call: Item | None = None
        self.chats: dict[int, Item] = {}
        self.deferred: Item | None = None
        self.put_down: Item | None = None
        self.pools: list[OrderedDict[int, Hands]] = []
        self.rests_until = 0.0
        self.occupancy = 0.0
        self.felt_at = 0.0
        self.is_leaving = False

    @property
    def is_busy(self) -> bool:
        """Whether anything is in hand."""
        return self.call is not None or bool(self.chats) or self.deferred is not None

    @property
    def has_room_for_chat(self) -> bool:
        """Whether one more chat fits beside those in hand, with nothing interrupted."""
        is_free = self.call is None and self.deferred is None
        return is_free and len(self.chats) < self.advisor.chats

    def feel(self, at: float, window: float) -> None:
        """Bring the occupancy up to `at`; to be called before what is in hand changes."""
        if at == self.felt_at:
            return
        faded = exp((self.felt_at - at) / window)
        self.occupancy *= faded
        if self.is_busy:
            self.occupancy += 1.0 - faded
        self.felt_at = at


class Group:
    """People with the same skills, levels and number of chats. Each pool holds the longest in it first."""

    __slots__ = ("breadth", "chatting", "idle", "interruptible", "lines", "place", "rested", "sample")

    def __init__(self, sample: Advisor, place: int) -> None:
        self.sample = sample
        self.place = place
        self.breadth = len(sample.skills)
        self.idle: OrderedDict[int, Hands] = OrderedDict()
        self.rested: OrderedDict[int, Hands] = OrderedDict()
        self.interruptible: OrderedDict[int, Hands] = OrderedDict()
        self.chatting: list[OrderedDict[int, Hands]] = [OrderedDict() for _ in range(sample.chats)]

    def pool_out(self, hands: Hands) -> None:
        """Take a person out of every pool."""
        for pool in hands.pools:
            del pool[hands.number]
        hands.pools.clear()

    def pool_in(self, hands: Hands, at: float) -> None:
        """Put a person, who is in no pool, where what they have in hand says; whoever is leaving stands nowhere."""
        if hands.is_leaving or hands.call is not None:
            return
        if hands.deferred is not None:
            self._stand(hands, self.interruptible)
        elif hands.chats:
            if hands.has_room_for_chat:
                self._stand(hands, self.chatting[len(hands.chats)])
        else:
            self._stand(hands, self.idle)
            if hands.rests_until <= at:
                self.pool_rested(hands)

    def pool_rested(self, hands: Hands) -> None:
        """Somebody idle has rested."""
        if hands.number not in self.rested:
            self._stand(hands, self.rested)

    def _stand(self, hands: Hands, pool: OrderedDict[int, Hands]) -> None:
        pool[hands.number] = hands
        hands.pools.append(pool)


def groups_of(advisors: Iterable[Advisor]) -> tuple[list[Hands], list[Group]]:
    """Hands for everybody, numbered in the order given, and the groups in which they stand."""
    groups: dict[tuple[object, ...], Group] = {}
    everybody = []
    for number, advisor in enumerate(advisors):
        key = (tuple(sorted(advisor.skills.items())), advisor.chats)
        group = groups.setdefault(key, Group(advisor, len(groups)))
        everybody.append(Hands(advisor, number, group))
    return everybody, list(groups.values())


def in_order_for(queue: Queue, groups: Sequence[Group]) -> list[Group]:
    """The groups that can take this queue: who knows it best first; of these, who can do least else, so that people of
    many skills stay free for what only they can do.
    """
    able = [group for group in groups if group.sample.can(queue)]
    return sorted(able, key=lambda group: (-group.sample.skills[queue.skill], group.breadth, group.place))


def first_of(pools: Iterable[Mapping[int, Hands]]) -> Hands | None:
    """The one who stands first in the first pool that is not empty."""
    for pool in pools:
        for hands in pool.values():
            return hands
    return None


def who_takes_chat(groups: Sequence[Group]) -> Hands | None:
    """Of those who chat already, the one with fewest chats who has room for one more."""
    most = max((len(group.chatting) for group in groups), default=0)
    for count in range(1, most):
        found = first_of(group.chatting[count] for group in groups if count < len(group.chatting))
        if found is not None:
            return found
    return None


def rest(hands: Hands, at: float, policy: Policy) -> None:
    """Whoever has just become free rests from deferred work until their occupancy is back at the ceiling."""
    if hands.occupancy > policy.ceiling:
        hands.rests_until = at + policy.window * log(hands.occupancy / policy.ceiling)
    else:
        hands.rests_until = at


def kinds_taken(hands: Hands) -> Kind | None:
    """What kind of immediate work fits beside what is in hand: CALL means any, CHAT only chats, None nothing."""
    if hands.is_leaving or hands.call is not None:
        return None
    if hands.chats:
        return Kind.CHAT if hands.has_room_for_chat else None
    return Kind.CALL
