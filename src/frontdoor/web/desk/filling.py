"""Fill in the same form together with the customer: every question that applies on one page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from markupsafe import Markup

from frontdoor.cases.models import Case, Draft, Enquiry
from frontdoor.cases.policies import CaseClosed
from frontdoor.contacts.actions import Introduction
from frontdoor.forms.answers import FieldFault, fields_of
from frontdoor.forms.asking import Page
from frontdoor.forms.definition import After, Interrupt, QuestionType
from frontdoor.handling.applying import KnownDraft, NotReady, known_draft
from frontdoor.handling.desk.drafts import take_up_form
from frontdoor.handling.desk.filling import (
    is_filled_by_us,
    keep_typed,
    note_stop,
    send_together,
    start_together,
    streets_like,
)
from frontdoor.handling.desk.nearby import NoWayToTell, follow_instead
from frontdoor.handling.following import NotPublic
from frontdoor.handling.standing import standing_of
from frontdoor.kernel.emails import read_email
from frontdoor.kernel.phones import read_phone
from frontdoor.web.desk import shown
from frontdoor.web.desk.between import between, between_shown, interrupts_now, papers_shown, take_papers
from frontdoor.web.desk.typed import as_uuid
from frontdoor.web.desk.visit import CHANCE, Visit, contact_page, says
from frontdoor.web.office.notices import leave_notice, take_notice
from frontdoor.web.public.applying.notes import in_words
from frontdoor.web.public.applying.papers import slug_of
from frontdoor.web.public.fields import Shown, Values, field_of, summary_of, typed_in
from frontdoor.web.public.markdown import filled
from frontdoor.web.words import date_words


@require_http_methods(["GET", "POST"])
@contact_page
def form(visit: Visit, enquiry: UUID) -> HttpResponse:
    """Show the form, keep what was typed, or send it."""
    draft = start_together(enquiry_id=enquiry, by=visit.user, at=visit.at, rng=CHANCE)
    if visit.request.method == "GET":
        return _show(visit, enquiry, draft)
    if between(visit, enquiry):
        return redirect(visit.page("desk_form", enquiry=enquiry))
    typed = typed_in(visit.request.POST)
    faults = keep_typed(enquiry_id=enquiry, typed=typed, by=visit.user, at=visit.at)
    faults += take_papers(visit, enquiry)
    draft.refresh_from_db()
    if faults or visit.posted("do") != "send":
        return _show(visit, enquiry, draft, typed, faults) if faults else _again(visit, enquiry)
    if interrupts_now(known_draft(draft=draft, at=visit.at)):
        return redirect(visit.page("desk_form", enquiry=enquiry))
    try:
        case = send_together(enquiry_id=enquiry, by=visit.user, at=visit.at, rng=CHANCE)
    except NotReady:
        return _show(visit, enquiry, draft, typed, _open_questions(known_draft(draft=draft, at=visit.at)))
    leave_notice(visit.request, _sent_words(visit, case, draft))
    return visit.back()


@require_POST
@contact_page
def follow(visit: Visit, enquiry: UUID) -> HttpResponse:
    """They follow a report that is there already instead of making it again."""
    reach = Introduction(
        email=read_email(visit.posted("email")) or "", phone=read_phone(visit.posted("phone")) or ""
    )
    try:
        followed = follow_instead(
            enquiry_id=enquiry,
            case_id=as_uuid(visit.posted("same")),
            reach=reach,
            by=visit.user,
            at=visit.at,
            rng=CHANCE,
        )
    except (NotPublic, CaseClosed, NoWayToTell) as refused:
        leave_notice(visit.request, says(refused), kind="info")
        return redirect(visit.page("desk_form", enquiry=enquiry))
    leave_notice(
        visit.request,
        _("They follow the report now. Say: you will hear from us about %(reference)s.")
        % {"reference": followed.reference},
    )
    return visit.back()


@require_POST
@contact_page
def take_up(visit: Visit, draft: UUID) -> HttpResponse:
    """Go on with a form that was left half-filled."""
    enquiry = take_up_form(
        contact_id=visit.contact.pk, draft_id=draft, by=visit.user, at=visit.at, rng=CHANCE
    )
    return redirect(visit.page("desk_form", enquiry=enquiry.pk))


def _again(visit: Visit, enquiry: UUID) -> HttpResponse:
    """The page anew, at the first question that is still open."""
    return redirect(visit.page("desk_form", enquiry=enquiry) + "#next")


def _sent_words(visit: Visit, case: Case, draft: Draft) -> str:
    dues = standing_of(case=case, at=visit.at).dues
    words = _("Sent. Say: your reference is %(reference)s.") % {"reference": case.reference}
    if dues:
        words += _(" They will hear by %(day)s.") % {"day": date_words(dues[0].due_at)}
    if draft.papers_promised:
        words += _(" Ask them to write the reference on every paper that they post.")
    return words


def _open_questions(known: KnownDraft) -> tuple[FieldFault, ...]:
    """What still stands in the way of sending, in words."""
    open_pages = [
        FieldFault(page.question.id, _("Still to be answered: %(ask)s") % {"ask": page.question.ask})
        for page in known.pages_missing()
    ]
    kinds = known.pack.form.evidence
    papers = [
        FieldFault(
            f"paper-{slug_of(name)}",
            _("%(paper)s must come with the form: take it here, or it cannot be sent.")
            % {"paper": kinds[name].title},
        )
        for name in known.papers_missing()
    ]
    return (*open_pages, *papers)


def _show(
    visit: Visit,
    enquiry: UUID,
    draft: Draft,
    typed: Values | None = None,
    faults: tuple[FieldFault, ...] = (),
) -> HttpResponse:
    known = known_draft(draft=draft, at=visit.at)
    due = known.interrupt()
    stops = due is not None and due.then is After.STOP
    if due is not None and stops:
        note_stop(enquiry_id=enquiry, interrupt=due, by=visit.user, at=visit.at)
    current = Enquiry.objects.select_related("case").get(pk=enquiry)
    papers = papers_shown(known)
    context: dict[str, Any] = {
        "contact": visit.contact,
        "way": shown.way_of(visit.contact),
        "enquiry": shown.current_of(current),
        "service_name": known.pack.service.name,
        "between": between_shown(visit, known),
        "sections": [] if stops else _sections(visit, known, typed or {}, faults, papers),
        "papers": [paper for paper in papers.values() if not paper["in_form"]],
        "left": len(known.pages_missing()),
        "warning": {"name": due.name, "title": due.title, "html": _read_out(known, due)} if due else None,
        "stops": stops,
        "helper": draft.helper,
        "declaration": known.pack.form.declaration,
        "errors": summary_of(faults),
        "has_map": any(page.question.type is QuestionType.PLACE for page in known.pages()),
        "notice": take_notice(visit.request),
    }
    return render(visit.request, "desk/form.html", context, status=200)


def _read_out(known: KnownDraft, due: Interrupt) -> Markup:
    said = {name: in_words(known, name, value) for name, value in known.facts.values.items()}
    return filled(due.say, said)


def _sections(
    visit: Visit,
    known: KnownDraft,
    typed: Mapping[str, Any],
    faults: tuple[FieldFault, ...],
    papers: Mapping[str, dict[str, Any]],
) -> list[dict[str, Any]]:
    first = next((page.question.id for page in known.pages_missing()), "")
    return [
        {
            "title": section.title,
            "questions": [_question(visit, page, typed, faults, first, papers) for page in pages],
        }
        for section, pages in groupby(known.pages(), key=lambda page: page.section)
    ]


def _question(
    visit: Visit,
    page: Page,
    typed: Mapping[str, Any],
    faults: tuple[FieldFault, ...],
    first: str,
    papers: Mapping[str, dict[str, Any]],
) -> dict[str, Any]:
    asked = page.question
    own = tuple(each for each in faults if each.field == asked.id or each.field.startswith(f"{asked.id}-"))
    known = fields_of(question=asked, value=page.answer)
    field = field_of(asked, Shown({**known, **_of(asked.id, typed)}, own))
    return {
        "field": replace(field, is_heading=False),
        "paper": papers.get(asked.evidence or "") if asked.type is QuestionType.FILES else None,
        "is_files": asked.type is QuestionType.FILES,
        "streets": streets_like(page) if asked.type is QuestionType.PLACE else [],
        "is_next": asked.id == first,
        "is_known": is_filled_by_us(page, visit.contact.customer),
    }


def _of(question: str, typed: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value for name, value in typed.items() if name == question or name.startswith(f"{question}-")
    }
