"""From the plain values of a file to its shape; pydantic's complaints become faults with line and plain words."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import ValidationError

from frontdoor.catalogue.faults import Fault, did_you_mean
from frontdoor.catalogue.reading import Path, Source, dotted
from frontdoor.catalogue.schema.base import Shape

Shaped = TypeVar("Shaped", bound=Shape)
WORDS = {
    "missing": ("this is missing", "Add it."),
    "string_type": ("words must stand here", "Write them after the colon."),
    "int_type": ("a whole number must stand here", "Write one, such as 12."),
    "int_parsing": ("a whole number must stand here", "Write one, such as 12."),
    "float_type": ("a number must stand here", "Write one, such as 12 or 2.5."),
    "float_parsing": ("a number must stand here", "Write one, such as 12 or 2.5."),
    "dict_type": ("a block of names must stand here", "Write `name: …` lines under it, indented."),
    "model_type": ("a block of keys must stand here", "Write `key: …` lines under it, indented."),
    "tuple_type": ("a list must stand here", "Write [one, two] or lines that begin with a hyphen."),
    "list_type": ("a list must stand here", "Write [one, two] or lines that begin with a hyphen."),
    "too_short": ("nothing is in it", "Put at least one thing in, or take the key out."),
    "string_pattern_mismatch": ("this is not written as it must be", ""),
}


def shape_of(kind: type[Shaped], source: Source) -> Shaped | None:
    """The shape of what was read; None where it has faults, which are then added to `source.faults`."""
    if source.value is None:
        return None
    before = len(source.faults)
    try:
        shaped = kind.model_validate(source.value, context=source)
    except ValidationError as error:
        for each in error.errors(include_url=False, include_context=True, include_input=False):
            _note(source, each)
        return None
    return shaped if len(source.faults) == before else None


def _note(source: Source, error: Any) -> None:
    path = known_path(source, tuple(error["loc"]))
    problem, mend = _in_words(error)
    if error["type"] == "missing":
        key = str(error["loc"][-1])
        if any(
            fault.mend == did_you_mean(key, [key]) and fault.where.startswith(dotted(path))
            for fault in source.faults
        ):
            return
        source.faults.append(
            Fault(
                source.file, source.line_of(path), dotted(path), f'"{key}" is missing', f"Add `{key}:` here."
            )
        )
        return
    source.fault(path, problem, mend)


def known_path(source: Source, location: tuple[Any, ...]) -> Path:
    """The part of a pydantic location that is a path in the file (unions and keys add steps of their own)."""
    path: Path = ()
    for step in location:
        if (*path, step) in source.lines:
            path = (*path, step)
    return path


def _in_words(error: Any) -> tuple[str, str]:
    kind = str(error["type"])
    if kind == "value_error":
        problem, _, mend = str(error["ctx"]["error"]).partition(". ")
        return problem, mend
    if kind == "string_pattern_mismatch":
        return WORDS[kind][0], f"It must match {error['ctx']['pattern']}."
    if kind in WORDS:
        return WORDS[kind]
    return str(error["msg"])[:1].lower() + str(error["msg"])[1:], "See docs/writing-a-pack.md."
