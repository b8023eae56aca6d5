"""Check packs: every fault with file, line and what to do, and every example person.

`./run check` looks at all packs of the installation, `./run check FOLDER` at one pack or at those in a folder.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from frontdoor.catalogue.checking import Checked, check_all
from frontdoor.catalogue.contacts_only import read_contacts_only
from frontdoor.catalogue.faults import PackFaults
from frontdoor.kernel.clock import day_of, now_utc


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which folder."""
    parser.add_argument("folder", nargs="?", type=Path, help="a pack, or a folder of packs (default: packs/)")


def run(args: argparse.Namespace) -> int:
    """Check and report."""
    folder = args.folder or near(Path(settings.PACKS_FOLDER))
    try:
        checked = check_all(folder, today=day_of(now_utc()))
    except PackFaults as error:
        print(error, file=sys.stderr)
        return 1
    contacts_only, more = read_contacts_only(folder)
    faults = sorted([*more, *(fault for each in checked for fault in each.faults)])
    for fault in faults:
        print(fault)
    if faults:
        files = len({fault.file for fault in faults})
        print(f"\n{counted(len(faults), 'fault')} in {counted(files, 'file')}. Nothing was changed.")
        return 1
    print(summary(checked) if checked else f"There is no pack in {folder}.")
    if contacts_only:
        print(f"{counted(len(contacts_only), 'service')} that only take contacts, no fault.")
    return 0 if checked else 1


def summary(checked: Sequence[Checked]) -> str:
    """What was found in order, a line for each pack, and articles whose review date has passed."""
    lines = [line for each in checked for line in _of_pack(each)]
    return "\n".join([*lines, f"\n{counted(len(checked), 'pack')}, no fault."])


def _of_pack(checked: Checked) -> list[str]:
    pack = checked.pack
    if pack is None:
        return []
    questions = sum(len(section.questions) for section in pack.form.sections)
    criteria = sum(len(group.criteria) for group in pack.rules[0].groups)
    today = day_of(now_utc())
    late = [article.name for article in pack.articles.values() if article.review_by < today]
    words = ", ".join(
        (
            counted(questions, "question"),
            counted(criteria, "criterion", "criteria"),
            counted(len(pack.journey.states), "state"),
            counted(len(pack.updates), "update"),
            counted(len(pack.articles), "article"),
            f"{counted(len(checked.results), 'example')} as expected",
            counted(len(pack.says), "saying"),
        )
    )
    lines = [f"{pack.service.name} ({pack.id}, version {pack.version[:12]}): {words}."]
    return lines + [
        f"  articles/{name}.md is past its review date. Read it again and set a new one." for name in late
    ]


def counted(number: int, one: str, several: str = "") -> str:
    """`1 fault`, `2 faults`."""
    return f"{number} {one if number == 1 else several or f'{one}s'}"


def near(folder: Path) -> Path:
    """The folder as seen from here, where it is below; faults are easier to read so."""
    return folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder
