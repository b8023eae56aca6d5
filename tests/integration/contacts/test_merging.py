"""Two records are made one by a person, nothing is lost, and it is undone exactly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontdoor.cases.models import Interest
from frontdoor.contacts.actions import Introduction, know_customer, start_conversation, take_contact
from frontdoor.contacts.finding import find_people
from frontdoor.contacts.indexing import index_customers
from frontdoor.contacts.matching import Approach, recognise
from frontdoor.contacts.merging import (
    NOT_MOVED,
    AlreadySettled,
    CannotMerge,
    CannotUndo,
    _links,
    everybody_behind,
    likenesses_to_settle,
    merge_customers,
    merges_of,
    settle_likeness,
    undo_merge,
)
from frontdoor.contacts.models import (
    ContactPoint,
    Conversation,
    Customer,
    Likeness,
    Merge,
    PointKind,
    Settled,
)
from frontdoor.journal.models import JournalEntry
from frontdoor.kernel.ids import uuid7
from frontdoor.staff.models import Role, User

pytestmark = pytest.mark.django_db

JANE = Introduction("Jane Brown", date(1980, 3, 1), "jane@customer.example", "07700 900123")
MAIDEN = Introduction("Jane Smith", None, "jane@customer.example", "07700 900124", prefers="email")
Know = Callable[[Introduction], Customer]


@pytest.fixture
def by(at: datetime) -> User:
    """Alice of the contact centre."""
    return User.objects.create_user(
        email="alice@council.example", full_name="Alice", role=Role.OFFICER, joined_at=at
    )


@pytest.fixture
def know(at: datetime, rng: Random) -> Know:
    """Make somebody known."""
    return lambda introduction: know_customer(introduction=introduction, at=at, rng=rng)


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table but the journal and the account of the merges, and what the index holds."""
    kept: dict[str, list[dict[str, Any]]] = {}
    for model in apps.get_models():
        if model in (JournalEntry, Merge) or model._meta.label in ("contacts.FindCard", "contacts.FindKey"):
            continue
        kept[model._meta.label] = list(model._base_manager.order_by("pk").values())
    keys = apps.get_model("contacts", "FindKey")._base_manager
    kept["found"] = [
        dict(row) for row in keys.order_by("card__customer", "key").values("card__customer", "key")
    ]
    return kept


def merged(keep: Customer, other: Customer, by: User, at: datetime, rng: Random) -> Merge:
    """One of two."""
    return merge_customers(keep=keep, other=other, by=by, because="Married name", at=at, rng=rng)


def test_everything_of_both_is_one_customers_and_the_history_says_so(
    know: Know, by: User, at: datetime, rng: Random
) -> None:
    keep, other = know(JANE), know(MAIDEN)
    conversation = start_conversation(customer=other, service="blue-badge", at=at, rng=rng)
    contact = take_contact(conversation=conversation, channel="phone", at=at, rng=rng)

    merge = merged(keep, other, by, at, rng)

    keep.refresh_from_db()
    contact.refresh_from_db()
    assert (contact.customer, Conversation.objects.get().customer, keep.prefers) == (keep, keep, "email")
    assert set(keep.points.values_list("value_key", flat=True)) == {
        "jane@customer.example",
        "+447700900123",
        "+447700900124",
    }
    entry = JournalEntry.objects.get(event="customers merged")
    assert (entry.customer_id, entry.actor_id, entry.facts["other"]) == (keep.pk, str(by.pk), str(other.pk))
    assert everybody_behind(customer_id=keep.pk) == [keep.pk, other.pk]
    assert list(merges_of(customer_id=keep.pk)) == [merge]


def test_the_one_who_is_kept_is_found_and_recognised_by_the_others_name(
    know: Know, by: User, at: datetime, rng: Random
) -> None:
    keep, other = know(JANE), know(MAIDEN)
    merged(keep, other, by, at, rng)

    found = find_people(words="jane smith")
    known = recognise(Approach("Jane Smith", None, ((PointKind.EMAIL, "jane@customer.example"),)))

    assert [each.customer for each in found] == [keep]
    assert (known.same, known.maybe) == (keep, ())


