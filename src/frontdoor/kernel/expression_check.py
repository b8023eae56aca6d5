"""Checks an expression before it is used, and says what is wrong in words for the author of a pack."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Sequence

from frontdoor.kernel.cel_engine import cel
from frontdoor.kernel.expression_text import Scope, Token, depth_of, names_read, scopes_of, tokens_of

LONGEST = 500
DEEPEST = 8
KEYWORDS = {"and": "&&", "or": "||", "not": "!", "AND": "&&", "OR": "||", "NOT": "!"}
CAPITALISED = {"True": "true", "False": "false", "TRUE": "true", "FALSE": "false"}
BUILT_IN = frozenset(
    {"size", "contains", "startsWith", "endsWith", "matches", "int", "double", "string", "has"}
    | {"all", "exists", "exists_one", "map", "filter"}
)
OPERATOR = re.compile(r"\W|^_")


class BadCondition(ValueError):
    """The condition cannot be used as it is written; trying again will not help until it is mended."""

    def __init__(self, text: str, problem: str, mend: str) -> None:
        self.text, self.problem, self.mend = text, problem, mend
        super().__init__(f"{problem} {mend}".strip())


def checked(text: str, *, names: Collection[str], functions: Collection[str]) -> cel.Program:
    """Compiles an expression once it has passed every check.

    `names` are the facts it may read, `functions` what it may call besides the built-in ones. Raises
    `BadCondition`, whose `problem` and `mend` are sentences for the author.
    """
    if not isinstance(text, str) or not text.strip():
        raise BadCondition(str(text), "The condition is empty.", "Write one, or leave the line out.")
    if len(text) > LONGEST:
        raise BadCondition(
            text,
            f"The condition is {len(text)} characters long; the most is {LONGEST}.",
            "Give parts of it a name under worked-out facts and use those names.",
        )
    tokens = tokens_of(text)
    _check_writing(text, tokens)
    program = _compiled(text)
    _check_names(text, tokens, names)
    _check_functions(text, program, functions)
    _check_lists(text, tokens, names)
    return program


def _check_writing(text: str, tokens: Sequence[Token]) -> None:
    for index, token in enumerate(tokens):
        if token.kind == "sign" and token.text == "=":
            raise BadCondition(text, f"A single = stands at {_place(token)}.", "To compare, write ==.")
        if token.text in CAPITALISED and token.kind == "name":
            raise BadCondition(text, f"{token.text} is not known.", f"Write {CAPITALISED[token.text]}.")
        if token.kind == "name" and token.text in KEYWORDS and not _is_after(tokens, index, "."):
            sign = KEYWORDS[token.text]
            raise BadCondition(text, f"“{token.text}” stands at {_place(token)}.", f"Write {sign} instead.")
        if token.kind == "sign" and token.text in "/%":
            raise BadCondition(
                text, f"{token.text} stands at {_place(token)}.", "Write divide(a, b), which copes with zero."
            )
        if token.kind == "odd":
            raise BadCondition(text, f"{token.text} at {_place(token)} cannot be read.", _about_odd(token))
    if (depth := depth_of(tokens)) > DEEPEST:
        raise BadCondition(
            text,
            f"Brackets are nested {depth} deep; the most is {DEEPEST}.",
            "Give the inner part a name under worked-out facts and use that name.",
        )


def _about_odd(token: Token) -> str:
    if token.text in "‘’“”":
        return "Write straight quotes: 'like this'."
    if token.text in "'\"":
        return "Close the quotation: 'like this'."
    if token.text in "&|":
        return f"Write {token.text * 2}."
    return "Take it out, or put it inside quotes."


def _is_after(tokens: Sequence[Token], index: int, sign: str) -> bool:
    return index > 0 and tokens[index - 1].text == sign


def _place(token: Token) -> str:
    return f"character {token.start + 1}"


def _compiled(text: str) -> cel.Program:
    try:
        return cel.compile(text)
    except ValueError as error:
        found = re.search(r"<input>:(\d+):(\d+)", str(error))
        line, column = (int(found[1]), int(found[2])) if found else (1, 1)
        before = sum(len(part) + 1 for part in text.split("\n")[: line - 1]) + column - 1
        near = text[before : before + 12].strip()
        where = f"near “{near}” (character {before + 1})" if near else "at its end: something is missing"
        mend = "Check brackets, quotes and the signs && || ! == != < <= > >= in."
        raise BadCondition(text, f"The condition cannot be read {where}.", mend) from error


def _check_names(text: str, tokens: Sequence[Token], names: Collection[str]) -> None:
    for name in names_read(tokens):
        if name not in names:
            raise BadCondition(text, f"No question or fact is called {name}.", _nearest(name, names))


def _check_functions(text: str, program: cel.Program, functions: Collection[str]) -> None:
    known = BUILT_IN | set(functions)
    for name in program.functions():
        if name not in known and not OPERATOR.search(name):
            raise BadCondition(text, f"No function is called {name}.", _nearest(name, known))


def _nearest(name: str, names: Collection[str]) -> str:
    near = difflib.get_close_matches(name, sorted(names), n=1, cutoff=0.6)
    if near:
        return f"Did you mean {near[0]}? If it is text, put it in quotes: '{name}'."
    return (
        f"If it is text, put it in quotes: '{name}'. Otherwise ask for it in the form or work it out first."
    )


def _check_lists(text: str, tokens: Sequence[Token], names: Collection[str]) -> None:
    scopes = scopes_of(tokens)
    for scope in scopes:
        if scope.name in names:
            problem = f"{scope.name} is a fact and is also used for the items of a list."
            raise BadCondition(text, problem, "Choose another name for the items.")
        if any(_is_inside(other, scope) for other in scopes):
            raise BadCondition(
                text,
                "A list is gone through inside another list.",
                "Give the inner one a name under worked-out facts and use that name.",
            )


def _is_inside(inner: Scope, outer: Scope) -> bool:
    return outer.first < inner.first and inner.last <= outer.last
