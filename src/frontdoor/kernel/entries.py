"""The journal entry: one event, with who caused it, what it concerns and the facts, and never any free text.

What may have to be erased one day lives in the records an entry points at; the journal itself holds ids and
facts.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, get_args
from uuid import UUID

ActorKind = Literal["customer", "helper", "staff", "system", "robot"]
ACTOR_KINDS: Final[tuple[ActorKind, ...]] = get_args(ActorKind)
EVENT = re.compile(r"[a-z]+(?:[ _.-][a-z]+){0,7}")
LONGEST_EVENT = 60
LONGEST_ID = 64
LONGEST_TEXT = 80
LONGEST_LIST = 200
DEEPEST = 4


class BadEntry(ValueError):
    """The journal does not take this entry: the code that made it is wrong, trying again does not help."""


@dataclass(frozen=True)
class Actor:
    """Who caused an event. `id` is the id of the customer, helper or account, or the name of a robot."""

    kind: ActorKind
    id: str = ""

    def __post_init__(self) -> None:
        if self.kind not in ACTOR_KINDS:
            raise BadEntry(f"{self.kind} is no kind of actor. Use one of: {', '.join(ACTOR_KINDS)}.")
        if self.kind != "system" and not self.id:
            raise BadEntry(f"The id of the {self.kind} is missing: the journal must say who.")
        if len(self.id) > LONGEST_ID:
            raise BadEntry(f"The id of the {self.kind} is longer than {LONGEST_ID} characters.")


@dataclass(frozen=True)
class Subject:
    """What an event concerns: any of a case, a contact, a customer, a service."""

    case: UUID | None = None
    contact: UUID | None = None
    customer: UUID | None = None
    service: str | None = None


@dataclass(frozen=True)
class Entry:
    """One event, in the past tense (`case opened`); `shown`: the customer sees it on their own timeline.

    `facts` are JSON values by name, copied, with whole numbers kept as such (2.0 becomes 2). Raises
    `BadEntry` for an instant without zone, a malformed event, and facts that hold free text: text over
    80 characters or with line breaks, lists over 200 items, or anything that is not JSON.
    """

    at: datetime
    actor: Actor
    event: str
    subject: Subject = field(default_factory=Subject)
    facts: Mapping[str, object] = field(default_factory=dict)
    shown: bool = False

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise BadEntry("The instant of an entry needs a time zone. Give it in UTC.")
        if len(self.event) > LONGEST_EVENT or not EVENT.fullmatch(self.event):
            raise BadEntry("An event is a few small-letter words in the past tense, such as: case opened.")
        object.__setattr__(self, "facts", {_name(k): _fact(k, v, 1) for k, v in self.facts.items()})


def _name(name: object) -> str:
    if not isinstance(name, str) or not 0 < len(name) <= LONGEST_TEXT or not _is_one_line(name):
        raise BadEntry("The name of a fact must be a short text.")
    return name


def _fact(name: str, value: object, depth: int) -> object:
    """The fact as it is kept. The message names the fact and never its value, which may be personal."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return _short_text(name, value)
    if isinstance(value, float):
        return _number(name, value)
    if depth >= DEEPEST:
        raise BadEntry(
            f"The fact {name} is nested deeper than {DEEPEST}. Keep it in a record and give its id."
        )
    if isinstance(value, list | tuple | Mapping) and len(value) > LONGEST_LIST:
        raise BadEntry(f"The fact {name} has over {LONGEST_LIST} items. Keep it in a record and give its id.")
    if isinstance(value, Mapping):
        return {_name(key): _fact(f"{name}.{key}", each, depth + 1) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_fact(name, each, depth + 1) for each in value]
    raise BadEntry(
        f"The fact {name} is a {type(value).__name__}. Give text, a number, a claim, a list or a mapping."
    )


def _short_text(name: str, text: str) -> str:
    if len(text) > LONGEST_TEXT or not _is_one_line(text):
        mend = "Keep the words in a record and give its id."
        raise BadEntry(
            f"The fact {name} is free text (over {LONGEST_TEXT} characters, or over one line). {mend}"
        )
    return text


def _number(name: str, number: float) -> int | float:
    if not math.isfinite(number):
        raise BadEntry(f"The fact {name} is not a finite number.")
    return int(number) if number.is_integer() else number


def _is_one_line(text: str) -> bool:
    """No control characters and no lone surrogates, which no database would take."""
    return not any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in text)
