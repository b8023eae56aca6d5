"""What a look-up gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

RoadClass = Literal["trunk", "A", "B", "C", "U"]
Gritting = Literal["primary", "secondary", ""]


@dataclass(frozen=True)
class Address:
    """One home or premises. `uprn` is a string of up to 12 digits; `district` the id of the lower-tier authority."""

    uprn: str
    house: str
    street: str
    usrn: str
    town: str
    postcode: str
    district: str
    lat: float
    lon: float

    @property
    def lines(self) -> tuple[str, ...]:
        """The address as on an envelope, without the postcode."""
        flat, comma, number = self.house.partition(", ")
        house = number if comma else flat
        joined = f"{house} {self.street}" if house[:1].isdigit() else f"{house}, {self.street}"
        return tuple(part for part in (flat if comma else "", joined, self.town) if part)

    @property
    def words(self) -> str:
        """The address on one line."""
        return ", ".join((*self.lines, self.postcode))


@dataclass(frozen=True)
class Street:
    """A street or road. `owner` is the id of an authority or of a body; `usrn` a string of 8 digits."""

    usrn: str
    name: str
    town: str
    road_class: RoadClass
    owner: str
    is_lit: bool
    gritting: Gritting
    lat: float
    lon: float

    @property
    def words(self) -> str:
        """The street as people say it, with its town."""
        return f"{self.name}, {self.town}" if self.town else self.name


@dataclass(frozen=True)
class NearStreet:
    """A street and how far from it the point is, in metres."""

    street: Street
    metres: float


@dataclass(frozen=True)
class Light:
    """A street light: the number on its column, and the street it lights."""

    column: str
    usrn: str
    lat: float
    lon: float