def test_knowing_them_again_after_a_merge_makes_no_third_record(
    know: Know, by: User, at: datetime, rng: Random
) -> None:
    keep, other = know(JANE), know(MAIDEN)
    merged(keep, other, by, at, rng)

    assert know(MAIDEN) == keep
    assert Customer.objects.count() == 2


def test_what_either_called_unsafe_is_unsafe_and_opens_again_only_if_nothing_was_said_since(
    know: Know, by: User, at: datetime, rng: Random
) -> None:
    keep, other = know(JANE), know(MAIDEN)
    ContactPoint.objects.filter(customer=other).update(is_safe=False)

    def is_safe() -> bool:
        return ContactPoint.objects.get(customer=keep, kind=PointKind.EMAIL).is_safe

    merge = merged(keep, other, by, at, rng)
    while_merged = is_safe()
    undo_merge(merge=merge, by=by, at=at)
    undone = is_safe()
    merge = merged(keep, other, by, at, rng)
    talk = start_conversation(customer=keep, service="blue-badge", at=at, rng=rng)
    take_contact(conversation=talk, channel="phone", at=at + timedelta(hours=1), rng=rng)
    undo_merge(merge=merge, by=by, at=at + timedelta(hours=2))

    assert (while_merged, undone, is_safe()) == (False, True, False)


def test_what_came_after_the_merge_stays_with_the_one_who_was_kept(
    know: Know, by: User, at: datetime, rng: Random
) -> None:
    keep, other = know(JANE), know(MAIDEN)
    merge = merged(keep, other, by, at, rng)
    later = start_conversation(customer=keep, service="blue-badge", at=at, rng=rng)

    undo_merge(merge=merge, by=by, at=at)

    later.refresh_from_db()
    assert later.customer == keep
    assert [e.event for e in JournalEntry.objects.order_by("pk")] == ["customers merged", "customers parted"]


def test_of_several_merges_the_last_is_undone_first(know: Know, by: User, at: datetime, rng: Random) -> None:
    keep, other, third = know(JANE), know(MAIDEN), know(Introduction("J Brown"))
    before = everything()
    first = merged(other, third, by, at, rng)
    second = merged(keep, other, by, at, rng)

    with pytest.raises(CannotUndo):
        undo_merge(merge=first, by=by, at=at)
    assert [each.customer for each in find_people(words="j brown")] == [keep]
    undo_merge(merge=second, by=by, at=at)
    undo_merge(merge=first, by=by, at=at)
    with pytest.raises(CannotUndo):
        undo_merge(merge=first, by=by, at=at)

    assert everything() == before


@pytest.mark.parametrize("because", ["", "   "])
def test_a_merge_without_a_reason_is_refused(
    know: Know, by: User, at: datetime, rng: Random, because: str
) -> None:
    with pytest.raises(CannotMerge, match="Say why"):
        merge_customers(keep=know(JANE), other=know(MAIDEN), by=by, because=because, at=at, rng=rng)


def test_a_person_with_themselves_or_an_organisation_or_one_already_merged_is_refused(
    know: Know, by: User, at: datetime, rng: Random
) -> None:
    keep, other = know(JANE), know(MAIDEN)
    club = know(Introduction("Cricket Club", is_organisation=True))
    for one in (keep, club):
        with pytest.raises(CannotMerge):
            merged(keep, one, by, at, rng)
    merged(keep, other, by, at, rng)

    with pytest.raises(CannotMerge):
        merged(other, keep, by, at, rng)


