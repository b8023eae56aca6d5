"""Pages that come between the questions: a warning or the end of the way, and reports nearby."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from frontdoor.cases.policies import CaseClosed
from frontdoor.contacts.actions import Introduction
from frontdoor.forms.answers import FieldFault, say_answer
from frontdoor.forms.definition import After, Interrupt
from frontdoor.handling.applying import (
    NOT_OURS,
    KnownDraft,
    count_stop,
    draft_of,
    drop_draft,
    known_draft,
    pass_interrupt,
    pass_page,
)
from frontdoor.handling.following import NotPublic, follow_report, nearby_of_draft, nearby_page
from frontdoor.kernel.clock import now_utc
from frontdoor.kernel.emails import read_email
from frontdoor.kernel.facts import Json
from frontdoor.kernel.phones import read_phone
from frontdoor.web.public import sessions
from frontdoor.web.public.applying.steps import back_from, start_of
from frontdoor.web.public.applying.visit import CHANCE, Visit, frame, pack_or_404, with_draft
from frontdoor.web.public.fields import summary_of
from frontdoor.web.public.markdown import filled, to_html


@require_http_methods(["GET", "POST"])
@with_draft
def note(visit: Visit) -> HttpResponse:
    """The page that must come now. One that stops is counted; where it is not ours, what was said is not kept."""
    due = visit.known.interrupt()
    if due is None:
        return redirect(start_of(visit))
    if due.then is After.STOP:
        return _stop(visit, due)
    if visit.request.method == "POST":
        pass_interrupt(draft_id=visit.draft.pk, name=due.name, at=visit.at)
        return redirect(start_of(Visit(visit.request, _again(visit), visit.at)))
    return visit.show(
        "public/apply/note.html", {**_words(visit.known, due), "goes_on": True, "back": _back(visit, due)}
    )


def _stop(visit: Visit, due: Interrupt) -> HttpResponse:
    words = _words(visit.known, due)
    count_stop(draft_id=visit.draft.pk, interrupt=due, at=visit.at)
    if due.counts_as != NOT_OURS:
        return visit.show("public/apply/note.html", {**words, "goes_on": False, "back": _back(visit, due)})
    drop_draft(draft_id=visit.draft.pk, at=visit.at)
    sessions.forget(visit.request, "draft", visit.service)
    facts = {"title": words["title"], "html": str(words["html"])}
    sessions.remember(visit.request, "stopped", visit.service, facts, visit.at)
    return redirect("apply_stopped", service=visit.service)


@require_safe
def stopped(request: HttpRequest, service: str) -> HttpResponse:
    """The end of the way for what is not ours: whose it is and where to go. Nothing of the answers is left."""
    pack, at = pack_or_404(service), now_utc()
    kept = sessions.recall(request, "stopped", service, at, sessions.SENT_IDLE, stays=False)
    if kept is None:
        return redirect("service", service=service)
    words = {
        "title": kept["title"],
        "html": to_html("") + _safe(kept["html"]),
        "goes_on": False,
        "nothing_kept": True,
    }
    return render(request, "public/apply/note.html", {**frame(pack), **words})


def _safe(html: str) -> str:
    from markupsafe import Markup  # written by `filled` into the session a moment ago

    return Markup(html)


def _words(known: KnownDraft, due: Interrupt) -> dict[str, str]:
    said = {name: in_words(known, name, value) for name, value in known.facts.values.items()}
    return {"title": due.title, "html": filled(due.say, said), "counts_as": due.counts_as}


def in_words(known: KnownDraft, name: str, value: Json) -> str:
    """A fact of a draft in words: through its question where one gives it."""
    question = known.pack.question(name)
    if question is not None:
        return say_answer(question=question, value=value)
    return "" if value is None or isinstance(value, bool | dict | list) else str(value)


def _back(visit: Visit, due: Interrupt) -> dict[str, str]:
    """The question that brought the page: the last one answered of those its condition reads."""
    read = [page.question.id for page in visit.known.pages() if page.question.id in due.when.names]
    if read:
        return {"href": visit.page("question", question=read[-1])}
    answered = [page.question.id for page in visit.known.pages() if page.answer is not None]
    return {"href": visit.page("question", question=answered[-1]) if answered else back_from(visit, "")}


def _again(visit: Visit) -> KnownDraft:
    return known_draft(draft=draft_of(draft_id=visit.draft.pk, at=visit.at), at=visit.at)


@require_http_methods(["GET", "POST"])
@with_draft
def nearby(visit: Visit) -> HttpResponse:
    """Open reports about the same place, before a new one is made: follow one, or go on."""
    reports, page = nearby_of_draft(known=visit.known), nearby_page(visit.known)
    if not reports or page is None:
        return redirect(start_of(visit))
    context = {"reports": reports, "back": {"href": _place_page(visit)}}
    if visit.request.method == "GET":
        return visit.show("public/apply/nearby.html", context)
    chosen = visit.request.POST.get("same", "")
    if chosen == "none":
        pass_page(draft_id=visit.draft.pk, page=page, at=visit.at)
        return redirect(start_of(Visit(visit.request, _again(visit), visit.at)))
    if chosen in {str(report.id) for report in reports}:
        sessions.note_look_up(visit.request, visit.service, "follow", chosen)
        return redirect(visit.page("follow"))
    words = _("Select the report that is about the same problem, or say that yours is new")
    return visit.show(
        "public/apply/nearby.html", {**context, "errors": summary_of([FieldFault("same", words)])}
    )


def _place_page(visit: Visit) -> str:
    asked = [page.question for page in visit.known.pages() if page.question.type.value == "place"]
    return visit.page("question", question=asked[-1].id) if asked else visit.page("start")


@require_http_methods(["GET", "POST"])
@with_draft
def follow(visit: Visit) -> HttpResponse:
    """How to send news of somebody else's report."""
    chosen = sessions.looked_up(visit.request, visit.service, "follow")
    report = next((each for each in nearby_of_draft(known=visit.known) if str(each.id) == chosen), None)
    if report is None:
        return redirect(visit.page("nearby"))
    context = {"report": report, "back": {"href": visit.page("nearby")}, "given": {}, "faults": {}}
    if visit.request.method == "GET":
        return visit.show("public/apply/follow.html", context)
    given = {name: visit.request.POST.get(name, "").strip()[:254] for name in ("email", "phone")}
    if faults := _contact_faults(given):
        told = {fault.field: fault.words for fault in faults}
        return visit.show(
            "public/apply/follow.html",
            {**context, "given": given, "faults": told, "errors": summary_of(faults)},
        )
    return _follow(visit, report.id, given)


