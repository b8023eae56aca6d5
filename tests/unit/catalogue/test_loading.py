"""Folders of packs: what may be in them, their version, and what is stored and loaded again."""

from __future__ import annotations

import shutil
from dataclasses import FrozenInstanceError
from datetime import date
from pathlib import Path

import pytest

from frontdoor.catalogue.checking import check_all, check_pack
from frontdoor.catalogue.faults import Fault, PackFaults, did_you_mean, one_of
from frontdoor.catalogue.folder import version_of
from frontdoor.catalogue.loading import (
    load_catalogue,
    load_pack,
    load_pack_from_files,
    load_usable,
    read_pack,
)
from frontdoor.catalogue.pack import NoSuchService
from frontdoor.catalogue.schema.service import Channel
from frontdoor.decisions.definition import Automation, Needs
from frontdoor.journeys.definition import Effect, Mover, Verb, Wants
from frontdoor.kernel.workingdays import Within

SOUND = Path(__file__).parents[2] / "data" / "packs" / "library-card"
TODAY = date(2026, 11, 22)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the sound pack."""
    return Path(shutil.copytree(SOUND, tmp_path / "library-card"))


def faults_of(folder: Path) -> list[str]:
    return [str(fault).removeprefix(f"{folder}/") for fault in check_pack(folder, today=TODAY)]


def test_a_pack_has_what_its_files_say() -> None:
    pack = load_pack(SOUND)
    assert (pack.id, pack.service.reference, pack.service.unit_costs[Channel.WEB]) == (
        "library-card",
        "LC",
        40,
    )
    assert [question.id for question in pack.form.sections[0].questions] == [
        "full_name",
        "born_on",
        "parent_agrees",
    ]
    assert [option.is_unknown for option in pack.form.question("connection").options] == [
        False,
        False,
        False,
        True,
    ]
    rules = pack.rules[0]
    assert (rules.automation, [group.needs for group in rules.groups]) == (
        Automation.AUTOMATIC,
        [Needs.ANY, Needs.ALL],
    )
    assert [(each.starts_on, each.ends_on, each.value) for each in rules.values["card_fee"]] == [
        (date(2020, 1, 1), date(2025, 3, 31), 0),
        (date(2025, 4, 1), None, 2),
    ]
    assert pack.journey.promises["decide"].within == Within(5, "working days")
    move = pack.journey.moves["reopen"]
    assert (move.by, move.asks, move.does) == (
        frozenset({Mover.OFFICER}),
        ("why_reopened",),
        (Effect(Verb.MAKE_PROMISE, "decide"), Effect(Verb.RECORD, "reopened_at")),
    )
    assert pack.journey.moves["ask for evidence"].wants == frozenset({Wants.EVIDENCE_KINDS})
    assert pack.journey.states["awaiting evidence"].stops_clock
    assert pack.updates["given"].body.endswith("lasts until {expires_on}.")
    assert pack.articles["lost-card"].review_by == date(2027, 11, 1)


def test_a_question_is_found_by_the_fact_it_gives() -> None:
    pack = load_pack(SOUND)
    assert [getattr(pack.question(name), "ask", None) for name in ("email", "why_reopened", "age")] == [
        "What is your email address?",
        "Why is it opened again?",
        None,
    ]


def test_a_pack_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        load_pack(SOUND).version = "other"  # type: ignore[misc]  # that it is forbidden is what is tested


def test_the_version_changes_with_any_word_and_only_then(folder: Path) -> None:
    before = load_pack(folder).version
    file = folder / "articles" / "lost-card.md"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    (folder / ".hidden").write_text("x")
    (folder / "form.yaml~").write_text("x")
    assert load_pack(folder).version == before
    file.write_text(file.read_text("utf-8-sig").replace("£2", "£3"), "utf-8")
    assert load_pack(folder).version != before


def test_names_and_contents_cannot_be_exchanged_in_the_version() -> None:
    assert version_of({"a": "bc"}) != version_of({"ab": "c"})
    assert version_of({"a": "1", "b": "2"}) == version_of({"b": "2", "a": "1"})


def test_a_stored_pack_loads_again_without_its_folder(folder: Path) -> None:
    stored = dict(load_pack(folder).files)
    shutil.rmtree(folder)
    assert load_pack_from_files(stored).version == load_pack(SOUND).version


def test_stored_texts_with_a_fault_are_refused() -> None:
    files = {**load_pack(SOUND).files, "form.yaml": "sections: 3"}
    with pytest.raises(PackFaults, match=r"form\.yaml:1: sections: a block of names must stand here"):
        load_pack_from_files(files)


def test_a_file_that_is_not_utf8_is_named_with_its_line(folder: Path) -> None:
    (folder / "service.yaml").write_bytes(b"service: x\nname: caf\xe9\n")
    assert faults_of(folder) == ["service.yaml:2: the file is not UTF-8 text. Save it again as UTF-8."]


def test_a_huge_file_is_not_read(folder: Path) -> None:
    with (folder / "form.yaml").open("wb") as file:
        file.truncate(2_000_000_000)
    assert faults_of(folder) == ["form.yaml: the file is larger than 1,000 kB. Shorten it."]


def test_a_link_out_of_the_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("---\nname: secret\nsubject: x\n---\nsecret")
    (folder / "updates" / "secret.md").symlink_to(secret)
    assert faults_of(folder) == [
        "updates/secret.md: this leads to a file outside the pack. Copy the file into the pack."
    ]


def test_a_folder_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    missing = tmp_path / "nothing"
    assert [str(fault) for fault in check_pack(missing, today=TODAY)] == [
        f"{missing}: there is no such folder. Give the folder of a pack."
    ]


def test_a_catalogue_holds_every_pack_by_its_id(folder: Path) -> None:
    catalogue = load_catalogue(folder.parent)
    assert [pack.id for pack in catalogue] == ["library-card"]
    assert catalogue.pack("library-card").service.name == "Library card"
    with pytest.raises(NoSuchService, match='There is no service "blue-badge"'):
        catalogue.pack("blue-badge")


def test_a_catalogue_names_the_faults_of_all_packs(folder: Path) -> None:
    other = Path(shutil.copytree(folder, folder.parent / "other"))
    for each in (folder, other):
        (each / "journey.yaml").unlink()
    with pytest.raises(PackFaults) as raised:
        load_catalogue(folder.parent)
    assert [fault.file for fault in raised.value.faults] == [
        f"{each}/journey.yaml" for each in (folder, other)
    ]


def test_a_faulty_pack_is_left_out_and_the_others_are_used(folder: Path) -> None:
    other = Path(shutil.copytree(folder, folder.parent / "other"))
    (other / "journey.yaml").unlink()
    catalogue = load_usable(folder.parent)
    assert [pack.id for pack in catalogue] == ["library-card"]
    assert {name: [fault.file for fault in faults] for name, faults in catalogue.left_out.items()} == {
        "other": [f"{other}/journey.yaml"]
    }


def test_stored_texts_are_not_checked_anew_by_what_was_not_checked_then() -> None:
    """An update that nothing sends is a fault of a new pack; a version in use still opens its cases."""
    journey = load_pack(SOUND).files["journey.yaml"].replace(", missed: late", "")
    files = {**load_pack(SOUND).files, "journey.yaml": journey}
    assert read_pack(files, "", folder_name="library-card")[0] is None
    assert load_pack_from_files(files).journey.promises["decide"].missed_update is None


def test_two_packs_may_not_share_the_letters_of_their_references(folder: Path) -> None:
    other = Path(shutil.copytree(folder, folder.parent / "book-loan"))
    service = other / "service.yaml"
    service.write_text(
        service.read_text("utf-8").replace("service: library-card", "service: book-loan"), "utf-8"
    )
    examples = other / "examples.yaml"
    examples.write_text(examples.read_text("utf-8").replace("library-card/", "book-loan/"), "utf-8")
    found = [str(fault) for each in check_all(folder.parent, today=TODAY) for fault in each.faults]
    assert found == [
        f'{other}/service.yaml: reference: references of library-card begin with "LC" too. Choose other letters.',
        f'{folder}/service.yaml: reference: references of book-loan begin with "LC" too. Choose other letters.',
    ]


def test_a_fault_reads_as_a_line_of_its_file() -> None:
    problem, mend = 'no question is called "benfit"', did_you_mean("benfit", ["benefit", "age"])
    fault = Fault("packs/x/form.yaml", 41, "questions.benefit.when", problem, mend)
    assert str(fault) == (
        'packs/x/form.yaml:41: questions.benefit.when: no question is called "benfit". Did you mean "benefit"?'
    )


def test_nothing_is_offered_where_nothing_is_near() -> None:
    assert did_you_mean("zebra", ["benefit", "age"]) == ""
    assert one_of(["benefit", "age", "age"]) == "Choose one of: benefit, age."
    assert one_of([]) == ""
