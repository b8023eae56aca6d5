"""How this installation's council presents itself on its pages: name, colours, logo, and how to reach it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import get_args

from django.conf import settings
from django.utils.translation import gettext as _

from frontdoor.catalogue.council import WEEKDAYS, Council, Hours, load_council
from frontdoor.web.brand import Palette, palette
from frontdoor.web.words import time_words, weekday_words

QUICK_EXIT = "https://www.bbc.co.uk/weather"
PLACES_FILE = "places.geojson"
DAYS = get_args(WEEKDAYS)


@dataclass(frozen=True, kw_only=True)
class Look:
    """What the layouts need to know of the council.

    `phone_hours` is ready to be said ("Monday to Friday, 8am to 6pm"); `colours` are readable whatever was
    chosen. A logo stands on the brand colour and is drawn for it.
    """

    name: str
    said_short: str
    colours: Palette
    typeface: str = ""
    logo: Path | None = None
    places: Path | None = None
    phone: str = ""
    phone_hours: str = ""
    text_phone: str = ""
    email: str = ""
    quick_exit: str = QUICK_EXIT

    @property
    def phone_link(self) -> str:
        """The number as a `tel:` address takes it."""
        return self.phone.replace(" ", "")


def look_of(council: Council, folder: Path) -> Look:
    """The look of the council described in `folder`."""
    places = folder / PLACES_FILE
    return Look(
        name=council.name,
        said_short=council.short_name,
        colours=palette(brand=council.brand.colour, accent=council.brand.accent),
        logo=folder / council.brand.logo if council.brand.logo else None,
        places=places if places.is_file() else None,
        phone=council.contact.phone or "",
        phone_hours=hours_words(council.hours),
        text_phone=council.contact.text_phone or "",
        email=council.contact.email or "",
    )


def hours_words(hours: tuple[Hours, ...]) -> str:
    """ "Monday to Friday, 8am to 6pm; Saturday, 9am to 1pm"."""
    return "; ".join(
        _("%(days)s, %(opens)s to %(closes)s")
        % {"days": _days_words(part), "opens": time_words(part.opens), "closes": time_words(part.closes)}
        for part in hours
    )


def _days_words(hours: Hours) -> str:
    numbers = sorted(DAYS.index(day) for day in hours.days)
    names = [weekday_words(number) for number in numbers]
    if len(names) > 2 and all(later - earlier == 1 for earlier, later in pairwise(numbers)):
        return _("%(first)s to %(last)s") % {"first": names[0], "last": names[-1]}
    if len(names) == 1:
        return names[0]
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


@cache
def council_look() -> Look:
    """This installation's council, read once. Raises CouncilFaults naming what is wrong with its folder."""
    folder = Path(settings.COUNCIL_FOLDER)
    return look_of(load_council(folder), folder)