def _follow(visit: Visit, report: UUID, given: dict[str, str]) -> HttpResponse:
    introduction = Introduction(
        email=read_email(given["email"]) or "", phone=read_phone(given["phone"]) or ""
    )
    try:
        follow_report(case_id=report, introduction=introduction, channel="web", at=visit.at, rng=CHANCE)
    except (CaseClosed, NotPublic):
        return redirect(visit.page("nearby"))
    drop_draft(draft_id=visit.draft.pk, at=visit.at)
    sessions.forget(visit.request, "draft", visit.service)
    return redirect("apply_following", service=visit.service)


def _contact_faults(given: dict[str, str]) -> list[FieldFault]:
    wrong = {
        "email": _("Enter an email address in the correct format, like name@example.com")
        if given["email"] and not read_email(given["email"])
        else "",
        "phone": _("Enter a phone number, like 07700 900 982")
        if given["phone"] and not read_phone(given["phone"])
        else "",
    }
    if not given["email"] and not given["phone"]:
        wrong["email"] = _("Enter an email address or a mobile number, so that we can send you news")
    return [FieldFault(name, words) for name, words in wrong.items() if words]


@require_safe
def following(request: HttpRequest, service: str) -> HttpResponse:
    """You now hear of the report as its maker does."""
    return render(request, "public/apply/following.html", frame(pack_or_404(service)))
