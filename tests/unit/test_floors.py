"""What import-linter cannot see: a foreign key named by a string must not point to a floor above its own."""

from __future__ import annotations

from configparser import ConfigParser
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model

CHECKOUT = Path(__file__).resolve().parents[2]


def floors() -> dict[str, int]:
    """Each room's floor, counted from the top, as `.importlinter` has them."""
    contract = ConfigParser()
    contract.read(CHECKOUT / ".importlinter", "utf-8")
    lines = [line for line in contract["importlinter:contract:floors"]["layers"].split("\n") if line.strip()]
    return {name.strip(" ()"): number for number, line in enumerate(lines) for name in line.split("|")}


def our_models() -> list[type[Model]]:
    """Every model of ours, with the tables between that Django makes by itself."""
    models = apps.get_models(include_auto_created=True)
    return [model for model in models if model.__module__.startswith("frontdoor.")]


def room_of(model: type[Model]) -> str:
    return model.__module__.split(".")[1]


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_relation_points_to_its_own_room_or_to_one_below(model: type[Model]) -> None:
    floor = floors()
    targets = [
        field.related_model for field in model._meta.get_fields() if field.concrete and field.is_relation
    ]
    ours = [
        target
        for target in targets
        if isinstance(target, type) and target.__module__.startswith("frontdoor.")
    ]
    upward = [
        target._meta.label
        for target in ours
        if room_of(target) != room_of(model) and floor[room_of(target)] <= floor[room_of(model)]
    ]
    assert upward == []


def test_every_room_with_tables_stands_on_a_floor() -> None:
    assert {room_of(model) for model in our_models()} <= set(floors())


def test_no_model_sorts_by_itself() -> None:
    """An order belongs to the query that needs it: a hidden one costs every other query."""
    assert [model._meta.label for model in our_models() if model._meta.ordering] == []
