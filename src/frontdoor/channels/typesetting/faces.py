"""Which font faces a text needs: the plain face, and only those others that add what it lacks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

_OWN = Path(__file__).parent / "fonts"
PLAIN = _OWN / "DejaVuSans.ttf"
BOLD = _OWN / "DejaVuSans-Bold.ttf"


@dataclass(frozen=True, kw_only=True)
class Faces:
    """The faces besides PLAIN and BOLD that a text needs, best first, and the letters that no face has."""

    others: tuple[Path, ...]
    missing: frozenset[str]


def faces_for(text: str, *, folders: Iterable[Path] = ()) -> Faces:
    """The faces for a text, from those that come with Front Door, then from `folders` of the council's
    own.

    Variable faces are passed over: give static ones.
    """
    missing = {letter for letter in text if letter.isprintable()} - _letters_of(PLAIN)
    chosen: list[Path] = []
    for face in _others(tuple(folders)):
        added = missing & _letters_of(face)
        if added:
            chosen.append(face)
            missing -= added
    return Faces(others=tuple(chosen), missing=frozenset(missing))


def _others(folders: tuple[Path, ...]) -> list[Path]:
    found: list[Path] = []
    for folder in (_OWN, *folders):
        found += sorted(path for path in folder.rglob("*") if path.suffix.lower() in {".ttf", ".otf"})
    return [path for path in found if path not in (PLAIN, BOLD)]


@lru_cache(maxsize=64)
def _letters_of(face: Path) -> frozenset[str]:
    with TTFont(face, lazy=True) as font:
        if "fvar" in font:
            return frozenset()  # setting a letter in a large variable face takes a minute: static faces only
        return frozenset(map(chr, font.getBestCmap() or {}))
