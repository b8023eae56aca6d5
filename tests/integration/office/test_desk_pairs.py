"""Records that may be of one person, settled outside a contact."""

from __future__ import annotations

import random
import re
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from frontdoor.cases.models import Case
from frontdoor.contacts.actions import Introduction, know_customer
from frontdoor.contacts.models import Customer, Likeness, Merge
from frontdoor.staff.models import Role, User
from tests.integration.office.conftest import NewUser, SignIn
from tests.integration.office.test_desk import reads

LIST = "/staff/desk/same/"


@pytest.fixture
def double(case: Case, rng: random.Random) -> Likeness:
    """Moira has another record, from a call in which she gave another date of birth."""
    introduction = Introduction(
        full_name="Moira O’Brien", born_on=date(1951, 7, 5), email="moira@customer.example"
    )
    know_customer(introduction=introduction, at=timezone.now(), rng=rng)
    return Likeness.objects.get()


@pytest.fixture
def office(charlie: User, sign_in: SignIn) -> Client:
    """The browser of an officer of another team."""
    return sign_in(charlie)


def test_both_records_stand_beside_each_other(double: Likeness, case: Case, office: Client) -> None:
    assert "Records that may be one person" in reads(office, "/staff/desk/")
    assert "Moira O’Brien and Moira O’Brien" in reads(office, LIST)
    page = reads(office, f"{LIST}{double.pk}/")
    for words in ("7 May 1951", "5 July 1951", case.reference, "moira@customer.example", "not known"):
        assert words in page
    same = re.findall(r'fd-pair__same">.*?scope="row">([^<]+)<', page, re.DOTALL)
    assert [each.strip() for each in same] == ["Name", "Email"]


def test_they_are_made_one_with_the_reason_and_parted_again(
    double: Likeness, case: Case, office: Client, charlie: User
) -> None:
    page = f"{LIST}{double.pk}/"
    office.post(f"{page}settle/", {"settled": "same", "because": " "})
    assert "Say why these two are the same person" in reads(office, page)
    office.post(f"{page}settle/", {"settled": "perhaps"})
    assert not Merge.objects.exists()
    led = office.post(f"{page}settle/", {"settled": "same", "because": "Both letters are in her hand"})
    assert led["Location"] == LIST
    merge = Merge.objects.get()
    assert (merge.keep, merge.by) == (case.customer, charlie)
    listed = reads(office, LIST)
    assert "Both letters are in her hand" in listed
    assert "Nothing to settle" in listed
    assert office.get(page).status_code == 404
    office.post(f"/staff/desk/parted/{merge.pk}/")
    merge.refresh_from_db()
    assert merge.undone_at is not None
    office.post(f"/staff/desk/parted/{merge.pk}/")
    assert "settled already" in reads(office, LIST)


def test_different_people_stay_two_and_the_next_pair_follows(
    double: Likeness, case: Case, office: Client, rng: random.Random
) -> None:
    at = timezone.now()
    third = know_customer(introduction=Introduction(full_name="Ines Ivory"), at=at, rng=rng)
    assert case.customer
    following = Likeness.objects.create(
        one=third, other=case.customer, because=["same address"], noticed_at=at
    )
    led = office.post(f"{LIST}{double.pk}/settle/", {"settled": "different"})
    assert led["Location"] == f"{LIST}{following.pk}/"
    double.refresh_from_db()
    assert double.settled_as == "different"
    office.post(f"{LIST}{double.pk}/settle/", {"settled": "same", "because": "After all"})
    assert "settled already" in reads(office, LIST)
    assert Customer.objects.filter(merged_into=None).count() == 3


def test_record_kept_by_a_restricted_service_is_not_offered(
    double: Likeness, office: Client, alice: User, sign_in: SignIn, case: Case, rng: random.Random
) -> None:
    Case.objects.update(is_restricted=True)
    assert "Nothing to settle" in reads(office, LIST)
    assert office.get(f"{LIST}{double.pk}/").status_code == 404
    office.post(f"{LIST}{double.pk}/settle/", {"settled": "same", "because": "I want to see"})
    assert not Merge.objects.exists()
    own = sign_in(alice)
    own.post(f"{LIST}{double.pk}/settle/", {"settled": "same", "because": "She told me"})
    merge = Merge.objects.get()
    assert "She told me" not in reads(office, LIST)
    office.post(f"/staff/desk/parted/{merge.pk}/")
    merge.refresh_from_db()
    assert merge.undone_at is None


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.MANAGER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_settles_no_records_has_no_list(
    double: Likeness, role: Role, new_user: NewUser, sign_in: SignIn
) -> None:
    client = sign_in(new_user("Edna Elm", role=role))
    assert client.get(LIST).status_code == 403
    assert client.post(f"{LIST}{double.pk}/settle/", {"settled": "different"}).status_code == 403
