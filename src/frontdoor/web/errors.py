"""Pages for when something went wrong: what happened, what it means, what to do next, and whether anything is
lost.

They show when little else works, so they ask nothing of the database or the session. `config.urls` names them
as `handler400` and so on; the middleware of this room calls `unavailable`.
"""

from __future__ import annotations

import logging
import sys
from dataclasses import dataclass

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.csrf import requires_csrf_token

from frontdoor.web.unavailable import is_unavailable

logger = logging.getLogger(__name__)

RETRY_AFTER = 10  # seconds; a lock is let go long before this
BARE = (
    "<!DOCTYPE html><html lang='en-GB'><title>Sorry, there is a problem</title><h1>Sorry, there is a problem</h1>"
    "<p>This page could not be shown, and nothing you sent on it has been kept. Go back and try again in a few minutes."
    "</p></html>"
)
NEVER_SENT_BACK = ("csrfmiddlewaretoken", "password")


@dataclass(frozen=True, kw_only=True)
class Entered:
    """What somebody had filled in when their form could not be stored."""

    fields: tuple[tuple[str, str], ...]
    file_names: tuple[str, ...]


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 when the request was refused for its size."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return too_large(request)
    return _page("400", request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the page is there, but not for this person."""
    return _page("403", request, 403)


@requires_csrf_token
def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose security token is missing or no longer right: an old page, or cookies switched off."""
    return _page("form_too_old", request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404; says the same whether the thing never was, is gone, or is somebody else's."""
    return _page("404", request, 404)


def too_large(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """413: a file or a form larger than this council accepts."""
    return _page("413", request, 413)


def too_many(request: HttpRequest, *, wait_seconds: int) -> HttpResponse:
    """429: too many tries; says how long to wait."""
    response = _page("429", request, 429, minutes=-(-wait_seconds // 60))
    response["Retry-After"] = str(wait_seconds)
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """500, or 503 when the reason is only that the database cannot be reached for the moment."""
    if is_unavailable(sys.exc_info()[1]):
        return unavailable(request)
    return _page("500", request, 500)


@requires_csrf_token
def unavailable(request: HttpRequest) -> HttpResponse:
    """503: what was posted is in the page, ready to be sent again by one press."""
    response = _page("503", request, 503, entered=_entered(request), address=request.get_full_path())
    response["Retry-After"] = str(RETRY_AFTER)
    return response


def _entered(request: HttpRequest) -> Entered | None:
    if request.method != "POST":
        return None
    fields = [
        (name, value) for name, values in request.POST.lists() for value in values if _may_send_back(name)
    ]
    names = [file.name or "" for files in dict(request.FILES.lists()).values() for file in files]
    return Entered(fields=tuple(fields), file_names=tuple(names))


def _may_send_back(name: str) -> bool:
    return not any(word in name.lower() for word in NEVER_SENT_BACK)


def _page(name: str, request: HttpRequest, status: int, **context: object) -> HttpResponse:
    try:
        body: str = render_to_string(f"errors/{name}.html", {"at": timezone.now(), **context}, request)
    except Exception:  # the page of last resort must show whatever it was that failed
        logger.exception("error_page_failed", extra={"page": name})
        body = BARE
    response = HttpResponse(body, status=status)
    response["Cache-Control"] = "no-store"
    return response
