"""The packs and the council in use, and every version a case may still rest on. Loaded once and kept."""

from __future__ import annotations

import logging
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from frontdoor.catalogue.council import Council, load_council
from frontdoor.catalogue.loading import load_pack_from_files, load_usable
from frontdoor.catalogue.models import PackVersion
from frontdoor.catalogue.pack import Catalogue, Pack

if TYPE_CHECKING:  # its geometry is loaded with the first address that is asked for
    from frontdoor.catalogue.places.gazetteer import Gazetteer

logger = logging.getLogger(__name__)


@cache
def our_council() -> Council:
    """The council of this installation."""
    return load_council(Path(settings.COUNCIL_FOLDER))


@cache
def our_places() -> Gazetteer:
    """The council's places and addresses."""
    from frontdoor.catalogue.places.gazetteer import gazetteer  # its geometry takes half a second to load

    return gazetteer(Path(settings.COUNCIL_FOLDER))


def our_catalogue() -> Catalogue:
    """The services offered now. A pack with faults is left out and named in the log: the other services go on."""
    return _catalogue(settings.PACKS_FOLDER)


@cache
def _catalogue(folder: Path) -> Catalogue:
    catalogue = load_usable(folder)
    for name, faults in catalogue.left_out.items():
        logger.error(
            "The pack %s cannot be used, so its service is not offered. Faults: %d (see `./run check`), such as %s",
            name,
            len(faults),
            faults[0],
        )
    return catalogue


@cache
def _loaded(service: str, version: str) -> Pack:
    current = our_catalogue().packs.get(service)
    if current and current.version == version:
        return current
    return load_pack_from_files(PackVersion.objects.get(service=service, version=version).files)


def pack_of(row: PackVersion) -> Pack:
    """The pack as it stood in this version. Kept by what it is, not by its row: the number of a row that was never
    committed is given again.
    """
    return _loaded(row.service, row.version)


def publish(*, service: str, at: datetime) -> PackVersion:
    """The stored version of the pack in use; stored now if it is new. Raises NoSuchService."""
    pack = our_catalogue().pack(service)
    row, _ = PackVersion.objects.get_or_create(
        service=pack.id, version=pack.version, defaults={"files": dict(pack.files), "published_at": at}
    )
    return row


def forget_loaded() -> None:
    """Read everything anew when it is next asked for: after a pack was changed on disk."""
    for kept in (our_council, our_places, _catalogue, _loaded):
        kept.cache_clear()
