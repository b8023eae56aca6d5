"""What every response says about itself, and the one log line of every request."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any

import structlog
from csp.constants import NONE, SELF
from django.http import HttpRequest, HttpResponseBase

from frontdoor.config.metrics_requests import observe

PAYMENT_PAGES = {
    "none": [],
    "practice": ["http://127.0.0.1:*"],
    "govuk_pay": ["https://www.payments.service.gov.uk", "https://card.payments.service.gov.uk"],
}
"""Where a form may lead after it was sent here: a browser stops a redirect to any other place."""


def content_security(payments_by: str) -> dict[str, Any]:
    """What pages may load and where their forms may go: this installation only, and the payment page."""
    return {
        "DIRECTIVES": {
            "default-src": [NONE],
            "script-src": [SELF],
            "style-src": [SELF],
            "img-src": [SELF, "data:"],  # data: for the pictures inside the design system's own style sheet
            "font-src": [SELF],
            "connect-src": [SELF],
            "manifest-src": [SELF],
            "form-action": [SELF, *PAYMENT_PAGES[payments_by]],
            "frame-ancestors": [NONE],
            "base-uri": [NONE],
        }
    }


PERMISSIONS = "camera=(), microphone=(), payment=(), usb=(), geolocation=(self)"

WATCHING = frozenset({"healthz", "metrics"})

log = structlog.get_logger("frontdoor.web.request")


class SafeHeaders:
    """Keeps pages out of every cache unless a view says otherwise: the next person on a shared computer must find
    nothing of the last. Refuses what a council's page never needs of a browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response


class RequestLog:
    """One line a request, and one count: route, status, time. Never the address: it may carry a person’s token."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        start = perf_counter()
        response = self.get_response(request)
        seconds = perf_counter() - start
        match = request.resolver_match
        observe(
            method=request.method,
            route=match.route if match else None,
            status=response.status_code,
            seconds=seconds,
        )
        if match and match.view_name not in WATCHING:
            log.info(
                "request",
                method=request.method,
                route=match.route,
                status=response.status_code,
                ms=round(seconds * 1000, 1),
            )
        return response
