"""The pages of a case: the sheet with its papers, the answers, the messages, the history, and the record."""

from __future__ import annotations

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from frontdoor.cases.models import Appointment, DecisionRecord, IssuedItem, Note, Payment, Task
from frontdoor.forms.answers import say_answer
from frontdoor.forms.asking import pages as question_pages
from frontdoor.forms.definition import QuestionType
from frontdoor.forms.facts import Facts
from frontdoor.handling.cash import METHODS
from frontdoor.handling.helping import helper_now
from frontdoor.handling.wording import fact_in_words, reason_words
from frontdoor.journal.queries import entries_of_case
from frontdoor.web.office.case.history import entries_in_words
from frontdoor.web.office.case.opened import Opened, case_page
from frontdoor.web.office.case.papers import card, on_show, papers_of, view_of
from frontdoor.web.office.case.related import deliveries_of, followers_of, related_of
from frontdoor.web.office.case.sheet import counted, fact_name, groups_of, kind_title
from frontdoor.web.office.case.thread import thread_of

ONLY_LOOKED = ("case viewed", "journal of case read")


@require_safe
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # typed for pages without an address part
@case_page
def decide(opened: Opened) -> HttpResponse:
    """The decision sheet with the paper on show beside it."""
    papers = papers_of(opened)
    paper = on_show(papers, opened.request.GET.get("look", "")) if opened.can_handle else None
    groups = groups_of(opened, papers, paper)
    sheet = opened.sheet
    context: dict[str, Any] = {
        "groups": groups,
        "counted": counted(groups),
        "papers": [card(opened, each, paper.pk if paper else None) for each in papers],
        "view": view_of(opened, paper),
        "sheet": sheet,
        "asks_for": [kind_title(kind, opened.known) for kind in sheet.asks_for],
        "to_look_at": [kind_title(kind, opened.known) for kind in sheet.to_look_at],
        "computed": _named(opened, sheet.computed),
        "decisions": _decisions(opened),
    }
    return opened.show("office/case/decide.html", context)


def _named(opened: Opened, values: Any) -> list[tuple[str, str]]:
    return [
        (fact_name(name, opened.known), fact_in_words(name, value, opened.known))
        for name, value in values.items()
    ]


def _decisions(opened: Opened) -> list[dict[str, Any]]:
    made = (
        DecisionRecord.objects.filter(case=opened.case)
        .select_related("by", "confirmed_by")
        .order_by("-at", "-pk")
    )
    return [
        {
            "outcome": each.outcome,
            "at": each.at,
            "by": each.by.full_name if each.by else _("Decided by itself, as the rules allow"),
            "confirmed_by": each.confirmed_by.full_name if each.confirmed_by else "",
            "reasons": reason_words(opened.known, tuple(each.reasons)),
            "words": each.words,
        }
        for each in made
    ]


@require_safe
@case_page
def answers(opened: Opened) -> HttpResponse:
    """What the customer answered, section by section."""
    known = opened.known
    asked = question_pages(
        form=known.pack.form,
        answers=opened.case.answers,
        given={},
        calculators={},
        facts=Facts(known.facts, known.not_asked, known.asked),
    )
    sections: dict[str, list[dict[str, str]]] = {}
    for page in asked:
        if page.question.type is QuestionType.FILES:
            continue
        said = say_answer(question=page.question, value=page.answer)
        sections.setdefault(page.section.title, []).append({"question": page.question.ask, "answer": said})
    return opened.show("office/case/answers.html", {"sections": sections, "helper": helper_now(opened.case)})


@require_safe
@case_page
def messages(opened: Opened) -> HttpResponse:
    """What was said both ways, and a place to write."""
    thread = thread_of(opened)
    return opened.show(
        "office/case/messages.html", {"thread": thread, "has_unread": any(m["is_unread"] for m in thread)}
    )


@require_safe
@case_page
def history(opened: Opened) -> HttpResponse:
    """The journal of the case in words, newest first, with the notes of colleagues."""
    entries = list(entries_of_case(case_id=opened.case.pk))
    views = [entry for entry in entries if entry.event in ONLY_LOOKED]
    happened = entries_in_words(
        [entry for entry in reversed(entries) if entry.event not in ONLY_LOOKED], opened.case
    )
    notes = Note.objects.filter(case=opened.case).select_related("by").order_by("-written_at", "-pk")
    return opened.show("office/case/history.html", {"entries": happened, "views": len(views), "notes": notes})


@require_safe
@case_page
def record(opened: Opened) -> HttpResponse:
    """Tasks, appointments, what was issued and paid, what belongs together, and every message sent."""
    case = opened.case
    context = {
        "tasks": _tasks(opened),
        "appointments": Appointment.objects.filter(case=case).order_by("-at"),
        "items": IssuedItem.objects.filter(case=case).order_by("-issued_at"),
        "payments": Payment.objects.filter(case=case).order_by("-asked_at"),
        "methods": [{"value": name, "text": words} for name, words in METHODS.items()],
        "related": related_of(opened),
        "followers": followers_of(opened),
        "deliveries": deliveries_of(opened),
        "linking": reverse("case_link", args=[case.reference]),
    }
    return opened.show("office/case/record.html", context)


def _tasks(opened: Opened) -> list[dict[str, Any]]:
    kinds = opened.known.pack.journey.tasks
    found = Task.objects.filter(case=opened.case).select_related("team", "done_by").order_by("-opened_at")
    return [
        {"label": kinds[task.kind].label if task.kind in kinds else task.kind, "task": task} for task in found
    ]


@require_safe
@case_page
def version(opened: Opened) -> HttpResponse:
    """The revision of the case, asked for by open pages: they then say that somebody changed it."""
    mark = f'"{opened.case.revision}"'
    if opened.request.headers.get("If-None-Match") == mark:
        return HttpResponse(status=304)
    response = HttpResponse(str(opened.case.revision), content_type="text/plain")
    response["ETag"] = mark
    return response
