"""Every page of an open case begins the same way: the case this browser has opened, while its time lasts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from frontdoor.cases.models import Case
from frontdoor.catalogue.pack import Pack
from frontdoor.catalogue.published import pack_of
from frontdoor.handling.people import Person, customer
from frontdoor.handling.proving import Knocks
from frontdoor.kernel.clock import now_utc
from frontdoor.web.public import sessions

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class CaseVisit:
    """A page of a case being asked for by its customer, or by their helper."""

    request: HttpRequest
    case: Case
    at: datetime
    is_helper: bool = False

    @property
    def pack(self) -> Pack:
        return pack_of(self.case.pack)

    @property
    def person(self) -> Person:
        return customer(self.case.customer_id, is_helper=self.is_helper)

    def show(self, template: str, context: Mapping[str, Any]) -> HttpResponse:
        """The page, in the frame of every page of a case."""
        frame = {
            "case": self.case,
            "service": self.pack.service,
            "service_name": self.pack.service.name,
            "idle_seconds": int(sessions.TRACK_IDLE.total_seconds()),
        }
        return render(self.request, template, {**frame, **context})


def with_case(view: Callable[..., HttpResponse]) -> View:
    """The view is called with the `CaseVisit`; without an open case the page says how to open it again."""

    @wraps(view)
    def wrapped(request: HttpRequest, **parts: object) -> HttpResponse:
        at = now_utc()
        kept = sessions.recall(request, "track", "case", at, sessions.TRACK_IDLE)
        if kept is None:
            return render(request, "public/track/ended.html", {}, status=410)
        found = Case.objects.select_related("customer", "pack", "conversation").get(pk=UUID(kept["case"]))
        return view(CaseVisit(request, found, at, is_helper=Knocks.HELPER in kept.get("knocks", ())), **parts)

    return wrapped
