"""A new case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random

from django.db import IntegrityError, transaction

from frontdoor.cases.models import Case, Draft
from frontdoor.catalogue.models import PackVersion
from frontdoor.contacts.models import Conversation, Customer
from frontdoor.kernel.ids import new_reference, uuid7
from frontdoor.staff.models import Team

MOST_TRIES = 8


class NoFreeReference(Exception):
    """No free reference was found. Nothing was stored; trying again helps."""


@dataclass(frozen=True)
class NewCase:
    """Everything a case begins with."""

    conversation: Conversation
    customer: Customer | None
    pack: PackVersion
    authority: str
    kind: str
    channel: str
    is_restricted: bool
    team: Team
    answers: Mapping[str, object]
    helper: Mapping[str, object] | None
    state: str
    waits_for: str
    draft: Draft | None = None
    lat: float | None = None
    lon: float | None = None


def new_case(*, new: NewCase, at: datetime, rng: Random) -> Case:
    """The case, without a reference and not stored yet."""
    return Case(
        id=uuid7(at=at, rng=rng),
        draft=new.draft,
        conversation=new.conversation,
        customer=new.customer,
        service=new.pack.service,
        pack=new.pack,
        authority=new.authority,
        kind=new.kind,
        channel=new.channel,
        is_restricted=new.is_restricted,
        team=new.team,
        answers=dict(new.answers),
        helper=dict(new.helper) if new.helper else None,
        state=new.state,
        state_since_at=at,
        waits_for=new.waits_for,
        received_at=at,
        lat=new.lat,
        lon=new.lon,
    )


def store_case(*, case: Case, prefix: str, rng: Random) -> Case:
    """Store a new case under a reference nobody has. Raises NoFreeReference after eight tries."""
    for _ in range(MOST_TRIES):
        case.reference = new_reference(prefix, rng)
        try:
            with transaction.atomic():
                case.save(force_insert=True)
        except IntegrityError:
            if Case.objects.filter(reference=case.reference).exists():
                continue
            raise
        return case
    raise NoFreeReference
