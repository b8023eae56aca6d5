"""The peer's own environment, made once from peers.txt with uv or with pip; every file's hash is checked."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from bench.servers import CHECKOUT

LOCKED = CHECKOUT / "bench" / "peers.txt"
FOLDER = CHECKOUT / "var" / "bench-peers"


class NoPeer(Exception):
    """The peer could not be installed. Check that the package registry can be reached, then start again."""


def peer_interpreter(locked: Path = LOCKED, folder: Path = FOLDER) -> Path:
    """The Python in which the peer is installed. Raises NoPeer."""
    python = folder / "bin" / "python"
    stamp = folder / "installed"
    wanted = hashlib.sha256(locked.read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text("ascii") != wanted:
        print(f"Installing the peer in {folder.relative_to(CHECKOUT)} (once)", file=sys.stderr)
        for words in _with_uv(python, locked) if shutil.which("uv") else _with_pip(python, locked):
            if subprocess.run(words, check=False).returncode:
                raise NoPeer(f"`{' '.join(words)}` failed. {NoPeer.__doc__}")
        stamp.write_text(wanted, "ascii")
    return python


def _with_uv(python: Path, locked: Path) -> list[list[str]]:
    make = ["uv", "venv", "--quiet", "--clear", "--python", sys.executable, str(python.parents[1])]
    fill = ["uv", "pip", "install", "--quiet", "--python", str(python), "--require-hashes", "-r", str(locked)]
    return [make, fill]


def _with_pip(python: Path, locked: Path) -> list[list[str]]:
    make = [sys.executable, "-m", "venv", "--clear", str(python.parents[1])]
    fill = [str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(locked)]
    return [make, fill]
