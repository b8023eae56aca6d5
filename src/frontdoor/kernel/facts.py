"""The shape of a fact: plain JSON values, as conditions read them and the journal keeps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
Facts: TypeAlias = Mapping[str, Json]


class NotKnown(Exception):
    """A value cannot be worked out from these facts; trying again helps only when the facts have changed."""
