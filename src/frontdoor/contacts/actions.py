"""Writes of the contacts room: know a customer, start a conversation, keep a message or a file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from uuid import UUID

from django.db import transaction

from frontdoor.contacts.indexing import index_customers, index_new_customer
from frontdoor.contacts.matching import Approach, recognise
from frontdoor.contacts.models import (
    Contact,
    ContactPoint,
    Conversation,
    Customer,
    Likeness,
    Message,
    PointKind,
    StoredFile,
)
from frontdoor.contacts.models.people import CustomerKind
from frontdoor.kernel.ids import uuid7
from frontdoor.kernel.names import normalised_name
from frontdoor.kernel.phones import read_phone

MOST_LIKENESSES = 10
WAY_OF = {PointKind.EMAIL: "email", PointKind.PHONE: "text", PointKind.ADDRESS: "letter"}


@dataclass(frozen=True)
class Introduction:
    """What a person says of themselves when they first approach us; empty where not said.

    `safe_ways`: the only ways (call, text, email, letter) by which it is safe to reach them; None: they did not say so.
    """

    full_name: str = ""
    born_on: date | None = None
    email: str = ""
    phone: str = ""
    address: Mapping[str, object] | None = None
    prefers: str = ""
    is_organisation: bool = False
    safe_ways: frozenset[str] | None = None


@dataclass(frozen=True)
class Met:
    """Whom an introduction turned out to mean. `points`: every way to reach somebody new, as just stored; None for whom
    we knew before: their older points are not in hand.
    """

    customer: Customer
    points: tuple[ContactPoint, ...] | None = None

    @property
    def is_known(self) -> bool:
        """Whether we knew them before, so that there may be more on their record."""
        return self.points is None


def know_customer(
    *, introduction: Introduction, at: datetime, rng: Random, found: Customer | None = None
) -> Customer:
    """The customer meant, or a new one; see `meet_customer`."""
    return meet_customer(introduction=introduction, at=at, rng=rng, found=found).customer


@transaction.atomic(savepoint=False)
def meet_customer(
    *, introduction: Introduction, at: datetime, rng: Random, found: Customer | None = None
) -> Met:
    """The customer meant, or a new one. People who may be the same are noted for somebody to look at, never
    merged. `found`: whom a member of staff found while talking to them; it is them where the name is theirs and no
    other date of birth was given.
    """
    points = points_of(introduction)
    approach = Approach(
        introduction.full_name, introduction.born_on, tuple((kind, key) for kind, _, key in points)
    )
    known = recognise(approach)
    same = known.same or (found if found and _may_be(found, introduction) else None)
    customer = _completed(same, introduction) if same else _new_customer(introduction, at, rng)
    unsafe = _unsafe_kinds(introduction)
    stored = [_new_point(customer, point, introduction, unsafe, at) for point in points]
    ContactPoint.objects.bulk_create(stored, ignore_conflicts=True)
    if same:
        _keep_to_safe_ways(customer, unsafe)
        index_customers(customer_ids=[customer.pk])
    else:
        index_new_customer(customer=customer, points=stored)
    Likeness.objects.bulk_create(
        [
            Likeness(one=customer, other=match.customer, because=list(match.because), noticed_at=at)
            for match in known.maybe[:MOST_LIKENESSES]
            if match.customer.pk != customer.pk
        ],
        ignore_conflicts=True,
    )
    return Met(customer, None if same else tuple(stored))


def start_conversation(*, customer: Customer | None, service: str, at: datetime, rng: Random) -> Conversation:
    """A new conversation about a service."""
    return Conversation.objects.create(
        id=uuid7(at=at, rng=rng), customer=customer, service=service, started_at=at
    )


def take_contact(
    *,
    conversation: Conversation,
    channel: str,
    at: datetime,
    rng: Random,
    enquiry: str = "",
    is_assisted: bool = False,
) -> Contact:
    """One approach of the customer on a channel, within a conversation."""
    return Contact.objects.create(
        id=uuid7(at=at, rng=rng),
        conversation=conversation,
        customer=conversation.customer,
        channel=channel,
        service=conversation.service,
        enquiry=enquiry,
        is_assisted=is_assisted,
        received_at=at,
    )


def keep_message(
    *,
    conversation: Conversation,
    direction: str,
    said_by: str,
    sayer: str,
    words: str,
    at: datetime,
    rng: Random,
    contact: Contact | None = None,
    files: Iterable[StoredFile] = (),
) -> Message:
    """One thing said, with the files that came with it."""
    message = Message.objects.create(
        id=uuid7(at=at, rng=rng),
        conversation=conversation,
        contact=contact,
        direction=direction,
        said_by=said_by,
        sayer=sayer,
        words=words,
        said_at=at,
    )
    if kept := list(files):
        message.files.set(kept)
    return message


def store_file(
    *, name: str, content_type: str, content: bytes, at: datetime, rng: Random, scanned: str = "not scanned"
) -> StoredFile:
    """Keep a file that was already judged fit to keep."""
    return StoredFile.objects.create(
        id=uuid7(at=at, rng=rng),
        name=name,
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        scanned=scanned,
        stored_at=at,
    )


def file_of(*, file_id: UUID) -> StoredFile:
    """A stored file with its content. Raises StoredFile.DoesNotExist."""
    return StoredFile.objects.get(pk=file_id)


def _unsafe_kinds(introduction: Introduction) -> frozenset[PointKind]:
    """Kinds of points that must not be used, as the customer says now."""
    safe = introduction.safe_ways
    return frozenset() if safe is None else frozenset(kind for kind, way in WAY_OF.items() if way not in safe)


def _keep_to_safe_ways(customer: Customer, unsafe: frozenset[PointKind]) -> None:
    """Points of ways that are not safe are never used again, old ones included, until the customer says otherwise."""
    if unsafe:
        ContactPoint.objects.filter(customer=customer, kind__in=unsafe).update(is_safe=False)


def _may_be(customer: Customer, introduction: Introduction) -> bool:
    born = {customer.born_on, introduction.born_on} - {None}
    return customer.name_key == normalised_name(introduction.full_name) and len(born) <= 1


def _new_customer(introduction: Introduction, at: datetime, rng: Random) -> Customer:
    return Customer.objects.create(
        id=uuid7(at=at, rng=rng),
        kind=CustomerKind.ORGANISATION if introduction.is_organisation else CustomerKind.PERSON,
        full_name=introduction.full_name,
        name_key=normalised_name(introduction.full_name),
        born_on=introduction.born_on,
        prefers=introduction.prefers,
        created_at=at,
    )


def _completed(customer: Customer, introduction: Introduction) -> Customer:
    """Fill in what we did not know; what we know is not overwritten, except how they like to be told."""
    customer.born_on = customer.born_on or introduction.born_on
    customer.prefers = introduction.prefers or customer.prefers
    customer.save(update_fields=["born_on", "prefers"])
    return customer


def _new_point(
    customer: Customer,
    point: tuple[PointKind, str, str],
    introduction: Introduction,
    unsafe: frozenset[PointKind],
    at: datetime,
) -> ContactPoint:
    kind, value, key = point
    address = dict(introduction.address or {}) if kind is PointKind.ADDRESS else None
    return ContactPoint(
        customer=customer,
        kind=kind,
        value=value,
        value_key=key,
        address=address,
        is_safe=kind not in unsafe,
        added_at=at,
    )


def points_of(introduction: Introduction) -> list[tuple[PointKind, str, str]]:
    """The contact points somebody gives: kind, value as given, value as it is compared."""
    points: list[tuple[PointKind, str, str]] = []
    if introduction.email:
        points.append((PointKind.EMAIL, introduction.email, introduction.email.casefold()))
    if introduction.phone:
        points.append(
            (PointKind.PHONE, introduction.phone, read_phone(introduction.phone) or introduction.phone)
        )
    if introduction.address:
        value = address_line(introduction.address)
        points.append((PointKind.ADDRESS, value[:400], normalised_name(value)[:400]))
    return points


def address_line(address: Mapping[str, object]) -> str:
    """An address in one line, for comparing and listing."""
    lines = address.get("lines")
    parts = [*(lines if isinstance(lines, list) else []), address.get("town"), address.get("postcode")]
    return ", ".join(str(part) for part in parts if part)
