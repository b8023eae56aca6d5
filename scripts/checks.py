"""Every check of the project, each with its time: `./test`, `./test unit`, `./test --all`.

A step that needs something this machine lacks does not run; the summary says so and names the command that installs
it. With --all that counts as a failure. Words after `--` go to pytest: `./test unit -- -k journal`.

Steps run two at a time, since each of them waits now and then; a step's line appears when it has ended.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Literal

from scripts.postgres import INSTALL as INSTALL_POSTGRES
from scripts.postgres import NoPostgres, programs, running_postgres

CHECKOUT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
COMPILED = CHECKOUT / "var" / "compiled-for-tests"
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first is the same Chromium without windows, and takes half the time."""
PROCESSES = "2"
AT_ONCE = 2
"""Steps that run side by side: tests of processes wait for much of their time, and another step has the core then."""
KEPT_VARIABLES = ("FRONTDOOR_DATA",)
NOT_INSTALLED = re.compile(r"^SKIPPED \[\d+\] \S+: (.* is not installed: .*)$", re.MULTILINE)

Needs = Literal["nothing", "PostgreSQL", "Chromium"]
Outcome = Literal["ok", "FAILED", "did not run"]
INSTALL: Mapping[Needs, str] = {
    "PostgreSQL": INSTALL_POSTGRES,
    "Chromium": "sudo apt-get install chromium-headless-shell (or chromium)",
}


@dataclass(frozen=True)
class Step:
    """One check: a command, and what it needs of the machine."""

    name: str
    command: Sequence[str]
    needs: Needs = "nothing"

    @property
    def is_pytest(self) -> bool:
        """True for steps whose last line is pytest's own summary."""
        return "pytest" in self.command


@dataclass(frozen=True)
class Result:
    """How a step went. `output` is everything it printed."""

    step: Step
    outcome: Outcome
    seconds: float = 0.0
    output: str = ""

    @property
    def not_installed(self) -> list[str]:
        """What single tests say they lack, with the command that installs it."""
        return sorted({found[1] for found in NOT_INSTALLED.finditer(self.output)})


def tool(name: str, *words: str) -> list[str]:
    """A program of the virtual environment."""
    return [str(BIN / name), *words]


def pytest(folder: str) -> list[str]:
    """One folder of tests, spread over the cores."""
    return [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-rs",
        "-n",
        PROCESSES,
        "--dist",
        "worksteal",
        f"tests/{folder}",
    ]


def frontdoor(*words: str) -> list[str]:
    """A command of the platform itself."""
    return [sys.executable, "-m", "frontdoor", *words]


STEPS = (  # the long ones before the short, so that none of them runs alone at the end
    Step("format", tool("ruff", "format", "--check", ".")),
    Step("lint", tool("ruff", "check", ".")),
    Step("floors", tool("lint-imports")),
    Step("migrations", frontdoor("manage", "makemigrations", "--check", "--dry-run")),
    Step("generated", frontdoor("generate", "--check")),
    Step("types", tool("mypy")),
    Step("browser", pytest("browser"), needs="Chromium"),
    Step("postgres", pytest("integration"), needs="PostgreSQL"),
    Step("sqlite", pytest("integration")),
    Step("unit", pytest("unit")),
    Step("spec", pytest("spec")),
)


def main(words: Sequence[str]) -> int:
    """Run the steps asked for; 0 when all went well."""
    words, extra = _split(words)
    names = [step.name for step in STEPS]
    parser = argparse.ArgumentParser(
        prog="./test", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "steps", nargs="*", metavar="STEP", help=f"any of: {', '.join(names)} (default: every one)"
    )
    parser.add_argument("--all", action="store_true", help="fail when a step cannot run on this machine")
    args = parser.parse_args(words)
    if unknown := sorted(set(args.steps) - set(names)):
        parser.error(f"there is no step {', '.join(unknown)}; the steps are {', '.join(names)}")

    start = perf_counter()
    steps = [step for step in STEPS if not args.steps or step.name in args.steps]
    results = run_all(steps, extra)
    return _summary(results, perf_counter() - start, is_strict=args.all)


