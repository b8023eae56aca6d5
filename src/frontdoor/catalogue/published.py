"""The packs and the council in use, and every version a case may still rest on. Loaded once and kept."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from frontdoor.catalogue.council import Council, load_council
from frontdoor.catalogue.loading import load_catalogue, load_pack_from_files
from frontdoor.catalogue.models import PackVersion
from frontdoor.catalogue.pack import Catalogue, Pack

if TYPE_CHECKING:  # its geometry is loaded with the first address that is asked for
    from frontdoor.catalogue.places.gazetteer import Gazetteer


@cache
def our_council() -> Council:
    """The council of this installation."""
    return load_council(Path(settings.COUNCIL_FOLDER))


@cache
def our_places() -> Gazetteer:
    """The council's places and addresses."""
    from frontdoor.catalogue.places.gazetteer import gazetteer  # its geometry takes half a second to load

    return gazetteer(Path(settings.COUNCIL_FOLDER))


@cache
def our_catalogue() -> Catalogue:
    """The services offered now. Raises PackFaults where a pack cannot be used."""
    return load_catalogue(Path(settings.PACKS_FOLDER))


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
    for kept in (our_council, our_places, our_catalogue, _loaded):
        kept.cache_clear()
