"""Customers of the demo council: who they are, how they are reached, and who helps them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from frontdoor.catalogue.places.values import Address
from frontdoor.demo.names import FIRST, LAST, ORGANISATIONS, OTHER_SCRIPTS, SINGLE
from frontdoor.kernel.facts import Json

MAIL = "customer.example"
MOBILE = "07700 900"
LANDLINE = "01632 960"
NUMBERS = 1000
RELATIONS = ("daughter", "son", "neighbour", "support worker", "wife", "husband", "friend")


@dataclass(frozen=True)
class MadeUp:
    """A made-up customer. `helper` is who fills in the form for them, as the platform keeps it."""

    full_name: str
    born_on: date
    address: dict[str, Json]
    email: str
    mobile: str
    landline: str
    contact_by: str
    is_organisation: bool
    helper: dict[str, Json] | None

    def says(self) -> dict[str, Json]:
        """Their answers to the well-known questions."""
        said: dict[str, Json] = {
            "full_name": self.full_name,
            "home_address": self.address,
            "email": self.email,
            "phone": self.landline if self.contact_by == "letter" else self.mobile,
            "contact_by": self.contact_by,
            "applicant": "organisation" if self.is_organisation else "person",
            "has_badge": "never",
            "sr1": False,
        }
        if not self.is_organisation:
            said["born_on"] = self.born_on.isoformat()
        else:
            said["organisation_name"] = self.full_name
        return said


class Town:
    """Makes customers who live at addresses of the gazetteer; each number gives the same person again."""

    def __init__(self, addresses: list[Address], seed: int) -> None:
        self._addresses = addresses
        self._seed = seed

    def customer(
        self, number: int, *, on: date, age: tuple[int, int], is_organisation: bool = False
    ) -> MadeUp:
        """The customer of this number, between these ages on that day."""
        rng = Random(f"{self._seed}:customer:{number}")
        name = rng.choice(ORGANISATIONS) if is_organisation else _name(rng)
        return MadeUp(
            full_name=name,
            born_on=_born(rng, on, age),
            address=self._address(rng),
            email=f"{rng.choice(FIRST).lower()}.{number}@{MAIL}",
            mobile=f"{MOBILE}{number % NUMBERS:03d}",
            landline=f"{LANDLINE}{number % NUMBERS:03d}",
            contact_by=rng.choices(("email", "text", "letter"), (74, 21, 5))[0],
            is_organisation=is_organisation,
            helper=None if is_organisation else _helper(rng),
        )

    def _address(self, rng: Random) -> dict[str, Json]:
        if rng.random() < 0.02:
            return {
                "lines": ["No fixed address, care of the day centre", "Market Street"],
                "town": "Ambercester",
                "postcode": "ZW1 1AA",
            }
        return written(rng.choice(self._addresses))


def written(address: Address) -> dict[str, Json]:
    """An address of the gazetteer as an answer keeps it."""
    lines = [line for line in address.lines if line != address.town]
    town = address.town or lines[-1]
    return {
        "lines": [line for line in lines if line != town] or [address.house],
        "town": town,
        "postcode": address.postcode,
        "uprn": address.uprn,
        "district": address.district,
    }


def _name(rng: Random) -> str:
    kind = rng.random()
    if kind < 0.07:
        return rng.choice(OTHER_SCRIPTS)
    if kind < 0.10:
        return rng.choice(SINGLE)
    first, last = rng.choice(FIRST), rng.choice(LAST)
    return f"{first} {rng.choice(FIRST)} {last}" if kind < 0.2 else f"{first} {last}"


def _born(rng: Random, on: date, age: tuple[int, int]) -> date:
    return on - timedelta(days=int(rng.uniform(age[0] * 365.25 + 3, age[1] * 365.25)))


def _helper(rng: Random) -> dict[str, Json] | None:
    if rng.random() >= 0.16:
        return None
    name = f"{rng.choice(FIRST)} {rng.choice(LAST)}"
    return {"full_name": name, "relation": rng.choice(RELATIONS), "has_say": True}
