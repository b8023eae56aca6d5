"""Schemas take what the loader takes; the page of a pack shows what is in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from frontdoor.catalogue.loading import load_catalogue, pack_folders
from frontdoor.catalogue.reading import read_yaml
from frontdoor.catalogue.reference.pack_pages import pack_files
from frontdoor.catalogue.reference.schemas import SHAPES, schema_text
from frontdoor.catalogue.reference.tables import table

ROOT = Path(__file__).parents[3]
SMALL = ROOT / "tests" / "data" / "packs"
FOLDERS = [*pack_folders(ROOT / "packs"), *pack_folders(SMALL)]
YAML_SHAPES = [name for name in SHAPES if name not in ("update", "article")]


def with_text_keys(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): with_text_keys(each) for key, each in value.items()}
    return [with_text_keys(each) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize("name", YAML_SHAPES)
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_sound_file_fits_its_schema(folder: Path, name: str) -> None:
    schema = json.loads(schema_text(SHAPES[name], name))
    Draft202012Validator.check_schema(schema)
    value = read_yaml(file=name, text=(folder / f"{name}.yaml").read_text("utf-8")).value
    errors = [error.message for error in Draft202012Validator(schema).iter_errors(with_text_keys(value))]
    assert errors == []


def test_a_misspelt_key_does_not_fit_the_schema() -> None:
    schema = json.loads(schema_text(SHAPES["service"], "service"))
    errors = Draft202012Validator(schema).iter_errors({"service": "x", "ownr": "y"})
    assert any("ownr" in error.message for error in errors)


def test_the_page_of_a_pack_shows_all_of_it() -> None:
    pages = pack_files(load_catalogue(SMALL))
    assert sorted(pages) == ["docs/packs/README.md", "docs/packs/library-card.md"]
    page = pages["docs/packs/library-card.md"]
    for words in (
        "| `parent_agrees` | Does a parent or guardian agree? | yes or no | `age < 16` |",
        "| old enough | `age >= 16 or parent_agrees` |",
        "| give card | `connected and in any case` | You can have a card | give card |",
        "stateDiagram-v2",
        "| decide | 5 working days | We decide within 5 working days |",
        "| lost | Your card is lost | lost-card |",
    ):
        assert words in page
    assert "[Library card](library-card.md)" in pages["docs/packs/README.md"]


def test_a_table_leaves_out_columns_in_which_nothing_stands() -> None:
    assert table(["a", "b"], [("1", ""), ("2 | 3", "")]) == ["", "| a |", "| --- |", "| 1 |", "| 2 \\| 3 |"]
    assert table(["a", "b"], []) == []
