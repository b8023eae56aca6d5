"""What happens around every page."""

from __future__ import annotations

from collections.abc import Callable

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from frontdoor.web import errors
from frontdoor.web.unavailable import is_unavailable


class KeepWhatWasEntered:
    """Answers a page that could not reach the database with one that holds what was entered, ready to send
    again.

    It catches what a view raises. A fault in the middleware around the view reaches `errors.broken`, which
    does the same.
    """

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page to try again from; None for every other fault."""
        return errors.unavailable(request) if is_unavailable(exception) else None
