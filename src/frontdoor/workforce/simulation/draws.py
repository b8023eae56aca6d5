"""Chance that belongs to a contact: every contact has a key, and each of its draws is a function of the key and of what
is drawn.

So a contact's patience and handling are the same whoever takes it, whenever, and whatever happens to others: two worlds
that are simulated with the same seed differ by what was changed and by nothing else (common random numbers; P. Glasserman
and D. D. Yao, "Some guidelines and guarantees for common random numbers", 1992). Keys are made by SplitMix64's finaliser
(G. L. Steele, D. Lea and C. H. Flood, "Fast splittable pseudorandom number generators", 2014), counted, not chained.
"""

from __future__ import annotations

from math import exp, log, sqrt
from typing import Any

import numpy as np

from frontdoor.workforce.simulation.memory import piece

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
FIRST, SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
BY_30, BY_27, BY_31, BY_11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
UNIT = 1.0 / (1 << 53)

SPACING, TALK, WRAP, PATIENCE, REDIAL, DELAY, AGAIN = (np.uint64(each) for each in range(1, 8))
CHANGE = 64
"""Purposes from here on belong to what-ifs."""

CONSTANT, EXPONENTIAL, LOGNORMAL = 0, 1, 2

Key = Any
"""One `np.uint64`, or an array of them."""


@piece
def mixed(word: Key) -> Key:
    """Every bit of the answer depends on every bit of the word."""
    word = (word ^ (word >> BY_30)) * FIRST
    word = (word ^ (word >> BY_27)) * SECOND
    return word ^ (word >> BY_31)


@piece
def keyed(parent: Key, number: Key) -> Key:
    """The key of child `number` of a key."""
    return mixed(parent + GOLDEN * (number + np.uint64(1)))


@piece
def share_of(key: Key, purpose: Key) -> Any:
    """A number evenly spread between 0 and 1, neither included."""
    return (np.int64(mixed(key ^ (GOLDEN * purpose)) >> BY_11) + 0.5) * UNIT


@piece
def drawn(shape: int, scale: float, sigma: float, key: np.uint64, purpose: np.uint64) -> float:
    """A time. `scale`: the mean, or for LOGNORMAL the median; `sigma`: the deviation of its logarithm."""
    if shape == EXPONENTIAL:
        return -scale * log(share_of(key, purpose))
    if shape == LOGNORMAL:
        return scale * exp(sigma * normal_of(share_of(key, purpose)))
    return scale


@piece
def normal_of(share: float) -> float:
    """The standard normal quantile, to seven digits: M. J. Wichura, algorithm AS 241 (PPND7), 1988."""
    q = share - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        upper = ((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179
        return q * upper / (((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1.0)
    r = sqrt(-log(min(share, 1.0 - share)))
    if r <= 5.0:
        r -= 1.6
        upper = ((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777
        found = upper / ((0.12021132975 * r + 0.73700164250) * r + 1.0)
    else:
        r -= 5.0
        upper = ((0.017337203997 * r + 0.42868294337) * r + 3.0812263860) * r + 6.6579051150
        found = upper / ((0.012258202635 * r + 0.24197894225) * r + 1.0)
    return -found if q < 0.0 else found
