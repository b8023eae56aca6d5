"""File names from outside, made safe and still recognisable to the person who gave them."""

from __future__ import annotations

import re
import unicodedata

_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}
_MOST_BYTES = 120
_JOINERS = "\u200c\u200d"  # Persian, Urdu and Indic spelling needs these two invisible letters
_DEVICES = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)),
}


def clean_name(name: str, content_type: str) -> str:
    """The last part of the name, in any script, with the ending that its content has; 'file' when nothing
    is left.

    Gone are folders, control and direction-changing characters (which can make 'gpj.exe' read as
    'exe.jpg'), the characters no file system likes, dots in front, and what exceeds 120 bytes.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(letter for letter in last if letter in _JOINERS or _is_harmless(letter))
    spaced = re.sub(r"\s+", " ", re.sub(r'[<>:"|?*]', "_", kept))
    ending = _ENDINGS.get(content_type, "bin")
    stem = _without_ending(spaced.strip(" ."))
    stem = _shortened(stem).strip(" ." + _JOINERS)
    if not stem or stem.lower() in _DEVICES:
        stem = f"file {stem}".strip()
    return f"{stem}.{ending}"


def _is_harmless(letter: str) -> bool:
    return letter == "\t" or unicodedata.category(letter) not in {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}


def _without_ending(name: str) -> str:
    """Without an ending that says the same as ours, or says something untrue; a dot within a name stays."""
    stem, dot, last = name.rpartition(".")
    looks_like_ending = bool(re.fullmatch(r"[A-Za-z0-9]{1,5}", last)) and not last.isdigit()
    return stem if dot and looks_like_ending else name


def _shortened(stem: str) -> str:
    """At most 120 bytes, cut between letters and not between a letter and its accent."""
    if len(stem.encode()) <= _MOST_BYTES:
        return stem
    cut = stem.encode()[:_MOST_BYTES].decode(errors="ignore")
    while cut and unicodedata.combining(stem[len(cut)]):
        cut = cut[:-1]
    return cut
