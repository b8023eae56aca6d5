"""Conditions and formulas of a pack: text in the Common Expression Language, weighed against facts.

A condition is TRUE, FALSE or UNKNOWN. A fact that is missing (absent, or null) makes it UNKNOWN only where
its value would matter: `benefit == 'pip' || age >= 70` is TRUE for someone of 71 whatever the benefit. A
question that was not put, because it does not apply to this person, never makes a condition UNKNOWN: what
could only be settled by its answer is FALSE.

    condition = compile_condition("moving_around >= 8", names={"moving_around"})
    condition.weigh({"moving_around": 12}).truth        # Truth.TRUE
    condition.weigh({}).missing                         # ("moving_around",)
    condition.weigh({"moving_around": "not sure"})      # UNKNOWN, with a note saying why

Dates are text (`'2026-11-22'`), which compares rightly. Whole and decimal numbers mix freely.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import Enum
from itertools import product
from typing import Final

from frontdoor.kernel.condition_functions import FUNCTIONS
from frontdoor.kernel.evaluation import MOST_KEPT, Evaluator, Outcome, key_of
from frontdoor.kernel.expression_check import BadCondition, checked
from frontdoor.kernel.expression_text import Join, Split, names_read, split, tokens_of
from frontdoor.kernel.facts import Facts, Json

__all__ = [
    "BadCondition",
    "Clause",
    "Computed",
    "Condition",
    "Formula",
    "Truth",
    "Weighed",
    "compile_condition",
    "compile_formula",
]

Functions = Mapping[str, Callable[..., Json]]


class Truth(Enum):
    """Whether a condition holds, as far as the facts tell."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Clause:
    """One line of the trace: a statement, or several joined by `and`, `or`, `not`, and what came of it."""

    text: str
    truth: Truth
    join: Join | None = None
    parts: tuple[Clause, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Weighed:
    """What came of a condition.

    `used`: the facts read, by name. `missing`: names whose value would settle an UNKNOWN. `notes`: why a
    fact that is there could not be used. `clause`: the trace, for a decision sheet.
    """

    truth: Truth
    clause: Clause
    used: Facts = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Computed:
    """What came of a formula: its value, or why there is none (`value` is then None and `is_known` False)."""

    value: Json
    is_known: bool
    used: Facts = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    applies: bool = True


class _Could(Enum):
    """What a clause could still turn out to be."""

    TRUE = "true"
    FALSE = "false"
    NOT_ASKED = "not asked"


_Possible = frozenset[_Could]
_SETTLED: Final[Mapping[bool, _Possible]] = {
    True: frozenset({_Could.TRUE}),
    False: frozenset({_Could.FALSE}),
}
_OPEN: Final[_Possible] = frozenset({_Could.TRUE, _Could.FALSE})
_NOT_ASKED: Final[_Possible] = frozenset({_Could.NOT_ASKED})


@dataclass(frozen=True)
class _Weighing:
    clause: Clause
    possible: _Possible
    used: Facts
    missing: frozenset[str]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Part:
    """A clause made ready: a statement with its evaluator, or a join of parts."""

    split: Split
    evaluator: Evaluator | None
    parts: tuple[_Part, ...]
    calls: bool
    """Whether a function is called anywhere in it."""


@dataclass(frozen=True)
class Condition:
    """A checked condition. Safe to keep and to share between threads; `names` are the facts it reads."""

    text: str
    names: frozenset[str]
    _part: _Part
    _kept: dict[object, Truth] = field(default_factory=dict, compare=False, repr=False)

    def truth(self, facts: Facts, *, not_asked: Collection[str] = frozenset()) -> Truth:
        """The truth alone, as `weigh` finds it. The same short facts give the same truth, so it is kept: a form asks the
        same of thousands of people.
        """
        key = None if self._part.calls else key_of([facts.get(name) for name in self.names])
        if key is None:
            return self.weigh(facts, not_asked=not_asked).truth
        whole = (key, tuple(name in not_asked for name in self.names))
        kept = self._kept.get(whole)
        if kept is None:
            kept = self.weigh(facts, not_asked=not_asked).truth
            if len(self._kept) < MOST_KEPT:
                self._kept[whole] = kept
        return kept

    def weigh(self, facts: Facts, *, not_asked: Collection[str] = frozenset()) -> Weighed:
        """Weighs the condition; never raises on account of the facts.

        `not_asked`: names of questions that were not put because they do not apply.
        """
        whole = _weigh(self._part, facts, frozenset(not_asked))
        truth = _truth(whole.possible)
        is_open = truth is Truth.UNKNOWN
        return Weighed(
            truth=truth,
            clause=whole.clause,
            used=whole.used,
            missing=tuple(sorted(whole.missing)) if is_open else (),
            notes=whole.notes if is_open else (),
        )


@dataclass(frozen=True)
class Formula:
    """A checked formula, for a fact worked out from others. `names` are the facts it reads."""

    text: str
    names: frozenset[str]
    _evaluator: Evaluator

    def compute(self, facts: Facts, *, not_asked: Collection[str] = frozenset()) -> Computed:
        """Works the value out; never raises on account of the facts. A date comes back as ISO text."""
        outcome = self._evaluator.evaluate(facts)
        used, missing = outcome.used, outcome.missing - set(not_asked)
        if outcome.is_known:
            return Computed(outcome.value, True, used)
        notes = (outcome.note,) if outcome.note else ()
        applies = bool(missing or notes)
        return Computed(None, False, used, tuple(sorted(missing)), notes, applies)


def compile_condition(text: str, *, names: Collection[str], functions: Functions | None = None) -> Condition:
    """Checks and compiles a condition.

    `names`: every fact it may read. `functions`: further functions by name, beside those of
    `condition_functions`; each takes and returns JSON values and raises `NotKnown` where it has no answer.
    Raises `BadCondition`: unknown name, unreadable text, over 500 characters, nested deeper than 8.
    """
    bound = {**FUNCTIONS, **(functions or {})}
    checked(text, names=names, functions=bound)
    return Condition(text, frozenset(names_read(tokens_of(text))), _prepared(split(text), bound))


def compile_formula(text: str, *, names: Collection[str], functions: Functions | None = None) -> Formula:
    """Checks and compiles a formula; like `compile_condition`, but its value may be of any kind."""
    bound = {**FUNCTIONS, **(functions or {})}
    checked(text, names=names, functions=bound)
    return Formula(text, frozenset(names_read(tokens_of(text))), Evaluator(text, bound))


def _prepared(piece: Split, functions: Functions) -> _Part:
    if piece.join is None:
        evaluator = Evaluator(piece.text, functions)
        return _Part(piece, evaluator, (), evaluator.calls)
    parts = tuple(_prepared(part, functions) for part in piece.parts)
    return _Part(piece, None, parts, any(part.calls for part in parts))


def _weigh(part: _Part, facts: Facts, not_asked: frozenset[str]) -> _Weighing:
    if part.evaluator is not None:
        return _statement(part.split.text, part.evaluator.evaluate(facts), not_asked)
    weighings = [_weigh(each, facts, not_asked) for each in part.parts]
    possible = _joined(part.split.join, [each.possible for each in weighings])
    still_open = [each for each in weighings if len(each.possible) > 1] if len(possible) > 1 else []
    return _Weighing(
        clause=Clause(part.split.text, _truth(possible), part.split.join, tuple(w.clause for w in weighings)),
        possible=possible,
        used={name: value for each in weighings for name, value in each.used.items()},
        missing=frozenset().union(*(each.missing for each in still_open)),
        notes=tuple(dict.fromkeys(note for each in still_open for note in each.notes)),
    )


def _statement(text: str, outcome: Outcome, not_asked: frozenset[str]) -> _Weighing:
    missing = outcome.missing - not_asked
    note = outcome.note
    if outcome.is_known and isinstance(outcome.value, bool):
        possible = _SETTLED[outcome.value]
    elif outcome.is_known:
        possible, note = _OPEN, f"“{text}” is not a yes or no"
    elif missing or note:
        possible = _OPEN | (_NOT_ASKED if outcome.missing & not_asked else frozenset())
    else:
        possible = _NOT_ASKED
    clause = Clause(text, _truth(possible), note=note)
    return _Weighing(clause, possible, outcome.used, missing, (note,) if note else ())


def _truth(possible: _Possible) -> Truth:
    if possible == {_Could.TRUE}:
        return Truth.TRUE
    return Truth.UNKNOWN if _Could.TRUE in possible else Truth.FALSE


def _joined(join: Join | None, parts: list[_Possible]) -> _Possible:
    if join == "not":
        turned = {_Could.TRUE: _Could.FALSE, _Could.FALSE: _Could.TRUE, _Could.NOT_ASKED: _Could.NOT_ASKED}
        return frozenset(turned[each] for each in parts[0])
    decides, otherwise = (_Could.TRUE, _Could.FALSE) if join == "or" else (_Could.FALSE, _Could.TRUE)
    whole: _Possible = frozenset({otherwise})
    for part in parts:
        whole = frozenset(_pair(decides, otherwise, a, b) for a, b in product(whole, part))
    return whole


def _pair(decides: _Could, otherwise: _Could, a: _Could, b: _Could) -> _Could:
    if decides in (a, b):
        return decides
    return otherwise if a is b is otherwise else _Could.NOT_ASKED
