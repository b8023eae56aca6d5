"""Hooks: a supplier proves itself, its news is noted, and it is answered at once. The same news twice is once."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from frontdoor.channels.notify.callbacks import NotACallback, is_from_notify, read_receipt
from frontdoor.handling.deliveries import note_status
from frontdoor.kernel.clock import now_utc

MOST_BYTES = 64 * 1024


@csrf_exempt
@require_POST
def notify_receipt(request: HttpRequest) -> HttpResponse:
    """GOV.UK Notify says what became of a message: 204 noted (or none of ours), 400 unreadable, 403 not from Notify."""
    if not is_from_notify(request.headers.get("Authorization"), settings.NOTIFY_CALLBACK_TOKENS):
        return HttpResponse("The bearer token is not one of ours.", status=403, content_type="text/plain")
    if len(request.body) > MOST_BYTES:
        return HttpResponse("The body is too large.", status=413, content_type="text/plain")
    try:
        receipt = read_receipt(request.body)
    except NotACallback as problem:
        return HttpResponse(str(problem), status=400, content_type="text/plain")
    note_status(
        supplier_id=receipt.supplier_id, status=receipt.status, at=now_utc(), rng=secrets.SystemRandom()
    )
    return HttpResponse(status=204)
