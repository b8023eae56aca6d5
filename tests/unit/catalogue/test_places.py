"""Look-ups in the made-up county, and what is said when its files are wrong."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontdoor.catalogue.council import load_council
from frontdoor.catalogue.places.gazetteer import Gazetteer, gazetteer
from frontdoor.catalogue.places.reading import PlacesFaults
from frontdoor.catalogue.places.values import Address

ROOT = Path(__file__).parents[3]
WEALDMOOR = ROOT / "councils" / "wealdmoor"
PLACES = gazetteer(WEALDMOOR)
TALLOWBRIDGE, MOOR, CITY, LONDON = (54.7051, 2.13), (54.905, 2.06), (54.759, 2.381), (51.5, -0.1)


def features(kind: str) -> list[dict[str, dict[str, object]]]:
    text = (WEALDMOOR / "places.geojson").read_text(encoding="utf-8")
    return [one for one in json.loads(text)["features"] if one["properties"]["kind"] == kind]


def test_addresses_come_in_the_order_of_a_walk() -> None:
    found = PLACES.addresses_at("zw31aa")
    numbers = [int(address.house) for address in found if address.house.isdigit()]
    assert numbers == sorted(numbers)
    assert {address.postcode for address in found} == {"ZW3 1AA"}
    assert PLACES.addresses_at("ZW3-1AA.") == found
    assert PLACES.addresses_at("ZW3 9ZZ") == PLACES.addresses_at("nonsense") == []


def test_an_address_is_written_as_on_an_envelope() -> None:
    flat = Address(
        "9991", "Flat 2, 14", "High Street", "99910000", "Merestow", "ZW8 1AA", "E-HALLOWMERE", 0, 0
    )
    farm = Address("9992", "Curlew Farm", "Pellowby Lane", "99910001", "", "ZW5 1AA", "E-BRINDLEWOLD", 0, 0)
    assert flat.words == "Flat 2, 14 High Street, Merestow, ZW8 1AA"
    assert farm.words == "Curlew Farm, Pellowby Lane, ZW5 1AA"


def test_a_uprn_finds_its_address_with_or_without_noughts() -> None:
    first = PLACES.addresses_at("ZW3 1AA")[0]
    assert PLACES.address(first.uprn) == PLACES.address(f"000{first.uprn}") == first
    assert PLACES.address("1") is None


def test_a_postcode_across_a_border_names_both_authorities() -> None:
    assert PLACES.authority_for_postcode("ZW2 1DU") == {"E-AMBERCESTER", "E-BRINDLEWOLD"}
    assert PLACES.authority_for_postcode("ZW3 1AA") == {"E-TALLOWDALE"}
    assert PLACES.authority_for_postcode("AB1 1AB") == frozenset()


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("market place tallowbridge", "Market Place, Tallowbridge"),
        ("markt plce talowbridge", "Market Place, Tallowbridge"),
        ("station rd merestow", "Station Road, Merestow"),
        ("A1990", "A1990 Wealdmoor Way"),
        ("MARLOWICK ROAD, TALLOWBRIDGE", "Marlowick Road, Tallowbridge"),
    ],
)
def test_streets_are_found_by_their_names_with_slips(typed: str, first: str) -> None:
    assert PLACES.search_streets(typed, 5)[0].words == first


@pytest.mark.parametrize("typed", ["", " ", "??", "qqqqzzzz"])
def test_no_street_is_found_for_no_name(typed: str) -> None:
    assert PLACES.search_streets(typed, 5) == []


def test_search_gives_no_more_than_asked() -> None:
    assert len(PLACES.search_streets("road", 3)) == 3


def test_a_street_is_nearest_to_a_point_on_it() -> None:
    street = PLACES.search_streets("market place tallowbridge", 1)[0]
    near = PLACES.nearest_street(street.lat, street.lon)
    assert near is not None
    assert near.street == street
    assert near.metres < 0.5
    assert PLACES.street(street.usrn) == street


def test_streets_near_a_point_come_nearest_first_within_the_distance() -> None:
    near = PLACES.streets_near(*TALLOWBRIDGE, metres=150)
    assert [one.metres for one in near] == sorted(one.metres for one in near)
    assert 0 < len(near) < 30
    assert all(one.metres <= 150 for one in near)


def test_a_street_light_is_found_by_its_column_and_from_nearby() -> None:
    light = PLACES.light("WM01001")
    assert light is not None
    assert PLACES.light("wm 01001") == light
    assert PLACES.lights_near(light.lat, light.lon, metres=20)[0] == light
    street = PLACES.street(light.usrn)
    assert street is not None
    assert street.is_lit
    assert PLACES.light("WM99999") is None


def test_a_council_without_a_file_of_lights_has_none(tmp_path: Path) -> None:
    shutil.copy(WEALDMOOR / "places.geojson", tmp_path)
    assert Gazetteer(tmp_path).lights_near(*TALLOWBRIDGE, metres=1e6) == []


@pytest.mark.parametrize(
    ("point", "district"),
    [
        (TALLOWBRIDGE, "E-TALLOWDALE"),
        (MOOR, "E-QUERNSIDE"),
        (CITY, "E-AMBERCESTER"),
        (LONDON, None),
    ],
)
def test_the_authority_at_a_point(point: tuple[float, float], district: str | None) -> None:
    assert PLACES.district_at(*point) == district
    assert PLACES.within(*point) is (district is not None)


@settings(max_examples=60)
@given(lat=st.floats(-90, 90), lon=st.floats(-180, 180))
def test_any_point_on_earth_has_an_answer(lat: float, lon: float) -> None:
    near = PLACES.nearest_street(lat, lon)
    assert near is not None
    assert near.metres >= 0
    assert PLACES.within(lat, lon) is (PLACES.district_at(lat, lon) is not None)


def test_every_address_lies_where_it_says_and_on_a_street_there_is() -> None:
    outward = [f"ZW{number}" for number in range(1, 10)]
    wrong = []
    for address in PLACES._addresses:
        near = PLACES.district_at(address.lat, address.lon)
        if near != address.district or PLACES.street(address.usrn) is None:
            wrong.append(address.uprn)
        assert address.uprn.startswith("999")
        assert len(address.uprn) == 12
        assert address.postcode.split()[0] in outward
    assert len(wrong) <= 3  # rounding to a metre on a border
    assert len(PLACES._addresses) > 4000


def test_every_hub_stands_on_a_street_with_its_postcode() -> None:
    hubs = load_council(WEALDMOOR).hubs
    lost = [
        hub.name
        for hub in hubs
        if not any(
            address.street in " ".join(hub.lines) and address.town in hub.lines
            for address in PLACES.addresses_at(hub.postcode)
        )
    ]
    assert (len(hubs), lost) == (6, [])


def test_ids_of_streets_and_addresses_are_their_own() -> None:
    usrns = [str(one["properties"]["usrn"]) for one in features("road")]
    assert len(usrns) == len(set(usrns)) > 600
    assert all(usrn.startswith("999") and len(usrn) == 8 for usrn in usrns)
    assert len({address.uprn for address in PLACES._addresses}) == len(PLACES._addresses)


def test_the_map_is_small_enough_to_send() -> None:
    assert (WEALDMOOR / "places.geojson").stat().st_size < 900_000
    assert len(features("district")) == 6
    assert {one["properties"]["owner"] for one in features("road")} >= {
        "E-WEALDMOOR",
        "E-AMBERCESTER",
        "national-highways",
        "private",
    }


def test_reading_everything_takes_less_than_two_seconds_and_asking_next_to_nothing() -> None:
    fresh = Gazetteer(WEALDMOOR)
    began = time.perf_counter()
    fresh.nearest_street(*TALLOWBRIDGE)
    fresh.addresses_at("ZW3 1AA")
    assert time.perf_counter() - began < 2  # 0.15 s on a quiet machine


def test_one_folder_has_one_gazetteer() -> None:
    assert gazetteer(WEALDMOOR) is PLACES


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("places.geojson", "not json", r"places\.geojson.*not a GeoJSON"),
        (
            "places.geojson",
            '{"features":[{"properties":{"kind":"road"},"geometry":{"type":"Point","coordinates":[0,0]}}]}',
            "feature 1 lacks",
        ),
        ("addresses.csv", "a,b\n", r"addresses\.csv:1.*columns"),
        (
            "addresses.csv",
            "uprn,house,street,usrn,town,postcode,district,lat,lon\n1,2,3,4,5,6,7,north,0\n",
            r"addresses\.csv:2.*does not fit",
        ),
    ],
)
def test_files_that_are_wrong_are_named(tmp_path: Path, name: str, text: str, said: str) -> None:
    for each in ("places.geojson", "addresses.csv"):
        shutil.copy(WEALDMOOR / each, tmp_path)
    (tmp_path / name).write_text(text, encoding="utf-8")
    broken = Gazetteer(tmp_path)
    with pytest.raises(PlacesFaults, match=said):
        (broken.addresses_at("ZW3 1AA"), broken.within(*TALLOWBRIDGE))


def test_missing_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(PlacesFaults, match="there is no such file"):
        Gazetteer(tmp_path).within(*TALLOWBRIDGE)
    with pytest.raises(PlacesFaults, match="there is no such file"):
        Gazetteer(tmp_path).addresses_at("ZW3 1AA")
