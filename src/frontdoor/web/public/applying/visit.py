"""Every page of an application begins the same way: find the service, the draft of this browser, and what is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from random import SystemRandom
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from frontdoor.cases.models import Draft
from frontdoor.catalogue.pack import NoSuchService, Pack
from frontdoor.catalogue.published import our_catalogue
from frontdoor.handling.applying import DraftGone, KnownDraft, draft_of, known_draft
from frontdoor.handling.opening import case_of_draft
from frontdoor.kernel.clock import now_utc
from frontdoor.web.public import sessions

CHANCE = SystemRandom()


@dataclass(frozen=True)
class Visit:
    """A page of an application being asked for: by whom, of which draft, when."""

    request: HttpRequest
    known: KnownDraft
    at: datetime

    @property
    def pack(self) -> Pack:
        return self.known.pack

    @property
    def draft(self) -> Draft:
        return self.known.draft

    @property
    def service(self) -> str:
        return self.known.pack.id

    def page(self, name: str, **parts: object) -> str:
        """The address of a page of this application."""
        return reverse(f"apply_{name}", kwargs={"service": self.service, **parts})

    def show(self, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
        """The page, in the frame that every page of an application has."""
        return render(self.request, template, {**frame(self.pack), **context}, status=status)


View = Callable[..., HttpResponse]


def frame(pack: Pack) -> dict[str, Any]:
    """What the layout of an application needs."""
    return {
        "service": pack.service,
        "service_name": pack.service.name,
        "service_url": reverse("service", kwargs={"service": pack.id}),
        "idle_seconds": int(sessions.DRAFT_IDLE.total_seconds()),
    }


def pack_or_404(service: str) -> Pack:
    """The pack of a service that is offered on the web."""
    try:
        return our_catalogue().pack(service)
    except NoSuchService:
        raise Http404 from None


def with_draft(view: Callable[..., HttpResponse]) -> View:
    """The view is called with the `Visit`; without a draft in this browser the page says so and how to go on."""

    @wraps(view)
    def wrapped(request: HttpRequest, service: str, **parts: object) -> HttpResponse:
        pack, at = pack_or_404(service), now_utc()
        draft_id = sessions.draft_id(request, service, at)
        if draft_id is None:
            return _without_draft(request, pack, at)
        try:
            draft = draft_of(draft_id=draft_id, at=at)
        except DraftGone:
            sessions.forget(request, "draft", service)
            _notice_sending(request, service, draft_id, at)
            return _without_draft(request, pack, at)
        return view(Visit(request, known_draft(draft=draft, at=at), at), **parts)

    return wrapped


def _notice_sending(request: HttpRequest, service: str, draft_id: UUID, at: datetime) -> None:
    """A case was opened that this browser was not told of: the answer was lost, or the button was pressed twice."""
    case = case_of_draft(draft_id=draft_id)
    if case is not None and at - case.received_at <= sessions.SENT_IDLE:
        sessions.note_sent(request, service, case.pk, at)


def _without_draft(request: HttpRequest, pack: Pack, at: datetime) -> HttpResponse:
    if sessions.recall(request, "sent", pack.id, at, sessions.SENT_IDLE, stays=False):
        return redirect("apply_sent", service=pack.id)
    return render(request, "public/apply/gone.html", frame(pack), status=410)
