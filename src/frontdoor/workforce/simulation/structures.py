"""What the compiled simulation keeps its state in, and the four structures that make an event cheap: pools of people,
lines of contacts, a tree of who is done next, and a heap of who gives up or redials next.

-1 means nobody or none.
"""

from __future__ import annotations

from math import inf
from typing import Any

import numpy as np
import numpy.typing as npt

from frontdoor.workforce.simulation.memory import piece, rows_of

Records = npt.NDArray[np.void]


def _record(whole: str = "", times: str = "", keys: str = "", small: str = "") -> np.dtype[np.void]:
    fields = [(name, "i8") for name in whole.split()] + [(name, "f8") for name in times.split()]
    fields += [(name, "u8") for name in keys.split()] + [(name, "i4") for name in small.split()]
    return np.dtype(fields, align=True)


FLOOR = _record(
    whole="queues people groups nodes pools standing chats lists contacts timers tree comings opened counts busy log "
    "queue_count people_count group_count pool_count chat_count log_count leaves timer_count contact_count waiting "
    "logged",
    times="interval until window ceiling",
)
"""The state of one run: addresses of its tables, how many rows they have, and the policy's numbers."""
QUEUE = _record(
    whole="kind order ordered head tail length is_open "
    "talk_shape wrap_shape patience_shape delay_shape can_give_up",
    times="slope since within redial beside talk talk_sigma wrap wrap_sigma patience patience_sigma delay delay_sigma",
)
"""`order`, `ordered`: where in the lists its groups begin, best first, and how many. `is_open`: not yet completed."""
PERSON = _record(
    whole="group chats call deferred put_down chatting next_chat is_here is_leaving feels",
    times="occupancy felt_at rests_until paced_at",
)
GROUP = _record(whole="immediate immediates chat chats deferred deferreds")
"""Where in the lists its lines of each kind begin, and how many."""
CONTACT = _record(times="since left began", keys="key", small="queue before after place")
"""`left`: seconds of work, -1 before it is begun, -2 while somebody is about to redial. `place`: in the heap, 0 for
none.
"""
NODE = _record(small="pool before after kind")
"""A person's place in a pool; after all people's, their places among the rested."""
POOL = _record(small="first last")
DUE = _record(times="at", whole="who")
CELL = _record(whole="value")
SECONDS = _record(times="value")
COMING = _record(whole="person comes", times="at")
GIVEN = _record(whole="contact person interrupted", times="at")
COUNTS = _record(times="offered redialled answered in_time abandoned wait longest_wait handled backlog busy")
"""Offered, redialled (those of the offered who had given up before), answered, in time, abandoned, waiting seconds and
the longest wait are counted where the contact came in; handled where it was done, backlog (not yet done or given up) at
an interval's end, busy seconds where they were spent.
"""

queue_at, person_at, group_at, contact_at = (rows_of(each) for each in (QUEUE, PERSON, GROUP, CONTACT))
node_at, pool_at, due_at, cell_at = (rows_of(each) for each in (NODE, POOL, DUE, CELL))
seconds_at, coming_at, given_at, counts_at = (rows_of(each) for each in (SECONDS, COMING, GIVEN, COUNTS))

IDLE, RESTED, INTERRUPTIBLE, CHATTING = 0, 1, 2, 2
"""Pools of a group; with n chats in hand, somebody who has room stands in pool CHATTING + n."""


@piece
def stand(floor: Any, node: int, group: int, kind: int) -> None:
    """Put somebody at the end of a group's pool of this kind."""
    number = group * floor.pool_count + kind
    pool, mine = pool_at(floor.pools, number), node_at(floor.nodes, node)
    last = pool.last
    mine.pool, mine.before, mine.after, mine.kind = number, last, -1, kind
    if last >= 0:
        node_at(floor.nodes, last).after = node
    else:
        pool.first = node
    pool.last = node
    cell_at(floor.standing, kind).value += 1


@piece
def step_out(floor: Any, node: int) -> None:
    """Take somebody out of their pool, if they are in one."""
    mine = node_at(floor.nodes, node)
    if mine.pool < 0:
        return
    pool = pool_at(floor.pools, mine.pool)
    if mine.before >= 0:
        node_at(floor.nodes, mine.before).after = mine.after
    else:
        pool.first = mine.after
    if mine.after >= 0:
        node_at(floor.nodes, mine.after).before = mine.before
    else:
        pool.last = mine.before
    cell_at(floor.standing, mine.kind).value -= 1
    mine.pool = -1