def _split(words: Sequence[str]) -> tuple[list[str], list[str]]:
    if "--" not in words:
        return list(words), []
    place = list(words).index("--")
    return list(words[:place]), list(words[place + 1 :])


def run_all(steps: Sequence[Step], extra: Sequence[str]) -> list[Result]:
    """What came of each, in the order of the steps; every line and every failure is printed whole as a step ends."""
    with ThreadPoolExecutor(AT_ONCE) as lanes:
        running = [lanes.submit(run_step, step, extra) for step in steps]
        try:
            for ended in as_completed(running):
                _tell(ended.result())
        finally:
            lanes.shutdown(cancel_futures=True)  # where somebody stops the run, no further step begins
        return [each.result() for each in running]


def _tell(result: Result) -> None:
    step = result.step
    if result.outcome == "did not run":
        print(f"{step.name:<12}did not run: {step.needs} is not here", flush=True)
        return
    said = result.output.rstrip().rpartition("\n")[2] if step.is_pytest and result.outcome == "ok" else ""
    print(f"{step.name:<12}{result.outcome:<8}{result.seconds:7.1f} s   {said}".rstrip(), flush=True)
    if result.outcome == "FAILED":
        print(f"\n{result.output.rstrip()}\n", flush=True)


def run_step(step: Step, extra: Sequence[str] = ()) -> Result:
    """Run one step in a home folder of its own, on a database of its own."""
    if not is_here(step.needs):
        return Result(step, "did not run")
    start = perf_counter()
    command = [*step.command, *(extra if step.is_pytest else ())]
    with tempfile.TemporaryDirectory(prefix="frontdoor-checks-") as home, _database(step) as url:
        environment = _environment(Path(home), url)
        done = subprocess.run(
            command,
            cwd=CHECKOUT,
            env=environment,
            check=False,
            text=True,
            stdout=-1,
            stderr=subprocess.STDOUT,
        )
    outcome: Outcome = "FAILED" if done.returncode else "ok"
    return Result(step, outcome, perf_counter() - start, done.stdout)


def is_here(needs: Needs) -> bool:
    """True when this machine has what a step needs."""
    if needs == "Chromium":
        return browser_here() is not None
    if needs == "PostgreSQL":
        try:
            programs()
        except NoPostgres:
            return False
    return True


def browser_here() -> str | None:
    """The program of the browser that the tests drive; None where this machine has none."""
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


@contextmanager
def _database(step: Step) -> Iterator[str | None]:
    with running_postgres() if step.needs == "PostgreSQL" else nullcontext() as url:
        yield url


def _environment(home: Path, url: str | None) -> dict[str, str]:
    """The caller's environment without any setting of an installation: a check must not touch real data.

    Python keeps its bytecode: tests start many processes, and each would compile everything anew. What numba compiles is
    compiled with less care, which takes half the time, and kept apart from what is compiled for use.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("FRONTDOOR_") or name in KEPT_VARIABLES
    }
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    kept |= {"FRONTDOOR_HOME": str(home), "FRONTDOOR_TEST_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    kept |= {"NUMBA_OPT": "1", "NUMBA_LOOP_VECTORIZE": "0", "NUMBA_SLP_VECTORIZE": "0"}
    kept |= {"NUMBA_CACHE_DIR": str(COMPILED)}
    if url:
        kept["FRONTDOOR_TEST_DATABASE_URL"] = url
    return kept


def _summary(results: Sequence[Result], seconds: float, *, is_strict: bool) -> int:
    failed = [result.step.name for result in results if result.outcome == "FAILED"]
    absent = [result.step for result in results if result.outcome == "did not run"]
    print(f"\n{len(results) - len(failed) - len(absent)} of {len(results)} steps ok in {seconds:.0f} s")
    if failed:
        print(f"Failed: {', '.join(failed)}")
    for step in absent:
        print(
            f"Did not run: {step.name}, because {step.needs} is not here. To install it: {INSTALL[step.needs]}"
        )
    partly = [(result.step.name, lack) for result in results for lack in result.not_installed]
    for name, lack in partly:
        print(f"Did not run: part of {name}, because {lack}")
    is_short = bool(absent or partly)
    if is_short and is_strict:
        print("With --all everything must run.")
    return 1 if failed or (is_short and is_strict) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
