"""Every kind of mistake in a pack, and what is said of it. One file each in `tests/data/broken-packs`.

A case changes one file of the library card pack (`find` → `put`, or the whole text, or it is removed) and lists the
faults that follow, line by line, as `./run check` prints them.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from frontdoor.catalogue.checking import check_pack

DATA = Path(__file__).parents[2] / "data"
SOUND = DATA / "packs" / "library-card"
CASES = sorted((DATA / "broken-packs").glob("*.yaml"))


def read_case(path: Path) -> dict[str, object]:
    case: dict[str, object] = YAML(typ="safe").load(path)
    return case


def broken(case: dict[str, object], folder: Path) -> Path:
    """A copy of the sound pack with the mistake of the case in it."""
    pack = folder / "library-card"
    shutil.copytree(SOUND, pack)
    file = pack / str(case["file"])
    if "remove" in case:
        file.unlink()
    elif "write" in case:
        file.write_text(str(case["write"]), "utf-8")
    else:
        text = file.read_text("utf-8")
        assert str(case["find"]) in text, "the case no longer fits the pack it changes"
        file.write_text(text.replace(str(case["find"]), str(case["put"])), "utf-8")
    return pack


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_mistake_is_named_with_file_line_and_what_to_do(path: Path, tmp_path: Path) -> None:
    case = read_case(path)
    pack = broken(case, tmp_path)
    found = [str(fault).removeprefix(f"{pack}/") for fault in check_pack(pack, today=date(2026, 11, 22))]
    assert found == case["faults"]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_fault_says_what_to_do(path: Path, tmp_path: Path) -> None:
    faults = check_pack(broken(read_case(path), tmp_path), today=date(2026, 11, 22))
    assert faults
    assert all(fault.mend for fault in faults)


def test_the_pack_that_is_broken_is_sound() -> None:
    assert check_pack(SOUND, today=date(2026, 11, 22)) == []
