"""From the words of an author to the expression the engines run: `and`, `or`, `not`, and names of several words.

`eligible without assessment and needed in any case` reads two groups; the engine knows them as
`eligible_without_assessment` and `needed_in_any_case`. What stands in quotes is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from frontdoor.kernel.factnames import fact_name

QUOTED = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')""")
JOINS = {"and": "&&", "or": "||", "not": "!"}
JOIN = re.compile(r"\b(and|or|not)\b(\s*)")


def to_expression(words: str, *, names: Collection[str] = ()) -> str:
    """The expression of a condition as written. `names` are names of several words it may use."""
    pieces = QUOTED.split(words)
    return "".join(
        piece if index % 2 else _outside_quotes(piece, names) for index, piece in enumerate(pieces)
    )


def to_words(expression: str, *, names: Mapping[str, str] | None = None) -> str:
    """An expression as an author would write it. `names`: words for names, as groups have them."""
    pieces = QUOTED.split(expression)
    return "".join(piece if index % 2 else _spoken(piece, names or {}) for index, piece in enumerate(pieces))


def _spoken(piece: str, names: Mapping[str, str]) -> str:
    piece = re.sub(r"[a-z]\w*", lambda found: names.get(found[0], found[0]), piece)
    piece = piece.replace("&&", "and").replace("||", "or")
    return re.sub(r"!(?!=)\s*", "not ", piece)


def _outside_quotes(piece: str, names: Collection[str]) -> str:
    several = sorted((name for name in names if name != fact_name(name)), key=len, reverse=True)
    if several:
        joined = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in several)
        piece = re.sub(
            rf"(?<!\w)(?:{joined})(?!\w)", lambda found: fact_name(found[0]), piece, flags=re.IGNORECASE
        )
    return JOIN.sub(_joined, piece)


def _joined(found: re.Match[str]) -> str:
    sign = JOINS[found[1]]
    return sign if sign == "!" else sign + found[2]
