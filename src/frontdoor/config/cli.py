"""The `frontdoor` command line: finds the command, starts Django, hands over.

A command is a file in `config/commands` (starting and stopping) or `jobs/commands` (everything else).
"""

from __future__ import annotations

import argparse
import ast
import gc
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path

import django
from django.db import Error as DatabaseFault

from frontdoor import config, jobs
from frontdoor.config.environment import BadEnvironment

DEFAULT = "up"
COLLECT_SELDOM = (20_000, 20, 20)
"""Python looks for rubbish after so many new objects; by itself it looks so often that a tenth of the time goes there."""
DATABASE_HELP = (
    "Nothing was changed. Check that the database address is right and the server runs; `./run manage migrate` "
    "prepares a new database. FRONTDOOR_DEBUG=1 shows where it failed."
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit status says how it went (0 done, 1 faults found, 2 cannot be done as asked)."""
    gc.set_threshold(*COLLECT_SELDOM)
    words = with_command(list(sys.argv[1:] if argv is None else argv))
    commands = find_commands()
    if words[0] in ("-h", "--help", "help"):
        print(overview(commands))
        return 0
    if words[0] not in commands:
        print(f"There is no command {words[0]!r}.\n\n{overview(commands)}", file=sys.stderr)
        return 2
    try:
        return _run(commands[words[0]], words)
    except BadEnvironment as fault:
        print(f"Cannot start: {fault}", file=sys.stderr)
        return 2
    except DatabaseFault as fault:
        if os.environ.get("FRONTDOOR_DEBUG") == "1":
            raise
        print(f"The database cannot be used: {str(fault).strip()}\n{DATABASE_HELP}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def with_command(words: list[str]) -> list[str]:
    """`./run` and `./run --port 9000` mean `./run up`."""
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help")):
        return [DEFAULT, *words]
    return words


def find_commands() -> Mapping[str, Path]:
    """Every command's name and file, in the order of the alphabet."""
    found: dict[str, Path] = {}
    for room in (config, jobs):
        folder = Path(str(room.__file__)).parent / "commands"
        found |= {path.stem.replace("_", "-"): path for path in folder.glob("[a-z]*.py")}
    return dict(sorted(found.items()))


def overview(commands: Mapping[str, Path]) -> str:
    """The list of commands with the first line of each one's docstring; imports none of them."""
    lines = ["Usage: ./run [COMMAND] [OPTIONS]      (no command means: up)", ""]
    lines += [f"  {name:<12} {_first_line(path)}" for name, path in commands.items()]
    return "\n".join([*lines, "", "./run COMMAND --help tells more."])


def _first_line(path: Path) -> str:
    return (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").partition("\n")[0]


def _run(path: Path, words: list[str]) -> int:
    """The database is chosen before Django starts, and Django starts before a command that may use models loads."""
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--database", metavar="URL", help="postgres://user:password@host:port/name or sqlite:////path"
    )
    shared.add_argument("--home", metavar="FOLDER", help="where the database, keys and kept files live")
    chosen, _ = shared.parse_known_args(words[1:])
    if chosen.database:
        os.environ["FRONTDOOR_DATABASE_URL"] = chosen.database
    if chosen.home:
        os.environ["FRONTDOOR_HOME"] = chosen.home
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontdoor.config.settings")
    django.setup(set_prefix=False)

    module = import_module(f"frontdoor.{path.parent.parent.name}.commands.{path.stem}")
    parser = argparse.ArgumentParser(
        prog=f"./run {words[0]}",
        description=module.__doc__,
        parents=[shared],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    module.add_arguments(parser)
    status: int = module.run(parser.parse_args(words[1:]))
    return status
