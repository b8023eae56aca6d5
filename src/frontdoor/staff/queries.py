"""Reads of the staff room."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from frontdoor.staff.models import Role, Team, User
from frontdoor.staff.permissions import ROLES, May


def everybody() -> QuerySet[User]:
    """Every account, those who are here first, then by name."""
    return User.objects.prefetch_related("teams").order_by("-is_active", "full_name", "pk")


def everybody_named(*, like: str) -> QuerySet[User]:
    """Those of them whose name or email address has these words in it; everybody for none."""
    words = like.strip()
    return everybody().filter(Q(full_name__icontains=words) | Q(email__icontains=words))


def names_of_everybody() -> list[tuple[int, str]]:
    """Number and name of every account, those who are here first, then by name."""
    return list(User.objects.order_by("-is_active", "full_name", "pk").values_list("pk", "full_name"))


def all_teams() -> list[Team]:
    """Every team by name."""
    return list(Team.objects.order_by("name"))


def handlers_in(teams: Iterable[Team]) -> list[User]:
    """People who may handle cases and are in one of these teams, by name."""
    return list(_handlers().filter(teams__in=list(teams)).distinct())


def contact_takers(*, team: int | None = None) -> list[User]:
    """People who are here and may take contacts, of one team (by its id) or all, by name."""
    roles = [role for role in Role if May.TAKE_CONTACTS in ROLES[role]]
    found = User.objects.filter(is_active=True, left_at__isnull=True, role__in=roles)
    found = found if team is None else found.filter(teams=team)
    return list(found.order_by("full_name", "pk"))


def names_of(ids: Iterable[str]) -> dict[str, str]:
    """The names of these accounts by id, as the journal writes ids. Ids that are no account's are left out."""
    numbers = {int(each) for each in ids if each.isdecimal()}
    return {str(pk): name for pk, name in User.objects.filter(pk__in=numbers).values_list("pk", "full_name")}


def _handlers() -> QuerySet[User]:
    roles = [role for role in Role if May.HANDLE_CASES in ROLES[role]]
    return User.objects.filter(is_active=True, left_at__isnull=True, role__in=roles).order_by(
        "full_name", "pk"
    )
