"""What is kept no longer than it is needed: applications never sent, tries at codes, codes that have run out."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from frontdoor.cases.models import Draft, DraftFile
from frontdoor.contacts.identity import forget_attempts
from frontdoor.contacts.models import AccessCode, StoredFile

AT_ONCE = 50
ATTEMPTS_KEPT = timedelta(days=2)
CODES_KEPT = timedelta(days=2)


def sweep(at: datetime) -> int:
    """Remove what has run out by `at`: up to fifty unsent applications with their files, old tries and old codes.

    Says how much was removed, so that the worker comes again at once while there is more.
    """
    codes, _ = AccessCode.objects.filter(expires_at__lt=at - CODES_KEPT).delete()
    return _remove_drafts(at) + forget_attempts(before=at - ATTEMPTS_KEPT) + codes


@transaction.atomic
def _remove_drafts(at: datetime) -> int:
    """One that became a case stays with it: it is how the same form sent twice is known."""
    run_out = Draft.objects.select_for_update(of=("self",)).filter(expires_at__lte=at, case__isnull=True)
    drafts = list(run_out.order_by("expires_at", "pk").values_list("pk", flat=True)[:AT_ONCE])
    rows = DraftFile.objects.filter(draft__in=drafts)
    files = list(rows.values_list("file_id", flat=True))
    rows.delete()
    StoredFile.objects.filter(pk__in=files).delete()
    Draft.objects.filter(pk__in=drafts).delete()
    return len(drafts)
