"""Who sees and handles which case: Alice owns it, Bob is in her team, Charlie must be refused."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import pytest
from django.test import Client

from frontdoor.cases.models import Case, Enquiry, Interest
from frontdoor.cases.permissions import hidden_from, visible_to
from frontdoor.cases.queries import enquiries_visible_to
from frontdoor.contacts.models import Contact
from frontdoor.journal.models import JournalEntry
from frontdoor.staff.models import Role, Team, User
from tests.integration.office.conftest import NewCase, NewUser, SignIn

pytestmark = pytest.mark.any_database

ACTIONS: dict[str, dict[str, str]] = {
    "note/": {"words": "Rang twice."},
    "write/": {"words": "Hello"},
    "read/": {},
    "do/start-desk-check/": {"do": "confirm"},
    "promise/decide/": {"day": "2099-01-05", "words": "Many applications"},
    "team/": {"team": "{highways}"},
}


@pytest.mark.both_databases
def test_case_opens_for_its_owner_her_team_and_an_advisor(
    case: Case, alice: User, bob: User, charlie: User, new_user: NewUser, sign_in: SignIn
) -> None:
    advisor = new_user("Dilys Dene", role=Role.ADVISOR)
    seen = {
        user.full_name: sign_in(user).get(f"/staff/cases/{case.reference}/").status_code
        for user in (alice, bob, charlie, advisor)
    }
    assert seen == {"Alice Ashdown": 200, "Bob Birchall": 200, "Charlie Croft": 200, "Dilys Dene": 200}


@pytest.mark.parametrize("page", ["", "answers/", "messages/", "history/", "record/", "version/"])
def test_case_is_not_there_without_a_role_that_sees_cases(
    case: Case, page: str, new_user: NewUser, sign_in: SignIn
) -> None:
    auditor = new_user("Edna Elm", role=Role.AUDITOR)
    assert sign_in(auditor).get(f"/staff/cases/{case.reference}/{page}").status_code == 403


def test_every_page_sends_a_stranger_to_sign_in(case: Case) -> None:
    for page in (
        "/staff/",
        "/staff/work/",
        f"/staff/cases/{case.reference}/",
        "/staff/journal/",
        "/staff/people/",
    ):
        answer = Client().get(page)
        assert (answer.status_code, answer["Location"]) == (302, f"/staff/account/login/?next={page}")


@pytest.mark.parametrize("action", ACTIONS)
def test_another_team_changes_nothing(
    case: Case, charlie: User, highways_team: Team, action: str, sign_in: SignIn
) -> None:
    client, shown, entries = sign_in(charlie), case.revision, JournalEntry.objects.count()
    given = {name: each.format(highways=highways_team.pk) for name, each in ACTIONS[action].items()}
    given["revision"] = str(shown)
    answer = client.post(f"/staff/cases/{case.reference}/{action}", given)
    case.refresh_from_db()
    assert (answer.status_code, case.revision, case.state) == (403, shown, "received")
    assert JournalEntry.objects.count() == entries


def test_papers_open_for_the_team_only(
    case: Case, alice: User, bob: User, charlie: User, sign_in: SignIn
) -> None:
    paper = case.evidence.get(kind="pip letter").file_id
    page = f"/staff/cases/{case.reference}/files/{paper}/"
    assert [sign_in(user).get(page).status_code for user in (alice, bob, charlie)] == [200, 200, 403]


@pytest.mark.both_databases
def test_paper_of_another_case_does_not_open_through_ones_own(
    case: Case, new_case: NewCase, alice: User, sign_in: SignIn
) -> None:
    other = (
        new_case(full_name="Somebody Else", email="else@customer.example")
        .evidence.get(kind="pip letter")
        .file_id
    )
    assert sign_in(alice).get(f"/staff/cases/{case.reference}/files/{other}/").status_code == 404


@pytest.mark.both_databases
class TestRestricted:
    """Cases of restricted services are invisible to those without need: lists, counts, search, addresses."""

    @pytest.fixture
    def secret(self, case: Case) -> Case:
        Case.objects.filter(pk=case.pk).update(is_restricted=True)
        return case

    def test_there_is_no_page_for_others(
        self, secret: Case, bob: User, charlie: User, sign_in: SignIn
    ) -> None:
        page = f"/staff/cases/{secret.reference}/"
        assert [sign_in(user).get(page).status_code for user in (bob, charlie)] == [200, 404]

    def test_lists_and_counts_leave_it_out(
        self, secret: Case, bob: User, charlie: User, sign_in: SignIn
    ) -> None:
        shown = {}
        for user in (bob, charlie):
            page = sign_in(user).get("/staff/work/?part=all").content.decode()
            shown[user.full_name] = (secret.reference in page, "fd-tabs__count" in page)
        assert shown == {"Bob Birchall": (True, True), "Charlie Croft": (False, False)}

    def test_search_finds_nothing_by_reference_name_or_postcode(
        self, secret: Case, charlie: User, sign_in: SignIn
    ) -> None:
        client = sign_in(charlie)
        for words in (secret.reference, "Moira", "ZW3 4QP"):
            client.post("/staff/search/", {"q": words})
            page = client.get("/staff/search/")
            assert (page.status_code, secret.reference in page.content.decode().replace(words, "")) == (
                200,
                False,
            )

    def test_what_is_hidden_is_what_is_restricted_and_not_seen_with_or_without_an_owner(
        self, secret: Case, new_case: NewCase, alice: User, bob: User, charlie: User, new_user: NewUser
    ) -> None:
        nobodys = new_case(full_name="Somebody Else", email="else@customer.example")
        Case.objects.filter(pk=nobodys.pk).update(is_restricted=True, owner=None)
        new_case(full_name="Third Person", email="third@customer.example")
        auditor = new_user("Edna Elm", role=Role.AUDITOR)
        hidden = {user: set(hidden_from(user)) for user in (alice, bob, charlie, auditor)}
        both = {secret, nobodys}
        assert hidden == {alice: set(), bob: set(), charlie: both, auditor: both}
        for user, kept in hidden.items():
            assert kept == both - set(visible_to(user))

    def test_what_somebody_asked_about_it_is_known_to_who_knows_the_case(
        self, secret: Case, now: datetime, alice: User, bob: User, charlie: User, new_user: NewUser
    ) -> None:
        contact = Contact.objects.create(
            id=UUID(int=1), conversation=secret.conversation, channel="phone", received_at=now
        )
        about_it, about_none = (
            Enquiry.objects.create(id=UUID(int=number), contact=contact, case=case, began_at=now)
            for number, case in ((2, secret), (3, None))
        )
        auditor = new_user("Edna Elm", role=Role.AUDITOR)
        asked = Enquiry.objects.filter(contact=contact)
        known = {
            user: set(enquiries_visible_to(user=user, restricted=()) & asked)
            for user in (alice, bob, charlie, auditor)
        }
        both = {about_it, about_none}
        assert known == {alice: both, bob: both, charlie: {about_none}, auditor: {about_none}}

    def test_every_look_is_in_the_journal(self, secret: Case, bob: User, sign_in: SignIn) -> None:
        client = sign_in(bob)
        for page in ("", "answers/", "history/"):
            client.get(f"/staff/cases/{secret.reference}/{page}")
        views = JournalEntry.objects.filter(case_id=secret.pk, event="case viewed").order_by("pk")
        assert [(view.actor_id, view.facts["page"]) for view in views] == [
            (str(bob.pk), "case"),
            (str(bob.pk), "case_answers"),
            (str(bob.pk), "case_history"),
        ]


class TestOwnInterest:
    """Nobody handles their own or a relative's case."""

    def test_own_case_shows_nothing_of_itself(self, new_case: NewCase, alice: User, sign_in: SignIn) -> None:
        mine = new_case(email=alice.email)
        page = sign_in(alice).get(f"/staff/cases/{mine.reference}/")
        assert page.status_code == 403
        assert "Moira" not in page.content.decode()

    def test_somebody_of_the_same_name_is_left_to_a_colleague(
        self, new_case: NewCase, alice: User, bob: User, sign_in: SignIn
    ) -> None:
        namesake = new_case(full_name=" alice  ASHDOWN")
        seen = [sign_in(user).get(f"/staff/cases/{namesake.reference}/").status_code for user in (alice, bob)]
        assert seen == [403, 200]

    def test_saying_so_hands_the_case_back_and_closes_it(
        self, case: Case, alice: User, bob: User, sign_in: SignIn
    ) -> None:
        client = sign_in(alice)
        answer = client.post(f"/staff/cases/{case.reference}/interest/", {"relation": "family"})
        case.refresh_from_db()
        assert (answer.status_code, case.owner) == (302, None)
        assert client.get(f"/staff/cases/{case.reference}/").status_code == 403
        assert sign_in(bob).get(f"/staff/cases/{case.reference}/").status_code == 200
        assert [each.relation for each in Interest.objects.all()] == ["family"]

    def test_the_next_case_is_never_one_of_theirs(
        self, new_case: NewCase, alice: User, now: datetime, sign_in: SignIn
    ) -> None:
        close = new_case()
        assert close.customer is not None
        Interest.objects.create(user=alice, customer=close.customer, relation="family", declared_at=now)
        sign_in(alice).post("/staff/work/next/")
        close.refresh_from_db()
        assert close.owner is None


@pytest.mark.both_databases
def test_supervisor_gives_within_the_team_and_never_to_outsiders(
    case: Case, new_user: NewUser, bob: User, charlie: User, blue_badge_team: Team, sign_in: SignIn
) -> None:
    supervisor = new_user("Sunita Sand", blue_badge_team, role=Role.SUPERVISOR)
    client = sign_in(supervisor)
    client.post("/staff/work/allot/", {"case": case.reference, "to": str(charlie.pk)})
    case.refresh_from_db()
    assert case.owner is not None
    assert case.owner.full_name == "Alice Ashdown"
    client.post("/staff/work/allot/", {"case": case.reference, "to": str(bob.pk)})
    case.refresh_from_db()
    assert case.owner == bob


def test_officer_takes_no_case_from_a_colleague(case: Case, bob: User, sign_in: SignIn) -> None:
    answer = sign_in(bob).post(
        f"/staff/cases/{case.reference}/allot/", {"to": "me", "revision": case.revision}
    )
    case.refresh_from_db()
    assert answer.status_code == 403
    assert case.owner is not None
    assert case.owner.full_name == "Alice Ashdown"
