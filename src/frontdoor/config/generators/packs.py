"""docs/schemas and docs/packs: the format of packs for editors, and a page for every service."""

from __future__ import annotations

from collections.abc import Mapping

from frontdoor.catalogue.loading import load_catalogue
from frontdoor.catalogue.reference.pack_pages import pack_files
from frontdoor.config.environment import CHECKOUT


def pack_pages() -> Mapping[str, str]:
    """A page for each pack of the checkout, by path. Raises PackFaults where a pack cannot be loaded."""
    return pack_files(load_catalogue(CHECKOUT / "packs"))
