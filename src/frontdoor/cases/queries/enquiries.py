"""Enquiries: which of them this person may know of, and which wait for them."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce

from frontdoor.cases.models import Enquiry
from frontdoor.cases.permissions import is_visible_to
from frontdoor.staff.models import User


def enquiries_visible_to(*, user: User, restricted: Collection[str]) -> QuerySet[Enquiry]:
    """The enquiries this person may know of: those they took or were handed, and those that are about no case and no
    service kept from them. `restricted` are the ids of the restricted services whose team they are not in.
    """
    theirs = Q(contact__taken_by=user) | Q(to_user=user) | Q(to_team__in=user.teams.all())
    plain = ~Q(service__in=restricted) & (Q(case__isnull=True) | is_visible_to(user, case="case"))
    return Enquiry.objects.filter(theirs | plain)


def enquiries_waiting_for(*, user: User) -> QuerySet[Enquiry]:
    """What was handed on to this person, or to a team of theirs and nobody in person; the earliest promise first.

    Person and team are compared as expressions, so that the few that wait are looked through, not all of a team's ever.
    """
    waiting = enquiries_handed_on().alias(
        person=Coalesce("to_user_id", Value(0)), team=Coalesce("to_team_id", Value(0))
    )
    return waiting.filter(Q(person=user.pk) | Q(person=0, team__in=user.teams.values("pk")))


def enquiries_handed_on() -> QuerySet[Enquiry]:
    """Everything that was handed on and is not done; the earliest promise first."""
    waiting = Enquiry.objects.filter(to_team__isnull=False, settled_at__isnull=True)
    return waiting.order_by("promised_for_at", "pk")
