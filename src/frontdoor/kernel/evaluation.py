"""Evaluates one expression against facts, and records which facts were read and which were missing."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from frontdoor.kernel.cel_engine import cel
from frontdoor.kernel.expression_text import EACH_MACROS, names_read, scopes_of, tokens_of, with_real_numbers
from frontdoor.kernel.facts import Facts, Json, NotKnown

LONGEST_LIST = 100  # each step through a list copies what was gathered so far, so cost grows with the square
LONGEST_TEXT = 20_000
MOST_KEPT = 500
LONGEST_KEPT = 24
# The library logs the text of every exception raised by a function, and that text may hold a person's
# answers.
logging.getLogger("cel").setLevel(logging.CRITICAL)


_PLAIN = (bool, int, float, str)
_Key = tuple[tuple[type, Json], ...]


@dataclass(frozen=True)
class Outcome:
    """`value` where `is_known`; else the names that were `missing`, or a `note` saying what was wrong."""

    value: Json = None
    is_known: bool = False
    used: Facts = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    note: str = ""


class Evaluator:
    """A compiled expression. Numbers are decimals while it runs, so that `8` and `8.0` can be added."""

    def __init__(self, text: str, functions: Mapping[str, Callable[..., Json]]) -> None:
        tokens = tokens_of(text)
        self.text = text
        self.names = names_read(tokens)
        self._items = frozenset(scope.name for scope in scopes_of(tokens))
        self._goes_through_list = any(token.text in EACH_MACROS for token in tokens)
        self._real = cel.compile(with_real_numbers(text))
        self._whole = cel.compile(text)
        called = set(self._whole.functions())
        self._functions = {name: function for name, function in functions.items() if name in called}
        self._kept: dict[_Key, Outcome] = {}

    @property
    def calls(self) -> bool:
        """Whether it calls a function of ours; a council's own need not give the same answer twice."""
        return bool(self._functions)

    def evaluate(self, facts: Facts) -> Outcome:
        """Evaluates; never raises on account of the facts. A fact that is None counts as missing.

        The same short facts give the same outcome, so it is kept: most conditions ask which option was chosen.
        """
        key = None if self._functions else key_of([facts.get(name) for name in self.names])
        if key is None:
            return self._evaluate(facts)
        kept = self._kept.get(key)
        if kept is None:
            kept = self._evaluate(facts)
            if len(self._kept) < MOST_KEPT:
                self._kept[key] = kept
        return kept

    def _evaluate(self, facts: Facts) -> Outcome:
        present = {name: facts[name] for name in self.names if facts.get(name) is not None}
        read: dict[str, None] = {}
        notes: list[str] = []
        try:
            if too_much := self._too_much(present):
                return Outcome(used=present, note=too_much)
            value = self._run(present, read, notes)
        except KeyError as error:
            return Outcome(used=self._used(read, present), missing=frozenset({self._path(error)}))
        except (RuntimeError, TypeError, ValueError, ArithmeticError, IndexError) as error:
            missing = frozenset(name for name in read if name not in present and name in self.names)
            note = "" if missing else (notes[-1] if notes else _in_words(self.text, error))
            return Outcome(used=self._used(read, present), missing=missing, note=note)
        return self._finished(value, self._used(read, present))

    def _run(self, present: Facts, read: dict[str, None], notes: list[str]) -> object:
        reals = {name: _with_reals(value) for name, value in present.items()}
        try:
            return self._real.execute(self._context(reals, _with_reals, read, notes))
        except TypeError:  # a place in a list, or the size of one, wants whole numbers
            return self._whole.execute(self._context(present, _with_wholes, read, notes))

    def _context(
        self, facts: Facts, convert: Callable[[Json], Json], read: dict[str, None], notes: list[str]
    ) -> cel.Context:
        functions = {name: _guarded(call, convert, notes) for name, call in self._functions.items()}
        context = cel.Context(variables=dict(facts), functions=functions)
        context.set_variable_resolver(read.setdefault)
        return context

    def _used(self, read: Mapping[str, None], present: Facts) -> Facts:
        return {name: present[name] for name in self.names if name in read and name in present}

    def _too_much(self, present: Facts) -> str:
        for name, value in present.items():
            if isinstance(value, str) and len(value) > LONGEST_TEXT:
                return f"{name} is too long to be weighed"
            if self._goes_through_list and _has_long_list(value):
                return f"{name} has too many items to be weighed"
        return ""

    def _path(self, error: KeyError) -> str:
        """The dotted path (`home.postcode`) that ends in the key that was missing."""
        key, path = str(error.args[0]), ""
        for token in tokens_of(self.text):
            if token.kind == "name":
                path = f"{path}{token.text}" if path.endswith(".") else token.text
                if token.text == key:
                    return path
            else:
                path = f"{path}." if token.text == "." else ""
        return key

    def _finished(self, value: object, used: Facts) -> Outcome:
        try:
            return Outcome(_as_json(value), is_known=True, used=used)
        except NotKnown as error:
            return Outcome(used=used, note=str(error))


def key_of(values: list[Json]) -> _Key | None:
    """What tells these values from others of the same names; None where one is long or not plain. 1 is not True here."""
    for value in values:
        if isinstance(value, str):
            if len(value) > LONGEST_KEPT:
                return None
        elif value is not None and not isinstance(value, _PLAIN):
            return None
    return tuple((type(value), value) for value in values)


def _has_long_list(value: Json) -> bool:
    if isinstance(value, Mapping):
        return len(value) > LONGEST_LIST or any(_has_long_list(each) for each in value.values())
    if isinstance(value, list | tuple):
        return len(value) > LONGEST_LIST or any(_has_long_list(each) for each in value)
    return False


def _guarded(
    function: Callable[..., Json], convert: Callable[[Json], Json], notes: list[str]
) -> Callable[..., Json]:
    """The function with every failure turned into a note that holds no personal data."""

    def guarded(*given: Json) -> Json:
        try:
            value = function(*given)
        except NotKnown as error:
            notes.append(str(error))
        except Exception:  # a calculator registered by a council must not bring a person's application down
            notes.append(f"{getattr(function, '__name__', 'a function')} could not be worked out")
        else:
            if value is not None:
                return convert(value)
        raise NotKnown  # also for None: a function without an answer makes its clause unknown, not false

    return guarded


def _with_reals(value: Json) -> Json:
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, int):
        return float(value) if abs(value) < 2**53 else value
    if isinstance(value, Mapping):
        return {key: _with_reals(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_with_reals(each) for each in value]
    return value


def _with_wholes(value: Json) -> Json:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _as_json(value: object) -> Json:
    if isinstance(value, float):
        if not math.isfinite(value):
            raise NotKnown("the number is too large")
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, list):
        return [_as_json(each) for each in value]
    if isinstance(value, dict):
        return {str(key): _as_json(each) for key, each in value.items()}
    raise NotKnown("the result is neither text, number, yes or no, nor a list of these")


def _in_words(text: str, error: Exception) -> str:
    if isinstance(error, TypeError):
        return f"“{text}” compares or joins things of different kinds, such as words and a number"
    if isinstance(error, ArithmeticError):
        return f"“{text}” has no result for these numbers"
    return f"“{text}” could not be worked out from these facts"
