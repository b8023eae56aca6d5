"""A database as the first release left it, with something of everything in it: run inside an installation."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from frontdoor.catalogue.published import our_catalogue
from frontdoor.kernel.clock import now_utc

LAST = {
    "cases": "0002_weigh_timer",
    "catalogue": "0001_initial",
    "contacts": "0002_helpers_code",
    "jobs": "0002_worker_signs",
    "journal": "0002_append_only",
    "staff": "0002_sessions_end",
}
LATER = ("insight", "workforce")
"""Rooms that the first release did not have."""
CASES = 3


def make() -> None:
    """Bring an empty database to where the first release left it, and fill it as that release would have."""
    executor = MigrationExecutor(connection)
    rooms = {*LAST, *LATER}
    targets = [node for node in executor.loader.graph.leaf_nodes() if node[0] not in rooms] + list(
        LAST.items()
    )
    executor.migrate(targets)
    apps = executor.loader.project_state(targets).apps
    with transaction.atomic():
        for number in range(1, 1 + CASES):
            _case(apps, number, now_utc())


def _case(apps: Any, number: int, at: datetime) -> None:
    """A case of a customer with a phone, a running promise, a message on its way, and its journal entry."""
    pack = our_catalogue().pack("library-card")
    version, _ = apps.get_model("catalogue", "PackVersion").objects.get_or_create(
        service=pack.id, version=pack.version, defaults={"files": dict(pack.files), "published_at": at}
    )
    team, _ = apps.get_model("staff", "Team").objects.get_or_create(
        name="Library team", defaults={"services": [pack.id]}
    )
    key = UUID(int=number)
    customer = apps.get_model("contacts", "Customer").objects.create(
        id=key, full_name=f"Moira O’Brien-{number}", name_key=f"moira obrien {number}", created_at=at
    )
    apps.get_model("contacts", "ContactPoint").objects.create(
        customer=customer,
        kind="email",
        value=f"moira{number}@customer.example",
        value_key=f"moira{number}@customer.example",
        added_at=at,
    )
    conversation = apps.get_model("contacts", "Conversation").objects.create(
        id=key, customer=customer, service=pack.id, started_at=at
    )
    apps.get_model("contacts", "Contact").objects.create(
        id=key,
        conversation=conversation,
        customer=customer,
        channel="web",
        service=pack.id,
        received_at=at,
    )
    apps.get_model("contacts", "Delivery").objects.create(
        id=key,
        key=str(key),
        conversation=conversation,
        customer=customer,
        channel="email",
        to=f"moira{number}@customer.example",
        subject="We have your application",
        body="Hello",
        created_at=at,
        next_try_at=at,
    )
    case = apps.get_model("cases", "Case").objects.create(
        id=key,
        reference=f"LC-000{number}-000",
        service=pack.id,
        authority="wealdmoor",
        kind="application",
        channel="web",
        state=next(iter(pack.journey.states)),
        state_since_at=at,
        waits_for="staff",
        received_at=at,
        conversation=conversation,
        customer=customer,
        pack=version,
        team=team,
        answers={"full_name": f"Moira O’Brien-{number}"},
    )
    apps.get_model("journal", "JournalEntry").objects.create(
        at=at,
        actor_kind="customer",
        event="case opened",
        case_id=case.pk,
        customer_id=customer.pk,
        service=pack.id,
    )
