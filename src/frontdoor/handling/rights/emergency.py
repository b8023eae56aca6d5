"""Emergency access: one restricted case, for four hours, with a reason, and a manager is told at once.

domain.md 6.4: a reason is mandatory, a manager is alerted, every look is in the journal, each access is reviewed.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.db.models import F, QuerySet

from frontdoor.cases.models import Case, EmergencyAccess
from frontdoor.cases.permissions import OwnInterest, has_interest, may_see
from frontdoor.catalogue.published import our_council
from frontdoor.contacts.models import DeliveryChannel
from frontdoor.contacts.outbox import Outgoing, queue_delivery
from frontdoor.handling.people import staff
from frontdoor.handling.ports import ports
from frontdoor.handling.recording import record_of_case
from frontdoor.kernel.clock import london
from frontdoor.kernel.ids import read_reference
from frontdoor.staff.models import Role, User
from frontdoor.staff.permissions import May, may

OPEN_FOR = timedelta(hours=4)
SHORTEST_REASON = 10
ALERT = (
    "Hello {name},\n\n{who} opened the restricted case {reference} in an emergency at {council}. The access ends by "
    "itself at {until}. The reason they gave, and how often they looked, is on this page:\n\n{page}\n\n"
    "Please look at it, and say there that you did."
)


class NoReason(Exception):
    """Say why you need to open this case, in a sentence. A manager reads it. Nothing was opened."""


class NotForYou(Exception):
    """Only officers and supervisors may open a restricted case in an emergency. Ask one; nothing was opened."""


class NoSuchCase(Exception):
    """No case has this reference. Check how it is written. Nothing was opened."""


class OpenAlready(Exception):
    """You may read this case as it is: search for its reference. No emergency access was needed, and none was given."""


class NotYourReview(Exception):
    """A manager who is not the one who opened the case says that they looked at it. Nothing was changed."""


@transaction.atomic
def open_in_emergency(*, reference: str, reason: str, by: User, at: datetime, rng: Random) -> EmergencyAccess:
    """Let `by` read a restricted case for four hours, tell every manager, and keep it in the journal.

    Raises NotForYou, NoReason, NoSuchCase, OpenAlready, OwnInterest.
    """
    if not may(by, May.OPEN_IN_EMERGENCY):
        raise NotForYou
    if len(reason.strip()) < SHORTEST_REASON:
        raise NoReason
    case = Case.objects.filter(reference=read_reference(reference) or "").select_related("customer").first()
    if case is None:
        raise NoSuchCase
    if may_see(by, case):
        raise OpenAlready
    if has_interest(by, case):
        raise OwnInterest
    access = EmergencyAccess.objects.create(
        case=case, user=by, reason=reason.strip(), opened_at=at, ends_at=at + OPEN_FOR
    )
    _record(access, "restricted case opened in emergency", by, at)
    for manager in _managers():
        _alert(access, manager, at, rng)
    return access


@transaction.atomic
def end_access(*, access: EmergencyAccess, by: User, at: datetime) -> EmergencyAccess:
    """End one's own access before its time. One that has ended stays as it is."""
    if access.user_id == by.pk and access.ends_at > at:
        access.ends_at = at
        access.save(update_fields=["ends_at"])
        _record(access, "emergency access ended", by, at)
    return access


@transaction.atomic
def review_access(*, access_id: int, by: User, at: datetime) -> EmergencyAccess:
    """Say that one looked at an access. Raises NotYourReview."""
    access = EmergencyAccess.objects.select_for_update().get(pk=access_id)
    if not may(by, May.REVIEW_ACCESS) or access.user_id == by.pk:
        raise NotYourReview
    if access.reviewed_at is None:
        access.reviewed_by, access.reviewed_at = by, at
        access.save(update_fields=["reviewed_by", "reviewed_at"])
        _record(access, "emergency access reviewed", by, at)
    return access


def running_access(*, user: User, at: datetime) -> QuerySet[EmergencyAccess]:
    """What this person may read in an emergency now, the newest first."""
    return (
        EmergencyAccess.objects.filter(user=user, ends_at__gt=at)
        .select_related("case")
        .order_by("-opened_at")
    )


def accesses() -> QuerySet[EmergencyAccess]:
    """Every access, those that nobody looked at first."""
    return EmergencyAccess.objects.select_related("case", "user", "reviewed_by").order_by(
        F("reviewed_at").asc(nulls_first=True), "-opened_at"
    )


def _managers() -> list[User]:
    """Who is told: every manager; where a council has none, every administrator."""
    here = User.objects.filter(is_active=True, left_at=None).order_by("pk")
    return list(here.filter(role=Role.MANAGER)) or list(here.filter(role=Role.ADMINISTRATOR))


def _alert(access: EmergencyAccess, manager: User, at: datetime, rng: Random) -> None:
    """The email names neither the customer nor the service: others may read it over a shoulder."""
    body = ALERT.format(
        name=manager.full_name,
        who=access.user.full_name,
        reference=access.case.reference,
        council=our_council().name,
        until=london(access.ends_at).strftime("%H:%M on %d %B %Y"),
        page=f"{ports().public_url}/staff/emergency/",
    )
    outgoing = Outgoing(
        key=f"emergency:{access.pk}:{manager.pk}",
        channel=DeliveryChannel.EMAIL,
        to=manager.email,
        subject="A restricted case was opened in an emergency",
        body=body,
        is_urgent=True,
    )
    queue_delivery(outgoing=outgoing, customer=None, conversation=None, not_before=at, at=at, rng=rng)


def _record(access: EmergencyAccess, event: str, by: User, at: datetime) -> None:
    facts = {"access": access.pk, "ends_at": access.ends_at.isoformat()}
    record_of_case(case=access.case, event=event, by=staff(by).actor, at=at, facts=facts)
