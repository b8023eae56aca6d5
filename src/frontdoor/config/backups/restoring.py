"""Put a backup back: first prove that it is whole and fits, then change anything, then prove the journal."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from frontdoor.config.backups import postgres_copy, sqlite_copy
from frontdoor.config.backups.archive import DATABASE, KEPT, KEY, BadBackup, Manifest, key_print, unpack
from frontdoor.config.backups.making import OPERATOR, kept_files
from frontdoor.config.prepare import KEPT_FILES, prepare_database
from frontdoor.journal.actions import record
from frontdoor.journal.queries import Verified, verify

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
MARKS = ("staff_user", "journal_journalentry", "cases_case")


class NotEmpty(Exception):
    """This installation holds data already, and a restore would remove it. Nothing was changed. Restore into an empty
    installation (another --home and --database), or add --replace if what is here is to go.
    """


@dataclass(frozen=True)
class Restored:
    """What was put back, and what walking the journal's chain found. `is_key_here`: the secret key is the one that was
    in use when the backup was made.
    """

    manifest: Manifest
    verified: Verified
    is_key_here: bool

    @property
    def holds(self) -> bool:
        """Whether the journal is whole and no shorter than the backup says."""
        return self.verified.broken is None and self.verified.entries == self.manifest.entries


def restore_backup(*, path: Path, may_replace: bool, at: datetime) -> Restored:
    """Replace the database and the kept files by those of the backup.

    Raises BadBackup, NotEmpty, InUse, ToolMissing before anything is changed.
    """
    copies = postgres_copy if connection.vendor == "postgresql" else sqlite_copy
    settings.HOME_FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".frontdoor-restore-", dir=settings.HOME_FOLDER) as folder:
        manifest = unpack(path, Path(folder))
        require_fitting(manifest)
        copies.check(Path(folder) / DATABASE)
        if not may_replace and holds_data():
            raise NotEmpty
        copies.require_quiet()
        copies.put_in(Path(folder) / DATABASE)
        _put_files_back(Path(folder))
    prepare_database()
    verified = verify(expected_head=manifest.head or None)
    restored = Restored(manifest, verified, key_print(_key_now()) == manifest.key_print)
    record(
        at=at,
        by=OPERATOR,
        event="backup restored",
        facts={"made_at": manifest.made_at, "head": manifest.head},
    )
    return restored


def require_fitting(manifest: Manifest) -> None:
    """Raises BadBackup where the backup is of another kind of database, or of newer code."""
    if manifest.database != connection.vendor:
        theirs, ours = NAMES.get(manifest.database, manifest.database), NAMES[connection.vendor]
        raise BadBackup(
            f"It is a backup of {theirs}, and this installation is on {ours}: choose a {theirs} database."
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    newer = sorted(set(manifest.applied) - known)
    if newer:
        raise BadBackup(
            f"It was made by a newer version ({newer[0]} is not known here). Restore it with the version that made it: "
            f"{manifest.software}."
        )


def holds_data() -> bool:
    """Whether anybody has an account here, anything was journalled, or files are kept."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in MARKS:
            if table in tables:
                cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # the names are our own
                if cursor.fetchone():
                    return True
    return bool(kept_files())


def _put_files_back(folder: Path) -> None:
    for name in KEPT_FILES:
        place, copied = settings.HOME_FOLDER / name, folder / KEPT / name
        shutil.rmtree(place, ignore_errors=True)
        if copied.is_dir():
            copied.rename(place)
    if (folder / KEY).is_file():
        os.chmod(folder / KEY, 0o600)
        (folder / KEY).replace(settings.HOME_FOLDER / KEY)


def _key_now() -> str:
    """The key that the next start uses: one set in the environment goes before the one that is kept."""
    kept = settings.HOME_FOLDER / KEY
    chosen = settings.ENVIRONMENT.raw.get("FRONTDOOR_SECRET_KEY")
    return str(chosen or (kept.read_text("ascii").strip() if kept.is_file() else ""))
