"""Writes of the staff room. Each keeps its own journal entry; `by` is the member of staff who does it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Lower

from frontdoor.journal.actions import record
from frontdoor.kernel.entries import Actor
from frontdoor.staff.models import Role, Team, User
from frontdoor.staff.permissions import May, may


class MayNotManage(Exception):
    """Only an administrator may change staff accounts. Ask one; nothing was changed."""


class AlreadyHere(Exception):
    """Somebody has an account with this email address already. Find them in the list instead of adding them."""


class OwnAccount(Exception):
    """You cannot take away your own role or account. Ask another administrator; nothing was changed."""


@transaction.atomic
def add_staff(
    *, email: str, full_name: str, role: Role, teams: Iterable[Team], by: User | None, at: datetime
) -> User:
    """A new account without a password: it is set by the link the person is sent. `by` None: set up by a command.

    Raises MayNotManage, AlreadyHere.
    """
    _require_manager(by)
    if User.objects.annotate(key=Lower("email")).filter(key=email.strip().lower()).exists():
        raise AlreadyHere
    user = User.objects.create_user(email=email.strip(), full_name=full_name.strip(), role=role, joined_at=at)
    user.teams.set(teams)
    _record(user, "staff added", {"role": role.value, "teams": _ids(user)}, by, at)
    return user


@transaction.atomic
def change_role(*, user: User, role: Role, by: User, at: datetime) -> User:
    """Give somebody another role. Their sessions end, so that no open page keeps what the old role allowed.

    Raises MayNotManage, OwnAccount.
    """
    _require_manager(by, over=user)
    before, user.role, user.sessions_ended_at = user.role, role, at
    user.save(update_fields=["role", "sessions_ended_at"])
    _record(user, "role changed", {"from": before, "to": role.value}, by, at)
    return user


@transaction.atomic
def set_teams(*, user: User, teams: Iterable[Team], by: User, at: datetime) -> User:
    """Put somebody into these teams and no others. Raises MayNotManage."""
    _require_manager(by)
    before = _ids(user)
    user.teams.set(teams)
    _record(user, "teams changed", {"from": before, "to": _ids(user)}, by, at)
    return user


@transaction.atomic
def leave(*, user: User, by: User, at: datetime) -> User:
    """Somebody leaves: they cannot sign in any more and every session of theirs ends. What they did stays on record.

    Raises MayNotManage, OwnAccount.
    """
    _require_manager(by, over=user)
    user.is_active, user.left_at, user.sessions_ended_at = False, at, at
    user.save(update_fields=["is_active", "left_at", "sessions_ended_at"])
    _record(user, "staff left", {}, by, at)
    return user


@transaction.atomic
def come_back(*, user: User, by: User, at: datetime) -> User:
    """Somebody who had left comes back under the same account, with a new password to set. Raises MayNotManage."""
    _require_manager(by)
    user.is_active, user.left_at = True, None
    user.set_unusable_password()
    user.save(update_fields=["is_active", "left_at", "password"])
    _record(user, "staff returned", {"role": user.role}, by, at)
    return user


@transaction.atomic
def end_sessions(*, user: User, by: User, at: datetime) -> User:
    """Sign somebody out everywhere: themselves, or an administrator for them. Raises MayNotManage."""
    if by.pk != user.pk:
        _require_manager(by)
    user.sessions_ended_at = at
    user.save(update_fields=["sessions_ended_at"])
    _record(user, "sessions ended", {}, by, at)
    return user


def note_sign_in(*, event: str, user: User | None, at: datetime) -> None:
    """Keep in the journal that somebody signed in or out, or failed to; an unknown name is kept as unknown, never
    as it was typed.
    """
    actor = Actor("staff", str(user.pk)) if user else Actor("system", "sign in")
    record(at=at, by=actor, event=event, facts={} if user else {"known": False})


def _require_manager(by: User | None, *, over: User | None = None) -> None:
    if by is not None and not may(by, May.MANAGE_STAFF):
        raise MayNotManage
    if by is not None and over is not None and by.pk == over.pk:
        raise OwnAccount


def _ids(user: User) -> list[int]:
    return sorted(user.teams.values_list("pk", flat=True))


def _record(user: User, event: str, facts: Mapping[str, object], by: User | None, at: datetime) -> None:
    record(at=at, by=actor_of(by), event=event, facts={"staff": str(user.pk), **facts})


def actor_of(by: User | None) -> Actor:
    """Who acts, as the journal keeps it; None: a command."""
    return Actor("staff", str(by.pk)) if by else Actor("system", "command")
