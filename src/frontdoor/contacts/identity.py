"""How a customer proves who they are: a code to a contact point already known, and a brake on guessing."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db import transaction

from frontdoor.contacts.models import AccessCode, Attempt, ContactPoint
from frontdoor.kernel.ids import code_digest, is_same, new_code, uuid7

CODE_DIGITS = 5
CODE_LASTS = timedelta(minutes=15)
CODE_REMEMBERED = timedelta(hours=2)
MOST_CODE_TRIES = 5
MOST_CODES_AN_HOUR = 5


class TooManyTries(Exception):
    """That was tried too often. Wait a while, then try again; nothing was changed."""


class CodeExpired(Exception):
    """This security code has run out: it works for 15 minutes. Ask for a new one."""


class WrongCode(Exception):
    """This security code is not right. Check the newest message from us and type its five digits."""


@transaction.atomic
def new_access_code(
    *, subject: UUID, point: ContactPoint | None, key: bytes, at: datetime, rng: Random
) -> tuple[AccessCode, str]:
    """A fresh code for this subject, to be sent to that point of the customer's (None: to their helper); older ones stop
    working. Raises TooManyTries.
    """
    recent = AccessCode.objects.filter(subject=subject, sent_at__gt=at - timedelta(hours=1))
    if recent.count() >= MOST_CODES_AN_HOUR:
        raise TooManyTries
    AccessCode.objects.filter(subject=subject, used_at__isnull=True, expires_at__gt=at).update(expires_at=at)
    code = new_code(rng, CODE_DIGITS)
    row = AccessCode.objects.create(
        id=uuid7(at=at, rng=rng),
        subject=subject,
        point=point,
        digest=code_digest(code, key=key, purpose=str(subject)),
        sent_at=at,
        expires_at=at + CODE_LASTS,
    )
    return row, code


def use_access_code(*, subject: UUID, code: str, key: bytes, at: datetime) -> AccessCode:
    """The code, used up; where it went to a contact point, that is verified. Raises WrongCode, CodeExpired,
    TooManyTries.

    A wrong try is counted even though it raises, so it is stored in a transaction of its own.
    """
    with transaction.atomic():
        row = (
            AccessCode.objects.select_for_update()
            .filter(subject=subject, used_at__isnull=True, sent_at__gt=at - CODE_REMEMBERED)
            .order_by("-sent_at", "-pk")
            .first()
        )
        verdict = _verdict(row, subject, code, key, at)
        if row is not None and verdict is None:
            row.used_at = at
            row.save(update_fields=["used_at"])
            if row.point_id is not None:
                ContactPoint.objects.filter(pk=row.point_id).update(verified_at=at)
            return row
    raise verdict or WrongCode


def _verdict(row: AccessCode | None, subject: UUID, code: str, key: bytes, at: datetime) -> Exception | None:
    if row is None:
        return WrongCode()
    if row.tries >= MOST_CODE_TRIES:
        return TooManyTries()
    row.tries += 1
    row.save(update_fields=["tries"])
    if not is_same(row.digest, code_digest(code, key=key, purpose=str(subject))):
        return WrongCode()
    return CodeExpired() if row.expires_at <= at else None


def note_attempt(*, what: str, key: str, most: int, within: timedelta, at: datetime) -> int:
    """Count a try at something that must not be guessed; returns how many are left. Raises TooManyTries.

    `key` is a digest of what was tried or by whom, never the thing itself.
    """
    tries = require_few_attempts(what=what, key=key, most=most, within=within, at=at)
    Attempt.objects.create(what=what, key=key, at=at)
    return most - tries - 1


def require_few_attempts(*, what: str, key: str, most: int, within: timedelta, at: datetime) -> int:
    """How often it was tried lately, without counting this time. Raises TooManyTries."""
    tries = Attempt.objects.filter(what=what, key=key, at__gt=at - within).count()
    if tries >= most:
        raise TooManyTries
    return tries


def forget_attempts(*, before: datetime) -> int:
    """Remove attempts that no brake looks at any more; returns how many."""
    removed, _ = Attempt.objects.filter(at__lt=before).delete()
    return removed
