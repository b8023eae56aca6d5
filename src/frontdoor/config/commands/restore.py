"""Put a backup back. Stop every web server and worker first.

The file is proved whole before anything is touched; an installation that holds data is left alone unless --replace is
given; at the end the journal's chain is walked, and the database is at the level of this code.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from frontdoor.config.backups.archive import BadBackup
from frontdoor.config.backups.restoring import NotEmpty, Restored, restore_backup
from frontdoor.config.backups.taken import InUse, ToolMissing
from frontdoor.kernel.clock import now_utc

OTHER_KEY = (
    "The secret key here is not the one that was in use. People who sign in with a second factor cannot: put the old "
    "key into FRONTDOOR_SECRET_KEY, or reset their second factor."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to put back, and whether something may go for it."""
    parser.add_argument("file", type=Path, help="the backup")
    parser.add_argument("--replace", action="store_true", help="remove what this installation holds now")


def run(args: argparse.Namespace) -> int:
    """Put it back; 0 when the journal holds, 1 when it does not, 2 when nothing was changed."""
    try:
        restored = restore_backup(
            path=args.file.expanduser().resolve(), may_replace=args.replace, at=now_utc()
        )
    except (BadBackup, NotEmpty, InUse, ToolMissing, OSError) as fault:
        words = " ".join((str(fault) or str(fault.__doc__)).split())
        print(f"Nothing was restored: {words}", file=sys.stderr)
        return 2
    except subprocess.CalledProcessError as fault:
        print(f"Nothing was restored: {str(fault.stderr).strip()}", file=sys.stderr)
        return 2
    print(said(restored))
    return 0 if restored.holds else 1


def said(restored: Restored) -> str:
    """What was put back and how the journal stands, in words."""
    manifest, verified = restored.manifest, restored.verified
    lines = [
        f"Restored the backup of {manifest.made_at} (made by {manifest.software}, from {manifest.server})."
    ]
    if verified.broken:
        lines.append(
            f"THE JOURNAL DOES NOT HOLD at link {verified.broken.number}: {verified.broken.problem}."
        )
    elif not restored.holds:
        lines.append(f"THE JOURNAL HAS {verified.entries} ENTRIES; the backup lists {manifest.entries}.")
    else:
        lines.append(
            f"The journal holds: {verified.entries} entries, as the backup lists, {verified.sealed} of them sealed."
        )
    lines += [] if restored.is_key_here else [OTHER_KEY]
    return "\n".join(lines)