@piece
def is_before(contacts: int, one: int, other: int) -> bool:
    """Whether a contact is older than another; of the same instant, the lower number."""
    since, also = contact_at(contacts, one).since, contact_at(contacts, other).since
    return bool(since < also or (since == also and one < other))


@piece
def join(floor: Any, slot: int) -> None:
    """Let a contact wait, oldest first. What is new goes to the end; what comes back is old and looks for its place from
    the front.
    """
    contact = contact_at(floor.contacts, slot)
    queue = queue_at(floor.queues, contact.queue)
    before, after = queue.tail, -1
    if before >= 0 and is_before(floor.contacts, slot, before):
        before, after = -1, queue.head
        while is_before(floor.contacts, after, slot):
            before, after = after, contact_at(floor.contacts, after).after
    contact.before, contact.after = before, after
    if before >= 0:
        contact_at(floor.contacts, before).after = slot
    else:
        queue.head, queue.since = slot, contact.since
    if after >= 0:
        contact_at(floor.contacts, after).before = slot
    else:
        queue.tail = slot
    queue.length += 1


@piece
def part(floor: Any, slot: int) -> None:
    """Take a contact out of its line."""
    contact = contact_at(floor.contacts, slot)
    queue = queue_at(floor.queues, contact.queue)
    before, after = contact.before, contact.after
    if before >= 0:
        contact_at(floor.contacts, before).after = after
    else:
        queue.head = after
        queue.since = contact_at(floor.contacts, after).since if after >= 0 else inf
    if after >= 0:
        contact_at(floor.contacts, after).before = before
    else:
        queue.tail = before
    queue.length -= 1


def tree_for(count: int) -> Records:
    """A tree over `count` leaves, none of them due. The root is row 1; of ties the lower leaf is first."""
    leaves = 1 << max(0, count - 1).bit_length()
    tree = np.zeros(2 * leaves, DUE)
    tree["at"] = inf
    tree["who"][leaves:] = np.arange(leaves)
    for node in range(leaves - 1, 0, -1):
        tree["who"][node] = tree["who"][2 * node]
    return tree


@piece
def set_due(tree: int, leaves: int, leaf: int, at: float) -> None:
    """Change when a leaf is due, and who is first all the way up."""
    node = leaves + leaf
    due_at(tree, node).at = at
    who = leaf
    while node > 1:
        other = due_at(tree, node ^ 1)
        other_at, other_who = other.at, other.who
        is_first = (other_at < at) | (
            (other_at == at) & (other_who < who)
        )  # chosen without a branch to guess
        at = other_at if is_first else at
        who = other_who if is_first else who
        node >>= 1
        above = due_at(tree, node)
        above.at, above.who = at, who


@piece
def set_timer(floor: Any, slot: int, at: float) -> None:
    """Set the instant of a contact that has none. Row 1 of the heap is the first."""
    floor.timer_count += 1
    _put(floor, floor.timer_count, at, slot)
    _rise(floor, floor.timer_count)


@piece
def drop_timer(floor: Any, slot: int) -> None:
    """Take a contact's instant away. An empty heap is due never."""
    place = contact_at(floor.contacts, slot).place
    contact_at(floor.contacts, slot).place = 0
    last = due_at(floor.timers, floor.timer_count)
    at, who = last.at, last.who
    last.at = inf
    floor.timer_count -= 1
    if place <= floor.timer_count:
        _put(floor, place, at, who)
        _sink(floor, place)
        _rise(floor, place)


@piece
def _put(floor: Any, place: int, at: float, slot: int) -> None:
    timer = due_at(floor.timers, place)
    timer.at, timer.who = at, slot
    contact_at(floor.contacts, slot).place = place


@piece
def _rise(floor: Any, place: int) -> None:
    mine = due_at(floor.timers, place)
    at, who = mine.at, mine.who
    while place > 1 and due_at(floor.timers, place >> 1).at > at:
        above = due_at(floor.timers, place >> 1)
        _put(floor, place, above.at, above.who)
        place >>= 1
    _put(floor, place, at, who)


@piece
def _sink(floor: Any, place: int) -> None:
    mine = due_at(floor.timers, place)
    at, who = mine.at, mine.who
    while 2 * place <= floor.timer_count:
        below = 2 * place
        if below < floor.timer_count and due_at(floor.timers, below + 1).at < due_at(floor.timers, below).at:
            below += 1
        if due_at(floor.timers, below).at >= at:
            break
        _put(floor, place, due_at(floor.timers, below).at, due_at(floor.timers, below).who)
        place = below
    _put(floor, place, at, who)
