"""Forms from plain data: the keys of form.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from frontdoor.forms.definition import (
    After,
    Check,
    EvidenceKind,
    Form,
    Interrupt,
    Option,
    Question,
    QuestionType,
    Section,
    WorkedOut,
)
from tests.builders.conditions import condition, formula


def a_form(data: Mapping[str, Any]) -> Form:
    """A form with `sections`, `works out`, `evidence` and `interrupts`."""
    return Form(
        sections=tuple(a_section(key, section) for key, section in data["sections"].items()),
        evidence={name: an_evidence_kind(name, kind) for name, kind in data.get("evidence", {}).items()},
        interrupts=tuple(an_interrupt(name, each) for name, each in data.get("interrupts", {}).items()),
        works_out=tuple(worked_out(name, rule) for name, rule in data.get("works out", {}).items()),
    )


def a_section(key: str, data: Mapping[str, Any]) -> Section:
    """A section."""
    asked = tuple(a_question(name, each) for name, each in data["questions"].items())
    return Section(key, data.get("title", key), asked, condition(data.get("when")))


def a_question(key: str, data: Mapping[str, Any]) -> Question:
    """A question; its type is `text` and its words are its id where it has no others."""
    return Question(
        id=key,
        type=QuestionType(data.get("type", "text")),
        ask=data.get("ask", key),
        when=condition(data.get("when")),
        options=tuple(an_option(value, label) for value, label in data.get("options", {}).items()),
        checks=tuple(Check(condition(each["when"]), each["otherwise"]) for each in data.get("checks", ())),
        is_optional=data.get("optional", False),
        evidence=data.get("evidence"),
        least=data.get("least"),
        most=data.get("most"),
        unit=data.get("unit", ""),
        prefix=data.get("prefix", ""),
        called=data.get("called", ""),
    )


def an_option(value: str | int, data: str | Mapping[str, Any]) -> Option:
    """An option, from its label or from its label and whether it is unknown."""
    if isinstance(data, str):
        return Option(value, data)
    return Option(value, data["label"], is_unknown=data.get("unknown", False))


def an_evidence_kind(name: str, data: Mapping[str, Any]) -> EvidenceKind:
    """A kind of evidence."""
    return EvidenceKind(name, data.get("name", name), data.get("ask", ""), condition(data.get("when")))


def an_interrupt(name: str, data: Mapping[str, Any]) -> Interrupt:
    """An interrupt."""
    then = After(data.get("then", "stop"))
    return Interrupt(
        name, condition(data["when"]), data.get("title", name), "", then, data.get("counts as", "")
    )


def worked_out(name: str, data: str | Mapping[str, Any]) -> WorkedOut:
    """A worked-out fact, by a formula or by a calculator."""
    if isinstance(data, str):
        return WorkedOut(name, formula=formula(data))
    return WorkedOut(name, calculator=data["calculator"], given=tuple(data["from"]))
