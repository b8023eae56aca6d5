"""How long things are kept, and what has come to its end: by the `retention` of each service's pack.

A case is kept for the pack's `closed` span after it ended; a contact that no case came of, for the pack's `contacts`
span, or three years; a customer for as long as anything else of theirs is kept. A hold stops all of it for a case. What
still runs (a badge that is valid, a refund that is owed) is never past its time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from frontdoor.cases.models import Case, Draft, Hold, IssuedItem, Payment, PaymentStatus
from frontdoor.cases.permissions import visible_to
from frontdoor.catalogue.models import PackVersion
from frontdoor.catalogue.pack import Pack
from frontdoor.catalogue.published import our_catalogue, pack_of
from frontdoor.contacts.models import Contact, Conversation, Customer, Delivery
from frontdoor.handling.people import staff
from frontdoor.handling.recording import record_of_case
from frontdoor.journeys.promises import before
from frontdoor.kernel.clock import day_of
from frontdoor.kernel.entries import Actor
from frontdoor.kernel.ids import read_reference
from frontdoor.kernel.workingdays import Within
from frontdoor.staff.models import User
from frontdoor.staff.permissions import May, may

CONTACTS_KEPT = Within(36, "months")
STAFF_MAIL_KEPT = Within(12, "months")
KEEPER = Actor("robot", "retention")


class NoSuchCase(Exception):
    """No case has this reference. Check how it is written; nothing was changed."""


class NoReason(Exception):
    """Say why: somebody has to decide one day whether the case must still be kept. Nothing was changed."""


class MayNotHold(Exception):
    """Only supervisors keep records back. Ask one; nothing was changed."""


@dataclass(frozen=True)
class Past:
    """Rows of one kind, of one service, that are past their time. `kept`: how long they were to be kept."""

    what: str
    service: str
    kept: Within
    rows: QuerySet[Any]

    @property
    def span(self) -> str:
        """How long they were to be kept, in words."""
        years, months = divmod(self.kept.value, 12)
        is_whole = self.kept.unit == "months" and not months
        return str(self.kept) if not is_whole else f"{years} year" if years == 1 else f"{years} years"


def past_their_time(*, at: datetime) -> list[Past]:
    """Everything that is past its time at `at`, in the order in which it goes."""
    services = (
        Case.objects.filter(closed_at__isnull=False).order_by("service").values_list("service", flat=True)
    )
    cases = [past for service in services.distinct() if (past := _cases(service, at))]
    return [*cases, *_contacts(at), _staff_mail(at), _customers(at)]


@transaction.atomic
def hold_case(*, reference: str, reason: str, at: datetime, by: User | None = None) -> Hold:
    """Keep a case whatever its age, until the hold is lifted. A second hold is the first. `by`: who says so on the
    page, of a case that they may know of; None: the command line. Raises NoSuchCase, NoReason, MayNotHold.
    """
    case = _case(reference, by)
    if not reason.strip():
        raise NoReason
    hold, is_new = Hold.objects.get_or_create(
        case=case, lifted_at=None, defaults={"reason": reason.strip(), "placed_at": at, "placed_by": by}
    )
    if is_new:
        record_of_case(case=case, event="hold placed", by=_actor(by), at=at, facts={"hold": hold.pk})
    return hold


@transaction.atomic
def lift_hold(*, reference: str, at: datetime, by: User | None = None, because: str = "") -> int:
    """Let a case go with the others again; how many holds were lifted (0 or 1). On the page it needs a reason too.

    Raises NoSuchCase, NoReason, MayNotHold.
    """
    case = _case(reference, by)
    if by is not None and not because.strip():
        raise NoReason
    lifted = Hold.objects.filter(case=case, lifted_at=None).update(
        lifted_at=at, lifted_by=by, lifted_because=because.strip()
    )
    if lifted:
        record_of_case(case=case, event="hold lifted", by=_actor(by), at=at)
    return lifted


def holds_seen_by(*, user: User) -> QuerySet[Hold]:
    """Every hold on a case that this person may know of: those that stand first, then the last lifted."""
    holds = Hold.objects.filter(case__in=visible_to(user)).select_related("case", "placed_by", "lifted_by")
    return holds.order_by(F("lifted_at").desc(nulls_first=True), "-placed_at", "-pk")


def _actor(by: User | None) -> Actor:
    return staff(by).actor if by else KEEPER


def _case(reference: str, by: User | None) -> Case:
    if by is not None and not may(by, May.KEEP_RECORDS):
        raise MayNotHold
    among = visible_to(by) if by else Case.objects.all()
    case = among.filter(reference=read_reference(reference) or "").first()
    if case is None:
        raise NoSuchCase
    return case


def _cases(service: str, at: datetime) -> Past | None:
    """Cases of one service; None where its pack does not say how long they are kept: then they stay."""
    kept = span_of_cases(service)
    if kept is None:
        return None
    running = IssuedItem.objects.filter(
        Q(expires_on__isnull=True) & Q(starts_on__gt=day_of(at)) | Q(expires_on__gte=day_of(at)),
        case=OuterRef("pk"),
        cancelled_at__isnull=True,
    )
    owed = Payment.objects.filter(case=OuterRef("pk"), status=PaymentStatus.REFUND_DUE)
    held = Hold.objects.filter(case=OuterRef("pk"), lifted_at__isnull=True)
    old = Case.objects.filter(service=service, closed_at__lt=before(at=at, span=kept))
    rows = old.filter(~Exists(running), ~Exists(owed), ~Exists(held)).order_by("closed_at", "pk")
    return Past("cases", service, kept, rows)


def span_of_cases(service: str) -> Within | None:
    """How long after its end a case of this service is kept; None where its pack does not say."""
    pack = _pack(service)
    return pack.service.retention.get("closed") if pack else None


def span_of_contacts(service: str) -> Within:
    """How long a contact about this service is kept that no case came of."""
    pack = _pack(service) if service else None
    return (pack.service.retention.get("contacts") if pack else None) or CONTACTS_KEPT


def _pack(service: str) -> Pack | None:
    """Today's rules of the service; of a service that is no longer offered, the last there were."""
    offered = our_catalogue().packs.get(service)
    if offered is not None:
        return offered
    last = PackVersion.objects.filter(service=service).order_by("-published_at").first()
    return pack_of(last) if last else None


