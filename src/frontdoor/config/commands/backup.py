"""Write everything that was entered into one file, while the installation goes on working.

In it: the whole database (cases, messages, uploaded files, accounts, every version of the services, the journal), the
files kept in the home folder, the versions of everything, and the secret key where the installation made it itself
(--without-key leaves it out). Not in it: the environment's settings, passwords and keys of suppliers, the folders of
the council and of the services. Whoever has the file has everybody's data: keep it where only you can read it.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from frontdoor.config.backups.making import FileIsThere, Made, make_backup
from frontdoor.config.backups.taken import ToolMissing
from frontdoor.kernel.clock import now_utc

MEGABYTE = 1024 * 1024
NO_KEY = (
    "The secret key is not in it. Without that key, people who sign in with a second factor must set it up anew, and "
    "sessions and codes that are on their way end: keep the key apart."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, and whether with the key."""
    parser.add_argument("file", type=Path, help="the file to write, such as backup-2027-03-02.tgz")
    parser.add_argument("--without-key", action="store_true", help="leave the secret key out")
    parser.add_argument("--replace", action="store_true", help="write over a file of that name")


def run(args: argparse.Namespace) -> int:
    """Make it and say what is in it."""
    path = args.file.expanduser().resolve()
    try:
        made = make_backup(path=path, with_key=not args.without_key, may_replace=args.replace, at=now_utc())
    except (FileIsThere, ToolMissing, OSError) as fault:
        print(f"No backup was made: {fault}", file=sys.stderr)
        return 2
    except subprocess.CalledProcessError as fault:
        print(f"No backup was made: {str(fault.stderr).strip()}", file=sys.stderr)
        return 2
    print(said(path, made))
    return 0


def said(path: Path, made: Made) -> str:
    """What was made, in words."""
    manifest = made.manifest
    lines = [
        f"Backup written to {path} ({made.size / MEGABYTE:.1f} MB), from {manifest.server}.",
        f"The journal in it has {manifest.entries} entries, {manifest.sealed} sealed. "
        f"Last digest: {manifest.head or 'none yet'}.",
        "The secret key is in it." if manifest.has_key else NO_KEY,
    ]
    return "\n".join(lines)
