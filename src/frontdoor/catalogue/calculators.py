"""What a pack may have worked out by code: the names, what each is given and gives, and binding them to their sources.

The catalogue checks a pack by this table. Calculators that look at places get the council's gazetteer; those that look
at the record get functions from whoever holds the record (see `bound`). A calculator raises `NotKnown`, or gives None,
where it cannot tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from frontdoor.kernel.facts import Json

Function = Callable[..., Json]


class Source(StrEnum):
    """What a calculator looks at besides what it is given."""

    NOTHING = "nothing"
    PLACES = "the council's places"
    RECORD = "the record"


@dataclass(frozen=True)
class Calculator:
    """One calculator: the kinds of fact it is given, in order, what it gives, and where it looks.

    `fields`: the names of its several values, read with a dot; none where it gives one.
    """

    name: str
    given: tuple[str, ...]
    gives: str
    source: Source
    fields: tuple[str, ...] = ()


CALCULATORS: Mapping[str, Calculator] = {
    each.name: each
    for each in (
        Calculator(
            "authority at address", ("address",), "the id of the council that serves it", Source.PLACES
        ),
        Calculator(
            "authority at postcode", ("postcode",), "the id of the council, where it is one", Source.PLACES
        ),
        Calculator("name of authority", ("id of a council",), "its name", Source.PLACES),
        Calculator("district at place", ("place",), "the id of the district", Source.PLACES),
        Calculator(
            "owner of problem at place",
            ("kind of problem", "place"),
            "`is_us`, `name`, `contact`",
            Source.PLACES,
            ("is_us", "name", "contact"),
        ),
        Calculator("danger words in text", ("words",), "the list of danger words in them", Source.NOTHING),
        Calculator("awards after day", ("kind of award", "day"), "how many were given", Source.RECORD),
        Calculator("awards ever", ("kind of award",), "how many were given", Source.RECORD),
        Calculator("nearby open reports", ("kind of problem", "place"), "how many there are", Source.RECORD),
    )
}

DANGERS = (
    *("gas smell", "smell of gas", "bare wire", "exposed wire", "exposed cable", "live wire", "sparking"),
    *("collapsed", "collapse", "sinkhole", "missing cover", "cover missing", "no cover", "open manhole"),
    *("trapped", "stuck in the flood", "cars stuck", "vehicles stuck", "blocking the road", "road blocked"),
    *("all the lights are out", "signals all out", "lights all out", "oil spill", "diesel spill", "debris"),
    *("someone is hurt", "injured", "fallen tree", "tree down", "about to fall", "hanging down", "motorway"),
)


class UnboundCalculators(LookupError):
    """Calculators that packs may name were not given a function."""


def danger_words(words: Json) -> Json:
    """The danger words in a text, in alphabetical order; case, punctuation and plurals do not matter."""
    spoken = re.sub(r"[\W_]+", " ", str(words).casefold())
    return sorted(word for word in DANGERS if re.search(rf"\b{word}(?:s|es)?\b", spoken))


def bound(functions: Mapping[str, Function]) -> Mapping[str, Function]:
    """All calculators ready for the forms engine: those that need nothing, and `functions` for the others.

    Raises `UnboundCalculators` for names that no pack may use, and for calculators left without a function.
    """
    given = {"danger words in text": danger_words, **functions}
    if unknown := sorted(given.keys() - CALCULATORS.keys()):
        raise UnboundCalculators(f"No calculator is called {', '.join(unknown)}.")
    if missing := sorted(CALCULATORS.keys() - given.keys()):
        raise UnboundCalculators(f"No function was given for {', '.join(missing)}.")
    return given
