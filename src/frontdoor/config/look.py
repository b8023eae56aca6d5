"""The council's own data as the pages' layouts want it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from frontdoor.catalogue.council import Hours

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def council_look(folder: Path) -> Mapping[str, object]:
    """Name, colours, logo and how to reach the council, as `frontdoor.web.look.Look` names them. Raises CouncilFaults."""
    from frontdoor.catalogue.published import our_council  # it has models, which settings come before

    council = our_council()
    contact = council.contact
    return {
        "name": council.name,
        "short_name": council.short_name,
        "brand": council.brand.colour,
        "accent": council.brand.accent,
        "logo": folder / council.brand.logo,
        "phone": contact.phone or "",
        "phone_hours": "; ".join(hours_words(hours) for hours in council.hours),
        "email": contact.email or "",
        "address": ", ".join(contact.post),
        "website": contact.link or "/",
    }


def hours_words(hours: Hours) -> str:
    """Opening hours as one says them: "Monday to Friday, 8am to 6pm"."""
    places = [WEEK.index(day) for day in hours.days]
    names = [day.title() for day in hours.days]
    is_run = len(places) > 2 and places == list(range(places[0], places[0] + len(places)))
    days = f"{names[0]} to {names[-1]}" if is_run else " and ".join(", ".join(names).rsplit(", ", 1))
    return f"{days}, {clock_words(hours.opens)} to {clock_words(hours.closes)}"


def clock_words(clock: time) -> str:
    """A time of day as one says it: "8am", "5:30pm"."""
    hour = clock.hour % 12 or 12
    minutes = f":{clock.minute:02}" if clock.minute else ""
    return f"{hour}{minutes}{'am' if clock.hour < 12 else 'pm'}"
