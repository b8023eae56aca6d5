"""Reads the text of an expression into tokens and clauses, so that it can be checked and explained.

The evaluation itself is done by the `cel` library (Common Expression Language, https://cel.dev); it offers no
syntax tree, so the little that the checks and the trace need is read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal, cast

TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<comment>//[^\n]*)
      | (?P<text>[rRbB]{0,2}(?:\"{3}.*?\"{3}|'{3}.*?'{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'))
      | (?P<number>0[xX][0-9a-fA-F]+[uU]?|(?:\d+\.\d+|\.\d+|\d+)(?:[eE][+-]?\d+)?[uU]?)
      | (?P<name>[A-Za-z_]\w*)
      | (?P<sign>&&|\|\||==|!=|<=|>=|[-+*/%<>!?:.,()\[\]{}=])
      | (?P<odd>.)""",
    re.VERBOSE | re.DOTALL,
)
OPEN, CLOSE = "([{", ")]}"
WORDS = frozenset({"true", "false", "null", "in"})
EACH_MACROS = frozenset({"all", "exists", "exists_one", "map", "filter"})

Kind = Literal["text", "number", "name", "sign", "odd"]
Join = Literal["and", "or", "not"]
JOINS: Final[dict[str, Join]] = {"||": "or", "&&": "and"}  # the looser binding sign first


@dataclass(frozen=True)
class Token:
    """One piece of an expression: its kind, its text and where it stands."""

    kind: Kind
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Scope:
    """A stretch of tokens in which a name stands for each item of a list, as in `list.exists(x, x > 2)`."""

    name: str
    first: int
    last: int


@dataclass(frozen=True)
class Split:
    """A clause: a single statement (`join` is None) or several, joined by and, or, not."""

    text: str
    join: Join | None = None
    parts: tuple[Split, ...] = ()


def tokens_of(text: str) -> tuple[Token, ...]:
    """The tokens of an expression, without white space and comments; what is no token is of kind `odd`."""
    return tuple(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    for match in TOKEN.finditer(text):
        if match.lastgroup in ("space", "comment"):
            continue
        kind = cast("Kind", match.lastgroup)
        yield Token(kind, match.group(), match.start(), match.end())


def depth_of(tokens: Sequence[Token]) -> int:
    """How deeply brackets are nested."""
    depth = deepest = 0
    for token in tokens:
        depth += (token.text in OPEN) - (token.text in CLOSE) if token.kind == "sign" else 0
        deepest = max(deepest, depth)
    return deepest


def scopes_of(tokens: Sequence[Token]) -> tuple[Scope, ...]:
    """Every `exists`, `all`, `map`, `filter` with the name it gives to each item."""
    found = []
    for index in range(1, len(tokens) - 3):
        dot, macro, bracket, name = tokens[index - 1 : index + 3]
        if dot.text == "." and macro.text in EACH_MACROS and bracket.text == "(" and name.kind == "name":
            found.append(Scope(name.text, index + 1, closing(tokens, index + 1)))
    return tuple(found)


def closing(tokens: Sequence[Token], opening: int) -> int:
    """The index of the bracket that closes the one at `opening` (the last token where none does)."""
    depth = 0
    for index in range(opening, len(tokens)):
        if tokens[index].kind == "sign":
            depth += (tokens[index].text in OPEN) - (tokens[index].text in CLOSE)
        if depth == 0:
            return index
    return len(tokens) - 1


def names_read(tokens: Sequence[Token]) -> tuple[str, ...]:
    """The facts an expression reads, in order: names that are no field, no function and no item of a list."""
    scopes = scopes_of(tokens)
    names: dict[str, None] = {}
    for index, token in enumerate(tokens):
        if token.kind != "name" or token.text in WORDS or _is_field_or_function(tokens, index):
            continue
        if not any(s.name == token.text and s.first <= index <= s.last for s in scopes):
            names[token.text] = None
    return tuple(names)


def _is_field_or_function(tokens: Sequence[Token], index: int) -> bool:
    is_field = index > 0 and tokens[index - 1].text == "."
    is_function = index + 1 < len(tokens) and tokens[index + 1].text == "("
    return is_field or is_function


def with_real_numbers(text: str) -> str:
    """The same expression with whole numbers written as decimals (`8` as `8.0`)."""
    pieces, at = [], 0
    for token in tokens_of(text):
        if token.kind == "number" and token.text.isdigit() and len(token.text) < 16:
            pieces += [text[at : token.end], ".0"]
            at = token.end
    return "".join([*pieces, text[at:]])


def split(text: str) -> Split:
    """Divides an expression at its outermost `||`, `&&` and `!`, down to single statements.

    What stands inside `a ? b : c`, inside a function or a list is left whole.
    """
    tokens = _without_outer_brackets(tokens_of(text))
    if not tokens:
        return Split(text.strip())
    inner = text[tokens[0].start : tokens[-1].end]
    if any(t.text == "?" for _, t in _outermost(tokens)):
        return Split(inner)
    for sign, join in JOINS.items():
        if parts := _parted(text, tokens, sign):
            return Split(inner, join, tuple(split(part) for part in parts))
    if tokens[0].text == "!" and _is_one_operand(tokens[1:]):
        return Split(inner, "not", (split(text[tokens[1].start : tokens[-1].end]),))
    return Split(inner)


def _without_outer_brackets(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    while len(tokens) > 2 and tokens[0].text == "(" and closing(tokens, 0) == len(tokens) - 1:
        tokens = tokens[1:-1]
    return tokens


def _outermost(tokens: Sequence[Token]) -> Iterator[tuple[int, Token]]:
    depth = 0
    for index, token in enumerate(tokens):
        if token.kind == "sign":
            depth -= token.text in CLOSE
            if depth == 0:
                yield index, token
            depth += token.text in OPEN


def _parted(text: str, tokens: Sequence[Token], sign: str) -> list[str]:
    cuts = [index for index, token in _outermost(tokens) if token.text == sign]
    if not cuts:
        return []
    edges = [-1, *cuts, len(tokens)]
    return [text[tokens[left + 1].start : tokens[right - 1].end] for left, right in pairwise(edges)]


def _is_one_operand(tokens: Sequence[Token]) -> bool:
    if len(tokens) == 1:
        return tokens[0].kind == "name"
    opening = 1 if tokens and tokens[0].kind == "name" else 0
    return (
        len(tokens) > opening and tokens[opening].text == "(" and closing(tokens, opening) == len(tokens) - 1
    )