def test_a_likeness_is_settled_once_as_the_same_or_as_different(
    know: Know, by: User, at: datetime, rng: Random
) -> None:
    keep, other = know(JANE), know(MAIDEN)
    (likeness,) = likenesses_to_settle()
    before = everything()

    merge = settle_likeness(
        likeness=likeness, settled=Settled.SAME, by=by, because="Married name", at=at, rng=rng
    )
    with pytest.raises(AlreadySettled):
        settle_likeness(likeness=likeness, settled=Settled.DIFFERENT, by=by, because="", at=at, rng=rng)
    assert merge is not None
    assert (merge.keep, merge.other, list(likenesses_to_settle())) == (keep, other, [])
    undo_merge(merge=merge, by=by, at=at)
    assert everything() == before
    settle_likeness(likeness=likeness, settled=Settled.DIFFERENT, by=by, because="", at=at, rng=rng)

    likeness.refresh_from_db()
    assert (likeness.settled_as, likeness.settled_by, list(likenesses_to_settle())) == ("different", by, [])


def test_every_table_that_points_at_a_customer_goes_over(
    know: Know, by: User, at: datetime, rng: Random
) -> None:
    pointing = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model not in NOT_MOVED
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model is Customer
    }

    assert {label for label, _ in _links()} == pointing


POINTS = st.lists(
    st.tuples(st.sampled_from(["email", "phone"]), st.sampled_from(["a", "b", "c"]), st.booleans()),
    max_size=5,
    unique_by=lambda each: each[:2],
)
LIVES = st.fixed_dictionaries(
    {
        "full_name": st.sampled_from(["", "Jane Brown", "J. Brown"]),
        "born_on": st.sampled_from([None, date(1980, 3, 1), date(1981, 3, 1)]),
        "died_on": st.sampled_from([None, date(2020, 3, 1)]),
        "prefers": st.sampled_from(["", "email", "text"]),
        "points": POINTS,
        "talks": st.integers(0, 2),
        "interest": st.booleans(),
        "likeness": st.sampled_from(["", "one", "other", "third"]),
        "settled": st.sampled_from(["", "same", "different"]),
    }
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lives=st.lists(LIVES, min_size=3, max_size=3), chain=st.booleans())
def test_a_merge_loses_nothing_and_is_undone_exactly(
    lives: list[dict[str, Any]], chain: bool, by: User, at: datetime
) -> None:
    rng = Random(1)
    with transaction.atomic():
        people = [_lived(life, by, at, rng) for life in lives]
        _doubted(lives, people, by, at)

        index_customers(customer_ids=[each.pk for each in people])
        before = everything()
        merges = [merged(people[0], people[1], by, at, rng)]
        if chain:
            merges.append(merged(people[2], people[0], by, at, rng))
        assert {label: len(rows) for label, rows in everything().items() if label != "found"} == {
            label: len(rows) for label, rows in before.items() if label != "found"
        }
        for merge in reversed(merges):
            undo_merge(merge=merge, by=by, at=at)

        assert everything() == before
        transaction.set_rollback(True)


def _lived(life: dict[str, Any], by: User, at: datetime, rng: Random) -> Customer:
    told = {name: life[name] for name in ("full_name", "born_on", "died_on", "prefers")}
    person = Customer.objects.create(
        id=uuid7(at=at, rng=rng), name_key=told["full_name"].casefold(), created_at=at, **told
    )
    for kind, key, is_safe in life["points"]:
        ContactPoint.objects.create(
            customer=person, kind=kind, value=key, value_key=key, is_safe=is_safe, added_at=at
        )
    for _ in range(life["talks"]):
        start_conversation(customer=person, service="blue-badge", at=at, rng=rng)
    if life["interest"]:
        Interest.objects.create(user=by, customer=person, relation="friend", declared_at=at)
    return person


def _doubted(lives: list[dict[str, Any]], people: list[Customer], by: User, at: datetime) -> None:
    for person, life in zip(people, lives, strict=True):
        with_whom = {"one": people[0], "other": people[1], "third": people[2]}.get(life["likeness"])
        if with_whom in (None, person):
            continue
        is_settled = bool(life["settled"])
        Likeness.objects.create(
            one=person,
            other=with_whom,
            noticed_at=at,
            settled_as=life["settled"],
            settled_by=by if is_settled else None,
            settled_at=at if is_settled else None,
        )
