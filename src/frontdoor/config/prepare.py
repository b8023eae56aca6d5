"""Bringing the database to the code's level, and starting over."""

from __future__ import annotations

import fcntl
import gc
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from frontdoor.catalogue.published import our_catalogue, our_council
from frontdoor.config.first_tables import is_empty, make_tables

MIGRATION_LOCK = 7_310_551
KEPT_FILES = ("files", "sent")


def prepare_database() -> bool:
    """Apply what migrations are missing; True when there were any. Starts that come together wait for one another."""
    with one_at_a_time():
        executor = MigrationExecutor(connection)
        is_behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if is_behind and is_empty():
            make_tables(executor)
        elif is_behind:
            call_command("migrate", interactive=False, verbosity=0)
        # no migration makes it, so somebody may have migrated without
        call_command("createcachetable", verbosity=0)
        return is_behind


def read_packs() -> int:
    """Read the council and its packs, so that nobody waits for it at the first page; how many services are offered.

    A pack that cannot be used is named in the log here, before anybody is told where to go.
    """
    our_council()
    offered = len(our_catalogue().packs)
    gc.freeze()  # what stands now stays to the end: it is not looked through again
    return offered


def database_words() -> str:
    """The database as a person would name it, without its password."""
    chosen = settings.DATABASES["default"]
    if connection.vendor == "sqlite":
        return str(chosen["NAME"])
    return f"the PostgreSQL database {chosen['NAME']} at {chosen['HOST'] or 'the local socket'}"


def wipe() -> None:
    """Remove the database's contents and the kept files. The secret key stays: it is no part of the data."""
    if connection.vendor == "sqlite":
        connection.close()
        for ending in ("", "-wal", "-shm"):
            Path(f"{settings.DATABASES['default']['NAME']}{ending}").unlink(missing_ok=True)
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        connection.close()
    for name in KEPT_FILES:
        shutil.rmtree(settings.HOME_FOLDER / name, ignore_errors=True)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold off other starts on the same database, or home folder, while this one changes it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])
        return
    with (settings.HOME_FOLDER / "migrate.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
