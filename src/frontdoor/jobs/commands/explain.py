"""Print the decision sheet of an example person: `./run explain blue-badge amina`.

The example is found by the beginning of its name, or any part of it, in any case; without one, all are listed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from frontdoor.catalogue.checking import shown
from frontdoor.catalogue.examples import run_example, weigh_example
from frontdoor.catalogue.faults import PackFaults, did_you_mean
from frontdoor.catalogue.loading import load_pack
from frontdoor.catalogue.pack import Example, Pack
from frontdoor.decisions.explain import sheet_as_text
from frontdoor.decisions.weighing import NoRules
from frontdoor.kernel.clock import day_of, now_utc


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which service, which example."""
    parser.add_argument("service", help="the id of a service, as blue-badge, or the folder of a pack")
    parser.add_argument("example", nargs="*", help="the name of an example person, or some of it")


def run(args: argparse.Namespace) -> int:
    """Find the example, print its sheet."""
    folder = folder_of(args.service, Path(settings.PACKS_FOLDER))
    if folder is None:
        print(no_service(args.service, Path(settings.PACKS_FOLDER)), file=sys.stderr)
        return 2
    try:
        pack = load_pack(folder)
    except PackFaults as error:
        print(f"{error}\n\nThe pack cannot be used until these are mended.", file=sys.stderr)
        return 1
    wanted = " ".join(args.example)
    found = find_examples(pack.examples, wanted) if wanted else []
    if len(found) != 1:
        print(choice(pack, wanted, found), file=sys.stderr if wanted else sys.stdout)
        return 2 if wanted else 0
    return _print_sheet(pack, found[0])


def folder_of(service: str, packs: Path) -> Path | None:
    """The folder of a service, by its id or by a path; None where there is none."""
    for folder in (packs / service, Path(service)):
        if (folder / "service.yaml").exists():
            return folder
    return None


def no_service(service: str, packs: Path) -> str:
    """What to say where there is no such service."""
    known = sorted(path.parent.name for path in packs.glob("*/service.yaml"))
    return f'There is no service "{service}". {did_you_mean(service, known)} There are: {", ".join(known)}.'


def find_examples(examples: Sequence[Example], wanted: str) -> list[Example]:
    """The examples that are called so, begin so, or have it in their name; the best kind of match only."""
    name = wanted.casefold()
    kinds = (
        [each for each in examples if each.name.casefold() == name],
        [each for each in examples if each.name.casefold().split(",")[0] == name],
        [each for each in examples if each.name.casefold().startswith(name)],
        [each for each in examples if name in each.name.casefold()],
    )
    return next((found for found in kinds if found), [])


def choice(pack: Pack, wanted: str, found: Sequence[Example]) -> str:
    """The examples to choose from."""
    if not wanted:
        head = f"Example people of {pack.service.name}:"
    elif found:
        head = f'Several examples fit "{wanted}":'
    else:
        head = f'No example fits "{wanted}". There are:'
    return "\n".join([head, *(f"  {each.name}" for each in found or pack.examples)])


def _print_sheet(pack: Pack, example: Example) -> int:
    today = day_of(now_utc())
    try:
        weighing = weigh_example(pack, example, today=today)
    except NoRules as error:
        print(error, file=sys.stderr)
        return 1
    result = run_example(pack, example, today=today)
    if weighing.interrupt:
        print(f'Before anything is decided, this person is shown "{weighing.interrupt}".\n')
    print(sheet_as_text(sheet=weighing.sheet, title=f"{pack.service.name}: {example.name}"))
    for key, expected in result.expected.items():
        got = result.got[key]
        sign = "as expected" if got == expected else f"NOT as expected: {shown(got)}"
        print(f"{key}: {shown(expected)} ({sign})")
    return 0 if result.passed else 1
