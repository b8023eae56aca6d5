"""Who takes part in the year, as numbers: customers, advisors, teams. Who a customer is follows from their number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

from frontdoor.catalogue.council import Windows
from frontdoor.contacts.actions import Introduction
from frontdoor.demo.names import FIRST, LAST
from frontdoor.kernel.ids import uuid7

MAIL = "customer.example"
RANGES = (
    "07700 900{:03d}",
    "01632 960{:03d}",
    "020 7946 0{:03d}",
    "03069 990{:03d}",
    *(f"0808 157{n}{{:03d}}" for n in range(10)),
)
"""The numbers that Ofcom keeps for drama: 14,000, of which nobody has one."""
CALLERS = ("+447700900{:03d}", "+441632960{:03d}", "+442079460{:03d}")
OLDEST, YOUNGEST = date(1930, 1, 1), date(2007, 1, 1)
TOWNS = (
    ("Tallowbridge", "ZW3 1AJ"),
    ("Quernbeck", "ZW4 1AW"),
    ("Brindleford", "ZW5 1BE"),
    ("Sedgeminster", "ZW6 1BD"),
)
STREETS = (
    "Mill Lane",
    "Church Street",
    "High Street",
    "Station Road",
    "Wool Street",
    "Market Place",
    "Sail Lane",
)


@dataclass(frozen=True)
class Cast:
    """The people of the year. `advisors` are accounts who answer calls, `writers` who answer what is written; `officers`
    settle what was handed on to their team and handle its cases, `colleagues` decide what needs a second pair of eyes.
    `packs`: the number and version of a service's pack, as stored. `services`: enquiries and unit cost of a call (pence),
    by id. `taken`: references of cases that are there already, and numbers of what they were given.
    """

    seed: int
    customers: int
    known_since: datetime
    advisors: tuple[int, ...]
    writers: tuple[int, ...]
    teams: Mapping[str, int]
    officers: Mapping[str, int]
    colleagues: Mapping[str, int]
    packs: Mapping[str, tuple[int, str]]
    services: Mapping[str, Offered]
    elsewhere: tuple[str, ...]
    taken: frozenset[str]

    @property
    def callers(self) -> int:
        """Customers up to this number ring and write; those above it fill in forms, so that what is known of the ones
        never depends on the others.
        """
        return self.customers * 3 // 4


@dataclass(frozen=True)
class Offered:
    """What the year needs to know of a service."""

    enquiries: tuple[str, ...]
    owner: str
    pence: int
    is_restricted: bool
    is_online: bool
    windows: Windows


def customer_id(cast: Cast, number: int) -> UUID:
    """The id under which a customer was brought over."""
    return uuid7(at=cast.known_since, rng=Random(cast.seed * 10_000_019 + number))


def email_of(number: int) -> str:
    """Where they write from."""
    return f"{FIRST[number * 7919 % len(FIRST)].casefold()}.{number}@{MAIL}"


def introduction_of(number: int) -> Introduction:
    """What we know of a customer when the year begins."""
    rng = Random(number)
    born = OLDEST + timedelta(days=rng.randrange((YOUNGEST - OLDEST).days))
    town, postcode = TOWNS[number % len(TOWNS)]
    line = f"{number // 40 % 900 + 1} {STREETS[number % len(STREETS)]}"
    phone = RANGES[number % len(RANGES)].format(number // len(RANGES) % 1000)
    return Introduction(
        full_name=f"{FIRST[number * 7919 % len(FIRST)]} {rng.choice(FIRST)} {rng.choice(LAST)}",
        born_on=born,
        email=email_of(number) if number % 5 < 3 else "",
        phone=phone,
        address={"lines": [line], "town": town, "postcode": postcode},
        prefers="email" if number % 5 < 3 else "text",
    )


def at(seconds: int) -> datetime:
    """The instant of a number of seconds since 1970."""
    return datetime.fromtimestamp(seconds, UTC)
