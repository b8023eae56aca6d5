"""JSON Schemas of the files of a pack: an editor that knows them completes keys and marks mistakes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from frontdoor.catalogue.schema.base import Shape
from frontdoor.catalogue.schema.contacts_only import ContactsOnlyShape
from frontdoor.catalogue.schema.decision import DecisionShape
from frontdoor.catalogue.schema.form import FormShape
from frontdoor.catalogue.schema.journey import JourneyShape
from frontdoor.catalogue.schema.service import ServiceShape
from frontdoor.catalogue.schema.texts import ArticleShape, ExamplesShape, UpdateShape

FOLDER = "docs/schemas"
SHAPES: Mapping[str, type[Shape]] = {
    "service": ServiceShape,
    "form": FormShape,
    "decision": DecisionShape,
    "journey": JourneyShape,
    "examples": ExamplesShape,
    "update": UpdateShape,
    "article": ArticleShape,
}

CONTACTS_ONLY = "contacts-only"


def schema_files() -> Mapping[str, str]:
    """The text of every schema by its path in the checkout."""
    shapes: Mapping[str, type[Shape]] = {**SHAPES, CONTACTS_ONLY: ContactsOnlyShape}
    return {f"{FOLDER}/{name}.json": schema_text(shape, name) for name, shape in shapes.items()}


def schema_text(shape: type[Shape], name: str) -> str:
    """The JSON Schema (draft 2020-12) of one file, keys in a fixed order."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **_tidied(shape.model_json_schema())}
    schema["title"] = f"{name} of a Front Door {'council' if name == CONTACTS_ONLY else 'pack'}"
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def _tidied(value: Any) -> Any:
    """Without the titles that only repeat the keys, and defaults that are no part of the format."""
    if isinstance(value, dict):
        kept = {key: each for key, each in value.items() if not _is_noise(key, each)}
        return {key: _tidied(each) for key, each in kept.items()}
    return [_tidied(each) for each in value] if isinstance(value, list) else value


def _is_noise(key: str, value: Any) -> bool:
    return (key == "title" and isinstance(value, str)) or (key == "default" and value in (None, "", [], {}))
