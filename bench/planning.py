"""What the planning benchmarks share: the peers' environment, a table, and a file of figures."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.peers import peer_interpreter
from bench.servers import CHECKOUT

LOCKED = CHECKOUT / "bench" / "planning_peers.txt"
FOLDER = CHECKOUT / "var" / "bench-planning-peers"


def ask_peer(program: str, question: Mapping[str, Any], *, patience: float) -> Any:
    """Run `bench/planning_peer/<program>.py` in the peers' environment: JSON in, JSON out. `patience`: seconds."""
    python = peer_interpreter(LOCKED, FOLDER)
    done = subprocess.run(
        [str(python), str(CHECKOUT / "bench" / "planning_peer" / f"{program}.py")],
        input=json.dumps(question),
        stdout=subprocess.PIPE,
        text=True,
        timeout=patience,
        check=True,
    )
    return json.loads(done.stdout)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as they need to be; the first to the left, the others to the right."""
    widths = [max(len(row[place]) for row in [head, *rows]) for place in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if not place else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in [head, *rows]
    )


def keep(figures: Mapping[str, Any], file: Path | None) -> None:
    """Write the figures by name, where a file was asked for."""
    if file is not None:
        file.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n", "utf-8")
