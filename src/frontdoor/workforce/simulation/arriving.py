"""Contacts that come in: Poisson within each interval, each with its own key.

A queue's contacts of one interval depend on the seed, the queue's name, the interval and that interval's rate, and on
nothing else: a flood on Thursday leaves Friday as it was.
"""

from __future__ import annotations

from hashlib import blake2b
from math import inf, log, sqrt

import numpy as np
import numpy.typing as npt

from frontdoor.workforce.simulation.definition import Instants, Queue
from frontdoor.workforce.simulation.draws import SPACING, keyed, mixed, share_of
from frontdoor.workforce.simulation.memory import compiled, piece
from frontdoor.workforce.simulation.structures import CONTACT, Records, due_at, set_due, tree_for

Keys = npt.NDArray[np.uint64]
STREAM = np.dtype([("at", "f8"), ("base", "u8"), ("key", "u8"), ("count", "u8"), ("interval", "i8")])


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
        streams, tree = np.zeros(len(rates), STREAM), tree_for(len(rates))
        count = _arrivals(contacts, rates, keys, interval, streams, tree.ctypes.data, len(tree) // 2)
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
def _advance(
    streams: Records, place: int, rates: npt.NDArray[np.float64], key: np.uint64, length: float
) -> None:
    """The next contact of a queue; infinite after the last."""
    stream = streams[place]
    intervals = rates.shape[1]
    while stream.interval < intervals:
        rate = rates[place, stream.interval]
        if rate > 0.0:
            if stream.count == np.uint64(0):
                stream.at = stream.interval * length
                stream.base = keyed(key, np.uint64(stream.interval))
            stream.key = keyed(stream.base, stream.count)
            stream.count += np.uint64(1)
            stream.at -= log(share_of(stream.key, SPACING)) * length / rate
            if stream.at < (stream.interval + 1) * length:
                return
        stream.interval += 1
        stream.count = np.uint64(0)
    stream.at = inf


def _fill(
    _stamp: int,
    contacts: Records,
    rates: npt.NDArray[np.float64],
    keys: Keys,
    interval: float,
    streams: Records,
    tree: int,
    leaves: int,
) -> int:
    for place in range(len(streams)):
        _advance(streams, place, rates, keys[place], interval)
        set_due(tree, leaves, place, streams[place].at)
    count = 0
    first = due_at(tree, 1)
    while first.at < inf:
        if count == len(contacts):
            return -1
        place = first.who
        contact = contacts[count]
        contact.since, contact.queue, contact.key = first.at, place, streams[place].key
        contact.left, contact.began, contact.place = -1.0, 0.0, 0
        contact.before, contact.after = -1, -1
        count += 1
        _advance(streams, place, rates, keys[place], interval)
        set_due(tree, leaves, place, streams[place].at)
    return count


_arrivals = compiled(_fill)
