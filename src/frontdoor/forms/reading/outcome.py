"""What reading gives, and the words that all readers share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from frontdoor.forms.definition import Question
from frontdoor.kernel.facts import Json

Typed: TypeAlias = Mapping[str, "str | Sequence[str]"]

LONGEST_TYPED = 50_000
ASKS_FOR = re.compile(
    r"(?:what(?:’s|'s| is| are| was| were)|enter|give) (?P<whose>your|the|their|an?) (?P<name>[^?.,(]+?)\s*[?.]?$",
    re.I,
)
TURNS_TEXT = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))


@dataclass(frozen=True)
class Answer:
    """An answer as it is kept: JSON of the question's type; None where an optional question was left empty."""

    value: Json


@dataclass(frozen=True)
class FieldFault:
    """What is wrong with one field of a page, in words for the person, and the field to which the message
    links.
    """

    field: str
    words: str


@dataclass(frozen=True)
class Faults:
    """Why what was typed gives no answer; never empty."""

    faults: tuple[FieldFault, ...]


Reading: TypeAlias = Answer | Faults


def fault(field: str, words: str) -> Faults:
    """A single fault."""
    return Faults((FieldFault(field, words),))


def typed(given: Typed, field: str) -> str:
    """What was typed into a field, cleaned, on one line; the last value where the field came more than once."""
    value = given.get(field, "")
    text = value if isinstance(value, str) else (value[-1] if value else "")
    return " ".join(cleaned(text).split())


def cleaned(text: str) -> str:
    """Text in composed form, without control characters, lone surrogates and marks that turn the reading
    direction.

    Line breaks become a plain newline, and anything beyond fifty thousand characters is dropped unread.
    """
    composed = unicodedata.normalize("NFC", _without_surrogates(text[:LONGEST_TYPED]))
    lines = composed.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(c for c in lines if c == "\n" or (unicodedata.category(c) != "Cc" and c not in TURNS_TEXT))


def plain(text: str) -> str:
    """Text as it is compared: small letters, wide and styled characters made plain, white space single."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def name_of(question: Question) -> str:
    """What a question is about, short, in small letters (`date of birth`); empty where it cannot be told."""
    if question.called:
        return _small(question.called)
    match = ASKS_FOR.fullmatch(question.ask.strip())
    return _small(match["name"]) if match else ""


def heading_of(question: Question) -> str:
    """The short name at the head of a message: `Date of birth`; `Your answer` where there is none."""
    name = name_of(question)
    return name[0].upper() + name[1:] if name else "Your answer"


def enter(question: Question, otherwise: str) -> str:
    """`Enter your date of birth`, or `otherwise` where the question has no short name."""
    name = name_of(question)
    if not name:
        return otherwise
    match = ASKS_FOR.fullmatch(question.ask.strip())
    whose = match["whose"].lower() if match else "your" if " your " in f" {question.ask.lower()} " else "the"
    return f"Enter {whose} {name}"


def _small(name: str) -> str:
    """The first letter small, unless the word is an abbreviation or has capitals of its own (`PIP`,
    `McKenzie`).
    """
    first = name.split(" ", 1)[0]
    return name if first[1:] != first[1:].lower() or len(first) == 1 else name[0].lower() + name[1:]


def _without_surrogates(text: str) -> str:
    return "".join(c for c in text if not "\ud800" <= c <= "\udfff")
