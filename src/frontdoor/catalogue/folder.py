"""The files of a pack: which there may be, their texts, and the hash that is the pack's version."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from frontdoor.catalogue.faults import Fault, did_you_mean
from frontdoor.catalogue.reading import MOST_BYTES

YAML_FILES = ("service.yaml", "form.yaml", "decision.yaml", "journey.yaml", "examples.yaml")
TEXT_FOLDERS = ("updates", "articles")
MOST_FILES = 500


def read_folder(folder: Path) -> tuple[dict[str, str], list[Fault]]:
    """The texts of a pack's files by name (`form.yaml`, `updates/received.md`), and what is wrong with the files.

    Hidden files and the backups of editors are passed over.
    """
    if not folder.is_dir():
        return {}, [Fault(str(folder), 0, "", "there is no such folder", "Give the folder of a pack.")]
    files: dict[str, str] = {}
    faults: list[Fault] = []
    paths = [path for path in sorted(folder.rglob("*")) if _counts(path.relative_to(folder))]
    if len(paths) > MOST_FILES:
        return {}, [
            Fault(str(folder), 0, "", f"there are more than {MOST_FILES} files in it", "Is it a pack?")
        ]
    for path in paths:
        name = path.relative_to(folder).as_posix()
        if path.is_dir() and name in TEXT_FOLDERS and not path.is_symlink():
            continue
        text = _text_of(path, name, folder, faults)
        if text is not None:
            files[name] = text
    faults += [
        Fault(
            str(folder / name), 0, "", "this file is missing", "See docs/writing-a-pack.md for what it holds."
        )
        for name in YAML_FILES
        if not (folder / name).exists()
    ]
    return files, faults


def version_of(files: Mapping[str, str]) -> str:
    """The hash of names and contents: the same files give the same version on every machine."""
    total = hashlib.sha256()
    for name in sorted(files):
        for part in (name, files[name]):
            encoded = part.encode()
            total.update(len(encoded).to_bytes(8, "big") + encoded)
    return total.hexdigest()


def normalised(text: str) -> str:
    """A text without byte order mark and with plain line ends, so that no editor changes the version."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _counts(name: Path) -> bool:
    return not any(part.startswith(".") or part.endswith("~") for part in name.parts)


def _text_of(path: Path, name: str, folder: Path, faults: list[Fault]) -> str | None:
    where = str(folder / name)
    if not path.resolve().is_relative_to(folder.resolve()):
        faults.append(
            Fault(where, 0, "", "this leads to a file outside the pack", "Copy the file into the pack.")
        )
    elif name not in YAML_FILES and not (name.endswith(".md") and path.parent.name in TEXT_FOLDERS):
        known = [*YAML_FILES, *(f"{each}/" for each in TEXT_FOLDERS)]
        mend = did_you_mean(name, known) or "Take it out, or put words into updates/*.md or articles/*.md."
        faults.append(Fault(where, 0, "", "this file does not belong in a pack", mend))
    elif not path.is_file():
        faults.append(Fault(where, 0, "", "this is not a file", "Take it out."))
    elif path.stat().st_size > MOST_BYTES:
        faults.append(
            Fault(where, 0, "", f"the file is larger than {MOST_BYTES // 1000:,} kB", "Shorten it.")
        )
    else:
        return _decoded(path.read_bytes(), where, faults)
    return None


def _decoded(content: bytes, where: str, faults: list[Fault]) -> str | None:
    try:
        return normalised(content.decode())
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        faults.append(Fault(where, line, "", "the file is not UTF-8 text", "Save it again as UTF-8."))
        return None
