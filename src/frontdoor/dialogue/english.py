"""The English words of `english.yaml`, read once."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from frontdoor.dialogue.urgent import Danger
from frontdoor.dialogue.words import Vocabulary, plain_words


@lru_cache(maxsize=1)
def _file() -> dict[str, Any]:
    text = files("frontdoor.dialogue").joinpath("english.yaml").read_text(encoding="utf-8")
    return dict(YAML(typ="safe", pure=True).load(text))


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Stop words, weak words, common words and ways of saying things."""
    same = {
        tuple(plain_words(said)): tuple(plain_words(word))
        for word, ways in _file()["same"].items()
        for said in ways
    }
    stop, common, weak = (frozenset(_file()[kind].split()) for kind in ("stop", "common", "weak"))
    return Vocabulary(stop=stop, common=common, weak=weak, same=same)


@lru_cache(maxsize=1)
def dangers() -> tuple[Danger, ...]:
    """The dangers that interrupt, most serious first."""
    return tuple(
        Danger(
            id=name,
            title=entry["title"],
            do=entry["do"],
            patterns=tuple(
                tuple(frozenset(group.split("|")) for group in line) for line in entry["patterns"]
            ),
            unless=frozenset(entry.get("unless", ())),
        )
        for name, entry in _file()["urgent"].items()
    )
