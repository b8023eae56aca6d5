"""Everything that can be said against packs: their faults, and the example people that come out otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from frontdoor.catalogue.examples import ExampleResult, run_examples
from frontdoor.catalogue.faults import Fault, PackFaults
from frontdoor.catalogue.loading import load_pack, pack_folders
from frontdoor.catalogue.pack import Pack


@dataclass(frozen=True)
class Checked:
    """A folder that was checked: its faults, and the pack and its results where it could be loaded."""

    folder: Path
    faults: tuple[Fault, ...]
    pack: Pack | None
    results: tuple[ExampleResult, ...]


def check_pack(folder: Path | str, *, today: date) -> list[Fault]:
    """Every fault of a pack, among them examples that come out otherwise. `today`: for examples without a day."""
    return list(check_folder(Path(folder), today=today).faults)


def check_folder(folder: Path, *, today: date) -> Checked:
    """Loads a pack and runs its examples."""
    try:
        pack = load_pack(folder)
    except PackFaults as error:
        return Checked(folder, error.faults, None, ())
    results = tuple(run_examples(pack, today=today))
    faults = [fault for result in results if not result.passed for fault in _faults_of(result, folder)]
    return Checked(folder, (*faults, *_unknown_services(pack, folder)), pack, results)


def check_folder_again(folder: Path, *, today: date) -> Checked:
    """The same as `check_folder`, worked out anew only where a file of the pack has changed since, or the day."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    kept = tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files)
    return _checked(folder, kept, today)


@lru_cache(maxsize=64)
def _checked(folder: Path, files: tuple[tuple[str, int, int], ...], today: date) -> Checked:
    return check_folder(folder, today=today)


def check_all(folder: Path, *, today: date) -> list[Checked]:
    """Checks the pack that `folder` is, or all packs in it, and that no two share a reference. May raise `PackFaults`."""
    checked = [check_folder(each, today=today) for each in pack_folders(folder)]
    return [_with_shared_reference(each, checked) for each in checked]


def _faults_of(result: ExampleResult, folder: Path) -> list[Fault]:
    file = str(folder / "examples.yaml")
    mend = f"`./run explain {folder.resolve().name} '{result.name}'` shows why. Mend the rule or the example."
    return [
        Fault(
            file,
            result.line,
            f"people.{result.name}.expect.{key}",
            f"expected {shown(expected)}, got {shown(result.got[key])}",
            mend,
        )
        for key, expected in result.expected.items()
        if result.got[key] != expected
    ]


def shown(value: object) -> str:
    """A value of an example's result as the pack would write it."""
    if isinstance(value, frozenset):
        return f"[{', '.join(sorted(value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {shown(each)}" for name, each in value.items()) + "}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "nothing" if value is None else str(value)


def _unknown_services(pack: Pack, folder: Path) -> list[Fault]:
    """Sayings about another service must name one that stands beside this pack."""
    beside = {each.name for each in folder.resolve().parent.iterdir() if (each / "service.yaml").exists()}
    faults = []
    for saying in pack.says:
        service, slash, _ = saying.enquiry.partition("/")
        if slash and service not in beside:
            problem = f'no service is called "{service}"'
            faults.append(
                Fault(str(folder / "examples.yaml"), saying.line, "says", problem, "Mend or remove it.")
            )
    return faults


def _with_shared_reference(checked: Checked, every: list[Checked]) -> Checked:
    pack = checked.pack
    others = [
        each.pack.id
        for each in every
        if pack
        and each.pack
        and each is not checked
        and each.pack.service.reference == pack.service.reference
    ]
    if not others:
        return checked
    problem = f'references of {others[0]} begin with "{pack.service.reference}" too' if pack else ""
    fault = Fault(str(checked.folder / "service.yaml"), 0, "reference", problem, "Choose other letters.")
    return Checked(checked.folder, (*checked.faults, fault), pack, checked.results)
