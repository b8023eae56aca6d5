"""What all shapes share: plain words as keys, short forms, and unknown keys named with the nearest known one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, ValidationInfo, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from frontdoor.catalogue.faults import did_you_mean, one_of
from frontdoor.catalogue.reading import Block, Source


def _words(name: str) -> str:
    return name.rstrip("_").replace("_", " ")


class Shape(BaseModel):
    """A block of a file. `short` names the field that a single word, list or number stands for."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        alias_generator=_words,
        populate_by_name=False,
        arbitrary_types_allowed=True,
        defer_build=True,
    )
    short: ClassVar[str | None] = None

    @model_validator(mode="before")
    @classmethod
    def _long_form(cls, value: Any, info: ValidationInfo) -> Any:
        if cls.short is not None and not isinstance(value, dict) and value is not None:
            return {_words(cls.short): value}
        if isinstance(value, Block) and isinstance(info.context, Source):
            return _without_unknown_keys(value, cls.keys(), info.context)
        return value

    @classmethod
    def keys(cls) -> tuple[str, ...]:
        """The keys this block knows, as they are written."""
        return tuple(field.alias or name for name, field in cls.model_fields.items())

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        long = handler(schema)
        if cls.short is None:
            return long
        field = handler.resolve_ref_schema(long)["properties"][_words(cls.short)]
        alone = {key: value for key, value in field.items() if key not in ("title", "default", "description")}
        return {"anyOf": [alone, long]}


def _without_unknown_keys(block: Block, known: Iterable[str], source: Source) -> dict[str | int, object]:
    known = tuple(known)
    for key in block:
        if key not in known:
            mend = did_you_mean(str(key), known) or one_of(known)
            if block[key] is None and not mend.startswith("Did"):
                mend = "If it belongs to the words before it, put all of them in quotes: a comma ends them."
            source.fault((*block.path, key), f'"{key}" is not a key that can stand here', mend)
    return {key: value for key, value in block.items() if key in known}
