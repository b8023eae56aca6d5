"""Coming back by the link of a saved application. Opening the link does nothing: programs that look at links in
emails open them too. A press on the button, with the address the link went to, does.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontdoor.contacts.identity import TooManyTries
from frontdoor.forms.answers import FieldFault
from frontdoor.handling.applying import DraftGone
from frontdoor.handling.returning import TRIES_WITHIN, NotThisEmail, open_saved
from frontdoor.kernel.clock import now_utc
from frontdoor.web import errors
from frontdoor.web.public import sessions
from frontdoor.web.public.fields import summary_of


@require_http_methods(["GET", "POST"])
def come_back(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the address, then go on where the customer stopped."""
    if request.method == "GET":
        return render(request, "public/apply/return.html", {"given": ""})
    at, given = now_utc(), request.POST.get("email", "").strip()[:254]
    try:
        draft = open_saved(token=token, email=given, at=at)
    except DraftGone:
        return render(request, "public/apply/link_gone.html", {}, status=410)
    except TooManyTries:
        return errors.too_many(request, wait_seconds=int(TRIES_WITHIN.total_seconds()))
    except NotThisEmail:
        words = _("Enter the email address we sent the link to")
        return render(
            request,
            "public/apply/return.html",
            {"given": given, "errors": summary_of([FieldFault("email", words)])},
        )
    request.session.cycle_key()
    sessions.open_draft(request, draft.service, draft.pk, at)
    return redirect("apply_start", service=draft.service)
