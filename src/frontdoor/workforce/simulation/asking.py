"""What-ifs from YAML: a few words of data. docs/planning.md lists them.

- what if: Two fewer on Mondays
  changes:
    - fewer: 2
      on: monday
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from frontdoor.workforce.files import BadFiles
from frontdoor.workforce.simulation.changing import (
    ALWAYS,
    Change,
    Fewer,
    Handling,
    More,
    Move,
    Multiply,
    Train,
    WhatIf,
    When,
)

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WHEN = ("on", "from", "until")


class _Wrong(ValueError):
    """A word of a change that cannot be read."""


def read_what_ifs(path: Path) -> tuple[WhatIf, ...]:
    """The what-ifs of a file, in its order. Raises BadFiles with file and line."""
    try:
        told = YAML(typ="rt").load(path.read_text("utf-8"))
    except OSError:
        raise BadFiles([f"{path.name} is not there. Give the path of a file of what-ifs."]) from None
    except YAMLError as error:
        raise BadFiles([f"{path.name} is not YAML: {' '.join(str(error).split())}"]) from None
    entries = told if isinstance(told, list) else [told]
    return tuple(_what_if(entry, path.name) for entry in entries)


def _what_if(entry: Any, file: str) -> WhatIf:
    if not isinstance(entry, Mapping) or "what if" not in entry or not isinstance(entry.get("changes"), list):
        line = entry.lc.line + 1 if hasattr(entry, "lc") else 1
        raise BadFiles([f"{file}, line {line}: each entry has a name, “what if”, and a list of “changes”."])
    return WhatIf(str(entry["what if"]), tuple(_change(change, file) for change in entry["changes"]))


def _change(told: Any, file: str) -> Change:
    line = told.lc.line + 1 if hasattr(told, "lc") else 1
    try:
        if not isinstance(told, Mapping):
            raise _Wrong("a change is a few words, as “fewer: 2”.")
        kind = next((kind for kind in CHANGES if kind in told), None)
        if kind is None:
            raise _Wrong(f"it says none of {', '.join(CHANGES)}. Begin it with one of these.")
        make, allowed = CHANGES[kind]
        if strange := [word for word in told if word not in (kind, *allowed)]:
            raise _Wrong(f"{strange[0]!r} does not go with {kind!r}. What does: {', '.join(allowed)}.")
        return make(told)
    except _Wrong as error:
        raise BadFiles([f"{file}, line {line}: {error}"]) from None


def _count(told: Mapping[str, Any], word: str) -> int:
    found = told[word]
    if isinstance(found, bool) or not isinstance(found, int) or found < 1:
        raise _Wrong(f"{word} is a number of people, 1 or more, not {found!r}.")
    return int(found)


def _factor(told: Mapping[str, Any], word: str, *, most: float = 1000.0) -> float:
    written = str(told[word]).replace(" ", "")
    try:
        found = float(written.removesuffix("%")) / (100.0 if written.endswith("%") else 1.0)
    except ValueError:
        raise _Wrong(f"{word} is a number or a percentage, not {told[word]!r}.") from None
    if not 0 <= found <= most:
        raise _Wrong(f"{word} lies between 0 and {most:g}, not at {told[word]}.")
    return found


def _named(told: Mapping[str, Any], word: str) -> str:
    if word not in told:
        raise _Wrong(f"it does not say {word!r}: which queue, service or skill is meant.")
    return str(told[word])


def _maybe(told: Mapping[str, Any], word: str) -> str | None:
    return str(told[word]) if word in told else None


def _when(told: Mapping[str, Any]) -> When:
    if not any(word in told for word in WHEN):
        return ALWAYS
    days = told.get("on", [])
    weekdays, dates = set(), set()
    for day in days if isinstance(days, list) else [days]:
        if isinstance(day, date):
            dates.add(day)
        elif str(day).lower() in WEEKDAYS:
            weekdays.add(WEEKDAYS.index(str(day).lower()))
        else:
            raise _Wrong(f"{day!r} is no day. Write monday to sunday, or a date as 2027-03-01.")
    ends = _time(told["until"]) if "until" in told else None
    return When(frozenset(weekdays), frozenset(dates), _time(told.get("from", "00:00")), ends)


def _time(written: Any) -> time:
    try:
        return time.fromisoformat(str(written))
    except ValueError:
        raise _Wrong(f'{written!r} is no time of day. Write it in quotes, as "10:30".') from None


def _level(told: Mapping[str, Any]) -> int:
    return _count(told, "level") if "level" in told else 1


CHANGES: Mapping[str, tuple[Callable[[Mapping[str, Any]], Change], tuple[str, ...]]] = {
    "fewer": (lambda told: Fewer(_count(told, "fewer"), _maybe(told, "with"), _when(told)), ("with", *WHEN)),
    "more": (lambda told: More(_count(told, "more"), _maybe(told, "with")), ("with",)),
    "train": (
        lambda told: Train(_count(told, "train"), _named(told, "in"), _level(told), _maybe(told, "who know")),
        ("in", "level", "who know"),
    ),
    "handling": (lambda told: Handling(_factor(told, "handling"), _named(told, "of")), ("of",)),
    "multiply": (
        lambda told: Multiply(_factor(told, "multiply"), _named(told, "of"), _when(told)),
        ("of", *WHEN),
    ),
    "move": (
        lambda told: Move(
            _factor(told, "move", most=1.0), _named(told, "of"), _named(told, "into"), _when(told)
        ),
        ("of", "into", *WHEN),
    ),
}
"""How each change begins, how it is read, and which words go with it."""
