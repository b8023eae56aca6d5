"""How this installation's council presents itself on its pages: name, colours, logo, and how to reach it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from django.conf import settings

from frontdoor.web.brand import Palette
from frontdoor.web.brand import palette as palette_of


@dataclass(frozen=True, kw_only=True)
class Look:
    """What the layouts need to know of the council. `phone_hours` is said as it is: "Monday to Friday, 8am to 6pm"."""

    name: str = "Your council"
    short_name: str = ""
    brand: str = "#0b5d63"
    accent: str = "#c4551a"
    typeface: str = ""
    logo: Path | None = None
    website: str = "/"
    phone: str = ""
    phone_hours: str = ""
    relay_words: str = ""
    email: str = ""
    address: str = ""
    quick_exit: str = "https://www.bbc.co.uk/weather"

    @property
    def palette(self) -> Palette:
        """The colours of the pages, readable whatever the council chose."""
        return palette_of(brand=self.brand, accent=self.accent)

    @property
    def said_short(self) -> str:
        """The short name where there is one: "Wealdmoor" rather than "Wealdmoor County Council"."""
        return self.short_name or self.name


def look_of(given: Mapping[str, object]) -> Look:
    """A Look from settings, telling the name of a key that is not known. Raises ValueError."""
    known = {field.name for field in fields(Look)}
    if unknown := sorted(set(given) - known):
        raise ValueError(
            f"FRONTDOOR_LOOK has {', '.join(unknown)}, which is not known. Known: {', '.join(sorted(known))}."
        )
    logo = given.get("logo")
    return Look(**{**given, "logo": Path(str(logo)) if logo else None})  # type: ignore[arg-type]


@cache
def council_look() -> Look:
    """This installation's council, from the setting FRONTDOOR_LOOK."""
    return look_of(getattr(settings, "FRONTDOOR_LOOK", {}))
