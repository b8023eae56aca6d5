"""Compiles the conditions and formulas of one file; what is wrong becomes a fault at its line."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from frontdoor.catalogue.expressions import QUOTED, to_expression
from frontdoor.catalogue.faults import did_you_mean, one_of
from frontdoor.catalogue.reading import Path, Source
from frontdoor.catalogue.schema.form import OptionShape, QuestionShape
from frontdoor.kernel.conditions import BadCondition, Condition, Formula, compile_condition, compile_formula

LITERAL = r"""('[^'\n]*'|"[^"\n]*"|-?\d+(?:\.\d+)?)"""
COMPARED = re.compile(rf"\b([a-z]\w*)\s*(?:==|!=)\s*{LITERAL}")
COMPARED_BACK = re.compile(rf"{LITERAL}\s*(?:==|!=)\s*([a-z]\w*)\b(?!\s*[.(])")
IS_IN = re.compile(rf"{LITERAL}\s+in\s+([a-z]\w*)\b(?!\s*[.(])")
FIELD = re.compile(r"\b([a-z]\w*)\.([a-z]\w*)\b(?!\s*\()")
IN_LIST = re.compile(r"\b([a-z]\w*)\s+in\s+\[([^\]]*)\]")


class Compiler:
    """Compiles what one file says. `questions` are those whose options a comparison must name rightly."""

    def __init__(
        self,
        source: Source,
        questions: Mapping[str, QuestionShape],
        fields: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        """`fields`: the values that a fact has several of, by the fact's name."""
        self.source = source
        self.questions = questions
        self.fields = fields or {}

    def condition(
        self, words: str | None, path: Path, names: Collection[str], several: Collection[str] = ()
    ) -> Condition | None:
        """The condition, or None where there is none or it has a fault. `several`: names of several words."""
        if words is None:
            return None
        expression = to_expression(words, names=several)
        try:
            condition = compile_condition(expression, names=names)
        except BadCondition as error:
            self.source.fault(path, error.problem, error.mend)
            return None
        self._check_comparisons(expression, path)
        return condition

    def formula(self, words: str, path: Path, names: Collection[str]) -> Formula | None:
        """The formula, or None where it has a fault."""
        expression = to_expression(words)
        try:
            formula = compile_formula(expression, names=names)
        except BadCondition as error:
            self.source.fault(path, error.problem, error.mend)
            return None
        self._check_comparisons(expression, path)
        return formula

    def _check_comparisons(self, expression: str, path: Path) -> None:
        self._check_options(expression, path)
        for fact, name in FIELD.findall(QUOTED.sub("''", expression)):
            known = self.fields.get(fact)
            if known and name not in known:
                mend = did_you_mean(name, known) or one_of(known)
                self.source.fault(path, f'"{fact}" has no value "{name}"', mend)

    def _check_options(self, expression: str, path: Path) -> None:
        for name, literal in _comparisons(expression):
            question = self.questions.get(name)
            if question is None or not question.options:
                continue
            given = _value_of(literal)
            options: dict[object, OptionShape] = {
                _option(key): option for key, option in question.options.items()
            }
            if given not in options:
                known = [str(option) for option in options]
                mend = did_you_mean(str(given), known) or one_of(known)
                self.source.fault(path, f'"{name}" has no option "{given}"', mend)
            elif options[given].unknown:
                problem = (
                    f'the option "{given}" of "{name}" is marked unknown, so it gives no fact to compare with'
                )
                self.source.fault(path, problem, "Leave this comparison out; what rests on it is not known.")


def _comparisons(expression: str) -> list[tuple[str, str]]:
    found = [(name, literal) for name, literal in COMPARED.findall(expression)]
    found += [(name, literal) for literal, name in COMPARED_BACK.findall(expression)]
    found += [(name, literal) for literal, name in IS_IN.findall(expression)]
    for name, listed in IN_LIST.findall(expression):
        found += [(name, literal) for literal in re.findall(LITERAL, listed)]
    return found


def _option(key: str | int) -> str | int:
    return int(key) if isinstance(key, str) and key.isdigit() else key


def _value_of(literal: str) -> str | int | float:
    if QUOTED.fullmatch(literal):
        return literal[1:-1]
    return float(literal) if "." in literal else int(literal)
