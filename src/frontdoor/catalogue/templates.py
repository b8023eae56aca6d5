"""Words with {names} in them: which names they use, and filling them.

A template is never a Python format string: between braces stands one name and nothing else, and what is filled in is
text, whatever it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

NAME = re.compile(r"\{([a-z][a-z0-9_]*)\}")
BRACE = re.compile(r"[{}]")


class MissingWords(KeyError):
    """A template uses a name for which there are no words."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)

    def __str__(self) -> str:
        return f'No words were given for "{self.name}".'


def names_in(template: str) -> tuple[str, ...]:
    """The names a template uses, each once, in order."""
    return tuple(dict.fromkeys(NAME.findall(template)))


def stray_brace(template: str) -> str | None:
    """The stretch around a brace that does not enclose a name, or None where all is well."""
    rest = NAME.sub(lambda found: " " * len(found[0]), template)
    found = BRACE.search(rest)
    return template[max(0, found.start() - 10) : found.start() + 20].strip() if found else None


def fill(template: str, words: Mapping[str, str], *, as_written: Callable[[str], str] = str) -> str:
    """The template with every name replaced by its words, which pass through `as_written`. Raises `MissingWords`."""

    def replace(found: re.Match[str]) -> str:
        if found[1] not in words:
            raise MissingWords(found[1])
        return as_written(words[found[1]])

    return NAME.sub(replace, template)
