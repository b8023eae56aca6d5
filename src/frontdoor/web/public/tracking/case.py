"""The case as its customer sees it: how it stands, what comes next and by when, what happened, what was said."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from frontdoor.cases.models import Case
from frontdoor.catalogue.published import our_council
from frontdoor.contacts.models import Delivery, DeliveryChannel, Direction, Message
from frontdoor.handling.appointments.proving import calls_of_case
from frontdoor.handling.paying import takes_payments
from frontdoor.handling.reports import public_report
from frontdoor.handling.standing import next_appointment, payment_due, review_until, standing_of
from frontdoor.handling.tracking import ASK_FOR_REVIEW, customer_moves, papers_wanted
from frontdoor.kernel.clock import now_utc
from frontdoor.web.public import sessions
from frontdoor.web.public.applying.papers import slug_of
from frontdoor.web.public.markdown import to_html
from frontdoor.web.public.tracking.happened import happened
from frontdoor.web.public.tracking.visit import CaseVisit, with_case


@require_safe
@with_case
def case(visit: CaseVisit) -> HttpResponse:
    """Everything about the case that its customer may see."""
    moves = customer_moves(case=visit.case, at=visit.at)
    context = {
        "standing": standing_of(case=visit.case, at=visit.at),
        "happened": happened(case=visit.case, pack=visit.pack),
        "messages": messages_of(visit.case),
        "papers": [
            {"wanted": paper, "slug": slug_of(paper.name)}
            for paper in papers_wanted(case=visit.case, at=visit.at)
        ],
        "payment": payment_due(case=visit.case),
        "pays_online": takes_payments(),
        "pay_ways": our_council().payment_methods,
        "appointment": next_appointment(case=visit.case, at=visit.at),
        "calls": calls_of_case(case=visit.case, at=visit.at),
        "is_helper": visit.is_helper,
        "letters": list(letters_of(visit.case)),
        "moves": [{"move": move, "slug": slug_of(move.name)} for move in moves],
        "review_until": review_until(case=visit.case)
        if any(m.name == ASK_FOR_REVIEW for m in moves)
        else None,
        "notice": NOTICES.get(visit.request.GET.get("done", "")),
    }
    return visit.show("public/track/case.html", context)


NOTICES = {
    "replied": {"title": "We have your message", "text": "An officer reads it and answers here."},
    "sent": {"title": "We have your files", "text": "An officer looks at them."},
    "done": {"title": "Done", "text": "You can see below how it stands now."},
    "paid": {"title": "Thank you, you have paid", "text": ""},
}


def messages_of(case: Case) -> list[dict[str, Any]]:
    """What was said both ways, newest first. Our own words have their headings and lists, the customer's stand as
    written.
    """
    rows = Message.objects.filter(conversation=case.conversation_id).prefetch_related("files")
    council = our_council().name
    return [_message(row, council) for row in rows.order_by("-said_at", "-pk").defer("files__content")]


def _message(row: Message, council: str) -> dict[str, Any]:
    is_ours = row.direction == Direction.OUT
    names = [{"text": file.name} for file in row.files.all()]
    shown = {"by": council if is_ours else _("You"), "at": row.said_at, "ours": is_ours, "text": row.words}
    return {**shown, "html": to_html(row.words) if is_ours else "", "names": names}


def letters_of(case: Case) -> Any:
    """The letters that were made for the customer, oldest first."""
    rows = Delivery.objects.filter(conversation=case.conversation_id, channel=DeliveryChannel.LETTER)
    mine = rows.filter(letter__isnull=False, customer=case.customer_id)
    return mine.select_related("letter").defer("letter__content").order_by("created_at", "pk")


@require_safe
@with_case
def letter(visit: CaseVisit, number: int) -> HttpResponse:
    """One letter as it was sent."""
    letters = list(letters_of(visit.case))
    if not 0 < number <= len(letters):
        raise Http404
    kept = letters[number - 1].letter
    response = HttpResponse(bytes(kept.content), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{visit.case.reference}-{number}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """A report without a name, by its reference alone: how it stands, and nothing personal."""
    at = now_utc()
    kept = sessions.recall(request, "report", "case", at, sessions.TRACK_IDLE)
    if kept is None:
        return redirect("track")
    found = Case.objects.select_related("pack").get(pk=UUID(kept["case"]))
    context = {"case": found, "report": public_report(found), "standing": standing_of(case=found, at=at)}
    return render(request, "public/track/report.html", context)
