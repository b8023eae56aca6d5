"""Lock the requirements again: `python3 scripts/lock.py [--upgrade]`. Needs uv.

Every version and hash is written down for Python 3.11 to 3.13 on every platform; no line names a registry.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parents[1] / "requirements"
COMPILE = (
    "uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11"
)


def main(options: list[str]) -> int:
    """Write base.txt, then dev.txt under its constraints."""
    for name in ("base", "dev"):
        command = [*COMPILE.split(), *options, f"{name}.in", "--output-file", f"{name}.txt"]
        if status := subprocess.run(command, cwd=REQUIREMENTS, check=False).returncode:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
