"""Services that only take contacts: read from one file beside the packs, all or none."""

from __future__ import annotations

from pathlib import Path

from frontdoor.catalogue.contacts_only import FILE, read_contacts_only
from frontdoor.catalogue.council import load_council
from frontdoor.catalogue.loading import load_catalogue, load_usable
from frontdoor.catalogue.pack import Service

ROOT = Path(__file__).parents[3]
LIBRARIES = """services:
  libraries:
    name: Libraries
    summary: Opening hours and renewals.
    owner: Libraries team
    provided by: county
    channels: [phone, counter]
    unit costs: { phone: £2.20 }
    enquiries:
      hours: { title: Opening times, phrases: [library opening times] }
"""


def _written(folder: Path, text: str) -> Path:
    (folder / FILE).write_text(text, encoding="utf-8")
    return folder


def test_a_service_without_a_form_is_one_of_the_services_and_no_pack(tmp_path: Path) -> None:
    catalogue = load_catalogue(_written(tmp_path, LIBRARIES))
    assert catalogue.packs == {}
    service = catalogue.services["libraries"]
    assert (service.name, service.owner, service.unit_costs) == (
        "Libraries",
        "Libraries team",
        {"phone": 220},
    )
    asked = service.enquiries["hours"]
    assert (asked.id, asked.starts) == ("libraries/hours", "advisor")
    assert catalogue.by_name() == [service]


def test_without_the_file_there_are_none(tmp_path: Path) -> None:
    assert read_contacts_only(tmp_path) == ({}, [])


def test_a_mistake_is_named_with_its_line_and_the_whole_file_is_left_out(tmp_path: Path) -> None:
    catalogue = load_usable(_written(tmp_path, LIBRARIES.replace("phone, counter", "fone")))
    assert catalogue.contacts_only == {}
    (fault,) = catalogue.left_out[FILE]
    assert (fault.line, "fone" in fault.problem) == (7, True)


def test_a_service_with_a_folder_of_its_own_is_refused(tmp_path: Path) -> None:
    (tmp_path / "libraries").mkdir()
    services, faults = read_contacts_only(_written(tmp_path, LIBRARIES))
    assert services == {}
    assert [fault.mend for fault in faults] == ["Take it out of this file."]


def test_a_file_that_is_no_text_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"services: \xff")
    assert [fault.problem for fault in read_contacts_only(tmp_path)[1]] == ["the file is not UTF-8 text"]


def test_the_demo_council_has_28_services_each_with_a_team_of_its_own() -> None:
    catalogue = load_catalogue(ROOT / "packs")
    assert len(catalogue.services) == 28
    assert sum(isinstance(each, Service) for each in catalogue.services.values()) == len(catalogue.packs)
    teams = {team.name for team in load_council(ROOT / "councils" / "wealdmoor").teams}
    assert {each.owner for each in catalogue.services.values()} <= teams