def _contacts(at: datetime) -> Sequence[Past]:
    """Conversations that no case came of, by the service they were about."""
    alone = Conversation.objects.filter(case__isnull=True)
    services = alone.order_by("service").values_list("service", flat=True).distinct()
    return [_contacts_of(service, alone, at) for service in services]


def _contacts_of(service: str, alone: QuerySet[Conversation], at: datetime) -> Past:
    kept = span_of_contacts(service)
    cutoff = before(at=at, span=kept)
    later = Contact.objects.filter(conversation=OuterRef("pk"), received_at__gte=cutoff)
    became = Draft.objects.filter(contact__conversation=OuterRef("pk"))
    rows = alone.filter(~Exists(later), ~Exists(became), service=service, started_at__lt=cutoff)
    return Past("contacts", service, kept, rows.order_by("started_at", "pk"))


def _staff_mail(at: datetime) -> Past:
    """Messages to staff: links, warnings, digests."""
    sent = Delivery.objects.filter(
        conversation=None, customer=None, done_at__lt=before(at=at, span=STAFF_MAIL_KEPT)
    )
    return Past("messages to staff", "", STAFF_MAIL_KEPT, sent.order_by("done_at", "pk"))


def _customers(at: datetime) -> Past:
    """People of whom nothing else is left. A record that was merged goes with the one it went into."""
    rows = Customer.objects.filter(created_at__lt=before(at=at, span=CONTACTS_KEPT), merged_into__isnull=True)
    for name in (
        "cases",
        "conversations",
        "contacts",
        "issued_items",
        "deliveries",
        "updates",
        "follows",
        "appointments",
    ):
        rows = rows.filter(**{f"{name}__isnull": True, f"merged_here__{name}__isnull": True})
    return Past("customers", "", CONTACTS_KEPT, rows.order_by("created_at", "pk"))
