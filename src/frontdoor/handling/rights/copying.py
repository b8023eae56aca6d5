"""A person's copy of what we hold of them: one file with a page to read, the same as data, and their files.

Others in it are covered: helpers, and staff beyond what they are here for. What restricted services were told in
confidence is left out and counted. It is made by a member of staff, with a reason, and of what they may know of; a team
whose restricted case they may not know of is told to make its own part.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from datetime import datetime
from html import escape
from random import Random
from typing import Any

from django.db import transaction

from frontdoor.cases.models import Case, CopyMade
from frontdoor.cases.permissions import OwnInterest, has_interest
from frontdoor.catalogue.published import our_council
from frontdoor.contacts.models import DeliveryChannel
from frontdoor.contacts.outbox import Outgoing, queue_delivery
from frontdoor.handling.people import staff
from frontdoor.handling.ports import ports
from frontdoor.handling.rights.holding import Held, held_of, held_of_helper
from frontdoor.handling.rights.masking import Masker
from frontdoor.handling.rights.whom import is_close_to, whom
from frontdoor.journal.actions import record
from frontdoor.kernel.clock import day_of, london
from frontdoor.staff.models import User
from frontdoor.staff.permissions import May, may
from frontdoor.staff.queries import handlers_in

SHORTEST_REASON = 10
STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:50em;margin:2em auto;padding:0 1em}dt{font-weight:bold}"
    "dd{margin:0 0 .5em}li{margin-bottom:1em}pre{white-space:pre-wrap;font:inherit;margin:0}"
)
TELL_TEAM = (
    "Hello {name},\n\nsomebody made a copy of a customer’s records, for the customer, who may not know of the case "
    "{reference} of your team. Make the part that your team answers for here:\n\n{page}"
)


class MayNotCopy(Exception):
    """Only officers and supervisors make copies of a person's records. Ask one; nothing was made."""


class NoReason(Exception):
    """Say in a sentence who asked for the copy, and when. Nothing was made."""


@dataclass(frozen=True)
class Copy:
    """A copy: the file's name, its bytes (a zip), and what is kept of it."""

    name: str
    content: bytes
    row: CopyMade


@transaction.atomic
def copy_records(*, reference: str, reason: str, by: User, at: datetime, rng: Random) -> Copy:
    """Make the copy for whoever is meant, and keep in the journal that it was made. `reference`: of one of their cases;
    or an email address or phone number that we know a customer or a helper by.

    Raises MayNotCopy, NoReason, NobodyFound, SeveralFound, OwnInterest.
    """
    if not may(by, May.COPY_RECORDS):
        raise MayNotCopy
    if len(reason.strip()) < SHORTEST_REASON:
        raise NoReason
    meant = whom(said=reference, user=by)
    customer = meant.customer
    held = held_of(customer=customer, seen_by=by) if customer else held_of_helper(ways=meant.ways, seen_by=by)
    if any(has_interest(by, case) for case in held.cases) or (customer and is_close_to(by, customer)):
        raise OwnInterest
    content = bundle(held, at=at)
    row = CopyMade.objects.create(
        customer=customer,
        by=by,
        reason=reason.strip(),
        made_at=at,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    withheld = sum(each["count"] for each in held.withheld)
    facts = {"copy": row.pk, "cases": len(held.cases), "files": len(held.files), "withheld": withheld}
    record(
        at=at,
        by=staff(by).actor,
        event="records copied",
        customer=customer.pk if customer else None,
        facts=facts,
    )
    for case in held.unseen:
        _tell_team(row, case, at, rng)
    return Copy(f"records-{day_of(at).isoformat()}-{row.pk}.zip", content, row)


def bundle(held: Held, *, at: datetime) -> bytes:
    """The zip: `read-me-first.html`, `data.json`, and the files."""
    masker = Masker(others=held.others, own=held.own)
    data = {
        "made": london(at).strftime("%Y-%m-%d %H:%M"),
        "by": our_council().name,
        **masker.anything(held.blocks),
        "left out": masker.anything(list(held.withheld)),
    }
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr("read-me-first.html", as_page(data))
        files.writestr("data.json", json.dumps(data, indent=1, ensure_ascii=False))
        for name, file in held.files:
            files.writestr(name, bytes(file.content))
    return kept.getvalue()


def as_page(data: dict[str, Any]) -> str:
    """The data as one page that opens anywhere and asks nothing of the network."""
    title = f"What {data['by']} holds about you"
    parts = [f"<h2>{escape(name.capitalize())}</h2>{_shown(value)}" for name, value in data.items()]
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{STYLE}</style>'
    return (
        f'<!DOCTYPE html><html lang="en-GB"><head>{head}</head>'
        f"<body><main><h1>{escape(title)}</h1>{''.join(parts)}</main></body></html>"
    )


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        rows = "".join(
            f"<dt>{escape(name.capitalize())}</dt><dd>{_shown(each)}</dd>"
            for name, each in value.items()
            if _is_said(each)
        )
        return f"<dl>{rows}</dl>"
    if isinstance(value, list):
        return (
            f"<ul>{''.join(f'<li>{_shown(each)}</li>' for each in value)}</ul>"
            if value
            else "<p>Nothing.</p>"
        )
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"<pre>{escape(str(value))}</pre>"


def _is_said(value: Any) -> bool:
    return value not in (None, "", [], {})


def _tell_team(row: CopyMade, case: Case, at: datetime, rng: Random) -> None:
    """The people of the team that owns the case, and nobody else, hear that it is theirs to answer for."""
    for user in handlers_in([case.team]):
        body = TELL_TEAM.format(
            name=user.full_name, reference=case.reference, page=f"{ports().public_url}/staff/copies/"
        )
        outgoing = Outgoing(
            key=f"copy:{row.pk}:{case.pk}:{user.pk}",
            channel=DeliveryChannel.EMAIL,
            to=user.email,
            subject="A customer asked for a copy of their records",
            body=body,
        )
        queue_delivery(outgoing=outgoing, customer=None, conversation=None, not_before=at, at=at, rng=rng)
