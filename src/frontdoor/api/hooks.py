"""Hooks: a supplier proves itself, its news is noted, and it is answered at once. The same news twice is once."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from frontdoor.channels.notify.callbacks import NotACallback, is_from_notify, read_receipt
from frontdoor.channels.payments.govuk_pay.callbacks import NotPaymentNews, is_from_pay, read_news
from frontdoor.channels.payments.provider import CannotPayNow
from frontdoor.handling.deliveries import note_status
from frontdoor.handling.paying import settle_by_provider_id
from frontdoor.kernel.clock import now_utc

MOST_BYTES = 64 * 1024


@csrf_exempt
@require_POST
def payment_news(request: HttpRequest) -> HttpResponse:
    """GOV.UK Pay has news of a payment, signed: 204 settled (or none of ours), 400, 403, or 503 to be called again."""
    if len(request.body) > MOST_BYTES:
        return _said(413, "The body is too large.")
    if not is_from_pay(request.headers.get("Pay-Signature"), request.body, settings.PAY_SIGNING_SECRETS):
        return _said(403, "The signature is not right.")
    try:
        news = read_news(request.body)
        settle_by_provider_id(provider_id=news.payment_id, at=now_utc(), rng=secrets.SystemRandom())
    except NotPaymentNews as problem:
        return _said(400, str(problem))
    except CannotPayNow as problem:
        return _said(503, str(problem))
    return HttpResponse(status=204)


@csrf_exempt
@require_POST
def notify_receipt(request: HttpRequest) -> HttpResponse:
    """GOV.UK Notify says what became of a message: 204 noted (or none of ours), 400 unreadable, 403 not from Notify."""
    if not is_from_notify(request.headers.get("Authorization"), settings.NOTIFY_CALLBACK_TOKENS):
        return _said(403, "The bearer token is not one of ours.")
    if len(request.body) > MOST_BYTES:
        return _said(413, "The body is too large.")
    try:
        receipt = read_receipt(request.body)
    except NotACallback as problem:
        return _said(400, str(problem))
    note_status(
        supplier_id=receipt.supplier_id, status=receipt.status, at=now_utc(), rng=secrets.SystemRandom()
    )
    return HttpResponse(status=204)


def _said(status: int, words: str) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain")
