"""Make the virtual environment what the lock file says, then become the Python in it.

    python3 scripts/enter.py base|dev ARGUMENTS FOR PYTHON...

Standard library only: this runs before anything is installed. A second start compares one hash and installs nothing.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.json"
CONTENTS = {"base": ["base"], "dev": ["dev", "base"]}


def main(words: list[str]) -> None:
    """Install if need be, then replace this process."""
    wanted, *arguments = words
    if not is_installed(wanted):
        with only_one():
            if not is_installed(wanted):  # another start may have done it while this one waited
                install(wanted)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(CHECKOUT / "src"), str(CHECKOUT)])}
    os.execve(PYTHON, [str(PYTHON), *arguments], environment)


def is_installed(wanted: str) -> bool:
    """True when the environment was last brought to exactly this lock file."""
    try:
        stamped = json.loads(STAMP.read_text("ascii"))
    except (OSError, ValueError):
        return False
    return os.access(PYTHON, os.X_OK) and stamped.get(wanted) == fingerprint(wanted)


def fingerprint(name: str) -> str:
    """The hash of a lock file."""
    return hashlib.sha256(lock_file(name).read_bytes()).hexdigest()


def lock_file(name: str) -> Path:
    """The locked requirements of that name."""
    return CHECKOUT / "requirements" / f"{name}.txt"


@contextmanager
def only_one() -> Iterator[None]:
    """Two starts at once must not install into the same folder."""
    with lock_file("base").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def install(wanted: str) -> None:
    """Bring the environment to the lock file, with uv or with pip; every file's hash is checked."""
    print(f"Setting up the environment in {VENV.name} (only when requirements change)", file=sys.stderr)
    steps = with_uv(wanted) if shutil.which("uv") else with_pip(wanted)
    for step in steps:
        done = subprocess.run(step, cwd=CHECKOUT, check=False)
        if done.returncode:
            sys.exit(
                f"The environment could not be set up: `{' '.join(step)}` failed, its message is above. Nothing was "
                "started. Check that the package registry can be reached and the disk has room, then start again."
            )
    stamps = {name: fingerprint(name) for name in CONTENTS[wanted]}
    STAMP.write_text(json.dumps(stamps), "ascii")


def with_uv(wanted: str) -> list[list[str]]:
    """The steps with uv."""
    make = ["uv", "venv", "--quiet", "--python", sys.executable, str(VENV)]
    fill = [
        "uv",
        "pip",
        "install",
        "--quiet",
        "--compile-bytecode",  # else every start compiles them anew where Python may not write beside them
        "--python",
        str(PYTHON),
        "--require-hashes",
        "-r",
        str(lock_file(wanted)),
    ]
    return [fill] if os.access(PYTHON, os.X_OK) else [make, fill]


def with_pip(wanted: str) -> list[list[str]]:
    """The steps with venv and pip; an environment that uv made holds no pip and is made again."""
    make = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    fill = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    fill += ["-r", str(lock_file(wanted))]
    has_pip = any(VENV.glob("lib/python*/site-packages/pip/__init__.py"))
    return [fill] if has_pip and os.access(PYTHON, os.X_OK) else [make, fill]


if __name__ == "__main__":
    main(sys.argv[1:])
