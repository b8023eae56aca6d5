"""Chapters of a manual: YAML files of a sentence and the cases that show it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from _pytest.mark.structures import ParameterSet
from ruamel.yaml import YAML


def read_yaml(path: Path) -> Any:
    """The content of a YAML file."""
    return YAML(typ="safe").load(path)


def cases_of(path: Path, part: str | None = None) -> list[ParameterSet]:
    """Every case of a file (or of one part of it), named by its chapter and its number there."""
    content = read_yaml(path)
    chapters: dict[str, list[dict[str, Any]]] = content if part is None else content[part]
    return [
        pytest.param(case, id=f"{chapter} ({number})")
        for chapter, cases in chapters.items()
        for number, case in enumerate(cases, start=1)
    ]
