"""Chats: several at once for each advisor."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from frontdoor.workforce.staffing.definition import Load, Need, Targets
from frontdoor.workforce.staffing.needing import need_of, performance_of


def need_for_chats(load: Load, *, at_once: int, slower: float = 1.0, targets: Targets | None = None) -> Need:
    """The fewest advisors for chats, each with up to `at_once` of them; `slower` is how many times longer one chat takes
    beside so many others than alone.

    Every place for a chat counts as a server, and every chat takes as long as in full hands. That is never too few: while
    hands are not full, chats are quicker than reckoned. Occupancy is the share of places in use.
    """
    if at_once < 1 or slower < 1:
        raise ValueError(
            "An advisor has at least one chat at once, and more of them make none of them quicker."
        )
    stretched = replace(load, handling=load.handling * slower)
    places = need_of(stretched, targets).positions
    advisors = ceil(places / at_once)
    return Need(advisors, performance_of(stretched, positions=advisors * at_once, targets=targets))
