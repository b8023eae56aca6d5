"""Contacts that come in: Poisson within each interval, each with its own key.

A queue's contacts of one interval depend on the seed, the queue's name, the interval and that interval's rate, and on
nothing else: a flood on Thursday leaves Friday as it was.
"""

from __future__ import annotations

from hashlib import blake2b
from math import log, sqrt

import numpy as np
import numpy.typing as npt

from frontdoor.workforce.simulation.definition import Instants, Queue
from frontdoor.workforce.simulation.draws import SPACING, keyed, mixed, share_of
from frontdoor.workforce.simulation.memory import compiled, piece
from frontdoor.workforce.simulation.structures import CONTACT, POOL, Records

Keys = npt.NDArray[np.uint64]
DRAFT = np.dtype([("at", "f8"), ("key", "u8"), ("queue", "i4"), ("after", "i4")], align=True)


def keys_of(queues: tuple[Queue, ...], *, seed: int) -> Keys:
    """A key for each queue, from the seed and its name."""
    digests = [blake2b(f"{seed}\n{queue.name}".encode(), digest_size=8).digest() for queue in queues]
    return np.frombuffer(b"".join(digests), "<u8").astype(np.uint64)


def contacts_of(rates: npt.NDArray[np.float64], *, keys: Keys, interval: float) -> Records:
    """Contacts in the order of time. `rates`: expected by queue and interval, of shape (queues, intervals)."""
    expected = float(rates.sum())
    rates = np.ascontiguousarray(rates, np.float64)
    while True:
        contacts = np.empty(int(expected + 8.0 * sqrt(expected)) + 64, CONTACT)
        drafts, buckets = np.empty(len(contacts), DRAFT), np.empty(len(contacts), POOL)
        count = int(_arrivals(contacts, rates, keys, interval, drafts, buckets))
        if count >= 0:
            return contacts[:count]
        expected *= 2.0


def contacts_at(instants: Instants, *, keys: Keys) -> Records:
    """Contacts at known instants; each queue's are numbered by themselves."""
    contacts = np.empty(len(instants.at), CONTACT)
    _fresh(contacts)
    contacts["since"], contacts["queue"] = instants.at, instants.queue
    numbers = np.zeros(len(instants.at), np.uint64)
    for place in range(len(keys)):
        mine = instants.queue == place
        numbers[mine] = np.arange(int(mine.sum()), dtype=np.uint64)
    contacts["key"] = keyed(mixed(keys[instants.queue]), numbers)
    return contacts


def together(parts: list[Records]) -> Records:
    """All contacts of several sources in the order of time."""
    if len(parts) == 1:
        return parts[0]
    everything = np.concatenate(parts)
    return everything[np.argsort(everything["since"], kind="stable")]


def _fresh(contacts: Records) -> None:
    contacts["left"], contacts["began"], contacts["place"] = -1.0, 0.0, 0
    contacts["before"], contacts["after"] = -1, -1


@piece
def _draft(drafts: Records, rates: npt.NDArray[np.float64], keys: Keys, interval: int, length: float) -> int:
    """The contacts of one interval, queue by queue; how many, or -1 where there is no room for them."""
    count = 0
    for queue in range(len(keys)):
        rate = rates[queue, interval]
        if rate <= 0.0:
            continue
        base, number = keyed(keys[queue], np.uint64(interval)), np.uint64(0)
        mean, ends = length / rate, (interval + 1) * length
        key = keyed(base, number)
        at = interval * length - log(share_of(key, SPACING)) * mean
        while at < ends:
            if count == len(drafts):
                return -1
            draft = drafts[count]
            draft.at, draft.key, draft.queue = at, key, queue
            count += 1
            number += np.uint64(1)
            key = keyed(base, number)
            at -= log(share_of(key, SPACING)) * mean
    return count


@piece
def _put_in_order(drafts: Records, buckets: Records, count: int, begins: float, length: float) -> None:
    """Link drafts by bucket, each in the order of time; as many buckets as drafts, so that each has one or two."""
    for bucket in range(count):
        buckets[bucket].first = -1
    for place in range(count):
        draft = drafts[place]
        bucket = min(count - 1, int((draft.at - begins) / length * count))
        before, after = -1, buckets[bucket].first
        while after >= 0 and drafts[after].at <= draft.at:
            before, after = after, drafts[after].after
        draft.after = after
        if before >= 0:
            drafts[before].after = place
        else:
            buckets[bucket].first = place


@piece
def _write(contacts: Records, drafts: Records, buckets: Records, count: int, row: int) -> None:
    """Write the contacts of an interval in order, from a row on."""
    for bucket in range(count):
        place = buckets[bucket].first
        while place >= 0:
            draft, contact = drafts[place], contacts[row]
            contact.since, contact.queue, contact.key = draft.at, draft.queue, draft.key
            contact.left, contact.began, contact.place = -1.0, 0.0, 0
            contact.before, contact.after = -1, -1
            row += 1
            place = draft.after


def _fill(
    _stamp: int,
    contacts: Records,
    rates: npt.NDArray[np.float64],
    keys: Keys,
    length: float,
    drafts: Records,
    buckets: Records,
) -> int:
    row = 0
    for interval in range(rates.shape[1]):
        count = _draft(drafts, rates, keys, interval, length)
        if count < 0 or row + count > len(contacts):
            return -1
        _put_in_order(drafts, buckets, count, interval * length, length)
        _write(contacts, drafts, buckets, count, row)
        row += count
    return row


_arrivals = compiled(_fill)
