"""The routing policy, compiled: who gets what, as the plain policy of live contacts decides it.

Function by function this is `routing.floor`; a test holds the two against each other, contact by contact.
"""

from __future__ import annotations

from math import exp, inf, log
from typing import Any

from frontdoor.workforce.simulation.counting import count_begun, count_busy, count_done
from frontdoor.workforce.simulation.draws import PATIENCE, TALK, WRAP, drawn
from frontdoor.workforce.simulation.memory import piece
from frontdoor.workforce.simulation.structures import (
    CHATTING,
    IDLE,
    INTERRUPTIBLE,
    RESTED,
    cell_at,
    contact_at,
    drop_timer,
    given_at,
    group_at,
    join,
    node_at,
    part,
    person_at,
    pool_at,
    queue_at,
    set_due,
    set_timer,
    stand,
    step_out,
)

CALL, CHAT, DEFERRED = 0, 1, 2
NONE = -1


@piece
def arrives(floor: Any, slot: int, at: float) -> None:
    """A contact goes to the right person at once, or waits."""
    line = contact_at(floor.contacts, slot).queue
    person = who_takes(floor, line)
    if person >= 0:
        give(floor, person, slot, at)
        return
    join(floor, slot)
    queue = queue_at(floor.queues, line)
    if queue.kind != DEFERRED:
        floor.waiting += 1
    if queue.can_give_up:
        patience = drawn(
            queue.patience_shape,
            queue.patience,
            queue.patience_sigma,
            contact_at(floor.contacts, slot).key,
            PATIENCE,
        )
        set_timer(floor, slot, at + patience)


@piece
def who_takes(floor: Any, line: int) -> int:
    """Who takes a contact that comes in now; NONE where it must wait."""
    queue = queue_at(floor.queues, line)
    if queue.kind == DEFERRED:
        node = first_in(floor, queue.order, queue.ordered, RESTED)
        return node - floor.people_count if node >= 0 else NONE
    person = first_in(floor, queue.order, queue.ordered, IDLE)
    if person < 0 and queue.kind == CHAT:
        for pool in range(CHATTING + 1, floor.pool_count):
            person = first_in(floor, queue.order, queue.ordered, pool)
            if person >= 0:
                return person
    if person < 0:
        person = first_in(floor, queue.order, queue.ordered, INTERRUPTIBLE)
    return person


@piece
def first_in(floor: Any, order: int, ordered: int, pool: int) -> int:
    """Who stands first in a pool of the first group that has anybody in it."""
    if cell_at(floor.standing, pool).value == 0:
        return NONE
    for place in range(order, order + ordered):
        first = pool_at(floor.pools, cell_at(floor.lists, place).value * floor.pool_count + pool).first
        if first >= 0:
            return int(first)
    return NONE


@piece
def is_busy(floor: Any, person: int) -> bool:
    """Whether anything is in hand."""
    hands = person_at(floor.people, person)
    return bool(hands.call >= 0 or hands.deferred >= 0 or hands.chatting > 0)


@piece
def feel(floor: Any, person: int, at: float) -> None:
    """Bring the occupancy up to `at`, before what is in hand changes."""
    hands = person_at(floor.people, person)
    if hands.feels == 0 or at == hands.felt_at:
        return
    faded = exp((hands.felt_at - at) / floor.window)
    hands.occupancy = hands.occupancy * faded + (1.0 - faded if is_busy(floor, person) else 0.0)
    hands.felt_at = at


@piece
def rest(floor: Any, person: int, at: float) -> None:
    """Whoever has just become free rests from deferred work until their occupancy is back at the ceiling."""
    hands = person_at(floor.people, person)
    if hands.occupancy > floor.ceiling:
        hands.rests_until = at + floor.window * log(hands.occupancy / floor.ceiling)
    else:
        hands.rests_until = at


@piece
def pool_out(floor: Any, person: int) -> None:
    """Take a person out of every pool."""
    step_out(floor, person)
    if person_at(floor.people, person).feels:
        step_out(floor, person + floor.people_count)


@piece
def pool_in(floor: Any, person: int, at: float) -> None:
    """Put a person, who is in no pool, where what they have in hand says, and set when they are due next."""
    hands = person_at(floor.people, person)
    due = next_due(floor, person)
    if not hands.is_leaving and hands.call < 0:
        if hands.deferred >= 0:
            stand(floor, person, hands.group, INTERRUPTIBLE)
        elif hands.chatting > 0:
            if hands.chatting < hands.chats:
                stand(floor, person, hands.group, CHATTING + hands.chatting)
        else:
            stand(floor, person, hands.group, IDLE)
            if hands.feels != 0:
                if hands.rests_until <= at:
                    pool_rested(floor, person)
                else:
                    due = hands.rests_until
    set_due(floor.tree, floor.leaves, person, due)


