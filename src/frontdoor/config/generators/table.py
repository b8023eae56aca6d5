"""What is generated: each line makes files, as text by their path in the checkout."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from frontdoor.catalogue.reference.schemas import schema_files
from frontdoor.config.generators.journeys import journey_pictures
from frontdoor.config.generators.packs import pack_pages
from frontdoor.config.generators.rooms import rooms_picture
from frontdoor.config.generators.settings_page import settings_page

GENERATORS: Mapping[str, Callable[[], Mapping[str, str]]] = {
    "settings of an installation": settings_page,
    "picture of the rooms": rooms_picture,
    "states and moves of every service": journey_pictures,
    "schemas of a pack's files": schema_files,
    "page of every service": pack_pages,
}
