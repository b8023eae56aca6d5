"""What is wrong in a file that somebody wrote: where it is, what it means and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process


@dataclass(frozen=True, order=True)
class Fault:
    """One mistake. `line` counts from 1 (0: the file as a whole); `where` is the path of keys, `mend` what to do."""

    file: str
    line: int
    where: str
    problem: str
    mend: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        problem = self.problem if self.problem.endswith((".", "?", "!")) else f"{self.problem}."
        return ": ".join(part for part in (place, self.where, f"{problem} {self.mend}".strip()) if part)


class FaultyFiles(Exception):
    """Files of the council's have mistakes; they must be mended before they can be used."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class PackFaults(FaultyFiles):
    """A pack has mistakes; it is not used until they are mended. `./run check` lists them."""


def did_you_mean(given: str, known: Iterable[str]) -> str:
    """`Did you mean "benefit"?` for the nearest known word, or nothing where none is near."""
    nearest = nearest_word(given, list(known))
    return f'Did you mean "{nearest}"?' if nearest else ""


def nearest_word(given: str, known: Sequence[str]) -> str | None:
    """The known word most like the given one; None where none is like enough to be a slip."""
    found = process.extractOne(given, known, scorer=fuzz.ratio, processor=_plain, score_cutoff=65)
    return str(found[0]) if found else None


def one_of(known: Iterable[str]) -> str:
    """`Choose one of: a, b, c.` in the order given; long lists are cut."""
    words = list(dict.fromkeys(known))
    cut = ", …" if len(words) > 20 else ""
    return f"Choose one of: {', '.join(words[:20])}{cut}." if words else ""


def _plain(word: str) -> str:
    return word.casefold().replace("_", " ").strip()
