"""On how many people a tally rests, so that nothing is told of a few (domain 6.4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

FEWEST = 5
"""Figures of restricted services that rest on fewer are not told (domain 6.4)."""
BASES: Mapping[str, str] = {
    "enquiry": "enquiry",
    "outcome/": "enquiry",
    "demand/": "enquiry",
    "agreed": "enquiry",
    "corrected": "enquiry",
    "opened": "opened/",
    "ended/": "ended/",
    "days/": "ended/",
    "decided/": "decided/",
    "kept ": "kept ",
    "worked off": "worked off",
}
"""On what a tally rests, by how its name begins; all others rest on the contacts received. Whoever changes this raises
`counting.RULES`: months keep what they rest on.
"""


def resting(counts: Mapping[str, int]) -> dict[str, int]:
    """By what was counted: how many people it rests on. `counts` is everything of one service, channel and month."""
    people: dict[str, int] = defaultdict(int)
    for what, count in counts.items():
        base = _rests_on(what)
        if what == base or _is_part(what, base):
            people[base] += count
    return {what: people[_rests_on(what)] for what in counts}


def _rests_on(what: str) -> str:
    if what.startswith("line/"):  # a line rests on its own: line/NAME/opened, line/NAME/ended/HOW
        line, ended, _how = what.rpartition("/ended/")
        return f"{line}{ended}" if ended else what
    return next((base for start, base in BASES.items() if what.startswith(start)), "received")


def _is_part(what: str, base: str) -> bool:
    if base == "kept ":
        return what in ("kept on time", "kept late")
    return base.endswith("/") and what.startswith(base)
