"""One run of the simulation: events in the order of time, until the span ends.

Of events at one instant, what is done goes first, then who comes and goes, then what comes in, then who gives up or
redials.
"""

from __future__ import annotations

from math import inf
from typing import Any

from frontdoor.workforce.simulation.counting import close_interval, count_busy, count_given_up, counts_of
from frontdoor.workforce.simulation.draws import AGAIN, DELAY, GOLDEN, REDIAL, drawn, mixed, share_of
from frontdoor.workforce.simulation.hands import arrives, chat_on, comes, due, goes, is_busy
from frontdoor.workforce.simulation.memory import compiled, piece
from frontdoor.workforce.simulation.structures import (
    cell_at,
    coming_at,
    contact_at,
    drop_timer,
    due_at,
    part,
    person_at,
    queue_at,
    set_timer,
)

REDIALS = -2.0


@piece
def offer(floor: Any, slot: int, at: float) -> None:
    """A contact comes in."""
    line = contact_at(floor.contacts, slot).queue
    queue_at(floor.queues, line).is_open += 1
    counts_of(floor, at, line).offered += 1.0
    arrives(floor, slot, at)


@piece
def timer(floor: Any, slot: int, at: float) -> None:
    """Somebody gives up, and may redial later; or somebody redials."""
    contact = contact_at(floor.contacts, slot)
    drop_timer(floor, slot)
    if contact.left == REDIALS:
        contact.left, contact.since = -1.0, at
        if cell_at(floor.opened, int(at / floor.interval)).value:
            counts_of(floor, at, contact.queue).redialled += 1.0
            offer(floor, slot, at)
        return
    part(floor, slot)
    floor.waiting -= 1
    count_given_up(floor, slot, at)
    queue = queue_at(floor.queues, contact.queue)
    if queue.redial > 0.0 and share_of(contact.key, REDIAL) < queue.redial:
        contact.left = REDIALS
        delay = drawn(queue.delay_shape, queue.delay, queue.delay_sigma, contact.key, DELAY)
        contact.key = mixed(contact.key ^ (GOLDEN * AGAIN))
        set_timer(floor, slot, at + delay)


@piece
def finish(floor: Any) -> None:
    """Count what is in hand when the span ends."""
    for person in range(floor.people_count):
        hands = person_at(floor.people, person)
        slot = hands.call if hands.call >= 0 else hands.deferred
        if slot >= 0:
            contact = contact_at(floor.contacts, slot)
            count_busy(floor, contact.queue, hands.group, contact.began, floor.until, 1.0)
        elif is_busy(floor, person):
            chat_on(floor, person, floor.until)


@piece
def turn(floor: Any, coming: Any, at: float) -> None:
    """Somebody comes or goes."""
    if coming.comes:
        comes(floor, coming.person, at)
    else:
        goes(floor, coming.person, at)


def _play(_stamp: int, floors: Any) -> int:
    floor = floors[0]
    arrival = coming = interval = events = 0
    closes = floor.interval
    first, soonest = due_at(floor.tree, 1), due_at(floor.timers, 1)
    while True:
        arrives_at = contact_at(floor.contacts, arrival).since if arrival < floor.contact_count else inf
        comes_at = coming_at(floor.comings, coming).at
        at = min(first.at, soonest.at, arrives_at, comes_at)
        while closes <= at and closes <= floor.until:
            close_interval(floor, interval)
            interval += 1
            closes = (interval + 1) * floor.interval
        if at >= floor.until:
            break
        if at == first.at:
            due(floor, first.who, at)
        elif at == comes_at:
            turn(floor, coming_at(floor.comings, coming), at)
            coming += 1
        elif at == arrives_at:
            offer(floor, arrival, at)
            arrival += 1
        else:
            timer(floor, soonest.who, at)
        events += 1
    finish(floor)
    return events


play = compiled(_play)
"""Run to the end the one floor of a table of one row; after the last who comes there is one more who never does. Answers
how many events there were.
"""
