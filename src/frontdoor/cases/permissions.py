"""May THIS PERSON do it? Who may know of a case, and who may handle it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from frontdoor.cases.models import Case, DecisionRecord, EmergencyAccess, Interest
from frontdoor.contacts.models import ContactPoint, PointKind
from frontdoor.kernel.names import normalised_name
from frontdoor.staff.models import User
from frontdoor.staff.permissions import May, may


class OwnInterest(Exception):
    """You are, or are close to, the customer of this case. Somebody else must handle it; nothing was changed."""


class NotYours(Exception):
    """This case is not one that you may handle. Ask your supervisor if you think you should; trying again
    does not help.
    """


def visible_to(user: User) -> QuerySet[Case]:
    """The cases this person may know of: in lists, in search and in counts.

    Cases of restricted services are seen only by the team that owns the service and by who owns the case.
    """
    return Case.objects.filter(is_visible_to(user))


def is_visible_to(user: User, *, case: str = "") -> Q:
    """What `visible_to` asks, of the case that a row names by the field `case` (without one, of the case itself).

    Asked so of the row's own case, a database looks at that one; asked whether it is among all that are visible, it lists
    tens of thousands first.
    """
    of = f"{case}__" if case else ""
    if not may(user, May.SEE_CASES):
        return Q(**{f"{of}pk__in": ()})
    return Q(**{f"{of}is_restricted": False}) | _needs_to_know(user, of)


def hidden_from(user: User) -> QuerySet[Case]:
    """The cases this person may not know of, of those that are kept from anybody: restricted ones, to whose team they do
    not belong and which they do not own.
    """
    restricted = Case.objects.filter(is_restricted=True)
    return restricted.exclude(_needs_to_know(user, "")) if may(user, May.SEE_CASES) else restricted


def _needs_to_know(user: User, of: str) -> Q:
    return Q(**{f"{of}team__in": user.teams.all()}) | Q(**{f"{of}owner": user})


def may_read_now(user: User, *, at: datetime) -> QuerySet[Case]:
    """The cases this person may open by reference: those they may know of, and those that an emergency opened to them.

    Emergencies open nothing in lists, search or counts, and nothing to be changed.
    """
    opened = EmergencyAccess.objects.filter(user=user, opened_at__lte=at, ends_at__gt=at)
    emergency = Case.objects.filter(pk__in=opened.values("case"))
    return visible_to(user) | emergency if may(user, May.HANDLE_CASES) else visible_to(user)


def may_see(user: User, case: Case) -> bool:
    """Whether this person may open this case."""
    return visible_to(user).filter(pk=case.pk).exists()


def has_interest(user: User, case: Case) -> bool:
    """Whether the customer (or the helper) is this person or somebody close to them, as declared or as the
    records show.
    """
    if case.customer_id is None:
        return False
    if Interest.objects.filter(user=user, customer_id=case.customer_id).exists():
        return True
    own_email = ContactPoint.objects.filter(
        customer_id=case.customer_id, kind=PointKind.EMAIL, value_key=user.email.casefold()
    )
    return own_email.exists() or _bears_their_name(user, case)


def _bears_their_name(user: User, case: Case) -> bool:
    """The customer or the helper has this person's name: it may be a namesake, but then a colleague loses nothing."""
    own = normalised_name(user.full_name)
    helper = normalised_name(str((case.helper or {}).get("full_name", "")))
    return own in (helper, case.customer.name_key if case.customer else None)


def may_handle(user: User, case: Case) -> bool:
    """Whether this person may change this case: the right role, in the team (or the owner), and no interest
    of their own.
    """
    return may(user, May.HANDLE_CASES) and _works_on(user, case) and not has_interest(user, case)


def require_handling(user: User, case: Case) -> None:
    """Raise NotYours or OwnInterest unless this person may change this case."""
    if not (may(user, May.HANDLE_CASES) and _works_on(user, case)):
        raise NotYours
    if has_interest(user, case):
        raise OwnInterest


def took_part_in_deciding(user: User, case: Case) -> bool:
    """Whether this person made or confirmed a decision on the case, so that a second look must be somebody
    else's.
    """
    mine = Q(by=user) | Q(confirmed_by=user)
    return DecisionRecord.objects.filter(mine, case=case).exists()


def _works_on(user: User, case: Case) -> bool:
    return case.owner_id == user.pk or user.teams.filter(pk=case.team_id).exists()
