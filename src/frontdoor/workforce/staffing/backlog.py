"""Deferred work (email, post, cases): a backlog with promises, where nobody waits on the line.

Received and completed say little about it, since old work can be completed in a new period; what is open, how old, and
how much of it is late, does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
DUST = 1e-9


@dataclass(frozen=True)
class Stream:
    """Work of one promise. `arrivals`: seconds of work that come in, by interval, of shape (intervals,). `promise`: in
    how many intervals, from the one in which it came, it is to be done; 0: in that same interval.
    """

    arrivals: Floats
    promise: int

    def __post_init__(self) -> None:
        if self.promise < 0 or (self.arrivals < 0).any():
            raise ValueError("Work and promises must not be negative.")


@dataclass(frozen=True)
class Backlog:
    """By interval, each of shape (intervals,), in seconds of work: `done` in it, `is_open` and `late` at its end;
    `age`: how many intervals ago the oldest open work came in, 0 where none is open.
    """

    done: Floats
    is_open: Floats
    late: Floats
    age: npt.NDArray[np.int64]


def worked_off(streams: Sequence[Stream], *, capacity: Floats) -> Backlog:
    """What becomes of the work with so much `capacity` (seconds of work by interval), the earliest promise first."""
    count = len(capacity)
    left = _by_due(streams, count)
    done, late, is_open = np.zeros(count), np.zeros(count), np.zeros(count)
    age = np.zeros(count, np.int64)
    for now in range(count):
        spare = float(capacity[now])
        for place in range(len(left)):
            came, _due, work = left[place]
            if came > now or work <= DUST or spare <= DUST:
                continue
            taken = min(work, spare)
            left[place] = (came, _due, work - taken)
            spare -= taken
            done[now] += taken
        here = [(came, due, work) for came, due, work in left if came <= now and work > DUST]
        is_open[now] = sum(work for _came, _due, work in here)
        late[now] = sum(work for _came, due, work in here if due <= now)
        age[now] = max((now - came for came, _due, _work in here), default=0)
        left = [each for each in left if each[2] > DUST]
    return Backlog(done, is_open, late, age)


def _by_due(streams: Sequence[Stream], count: int) -> list[tuple[int, int, float]]:
    work = [
        (came, came + stream.promise, float(seconds))
        for stream in streams
        for came, seconds in enumerate(stream.arrivals[:count])
        if seconds > DUST
    ]
    return sorted(work, key=lambda each: (each[1], each[0]))


def least_capacity(
    streams: Sequence[Stream], *, is_open: npt.NDArray[np.bool_], interval: float = 900.0
) -> float:
    """The fewest people, not rounded, who keep every promise when as many of them work in every open interval.

    Work that comes from interval i on and is due by j has only the open time from i to j: the tightest such window
    decides (the demand bound of scheduling by the earliest deadline). Infinite where something comes and is due while all
    is closed. Promises that end after the last interval count as due in it.
    """
    count = len(is_open)
    opened = np.concatenate([[0.0], np.cumsum(is_open * interval)])
    summed = [np.concatenate([[0.0], np.cumsum(stream.arrivals)]) for stream in streams]
    most = 0.0
    for first in range(count):
        last = np.arange(first, count)
        due = np.zeros(len(last))
        for stream, total in zip(streams, summed, strict=True):
            latest = np.where(last == count - 1, count, last - stream.promise + 1)
            due += np.maximum(total[np.maximum(latest, first)] - total[first], 0.0)
        time = opened[last + 1] - opened[first]
        if ((time == 0) & (due > DUST)).any():
            return float("inf")
        most = max(most, float(np.max(np.divide(due, time, out=np.zeros_like(due), where=time > 0))))
    return most
