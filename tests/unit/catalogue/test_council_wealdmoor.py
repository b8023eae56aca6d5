"""The made-up county is what its generator makes, byte for byte, and no part of it is real."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scripts.make_wealdmoor import main

WEALDMOOR = Path(__file__).parents[3] / "councils" / "wealdmoor"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wealdmoor")
    main(folder)
    return folder


@pytest.mark.parametrize("name", ["places.geojson", "addresses.csv", "lights.geojson"])
def test_the_files_are_what_the_generator_writes(made: Path, name: str) -> None:
    assert (made / name).read_bytes() == (WEALDMOOR / name).read_bytes()


def test_the_land_lies_in_open_sea() -> None:
    """Between 1.5 and 3.5 degrees east there is no land from 53.1 to 57 degrees north."""
    features = json.loads((WEALDMOOR / "places.geojson").read_text(encoding="utf-8"))["features"]
    outline = next(one for one in features if one["properties"]["kind"] == "boundary")
    points = [point for ring in outline["geometry"]["coordinates"] for point in ring]
    assert all(1.5 < lon < 3.5 and 53.1 < lat < 57 for lon, lat in points)


def test_street_lights_stand_on_lit_streets_of_the_county() -> None:
    lights = json.loads((WEALDMOOR / "lights.geojson").read_text(encoding="utf-8"))["features"]
    places = json.loads((WEALDMOOR / "places.geojson").read_text(encoding="utf-8"))["features"]
    streets = {one["properties"].get("usrn"): one["properties"] for one in places}
    columns = [one["properties"]["column"] for one in lights]
    assert len(set(columns)) == len(columns) > 700
    assert all(streets[one["properties"]["usrn"]]["lit"] for one in lights)
    assert {streets[one["properties"]["usrn"]]["owner"] for one in lights} == {"E-WEALDMOOR"}
