"""What a customer can do with a case: reply, send papers, ask for a review, withdraw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontdoor.cases.policies import CaseClosed
from frontdoor.contacts.models import StoredFile
from frontdoor.forms.answers import FieldFault
from frontdoor.handling.evidence import receive_evidence
from frontdoor.handling.standing import AskedFor, review_until
from frontdoor.handling.tracking import ASK_FOR_REVIEW, customer_move, customer_moves, papers_wanted
from frontdoor.handling.tracking import reply as send_reply
from frontdoor.handling.uploading import NotTaken, take_file
from frontdoor.journeys.definition import Move, Wants
from frontdoor.journeys.moving import MoveNeeds, MoveNotOffered
from frontdoor.web.public.applying.papers import FIELD, TYPES, slug_of
from frontdoor.web.public.applying.visit import CHANCE
from frontdoor.web.public.fields import summary_of
from frontdoor.web.public.tracking.visit import CaseVisit, with_case

LONGEST_WORDS = 4000
MOST_AT_ONCE = 10


def _done(what: str) -> HttpResponse:
    return redirect(f"{reverse('track_case')}?done={what}")


@require_http_methods(["GET", "POST"])
@with_case
def reply(visit: CaseVisit) -> HttpResponse:
    """Write to us about the case."""
    context: dict[str, Any] = {"words": "", "longest": LONGEST_WORDS, "back": {"href": reverse("track_case")}}
    if visit.request.method == "GET":
        return visit.show("public/track/reply.html", context)
    words = visit.request.POST.get("words", "").replace("\r\n", "\n").strip()
    if fault := _words_fault(words):
        errors = summary_of([FieldFault("words", fault)])
        return visit.show("public/track/reply.html", {**context, "words": words, "errors": errors})
    send_reply(
        case_id=visit.case.pk,
        words=words,
        files=(),
        person=visit.person,
        channel="web",
        at=visit.at,
        rng=CHANCE,
    )
    return _done("replied")


def _words_fault(words: str) -> str:
    if not words:
        return _("Enter your message")
    if len(words) > LONGEST_WORDS:
        return _("Your message must be %(most)d characters or fewer") % {"most": LONGEST_WORDS}
    return ""


@require_http_methods(["GET", "POST"])
@with_case
def papers(visit: CaseVisit, slug: str) -> HttpResponse:
    """Send what we asked for."""
    wanted = next(
        (each for each in papers_wanted(case=visit.case, at=visit.at) if slug_of(each.name) == slug), None
    )
    if wanted is None:
        return redirect("track_case")
    if visit.request.method == "GET":
        return _papers_page(visit, wanted, ())
    files, faults = _taken(visit, wanted)
    if faults:
        return _papers_page(visit, wanted, faults)
    try:
        receive_evidence(
            case_id=visit.case.pk,
            files=tuple((wanted.name, file) for file in files),
            channel="web",
            person=visit.person,
            at=visit.at,
            rng=CHANCE,
        )
    except CaseClosed:
        return redirect("track_case")
    return _done("sent")


def _taken(visit: CaseVisit, wanted: AskedFor) -> tuple[list[StoredFile], list[FieldFault]]:
    """All the files, or the words of what is wrong; nothing is half sent."""
    chosen = visit.request.FILES.getlist(FIELD)
    if not chosen:
        return [], [FieldFault(FIELD, _("Choose a file"))]
    files, faults = [], []
    for file in chosen[:MOST_AT_ONCE]:
        try:
            name = file.name or "file"
            files.append(take_file(name=name, content=file, accept=wanted.accepts, at=visit.at, rng=CHANCE))
        except NotTaken as problem:
            faults.append(FieldFault(FIELD, f"{(file.name or '')[:80]}: {problem.words}"))
    if faults:
        for kept in files:
            kept.delete()
    return files, faults


def _papers_page(visit: CaseVisit, wanted: AskedFor, faults: Sequence[FieldFault]) -> HttpResponse:
    context = {
        "wanted": wanted,
        "accept": ",".join(TYPES[each] for each in sorted(wanted.accepts)),
        "errors": summary_of(faults),
        "back": {"href": reverse("track_case")},
    }
    return visit.show("public/track/papers.html", context)


@require_http_methods(["GET", "POST"])
@with_case
def move(visit: CaseVisit, slug: str) -> HttpResponse:
    """Withdraw, ask for a review, and whatever else the journey lets its customer do; always confirmed first."""
    found = next(
        (each for each in customer_moves(case=visit.case, at=visit.at) if slug_of(each.name) == slug), None
    )
    if found is None:
        if visit.request.method == "POST":
            return redirect("track_case")
        raise Http404
    if visit.request.method == "GET":
        return _move_page(visit, found, "", "")
    words = visit.request.POST.get("words", "").replace("\r\n", "\n").strip()[:LONGEST_WORDS]
    if not words and _needs_words(found):
        return _move_page(visit, found, words, _("Tell us why, in your own words"))
    try:
        customer_move(
            case_id=visit.case.pk, move=found.name, words=words, person=visit.person, at=visit.at, rng=CHANCE
        )
    except (MoveNotOffered, MoveNeeds) as problem:
        return _move_page(visit, found, words, problem.words)
    return _done("done")


def _needs_words(found: Move) -> bool:
    return Wants.WORDS in found.wants or found.name == ASK_FOR_REVIEW


def _move_page(visit: CaseVisit, found: Move, words: str, fault: str) -> HttpResponse:
    context = {
        "move": found,
        "words": words,
        "needs_words": _needs_words(found),
        "until": review_until(case=visit.case) if found.name == ASK_FOR_REVIEW else None,
        "ends": bool(found.to and visit.pack.journey.states[found.to].ends_as),
        "longest": LONGEST_WORDS,
        "errors": summary_of([FieldFault("words", fault)] if fault else []),
        "back": {"href": reverse("track_case")},
    }
    return visit.show("public/track/move.html", context)
