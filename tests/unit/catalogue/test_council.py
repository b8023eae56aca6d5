"""A council read from its folder, and what is said when its files are wrong."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from frontdoor.catalogue.council import Council, CouncilFaults, load_council

WEALDMOOR = Path(__file__).parents[3] / "councils" / "wealdmoor"
NOW, AFTER = date(2026, 11, 22), date(2028, 4, 1)


@pytest.fixture(scope="module")
def council() -> Council:
    return load_council(WEALDMOOR)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("council.yaml", "people.yaml", "directory.yaml"):
        shutil.copy(WEALDMOOR / name, tmp_path)
    return tmp_path


def replace(folder: Path, name: str, old: str, new: str) -> int:
    """Writes a mistake; gives the line it stands on."""
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_council_knows_itself(council: Council) -> None:
    assert (council.name, council.authority, council.brand.colour) == (
        "Wealdmoor County Council",
        "E-WEALDMOOR",
        "#0b5d63",
    )
    assert (WEALDMOOR / council.brand.logo).is_file()
    assert len(council.hubs) == 6


@pytest.mark.parametrize(
    ("at", "quiet"),
    [
        (datetime(2026, 11, 23, 7, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 23, 8, 0, tzinfo=UTC), False),
        (datetime(2026, 11, 23, 20, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 22, 12, 0, tzinfo=UTC), True),  # a Sunday
        (datetime(2026, 7, 6, 19, 30, tzinfo=UTC), True),  # half past eight in London
    ],
)
def test_nothing_is_sent_at_night_or_on_sundays(council: Council, at: datetime, quiet: bool) -> None:
    assert council.quiet_hours.hours().are_at(at) is quiet


def test_offices_open_at_eight(council: Council) -> None:
    assert (council.hours[0].opens, council.hours[0].closes) == (time(8), time(18))


@pytest.mark.parametrize(
    ("authority", "on", "does_the_work"),
    [
        ("E-WEALDMOOR", NOW, "E-WEALDMOOR"),
        ("E-WEALDMOOR", date(2028, 3, 31), "E-WEALDMOOR"),
        ("E-WEALDMOOR", AFTER, "E-GREATER-WEALDMOOR"),
        ("E-TALLOWDALE", AFTER, "E-GREATER-WEALDMOOR"),
        ("E-AMBERCESTER", AFTER, "E-AMBERCESTER"),
        ("E-AMBERCESTER", date(1990, 1, 1), "E-AMBERCESTER"),  # nobody known before it
    ],
)
def test_a_successor_does_the_work_from_its_first_day(
    council: Council, authority: str, on: date, does_the_work: str
) -> None:
    assert council.authority_on(authority, on).id == does_the_work


def test_the_successor_is_ours_only_once_it_exists(council: Council) -> None:
    assert council.is_ours("E-GREATER-WEALDMOOR", AFTER) is True
    assert council.is_ours("E-GREATER-WEALDMOOR", NOW) is False
    assert council.is_ours("E-TALLOWDALE", NOW) is False


def test_every_role_has_one_account_to_show_it(council: Council) -> None:
    shown = {person.role for person in council.staff if person.demonstrates == person.role}
    shown |= {person.role for person in council.staff if person.demonstrates == "service designer"}
    assert shown == {
        "advisor",
        "officer",
        "supervisor",
        "planner",
        "manager",
        "designer",
        "auditor",
        "administrator",
    }


def test_every_skill_of_a_team_is_held_by_somebody_in_it(council: Council) -> None:
    lacking = [
        (team.name, skill)
        for team in council.teams
        for skill in team.skills
        if not any(team.name in person.teams and skill in person.skills for person in council.staff)
    ]
    assert lacking == []


def test_numbers_and_addresses_can_be_nobodys() -> None:
    """Ofcom's numbers for drama, a postcode area that does not exist, the reserved example domain."""
    text = "\n".join(
        (WEALDMOOR / name).read_text(encoding="utf-8") for name in ("council.yaml", "people.yaml")
    )
    numbers = re.findall(r"0[1-9][0-9]{3} ?[0-9]{3}", text)
    assert len(numbers) > 15
    assert [number for number in numbers if not number.startswith("01632 960")] == []
    assert all(email.endswith("@wealdmoor.example") for email in re.findall(r"\S+@[^\s,}]+", text))
    assert all(code.startswith("ZW") for code in re.findall(r"\b[A-Z]{1,2}[0-9] [0-9][A-Z]{2}\b", text))


@pytest.mark.parametrize(
    ("name", "old", "new", "where", "problem"),
    [
        ("council.yaml", "short name:", "shrot name:", "shrot name", "not known here"),
        ("council.yaml", '"#0b5d63"', "teal", "brand.colour", "a colour is written like"),
        ("council.yaml", "authority: E-WEALDMOOR", "authority: E-WELDMOOR", "authority", "E-WELDMOOR"),
        ("council.yaml", "parent: E-WEALDMOOR", "parent: E-NOBODY", "authorities.2.parent", "E-NOBODY"),
        ("council.yaml", "to: 2028-03-31", "to: 1970-03-31", "authorities.1.to", "ends before it begins"),
        ("council.yaml", "pothole: [{ by: road owner", "pothole: [{ by: road onwer", "pothole", "road onwer"),
        ("council.yaml", "phone: 01632 960100", "phone: ring us", "contact.phone", "digits and spaces"),
        ("people.yaml", "role: advisor", "role: adviser", "staff.1.role", "advisor"),
        ("people.yaml", "{ blue badge: 3,", "{ blue badge: 4,", "staff.1.skills.blue badge", "3"),
        (
            "people.yaml",
            "teams: [Customer service centre]",
            "teams: [Call centre]",
            "staff.1.teams",
            "Call centre",
        ),
        ("people.yaml", "owen.thackerby@", "advisor@", "staff.2", "written 2 times"),
        ("directory.yaml", "who: district", "who: distirct", "directory.1.who", "distirct"),
        ("directory.yaml", "category: bin", "category: bni", "directory.1.category", "bni"),
        ("directory.yaml", "id: council-tax", "id: bins", "directory.2", "written 2 times"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_line(
    folder: Path, name: str, old: str, new: str, where: str, problem: str
) -> None:
    line = replace(folder, name, old, new)
    with pytest.raises(CouncilFaults) as caught:
        load_council(folder)
    fault = next(fault for fault in caught.value.faults if fault.line == line)
    assert fault.file == str(folder / name)
    assert where in fault.where
    assert problem in fault.problem
    assert fault.mend


def test_a_rule_after_one_without_an_end_is_a_fault(folder: Path) -> None:
    rules = "bin: [{ by: lower tier, from: 1974-04-01 }, { by: upper tier, from: 2030-04-01 }]"
    line = replace(folder, "council.yaml", "bin: [{ by: lower tier, from: 1974-04-01 }]", rules)
    with pytest.raises(CouncilFaults, match="the one before has no end") as caught:
        load_council(folder)
    assert [fault.line for fault in caught.value.faults] == [line]


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "people.yaml").unlink()
    with pytest.raises(CouncilFaults, match=r"people\.yaml.*there is no such file"):
        load_council(folder)


def test_yaml_that_cannot_be_read_is_named(folder: Path) -> None:
    (folder / "people.yaml").write_text("teams: [", encoding="utf-8")
    with pytest.raises(CouncilFaults, match=r"people\.yaml:1: a value should stand here"):
        load_council(folder)
