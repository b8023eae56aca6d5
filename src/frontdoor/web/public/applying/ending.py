"""The end of an application: list of tasks, check, send, confirmation, save for later, leave."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontdoor.cases.models import Case, DraftFile
from frontdoor.contacts.models import Delivery
from frontdoor.forms.answers import FieldFault, say_answer
from frontdoor.forms.asking import Page, SectionStatus, sections_done
from frontdoor.forms.definition import QuestionType
from frontdoor.handling.applying import drop_draft
from frontdoor.handling.opening import open_case_from_draft
from frontdoor.handling.returning import save_for_later
from frontdoor.handling.standing import standing_of
from frontdoor.kernel.clock import now_utc
from frontdoor.kernel.emails import masked_email, read_email
from frontdoor.web.public import sessions
from frontdoor.web.public.applying import papers
from frontdoor.web.public.applying.steps import between, first_missing, is_long
from frontdoor.web.public.applying.visit import CHANCE, Visit, frame, pack_or_404, with_draft
from frontdoor.web.public.fields import summary_of


@require_safe
@with_draft
def tasks(visit: Visit) -> HttpResponse:
    """The sections of a long form, with how far each has come."""
    known = visit.known
    done = sections_done(
        form=known.pack.form,
        answers=known.draft.answers,
        given=known.given,
        calculators={},
        facts=known.facts,
    )
    first = {page.section.id: page.question.id for page in reversed(known.pages())}
    first |= {page.section.id: page.question.id for page in reversed(known.pages_missing())}
    rows = [
        {
            "title": each.section.title,
            "status": each.status,
            "href": visit.page("question", question=first[each.section.id])
            if each.status is not SectionStatus.CANNOT_START
            else None,
        }
        for each in done
    ]
    finished = sum(each.status is SectionStatus.COMPLETED for each in done)
    context = {
        "tasks": rows,
        "finished": finished,
        "go_on": between(visit) or first_missing(visit) or _last(visit),
    }
    return visit.show(
        "public/apply/tasks.html", {**context, "papers": papers.list_of(visit), "is_long": is_long(known)}
    )


def _last(visit: Visit) -> str:
    return visit.page("check")


@require_http_methods(["GET", "POST"])
@with_draft
def check(visit: Visit) -> HttpResponse:
    """Check the answers, and send. Sent twice, it is one case; a second sending finds the confirmation."""
    if address := between(visit) or first_missing(visit):
        return redirect(address)
    if visit.known.papers_missing():
        return redirect(visit.page("papers"))
    if visit.request.method == "POST":
        return _send(visit)
    context = {
        "groups": _groups(visit),
        "helper": visit.draft.helper,
        "papers": papers.list_of(visit),
        "declaration": visit.pack.form.declaration,
        "back": {"href": _before_check(visit)},
    }
    return visit.show("public/apply/check.html", context)


def _before_check(visit: Visit) -> str:
    every = visit.known.pages()
    if papers.list_of(visit):
        return visit.page("papers")
    return visit.page("question", question=every[-1].question.id)


def _groups(visit: Visit) -> list[dict[str, Any]]:
    by_section = groupby(visit.known.pages(), key=lambda page: page.section)
    return [
        {"title": section.title, "rows": [_row(visit, page) for page in pages]}
        for section, pages in by_section
    ]


def _row(visit: Visit, page: Page) -> dict[str, Any]:
    change = visit.page("question", question=page.question.id) + "?change=yes"
    answer: object = say_answer(question=page.question, value=page.answer)
    if page.question.type is QuestionType.FILES:
        answer = _files_words(visit, page)
    if page.question.type is QuestionType.ADDRESS and isinstance(page.answer, dict):
        lines = page.answer.get("lines")
        parts = [
            *(lines if isinstance(lines, list) else []),
            page.answer.get("town"),
            page.answer.get("postcode"),
        ]
        answer = [str(part) for part in parts if part]
    return {"question": page.question.ask, "answer": answer, "change": change}


def _files_words(visit: Visit, page: Page) -> str:
    count = DraftFile.objects.filter(draft=visit.draft, kind=page.question.evidence).count()
    if count:
        return ngettext("%(num)d file", "%(num)d files", count) % {"num": count}
    return _("No file") if page.question.is_optional else _("To be sent later")


def _send(visit: Visit) -> HttpResponse:
    case = open_case_from_draft(draft_id=visit.draft.pk, at=visit.at, rng=CHANCE, known=visit.known)
    sessions.note_sent(visit.request, visit.service, case.pk, visit.at)
    return redirect("apply_sent", service=visit.service)


@require_safe
def sent(request: HttpRequest, service: str) -> HttpResponse:
    """The confirmation: the reference, what happens next and by when. No answers, and gone after twenty minutes."""
    pack, at = pack_or_404(service), now_utc()
    kept = sessions.recall(request, "sent", service, at, sessions.SENT_IDLE, stays=False)
    if kept is None:
        return redirect("service", service=service)
    case = Case.objects.select_related("pack", "customer").get(pk=kept["case"])
    told = Delivery.objects.filter(conversation=case.conversation_id).order_by("created_at").first()
    context = {"case": case, "standing": standing_of(case=case, at=at), "told": told.channel if told else ""}
    return render(request, "public/apply/sent.html", {**frame(pack), **context})


@require_http_methods(["GET", "POST"])
@with_draft
def save(visit: Visit) -> HttpResponse:
    """Save and come back later: a link by email. The browser forgets the application."""
    context: dict[str, Any] = {
        "back": {"href": visit.page("start")},
        "until": visit.draft.expires_at,
        "given": "",
    }
    if visit.request.method == "GET":
        return visit.show("public/apply/save.html", {**context, "given": visit.draft.saved_to})
    given = visit.request.POST.get("email", "").strip()
    email = read_email(given)
    if email is None:
        words = _("Enter an email address in the correct format, like name@example.com")
        errors = summary_of([FieldFault("email", words)])
        return visit.show("public/apply/save.html", {**context, "given": given, "errors": errors})
    save_for_later(draft_id=visit.draft.pk, email=email, at=visit.at, rng=CHANCE)
    sessions.forget(visit.request, "draft", visit.service)
    facts = {"to": masked_email(email), "until": visit.draft.expires_at.isoformat()}
    sessions.remember(visit.request, "saved", visit.service, facts, visit.at)
    return redirect("apply_saved", service=visit.service)


@require_safe
def saved(request: HttpRequest, service: str) -> HttpResponse:
    """Where the link went and until when it works."""
    pack, at = pack_or_404(service), now_utc()
    kept = sessions.recall(request, "saved", service, at, sessions.SENT_IDLE, stays=False)
    if kept is None:
        return redirect("service", service=service)
    return render(request, "public/apply/saved.html", {**frame(pack), "saved": kept})


@require_POST
def leave(request: HttpRequest, service: str) -> HttpResponse:
    """Finish and clear: what was typed and not saved is removed, and this browser forgets everything."""
    at = now_utc()
    draft = sessions.draft_id(request, service, at)
    if draft is not None:
        drop_draft(draft_id=draft, at=at, only_unsaved=True)
    sessions.clear(request)
    return redirect("cleared")


@require_safe
@with_draft
def keep_open(visit: Visit) -> HttpResponse:
    """Asked by the page when somebody says that they are still there."""
    return HttpResponse(status=204)


@require_safe
def ended(request: HttpRequest, service: str) -> HttpResponse:
    """Nobody used the application for an hour: it is closed here."""
    pack = pack_or_404(service)
    sessions.forget(request, "draft", service)
    return render(request, "public/apply/gone.html", frame(pack))
