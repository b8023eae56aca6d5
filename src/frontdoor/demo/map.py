"""Where reports are: scattered over the streets, and close together at a few places that everybody knows."""

from __future__ import annotations

from random import Random

from frontdoor.catalogue.places.values import Address
from frontdoor.catalogue.published import our_places
from frontdoor.kernel.facts import Json

CLUSTERS = 9
IN_A_CLUSTER = 0.55
SPREAD = 0.0016  # degrees: within about 150 metres
BESIDE = (
    "Outside number {house}",
    "By the bus stop",
    "On the bend",
    "Opposite the school gate",
    "Near the junction",
)


def place(homes: list[Address], seed: int, rng: Random) -> dict[str, Json]:
    """A place on a street, as the map question keeps it."""
    home = _cluster(homes, seed, rng) if rng.random() < IN_A_CLUSTER else rng.choice(homes)
    lat = round(home.lat + rng.gauss(0, SPREAD / 3), 6)
    lon = round(home.lon + rng.gauss(0, SPREAD / 3), 6)
    places = our_places()
    near = places.nearest_street(lat, lon)
    street = {"street": near.street.words, "usrn": near.street.usrn} if near else {}
    words = rng.choice(BESIDE).format(house=home.house)
    return {
        "lat": lat,
        "lon": lon,
        **street,
        "district": places.district_at(lat, lon) or home.district,
        "words": words,
    }


def _cluster(homes: list[Address], seed: int, rng: Random) -> Address:
    """The later clusters are the rarer ones."""
    which = min(int(rng.expovariate(0.4)), CLUSTERS - 1)
    return Random(f"{seed}:cluster:{which}").choice(homes)
