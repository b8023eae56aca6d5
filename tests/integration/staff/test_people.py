"""Staff accounts: who may keep them, and that each change stands in the journal."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from frontdoor.contacts.models import Delivery
from frontdoor.journal.models import JournalEntry
from frontdoor.staff.actions import (
    AlreadyHere,
    MayNotManage,
    OwnAccount,
    add_staff,
    change_role,
    come_back,
    end_sessions,
    leave,
    set_teams,
)
from frontdoor.staff.models import Role, Skill, Team, User
from frontdoor.staff.queries import handlers_in, names_of
from frontdoor.web.accounts.people import ON_A_PAGE
from tests.integration.staff.conftest import NewUser, signed_in


def changes() -> list[tuple[str, str]]:
    """What the journal says of accounts: event and whose."""
    entries = JournalEntry.objects.exclude(event="signed in").order_by("pk")
    return [(entry.event, str(entry.facts.get("staff"))) for entry in entries]


def test_only_an_administrator_keeps_accounts(alice: User, new_user: NewUser) -> None:
    bob, at = new_user("Bob Birchall"), timezone.now()
    changing: tuple[Callable[[], User], ...] = (
        lambda: add_staff(
            email="new@council.example", full_name="New", role=Role.OFFICER, teams=[], by=alice, at=at
        ),
        lambda: change_role(user=bob, role=Role.AUDITOR, by=alice, at=at),
        lambda: set_teams(user=bob, teams=[], by=alice, at=at),
        lambda: leave(user=bob, by=alice, at=at),
        lambda: come_back(user=bob, by=alice, at=at),
        lambda: end_sessions(user=bob, by=alice, at=at),
    )
    for change in changing:
        with pytest.raises(MayNotManage):
            change()
    assert changes() == []


def test_an_administrator_does_not_shut_themselves_out(admin: User) -> None:
    with pytest.raises(OwnAccount):
        leave(user=admin, by=admin, at=timezone.now())
    with pytest.raises(OwnAccount):
        change_role(user=admin, role=Role.OFFICER, by=admin, at=timezone.now())


def test_an_address_has_one_account_whatever_its_case(alice: User, admin: User) -> None:
    with pytest.raises(AlreadyHere):
        add_staff(
            email="ALICE@council.example",
            full_name="Other",
            role=Role.OFFICER,
            teams=[],
            by=admin,
            at=timezone.now(),
        )


def test_somebody_added_is_sent_a_link_and_is_in_their_teams(admin: User) -> None:
    team = Team.objects.create(name="Blue Badge team")
    given = {
        "full_name": "Dilys Dene",
        "email": "dilys@council.example",
        "role": "officer",
        "teams": [team.pk],
    }
    answer = signed_in(admin).post("/staff/people/add/", given)
    dilys = User.objects.get(email="dilys@council.example")
    assert answer.status_code == 302
    assert (dilys.has_usable_password(), list(dilys.teams.all())) == (False, [team])
    assert Delivery.objects.get().subject == "Your new account"
    assert changes() == [("staff added", str(dilys.pk))]


def test_what_is_wrong_is_said_and_nobody_is_added(admin: User) -> None:
    answer = signed_in(admin).post("/staff/people/add/", {"full_name": " ", "email": "no", "role": "king"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert all(words in page for words in ("Enter the full name", "Enter an email address", "Choose a role"))
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("what", "given", "event"),
    [
        ("role", {"role": "advisor"}, "role changed"),
        ("teams", {"teams": []}, "teams changed"),
        ("skills", {}, "skills changed"),
        ("leave", {}, "staff left"),
        ("sign-out", {}, "sessions ended"),
    ],
)
def test_each_change_is_journalled(
    alice: User, admin: User, what: str, given: dict[str, str], event: str
) -> None:
    signed_in(admin).post(f"/staff/people/{alice.pk}/{what}/", given)
    assert changes() == [(event, str(alice.pk))]


def test_skills_are_held_at_a_level(alice: User, admin: User) -> None:
    skill = Skill.objects.create(name="highways")
    client = signed_in(admin)
    client.post(f"/staff/people/{alice.pk}/skills/", {f"skill-{skill.pk}": "3"})
    assert list(alice.skills_held.values_list("skill__name", "level")) == [("highways", 3)]
    client.post(f"/staff/people/{alice.pk}/skills/", {f"skill-{skill.pk}": ""})
    assert not alice.skills_held.exists()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_else_opens_the_people_pages(new_user: NewUser, role: Role) -> None:
    client = signed_in(new_user("Edna Elm", role))
    assert [client.get(page).status_code for page in ("/staff/people/", "/staff/people/add/")] == [403, 403]


def test_handlers_are_those_who_are_here_and_may_handle(new_user: NewUser, admin: User) -> None:
    team = Team.objects.create(name="Highways team")
    here, gone, advisor = new_user("Bob Birchall"), new_user("Gwen Gorse"), new_user("Ida Ivy", Role.ADVISOR)
    for user in (here, gone, advisor):
        user.teams.set([team])
    leave(user=gone, by=admin, at=timezone.now())
    assert handlers_in([team]) == [here]
    assert names_of([str(here.pk), "clock"]) == {str(here.pk): "Bob Birchall"}


def test_people_are_listed_a_page_at_a_time_and_found_by_name_or_address(
    admin: User, new_user: NewUser
) -> None:
    for number in range(ON_A_PAGE):
        new_user(f"Carys{number:02} Cole")
    dilys = new_user("Dilys Dene")
    client = signed_in(admin)
    first = client.get("/staff/people/").content.decode()
    assert (dilys.email in first, f"/staff/people/{dilys.pk}/" in first) == (False, False)
    assert dilys.email in client.get("/staff/people/?page=2").content.decode()
    found = client.get("/staff/people/?q=dilys").content.decode()
    assert (dilys.email in found, "Carys" in found) == (True, False)
    assert "Nobody has these words" in client.get("/staff/people/?q=zzz").content.decode()
