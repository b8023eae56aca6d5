"""docs/generated/journeys: for every service, the states of its cases and the moves between them."""

from __future__ import annotations

from collections.abc import Mapping

from frontdoor.catalogue.loading import load_catalogue
from frontdoor.config.environment import CHECKOUT
from frontdoor.journeys.drawing import as_mermaid, as_svg

FOLDER = "docs/generated/journeys"


def journey_pictures() -> Mapping[str, str]:
    """A picture and a page for each pack of the checkout, by path. Raises PackFaults where a pack cannot be loaded."""
    made: dict[str, str] = {}
    for service, pack in sorted(load_catalogue(CHECKOUT / "packs").packs.items()):
        title = f"{pack.service.name}: the life of a case"
        made[f"{FOLDER}/{service}.svg"] = as_svg(journey=pack.journey, title=title)
        made[f"{FOLDER}/{service}.md"] = f"# {title}\n\n```mermaid\n{as_mermaid(journey=pack.journey)}```\n"
    return made
