"""Who answers for what, where and when."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from frontdoor.catalogue.council import Council, load_council
from frontdoor.catalogue.places.gazetteer import gazetteer
from frontdoor.catalogue.places.owners import (
    OUTSIDE,
    UnknownCategory,
    authorities_at,
    authority_over,
    owner_of,
    owner_of_street,
)

WEALDMOOR = Path(__file__).parents[3] / "councils" / "wealdmoor"
PLACES = gazetteer(WEALDMOOR)
NOW, AFTER = date(2026, 11, 22), date(2028, 4, 1)
TOWN, CITY, ELSEWHERE = (54.7051, 2.13), (54.759, 2.381), (51.5, -0.1)
TRUNK = next(iter(PLACES.search_streets("A1990", 1)))


@pytest.fixture(scope="module")
def council() -> Council:
    return load_council(WEALDMOOR)


@pytest.mark.parametrize(
    ("category", "point", "on", "owner", "ours"),
    [
        ("pothole", TOWN, NOW, "E-WEALDMOOR", True),
        ("pothole", TOWN, date(2028, 3, 31), "E-WEALDMOOR", True),
        ("pothole", TOWN, AFTER, "E-GREATER-WEALDMOOR", True),
        ("pothole", CITY, NOW, "E-AMBERCESTER", False),
        ("pothole", (TRUNK.lat, TRUNK.lon), NOW, "national-highways", False),
        ("right of way", CITY, NOW, "E-AMBERCESTER", False),
        ("right of way", TOWN, NOW, "E-WEALDMOOR", True),
        ("fly-tipping", TOWN, NOW, "E-TALLOWDALE", False),
        ("fly-tipping", TOWN, AFTER, "E-GREATER-WEALDMOOR", True),
        ("fly-tipping", CITY, NOW, "E-AMBERCESTER", False),
        ("fly-tipping", ELSEWHERE, NOW, OUTSIDE, False),
        ("pothole", ELSEWHERE, NOW, OUTSIDE, False),
        ("water leak", ELSEWHERE, NOW, "water-company", False),
        ("river", TOWN, NOW, "environment-agency", False),
    ],
)
def test_whose_it_is(
    council: Council, category: str, point: tuple[float, float], on: date, owner: str, ours: bool
) -> None:
    lat, lon = point
    found = owner_of(council=council, places=PLACES, category=category, lat=lat, lon=lon, on=on)
    assert (found.id, found.ours) == (owner, ours)
    assert found.contact.phone or found.contact.words


def test_every_category_has_an_owner_in_town_today(council: Council) -> None:
    lat, lon = TOWN
    owners = {
        category: owner_of(council=council, places=PLACES, category=category, lat=lat, lon=lon, on=NOW).name
        for category in council.responsibilities
    }
    assert [category for category, name in owners.items() if not name] == []


@pytest.mark.parametrize(("category", "on"), [("potholes", NOW), ("stray dog", date(2000, 1, 1)), ("x", NOW)])
def test_a_category_nobody_is_named_for_is_an_error_that_helps(
    council: Council, category: str, on: date
) -> None:
    with pytest.raises(UnknownCategory, match=f'Nobody is named for "{category}"'):
        owner_of(council=council, places=PLACES, category=category, lat=TOWN[0], lon=TOWN[1], on=on)


def test_every_street_has_an_owner_we_can_name(council: Council) -> None:
    names = {
        drawn.street.owner: owner_of_street(council=council, street=drawn.street, on=NOW).name
        for drawn in PLACES._drawn
    }
    assert names["private"] == "the owner of the road"
    assert names["E-WEALDMOOR"] == council.name
    assert None not in names.values()


@pytest.mark.parametrize(
    ("point", "on", "authorities"),
    [
        (TOWN, NOW, {"E-WEALDMOOR", "E-TALLOWDALE"}),
        (TOWN, AFTER, {"E-GREATER-WEALDMOOR"}),
        (CITY, NOW, {"E-AMBERCESTER"}),
        (ELSEWHERE, NOW, set()),
    ],
)
def test_two_tiers_or_one(
    council: Council, point: tuple[float, float], on: date, authorities: set[str]
) -> None:
    lat, lon = point
    assert authorities_at(council=council, places=PLACES, lat=lat, lon=lon, on=on) == authorities


def test_a_district_nobody_knows_is_an_error(council: Council) -> None:
    with pytest.raises(KeyError):
        authority_over(council=council, district="E-NOWHERE", tier="upper tier", on=NOW)
