"""The beginning of an application: start, who it is for, and who helps."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontdoor.contacts.models import Relation, Say
from frontdoor.forms.answers import FieldFault
from frontdoor.handling.applying import (
    KnownDraft,
    draft_of,
    drop_draft,
    keep_helper,
    known_draft,
    pass_page,
    start_draft,
)
from frontdoor.kernel.clock import now_utc
from frontdoor.kernel.emails import read_email
from frontdoor.kernel.phones import read_phone
from frontdoor.web.public import sessions
from frontdoor.web.public.applying.steps import start_of
from frontdoor.web.public.applying.visit import CHANCE, Visit, pack_or_404, with_draft
from frontdoor.web.public.fields import summary_of

SAYS, RELATIONS = Say.values, Relation.values


@require_POST
def start(request: HttpRequest, service: str) -> HttpResponse:
    """Begin a new application. One begun before in this browser is dropped: nobody can take it up by pressing Start."""
    at = now_utc()
    pack_or_404(service)
    old = sessions.draft_id(request, service, at)
    if old is not None:
        drop_draft(draft_id=old, at=at, only_unsaved=True)
    draft = start_draft(service=service, channel="web", at=at, rng=CHANCE)
    sessions.open_draft(request, service, draft.pk, at)
    return redirect("apply_call" if request.POST.get("then") == "call" else "apply_start", service=service)


@require_safe
@with_draft
def go_on(visit: Visit) -> HttpResponse:
    """On to the first thing that is still to be done."""
    return redirect(start_of(visit))


@require_http_methods(["GET", "POST"])
@with_draft
def who(visit: Visit) -> HttpResponse:
    """Is this for yourself, or do you help somebody?"""
    back = {"href": f"/services/{visit.service}/"}
    if visit.request.method == "GET":
        chosen = "other" if visit.draft.helper else "self" if visit.known.has_passed("who") else ""
        return visit.show("public/apply/who.html", {"chosen": chosen, "back": back})
    chosen = visit.request.POST.get("who", "")
    if chosen not in ("self", "other"):
        faults = summary_of([FieldFault("who", _("Select who you are applying for"))])
        return visit.show("public/apply/who.html", {"chosen": "", "back": back, "errors": faults})
    if chosen == "other":
        return redirect(visit.page("helper"))
    keep_helper(draft_id=visit.draft.pk, helper=None, at=visit.at)
    return _passed_who(visit)


def _passed_who(visit: Visit) -> HttpResponse:
    pass_page(draft_id=visit.draft.pk, page="who", at=visit.at)
    now = Visit(visit.request, _again(visit), visit.at)
    return redirect(now.page("check") if now.known.is_ready() else start_of(now))


def _again(visit: Visit) -> KnownDraft:
    return known_draft(draft=draft_of(draft_id=visit.draft.pk, at=visit.at), at=visit.at)


@require_http_methods(["GET", "POST"])
@with_draft
def helper(visit: Visit) -> HttpResponse:
    """Who helps, how to reach them, and what the customer said to it."""
    context = {"back": {"href": visit.page("who")}, "says": SAYS, "relations": RELATIONS}
    if visit.request.method == "GET":
        given = {name: str(value) for name, value in (visit.draft.helper or {}).items()}
        return visit.show("public/apply/helper.html", {**context, "given": given})
    given = {
        name: " ".join(visit.request.POST.get(name, "").split())[:200]
        for name in ("full_name", "relation", "phone", "email", "say")
    }
    if faults := _helper_faults(given):
        return visit.show(
            "public/apply/helper.html",
            {
                **context,
                "given": given,
                "errors": summary_of(faults),
                "faults": {f.field: f.words for f in faults},
            },
        )
    keep_helper(draft_id=visit.draft.pk, helper=dict(given), at=visit.at)
    return _passed_who(visit)


def _helper_faults(given: dict[str, str]) -> list[FieldFault]:
    wrong = {
        "full_name": "" if given["full_name"] else _("Enter your full name"),
        "relation": "" if given["relation"] in RELATIONS else _("Select how you know the person"),
        "phone": ""
        if not given["phone"] or read_phone(given["phone"])
        else _("Enter a phone number, like 01632 960 001"),
        "email": ""
        if not given["email"] or read_email(given["email"])
        else _("Enter an email address in the correct format, like name@example.com"),
        "say": "" if given["say"] in SAYS else _("Select what the person said to it"),
    }
    if not given["phone"] and not given["email"]:
        wrong["phone"] = _(
            "Enter a phone number or an email address, so that we can ask you if something is unclear"
        )
    return [FieldFault(name, words) for name, words in wrong.items() if words]
