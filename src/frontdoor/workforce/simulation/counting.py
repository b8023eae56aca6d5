"""What is counted while the simulation runs: by interval and queue, and the busy seconds of each group."""

from __future__ import annotations

from typing import Any

from frontdoor.workforce.simulation.memory import piece
from frontdoor.workforce.simulation.structures import contact_at, counts_at, queue_at, seconds_at

DEFERRED = 2


@piece
def counts_of(floor: Any, at: float, queue: int) -> Any:
    """The row of counts for an instant and a queue."""
    return counts_at(floor.counts, int(at / floor.interval) * floor.queue_count + queue)


@piece
def count_busy(floor: Any, queue: int, group: int, begins: float, ends: float, share: float) -> None:
    """Spread busy seconds over the intervals they lie in. `share`: of one person, where others are served beside."""
    ends = min(ends, floor.until)
    interval = int(begins / floor.interval)
    while begins < ends:
        stops = min(ends, (interval + 1) * floor.interval)
        seconds = (stops - begins) * share
        counts_at(floor.counts, interval * floor.queue_count + queue).busy += seconds
        seconds_at(floor.busy, interval * floor.group_count + group).value += seconds
        begins = stops
        interval += 1


@piece
def count_begun(floor: Any, slot: int, at: float) -> None:
    """A contact goes to somebody for the first time."""
    contact = contact_at(floor.contacts, slot)
    queue = queue_at(floor.queues, contact.queue)
    wait = at - contact.since
    counts = counts_of(floor, contact.since, contact.queue)
    counts.answered += 1.0
    counts.wait += wait
    counts.longest_wait = max(counts.longest_wait, wait)
    if queue.kind != DEFERRED and wait <= queue.within:
        counts.in_time += 1.0


@piece
def count_done(floor: Any, slot: int, at: float) -> None:
    """A contact is done, its after-work included."""
    contact = contact_at(floor.contacts, slot)
    queue = queue_at(floor.queues, contact.queue)
    queue.is_open -= 1
    counts_of(floor, at, contact.queue).handled += 1.0
    if queue.kind == DEFERRED and at - contact.since <= queue.within:
        counts_of(floor, contact.since, contact.queue).in_time += 1.0


@piece
def count_given_up(floor: Any, slot: int, at: float) -> None:
    """Somebody who waited is gone."""
    contact = contact_at(floor.contacts, slot)
    wait = at - contact.since
    counts = counts_of(floor, contact.since, contact.queue)
    counts.abandoned += 1.0
    counts.wait += wait
    counts.longest_wait = max(counts.longest_wait, wait)
    queue_at(floor.queues, contact.queue).is_open -= 1


@piece
def close_interval(floor: Any, interval: int) -> None:
    """Note what is left open at an interval's end."""
    for queue in range(floor.queue_count):
        is_open = queue_at(floor.queues, queue).is_open
        if is_open > 0:
            counts_at(floor.counts, interval * floor.queue_count + queue).backlog = is_open