@piece
def pool_rested(floor: Any, person: int) -> None:
    """Somebody idle has rested."""
    node = person + floor.people_count
    if node_at(floor.nodes, node).pool < 0:
        stand(floor, node, person_at(floor.people, person).group, RESTED)


@piece
def next_due(floor: Any, person: int) -> float:
    """When something in these hands will be done; infinite where nothing is."""
    hands = person_at(floor.people, person)
    slot = hands.call if hands.call >= 0 else hands.deferred
    if slot >= 0:
        return float(contact_at(floor.contacts, slot).began + contact_at(floor.contacts, slot).left)
    soonest = inf
    for place in range(hands.chatting):
        slot = cell_at(floor.chats, person * floor.chat_count + place).value
        slower = 1.0 + queue_at(floor.queues, contact_at(floor.contacts, slot).queue).beside * (
            hands.chatting - 1
        )
        due = hands.paced_at + max(0.0, contact_at(floor.contacts, slot).left) * slower
        if due < soonest:
            soonest = due
            hands.next_chat = place
    return soonest


@piece
def chat_on(floor: Any, person: int, at: float) -> None:
    """Bring the chats in hand up to `at`, before their number changes."""
    hands = person_at(floor.people, person)
    if hands.chatting > 0 and at > hands.paced_at:
        gone = at - hands.paced_at
        for place in range(hands.chatting):
            slot = cell_at(floor.chats, person * floor.chat_count + place).value
            line = contact_at(floor.contacts, slot).queue
            contact_at(floor.contacts, slot).left -= gone / (
                1.0 + queue_at(floor.queues, line).beside * (hands.chatting - 1)
            )
            count_busy(floor, line, hands.group, hands.paced_at, at, 1.0 / hands.chatting)
    hands.paced_at = at


@piece
def give(floor: Any, person: int, slot: int, at: float) -> None:
    """A contact goes to a person; deferred work in their hands gives way to a call or chat."""
    feel(floor, person, at)
    pool_out(floor, person)
    hands = person_at(floor.people, person)
    contact = contact_at(floor.contacts, slot)
    queue = queue_at(floor.queues, contact.queue)
    if contact.left < 0.0:
        count_begun(floor, slot, at)
        contact.left = drawn(queue.talk_shape, queue.talk, queue.talk_sigma, contact.key, TALK)
        if queue.wrap > 0.0:
            contact.left += drawn(queue.wrap_shape, queue.wrap, queue.wrap_sigma, contact.key, WRAP)
    contact.began = at
    interrupted = NONE
    if queue.kind == DEFERRED:
        hands.deferred = slot
    else:
        interrupted = put_down(floor, person, at)
        if queue.kind == CALL:
            hands.call = slot
        else:
            chat_on(floor, person, at)
            cell_at(floor.chats, person * floor.chat_count + hands.chatting).value = slot
            hands.chatting += 1
    note(floor, person, slot, interrupted, at)
    pool_in(floor, person, at)


@piece
def put_down(floor: Any, person: int, at: float) -> int:
    """Deferred work in these hands gives way; which, or NONE."""
    hands = person_at(floor.people, person)
    slot = hands.deferred
    if slot >= 0:
        work = contact_at(floor.contacts, slot)
        work.left -= at - work.began
        count_busy(floor, work.queue, hands.group, work.began, at, 1.0)
        hands.put_down = slot
        hands.deferred = NONE
    return int(slot)


@piece
def note(floor: Any, person: int, slot: int, interrupted: int, at: float) -> None:
    """Write down who got what, where that is asked for."""
    if floor.logged < floor.log_count:
        given = given_at(floor.log, floor.logged)
        given.at, given.contact, given.person, given.interrupted = at, slot, person, interrupted
        floor.logged += 1


@piece
def comes(floor: Any, person: int, at: float) -> None:
    """Somebody is here and free (a shift begins, a break ends)."""
    hands = person_at(floor.people, person)
    if hands.is_here and not hands.is_leaving:
        return
    feel(floor, person, at)
    hands.is_here, hands.is_leaving = 1, 0
    if not is_busy(floor, person):
        rest(floor, person, at)
    fill(floor, person, at)


