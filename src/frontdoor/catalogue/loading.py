"""Loads packs: from a folder, or from the stored texts of a version that a case began with.

Two phases: the shape of each file, then the meaning of all together. A pack loads whole or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from frontdoor.catalogue.building.compiling import Compiler
from frontdoor.catalogue.building.decisions import rules_of
from frontdoor.catalogue.building.forms import form_of
from frontdoor.catalogue.building.journeys import journey_of, staff_questions_of
from frontdoor.catalogue.building.texts import article_of, examples_of, sayings_of, service_of, update_of
from frontdoor.catalogue.calculators import CALCULATORS
from frontdoor.catalogue.contacts_only import FILE as CONTACTS_ONLY
from frontdoor.catalogue.contacts_only import read_contacts_only
from frontdoor.catalogue.draft import Draft
from frontdoor.catalogue.drafting import Drafting
from frontdoor.catalogue.faults import Fault, PackFaults
from frontdoor.catalogue.folder import normalised, read_folder, version_of
from frontdoor.catalogue.meaning.whole import check_meaning
from frontdoor.catalogue.pack import Catalogue, Pack


def load_pack(folder: Path | str) -> Pack:
    """The pack in a folder. Raises `PackFaults` with every mistake in it."""
    files, faults = read_folder(Path(folder))
    if not files and faults:
        raise PackFaults(faults)
    pack, more = read_pack(files, str(folder), folder_name=Path(folder).resolve().name)
    if pack is None or faults:
        missing = {fault.file for fault in faults}
        raise PackFaults([*faults, *(fault for fault in more if fault.file not in missing)])
    return pack


def load_pack_from_files(files: Mapping[str, str]) -> Pack:
    """The pack whose texts were stored (`Pack.files`), by file name. Raises `PackFaults` where they cannot be read.

    They were checked when they were stored. Checks that came later do not shut out the cases that rest on them.
    """
    drafting = Drafting({name: normalised(text) for name, text in files.items()}, "")
    draft = drafting.draft()
    pack = _built(draft, drafting.files) if draft else None
    if pack is None or drafting.faults:
        raise PackFaults(drafting.faults)
    return pack


def load_catalogue(folder: Path | str) -> Catalogue:
    """All packs in the folders under `folder`. Raises `PackFaults` with the mistakes of all of them."""
    catalogue = load_usable(folder)
    if catalogue.left_out:
        raise PackFaults(fault for faults in catalogue.left_out.values() for fault in faults)
    return catalogue


def load_usable(folder: Path | str) -> Catalogue:
    """The packs in the folders under `folder` that are without fault; the others are left out, with their mistakes. The
    same goes for the services that only take contacts: they are in one file, and come all or none.

    Raises `PackFaults` only where there is no such folder.
    """
    packs: dict[str, Pack] = {}
    left_out: dict[str, tuple[Fault, ...]] = {}
    for each in pack_folders(Path(folder)):
        try:
            pack = load_pack(each)
        except PackFaults as error:
            left_out[each.resolve().name] = error.faults
        else:
            packs[pack.id] = pack
    contacts_only, faults = read_contacts_only(Path(folder))
    if faults:
        left_out[CONTACTS_ONLY] = tuple(faults)
    return Catalogue(packs, left_out, contacts_only)


def pack_folders(folder: Path) -> list[Path]:
    """The pack that `folder` is, or the packs that stand in it, by name."""
    if (folder / "service.yaml").exists():
        return [folder]
    if not folder.is_dir():
        fault = Fault(
            str(folder), 0, "", "there is no such folder", "Give the folder of a pack, or of several."
        )
        raise PackFaults([fault])
    return [each for each in sorted(folder.iterdir()) if each.is_dir() and not each.name.startswith(".")]


def read_pack(files: Mapping[str, str], folder: str, *, folder_name: str) -> tuple[Pack | None, list[Fault]]:
    """The pack in these texts, or None, and every fault in them. `folder` stands before the names of files in faults."""
    drafting = Drafting(files, folder)
    draft = drafting.draft()
    if draft is None:
        return None, drafting.faults
    pack = _built(draft, files)
    check_meaning(draft, pack, folder_name=folder_name)
    faults = drafting.faults
    return (None if faults else pack), faults


def _built(draft: Draft, files: Mapping[str, str]) -> Pack:
    fields = _fields(draft)
    compilers = {
        name: Compiler(source, draft.question_by_id, fields) for name, source in draft.sources.items()
    }
    return Pack(
        service=service_of(draft, compilers["service.yaml"]),
        form=form_of(draft, compilers["form.yaml"]),
        rules=rules_of(draft, compilers["decision.yaml"]),
        journey=journey_of(draft, compilers["journey.yaml"]),
        staff_questions=staff_questions_of(draft, compilers["journey.yaml"]),
        updates={
            name: update_of(draft, text, Compiler(text.source, draft.question_by_id, fields))
            for name, text in draft.updates.items()
        },
        articles={name: article_of(name, text) for name, text in draft.articles.items()},
        examples=examples_of(draft),
        says=sayings_of(draft),
        transparency=draft.decision.transparency,
        version=version_of(files),
        files=dict(files),
    )


def _fields(draft: Draft) -> dict[str, tuple[str, ...]]:
    """The names of the several values that worked-out facts have."""
    return {
        name: CALCULATORS[each.calculator].fields
        for name, each in draft.form.works_out.items()
        if each.calculator is not None and each.calculator in CALCULATORS
    }
