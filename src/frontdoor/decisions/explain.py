"""A decision sheet as plain text, for the terminal: what holds, what each criterion rests on, and what is
wanting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap
from typing import Final

from frontdoor.decisions.definition import EvidenceState, Sheet, Status, Weighed
from frontdoor.decisions.words import say_fact
from frontdoor.kernel.facts import Json

WIDTH: Final = 96
MARKS: Final = {Status.MET: "✓", Status.NOT_MET: "✗", Status.NOT_KNOWN: "?"}
PROOF_IN_WORDS: Final = {
    EvidenceState.NONE: "has not come",
    EvidenceState.REJECTED: "looked at, does not show it",
    EvidenceState.RECEIVED: "has come, not yet looked at",
    EvidenceState.ACCEPTED: "seen and accepted",
}


def sheet_as_text(*, sheet: Sheet, title: str = "Decision sheet") -> str:
    """The sheet as lines of at most 96 characters, ending in a newline.

    Marks are always followed by their word.
    """
    lines = [title, "═" * min(len(title), WIDTH), "", *_outcome(sheet)]
    for group, status in sheet.groups.items():
        lines += ["", *_heading(group, status)]
        for weighed in sheet.criteria:
            if weighed.group == group:
                lines += _criterion(weighed)
    lines += ["", *_endings(sheet), ""]
    return "\n".join(line.rstrip() for line in lines)


def _outcome(sheet: Sheet) -> Iterator[str]:
    clear = (
        "clear: nothing it rests on is in doubt"
        if sheet.is_clear
        else "not clear: a person looks at the doubts"
    )
    yield from _pair("Outcome", f"{sheet.outcome} ({clear})")
    if sheet.says:
        yield from _pair("In words", sheet.says)
    yield from _pair("Next move", sheet.move or "none; a person decides")
    yield from _pair(
        "Because",
        _listed(sheet.because) or ("no other outcome holds" if sheet.is_otherwise else "of the facts alone"),
    )
    yield from _pair("Rules", f"in force from {say_fact(sheet.rules_from.isoformat())}")


def _heading(group: str, status: Status) -> Iterator[str]:
    yield f"{MARKS[status]} {group[:1].upper()}{group[1:]}: {status.value}"
    yield "─" * WIDTH


def _criterion(weighed: Weighed) -> Iterator[str]:
    proofs = weighed.proofs if weighed.claim_stands else {}
    status = f"{MARKS[weighed.status]} {weighed.status.value}"
    yield from _pair(f"  {status:<13}", f"{weighed.criterion}: {weighed.words}", gap=" ")
    rows = {
        "facts": "; ".join(f"{_plain(name)} = {say_fact(value)}" for name, value in weighed.facts.items()),
        "proof": "; ".join(f"{kind}, {PROOF_IN_WORDS[state]}" for kind, state in proofs.items()),
        "not given": ", ".join(_plain(name) for name in weighed.missing),
        "note": "; ".join(weighed.notes),
        "source": weighed.source,
    }
    for name, text in rows.items():
        if text:
            yield from _pair(f"{'':16}{name + ':':<11}", text, gap="")


def _endings(sheet: Sheet) -> Iterator[str]:
    rows = {
        "In doubt": _listed(sheet.doubts),
        "Ask for": _listed(sheet.asks_for),
        "To look at": _listed(sheet.to_look_at),
        "Values": _named(sheet.values),
        "Worked out": _named(sheet.computed),
    }
    for name, text in rows.items():
        if text:
            yield from _pair(name, text)


def _pair(name: str, text: str, gap: str = ": ") -> list[str]:
    """A name and its text beside it, the text wrapped under itself."""
    head = f"{name + gap:<12}" if gap == ": " else f"{name}{gap}"
    rows = wrap(text, WIDTH - len(head), break_long_words=True) or [""]
    return [head + rows[0], *(" " * len(head) + row for row in rows[1:])]


def _named(values: Mapping[str, Json]) -> str:
    return "; ".join(f"{_plain(name)} {say_fact(value)}" for name, value in values.items())


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _plain(name: str) -> str:
    return name.replace("_", " ")
