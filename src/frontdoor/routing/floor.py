"""The floor: items that wait, people who are here, and what is given to whom when something happens.

Every event says at what instant (`at`, seconds, never earlier than the one before) and answers with what was given to
whom, and by which rule. Three things always hold: nobody waits on the line while a person who can take them is free;
deferred work waits only while everybody who can take it is busy, resting below the ceiling of occupancy, or leaving;
and in each queue the oldest by promise goes first.
"""

from __future__ import annotations

from collections.abc import Sequence

from frontdoor.routing.definition import Advisor, Given, Item, Kind, Policy, Queue, Rule
from frontdoor.routing.presence import (
    Hands,
    first_of,
    groups_of,
    in_order_for,
    kinds_taken,
    rest,
    who_takes_chat,
)
from frontdoor.routing.waiting import Line, costliest, lines_of


class NotInHand(Exception):
    """This person does not have this item. Look again at who has it; trying again does not help."""


class Floor:
    """Queues and advisors at work under one policy. Nobody is here at first: `comes` says who is."""

    def __init__(
        self, *, queues: Sequence[Queue], advisors: Sequence[Advisor], policy: Policy | None = None
    ) -> None:
        self.policy = policy or Policy()
        self.lines = lines_of(queues)
        everybody, groups = groups_of(advisors)
        self._hands = {hands.advisor.name: hands for hands in everybody}
        if len(self._hands) != len(everybody):
            raise ValueError("Two advisors have one name: give each a name of their own.")
        self._here: set[str] = set()
        self._groups = {queue.name: in_order_for(queue, groups) for queue in queues}
        self._chats: dict[int, list[Line]] = {}
        self._immediate: dict[int, list[Line]] = {}
        self._deferred: dict[int, list[Line]] = {}
        for group in groups:
            able = [line for line in self.lines.values() if group.sample.can(line.queue)]
            self._chats[group.place] = [line for line in able if line.queue.kind is Kind.CHAT]
            self._immediate[group.place] = [line for line in able if line.queue.kind is not Kind.DEFERRED]
            self._deferred[group.place] = [line for line in able if line.queue.kind is Kind.DEFERRED]

    def waiting(self, queue: str) -> int:
        """How many wait in a queue."""
        return len(self.lines[queue])

    def rests_until(self, advisor: str) -> float:
        """Until when somebody with empty hands is given no deferred work; call `looks_again` then."""
        return self._hands[advisor].rests_until

    def arrives(self, item: Item, *, at: float) -> list[Given]:
        """An item came in: it goes to the right person at once, or waits. ValueError where it came from the future."""
        if item.since > at:
            raise ValueError(
                f"Item {item.number} came in after this instant: check the clock it was stamped by."
            )
        line = self.lines[item.queue]
        found = self._who_takes(line.queue)
        if found is None:
            line.add(item)
            return []
        hands, rule = found
        hands.feel(at, self.policy.window)
        return [self._give(hands, item, rule, at)]

    def gives_up(self, item: Item) -> None:
        """Somebody who waited is gone: they hung up, or their matter was settled another way."""
        self.lines[item.queue].drop(item.number)

    def ends(self, advisor: str, item: Item, *, at: float) -> list[Given]:
        """Somebody is done with an item, its after-work included. Raises NotInHand."""
        hands = self._hands[advisor]
        hands.feel(at, self.policy.window)
        self._put_away(hands, item)
        if not hands.is_busy:
            rest(hands, at, self.policy)
        return self._fill(hands, at)

    def comes(self, advisor: str, *, at: float) -> list[Given]:
        """Somebody is here and free (a shift begins, a break ends)."""
        hands = self._hands[advisor]
        if advisor in self._here and not hands.is_leaving:
            return []
        hands.feel(at, self.policy.window)
        self._here.add(advisor)
        hands.is_leaving = False
        if not hands.is_busy:
            rest(hands, at, self.policy)
        return self._fill(hands, at)

    def goes(self, advisor: str, *, at: float) -> Item | None:
        """Somebody takes nothing more; what is in hand is ended first. What they had put down is returned, for the caller
        to let it arrive again, since anybody may do it now.
        """
        hands = self._hands[advisor]
        hands.feel(at, self.policy.window)
        hands.is_leaving = True
        hands.group.pool_out(hands)
        back, hands.put_down = hands.put_down, None
        if not hands.is_busy:
            self._here.discard(advisor)
        return back

    def looks_again(self, advisor: str, *, at: float) -> list[Given]:
        """Somebody's rest from deferred work may be over: if it is, they are given some, or stand ready for it."""
        hands = self._hands[advisor]
        if hands.is_busy or advisor not in self._here or at < hands.rests_until:
            return []
        one = self._next_for(hands, at)
        if one is None:
            hands.group.pool_rested(hands)
            return []
        hands.feel(at, self.policy.window)
        return [self._give(hands, one[0], one[1], at)]

    def _who_takes(self, queue: Queue) -> tuple[Hands, Rule] | None:
        groups = self._groups[queue.name]
        if queue.kind is Kind.DEFERRED:
            rested = first_of(group.rested for group in groups)
            return (rested, Rule.LONGEST_IDLE) if rested else None
        idle = first_of(group.idle for group in groups)
        if idle:
            return idle, Rule.LONGEST_IDLE
        if queue.kind is Kind.CHAT:
            beside = who_takes_chat(groups)
            if beside:
                return beside, Rule.ROOM_FOR_CHAT
        busy = first_of(group.interruptible for group in groups)
        return (busy, Rule.INTERRUPTS) if busy else None

    def _give(self, hands: Hands, item: Item, rule: Rule, at: float) -> Given:
        """Put an item into hands that are felt up to `at`."""
        if hands.pools:
            hands.group.pool_out(hands)
        interrupted = None
        kind = self.lines[item.queue].queue.kind
        if kind is Kind.DEFERRED:
            hands.deferred = item
        else:
            if hands.deferred is not None:
                interrupted = hands.put_down = hands.deferred
                hands.deferred = None
            if kind is Kind.CALL:
                hands.call = item
            else:
                hands.chats[item.number] = item
        hands.group.pool_in(hands, at)
        return Given(item, hands.advisor.name, rule, interrupted)

    def _put_away(self, hands: Hands, item: Item) -> None:
        if hands.call == item:
            hands.call = None
        elif hands.deferred == item:
            hands.deferred = None
        elif item.number in hands.chats:
            del hands.chats[item.number]
        else:
            raise NotInHand(f"{hands.advisor.name} does not have item {item.number}.")

    def _fill(self, hands: Hands, at: float) -> list[Given]:
        """Give what fits into these hands, felt up to `at`, until nothing does."""
        if hands.pools:
            hands.group.pool_out(hands)
        if hands.is_leaving:
            if not hands.is_busy:
                self._here.discard(hands.advisor.name)
            return []
        given: list[Given] = []
        while (one := self._next_for(hands, at)) is not None:
            given.append(self._give(hands, one[0], one[1], at))
            if not hands.chats or kinds_taken(hands) is not Kind.CHAT:
                return given
        if not given:
            hands.group.pool_in(hands, at)
        return given

    def _next_for(self, hands: Hands, at: float) -> tuple[Item, Rule] | None:
        fits = kinds_taken(hands)
        if fits is None:
            return None
        place = hands.group.place
        line = costliest(self._immediate[place] if fits is Kind.CALL else self._chats[place], at)
        if line is not None:
            return line.take(), Rule.OLDEST_BY_PROMISE
        if fits is Kind.CHAT or hands.deferred is not None:
            return None
        if hands.put_down is not None:
            item, hands.put_down = hands.put_down, None
            return item, Rule.RESUMED
        line = costliest(self._deferred[place], at) if hands.rests_until <= at else None
        return (line.take(), Rule.OLDEST_BY_PROMISE) if line is not None else None
