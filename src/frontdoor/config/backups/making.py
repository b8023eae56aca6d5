"""Make a backup of a running installation."""

from __future__ import annotations

import platform
import tempfile
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import django
from django.conf import settings
from django.db import connection

from frontdoor.config.backups import postgres_copy, sqlite_copy
from frontdoor.config.backups.archive import DATABASE, KEPT, KEY, Manifest, key_print, new_archive
from frontdoor.config.prepare import KEPT_FILES
from frontdoor.journal.actions import record
from frontdoor.kernel.entries import Actor

OPERATOR = Actor("robot", "backup")


class FileIsThere(Exception):
    """There is a file of this name already. Give another name, or --replace to write over it."""


@dataclass(frozen=True)
class Made:
    """A backup that was made: its list, and its size in bytes."""

    manifest: Manifest
    size: int


def make_backup(*, path: Path, with_key: bool, may_replace: bool, at: datetime) -> Made:
    """Write everything that was entered into one file, and note in the journal that this was done.

    Raises FileIsThere, ToolMissing, OSError, CalledProcessError; nothing stands under the name then.
    """
    if path.exists() and not may_replace:
        raise FileIsThere(FileIsThere.__doc__)
    with (
        tempfile.TemporaryDirectory(prefix=".frontdoor-backup-", dir=path.parent) as folder,
        new_archive(path) as archive,
    ):
        copy = Path(folder) / DATABASE
        state = (postgres_copy if connection.vendor == "postgresql" else sqlite_copy).take_out(copy)
        archive.add(DATABASE, copy)
        for file in kept_files():
            archive.add(f"{KEPT}/{file.relative_to(settings.HOME_FOLDER).as_posix()}", file)
        key = settings.HOME_FOLDER / KEY
        if with_key and key.is_file() and key.read_text("ascii").strip() == settings.SECRET_KEY:
            archive.add(KEY, key)
        manifest = archive.close(
            Manifest(
                made_at=at.isoformat(),
                software=software(),
                database=connection.vendor,
                key_print=key_print(settings.SECRET_KEY),
                **vars(state),
            )
        )
    record(
        at=at, by=OPERATOR, event="backup made", facts={"entries": manifest.entries, "head": manifest.head}
    )
    return Made(manifest, path.stat().st_size)


def kept_files() -> list[Path]:
    """Every file kept in the home folder, in the order of their names."""
    folders = [settings.HOME_FOLDER / name for name in KEPT_FILES]
    return sorted(file for folder in folders for file in folder.rglob("*") if file.is_file())


def software() -> str:
    """The versions that made the backup."""
    try:
        own = version("frontdoor")
    except PackageNotFoundError:  # it runs from a checkout
        own = "checkout"
    return f"Front Door {own}, Django {django.get_version()}, Python {platform.python_version()}"
