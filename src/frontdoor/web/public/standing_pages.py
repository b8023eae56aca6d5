"""Pages that stand by themselves: finish and clear, help and contact, accessibility, privacy, cookies, feedback."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontdoor.catalogue.published import our_catalogue, our_council
from frontdoor.catalogue.schema.service import KindOfCase
from frontdoor.forms.answers import FieldFault
from frontdoor.handling.feedback import LONGEST, NotARating, give_feedback
from frontdoor.kernel.clock import now_utc
from frontdoor.web.look import hours_words
from frontdoor.web.public import sessions
from frontdoor.web.public.applying.visit import CHANCE
from frontdoor.web.public.fields import summary_of

HEARD_HERE = (KindOfCase.COMPLAINT, KindOfCase.FEEDBACK)
CLOSED_TO_ROBOTS = ("/apply/", "/track", "/return/", "/survey/", "/staff/", "/find")
ROBOTS = "User-agent: *\n" + "".join(f"Disallow: {path}\n" for path in CLOSED_TO_ROBOTS)


@require_POST
def clear(request: HttpRequest) -> HttpResponse:
    """Forget everything this browser was doing here."""
    sessions.clear(request)
    return redirect("cleared")


@require_safe
def standing(request: HttpRequest, *, template: str) -> HttpResponse:
    """A page made of the council's own data."""
    packs = sorted(our_catalogue(), key=lambda pack: pack.service.name.casefold())
    context = {
        "ours": our_council(),
        "packs": packs,
        "hours_words": hours_words,
        "draft_minutes": int(sessions.DRAFT_IDLE.total_seconds() // 60),
        "track_minutes": int(sessions.TRACK_IDLE.total_seconds() // 60),
    }
    return render(request, f"public/{template}.html", context)


help_page = partial(standing, template="help")
contact = partial(standing, template="contact")
accessibility = partial(standing, template="accessibility")
privacy = partial(standing, template="privacy")
cookies = partial(standing, template="cookies")
hide = partial(standing, template="hide")
cleared = partial(standing, template="cleared")
thanks = partial(standing, template="thanks")


@require_safe
def complain(request: HttpRequest) -> HttpResponse:
    """Where to complain, praise and suggest: the council's own services for it, or its page where it offers none."""
    services = {kind: [each for each in our_catalogue() if each.service.kind is kind] for kind in HEARD_HERE}
    context = {
        "back": {"href": reverse("home")},
        "ours": our_council(),
        "complaints": services[KindOfCase.COMPLAINT],
        "praise": services[KindOfCase.FEEDBACK],
    }
    return render(request, "public/complain.html", context)


@require_http_methods(["GET", "POST"])
def feedback(request: HttpRequest) -> HttpResponse:
    """How easy was it? Nobody is asked who they are."""
    context = {"back": {"href": reverse("home")}, "words": "", "longest": LONGEST}
    if request.method == "GET":
        return render(request, "public/feedback.html", context)
    words = request.POST.get("words", "")
    try:
        rating = request.POST.get("rating", "")
        give_feedback(rating=rating, words=words, service="", at=now_utc(), rng=CHANCE)
    except NotARating:
        errors = summary_of([FieldFault("rating", _("Select how easy it was"))])
        return render(request, "public/feedback.html", {**context, "words": words, "errors": errors})
    return redirect("feedback_thanks")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines leave alone."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")