@piece
def goes(floor: Any, person: int, at: float) -> None:
    """Somebody takes nothing more; what is in hand is ended first. What they had put down arrives again."""
    feel(floor, person, at)
    hands = person_at(floor.people, person)
    hands.is_leaving = 1
    pool_out(floor, person)
    back = hands.put_down
    hands.put_down = NONE
    if not is_busy(floor, person):
        hands.is_here = 0
        set_due(floor.tree, floor.leaves, person, inf)
    if back >= 0:
        arrives(floor, back, at)


@piece
def due(floor: Any, person: int, at: float) -> None:
    """Somebody is done with a contact, or has rested."""
    hands = person_at(floor.people, person)
    if not is_busy(floor, person):
        looks_again(floor, person, at)
        return
    feel(floor, person, at)
    slot = hands.call if hands.call >= 0 else hands.deferred
    if slot >= 0:
        count_busy(
            floor,
            contact_at(floor.contacts, slot).queue,
            hands.group,
            contact_at(floor.contacts, slot).began,
            at,
            1.0,
        )
        hands.call, hands.deferred = NONE, NONE
    else:
        chat_on(floor, person, at)
        slot = cell_at(floor.chats, person * floor.chat_count + hands.next_chat).value
        hands.chatting -= 1
        cell_at(floor.chats, person * floor.chat_count + hands.next_chat).value = cell_at(
            floor.chats, person * floor.chat_count + hands.chatting
        ).value
    count_done(floor, slot, at)
    if not is_busy(floor, person):
        rest(floor, person, at)
    fill(floor, person, at)


@piece
def looks_again(floor: Any, person: int, at: float) -> None:
    """Somebody's rest from deferred work is over: they are given some, or stand ready for it."""
    slot = next_for(floor, person, at)
    if slot >= 0:
        give(floor, person, slot, at)
    else:
        pool_rested(floor, person)
        set_due(floor.tree, floor.leaves, person, inf)


@piece
def fill(floor: Any, person: int, at: float) -> None:
    """Give what fits into these hands, until nothing does."""
    pool_out(floor, person)
    hands = person_at(floor.people, person)
    if hands.is_leaving:
        hands.is_here = 1 if is_busy(floor, person) else 0
        set_due(floor.tree, floor.leaves, person, next_due(floor, person))
        return
    has_been_given = False
    slot = next_for(floor, person, at)
    while slot >= 0:
        has_been_given = True
        give(floor, person, slot, at)
        slot = next_for(floor, person, at) if 0 < hands.chatting < hands.chats else NONE
    if not has_been_given:
        pool_in(floor, person, at)


@piece
def next_for(floor: Any, person: int, at: float) -> int:
    """What this person is given next, taken out of its line; NONE where nothing fits or waits."""
    hands = person_at(floor.people, person)
    if hands.call >= 0 or (hands.chatting > 0 and hands.chatting >= hands.chats):
        return NONE
    group = group_at(floor.groups, hands.group)
    if floor.waiting > 0:
        if hands.chatting > 0:
            line = costliest(floor, group.chat, group.chats, at)
        else:
            line = costliest(floor, group.immediate, group.immediates, at)
        if line >= 0:
            floor.waiting -= 1
            return take(floor, line)
    if hands.chatting > 0 or hands.deferred >= 0:
        return NONE
    if hands.put_down >= 0:
        slot = hands.put_down
        hands.put_down = NONE
        return int(slot)
    if hands.rests_until <= at:
        line = costliest(floor, group.deferred, group.deferreds, at)
        if line >= 0:
            return take(floor, line)
    return NONE


@piece
def costliest(floor: Any, first: int, count: int, at: float) -> int:
    """The line whose head costs most by waiting on. Ties: the one that waits longer, then the one that is named first."""
    best = NONE
    most, oldest = -inf, inf
    for place in range(first, first + count):
        line = cell_at(floor.lists, place).value
        since = queue_at(floor.queues, line).since
        cost = queue_at(floor.queues, line).slope * (at - since)
        if cost > most or (cost == most and since < oldest):
            best, most, oldest = line, cost, since
    return best


@piece
def take(floor: Any, line: int) -> int:
    """Take the head of a line away."""
    slot = queue_at(floor.queues, line).head
    part(floor, slot)
    if contact_at(floor.contacts, slot).place > 0:
        drop_timer(floor, slot)
    return int(slot)
