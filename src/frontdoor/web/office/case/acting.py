"""Make a move: what it asks for, what the customer will be told, and then the move itself."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontdoor.cases.permissions import require_handling
from frontdoor.decisions.definition import Reason, Status
from frontdoor.forms.answers import FieldFault
from frontdoor.handling.effects import CannotIssue
from frontdoor.handling.moving import Given, move_case
from frontdoor.handling.people import staff
from frontdoor.handling.previewing import Preview, preview_move
from frontdoor.handling.wording import reason_words
from frontdoor.journeys.definition import Move, Wants
from frontdoor.journeys.moving import MoveNeeds, MoveNotOffered
from frontdoor.web.office import questions
from frontdoor.web.office.case.booking import booking_of, typed_booking
from frontdoor.web.office.case.files import revision_of
from frontdoor.web.office.case.opened import Opened, cannot, case_page
from frontdoor.web.office.case.papers import papers_of
from frontdoor.web.office.case.sheet import counted, groups_of, kind_title
from frontdoor.web.office.notices import leave_notice
from frontdoor.web.office.words import moves_named
from frontdoor.web.promises import promise_shown

SHOWN_OF = {
    "email": "by email",
    "text": "by text message",
    "letter": "by letter",
    "": "on their own page of the case only: no address works for them",
}
NOT_KEPT = ("csrfmiddlewaretoken", "do", "revision", "seen")


@dataclass(frozen=True)
class Typed:
    """What was typed on the page of a move: what can be given with it, and what is wrong."""

    given: Given
    faults: tuple[FieldFault, ...]


@require_http_methods(["GET", "POST"])
@case_page
def do(opened: Opened, move: str) -> HttpResponse:
    """The page of a move. What asks for nothing goes straight to what the customer will be told."""
    name = moves_named(opened.known.pack).get(move)
    if name is None:
        raise Http404
    require_handling(opened.user, opened.case)
    wanted = next((each for each in opened.moves if each.name == name), None)
    if wanted is None and opened.request.method != "POST":
        raise MoveNotOffered(
            name, _("This step is not offered any more: the case has moved on, or it is for somebody else.")
        )
    return _act(opened, opened.known.pack.journey.moves[name])


def _act(opened: Opened, move: Move) -> HttpResponse:
    step = opened.request.POST.get("do", "")
    if opened.request.method != "POST" and _asks_nothing(opened, move):
        return _preview(opened, move, Given(), opened.case.revision)
    if opened.request.method != "POST" or step == "change":
        return _form(opened, move, ())
    typed = _typed(opened, move)
    if typed.faults:
        return _form(opened, move, typed.faults)
    try:
        if step == "confirm":
            return _make(opened, move, typed.given)
        return _preview(opened, move, typed.given, revision_of(opened))
    except MoveNeeds as needs:
        return _form(opened, move, (FieldFault("words", needs.words),))


def _asks_nothing(opened: Opened, move: Move) -> bool:
    return not move.wants and not _asked(opened, move)


def _asked(opened: Opened, move: Move) -> tuple[Any, ...]:
    return questions.asked_now(opened.known.pack.staff_questions.get(move.name, ()), opened.known)


def _typed(opened: Opened, move: Move) -> Typed:
    post = opened.request.POST
    told = questions.read(_asked(opened, move), post, opened.known, opened.at)
    booking = booking_of(post) if Wants.APPOINTMENT in move.wants else None
    reasons = tuple(name for name in post.getlist("reasons") if name in opened.known.rules.reasons)
    kinds = tuple(kind for kind in post.getlist("evidence") if kind in opened.known.pack.form.evidence)
    given = Given(
        told.answers, reasons, kinds, post.get("words", "").strip(), booking.booking if booking else None
    )
    faults = [*told.faults, *(booking.faults if booking else ())]
    wanting = move.wants - given.wants_met() - {Wants.APPOINTMENT}
    return Typed(given, (*faults, *(_wanting(want) for want in Wants if want in wanting)))


def _wanting(want: Wants) -> FieldFault:
    words = {
        Wants.REASONS: ("reasons", _("Choose at least one reason")),
        Wants.EVIDENCE_KINDS: ("evidence", _("Choose what the customer should send")),
        Wants.WORDS: ("words", _("Write some words to go with it")),
    }
    return FieldFault(*words[want])


def _form(opened: Opened, move: Move, faults: tuple[FieldFault, ...]) -> HttpResponse:
    post, is_new = opened.request.POST, opened.request.method != "POST"
    asked = _asked(opened, move)
    typed: Any = (
        questions.as_recorded(asked, opened.known) if is_new else {n: list(v) for n, v in post.lists()}
    )
    groups = groups_of(opened, papers_of(opened), None)
    first = {fault.field: fault.words for fault in reversed(faults)}
    context = {
        "move": move,
        "questions": questions.shown(questions.Asked(asked, typed, faults)),
        "reasons": _reasons(opened, post.getlist("reasons")) if Wants.REASONS in move.wants else None,
        "kinds": _kinds(opened, post.getlist("evidence"), is_new)
        if Wants.EVIDENCE_KINDS in move.wants
        else [],
        "wants_words": Wants.WORDS in move.wants,
        "takes_words": True,
        "wants_appointment": Wants.APPOINTMENT in move.wants,
        "booking": typed_booking(post),
        "words": post.get("words", ""),
        "faults": first,
        "errors": [{"text": fault.words, "href": f"#{fault.field}"} for fault in faults],
        "groups": groups,
        "counted": counted(groups),
        "revision": opened.case.revision if is_new else revision_of(opened),
    }
    return opened.show("office/case/move.html", context, status=400 if faults else 200)


def _reasons(opened: Opened, chosen: list[str]) -> dict[str, Any] | None:
    """Reasons to choose from, or None where the rules name none. The sheet supports a reason where a criterion that it
    is about is not met, in a group that is not met either. The others stand folded away, unless one of them is chosen
    or the sheet supports none.
    """
    sheet = opened.sheet
    open_groups = {name for name, status in sheet.groups.items() if status is not Status.MET}
    unmet = {
        each.criterion
        for each in sheet.criteria
        if each.status is Status.NOT_MET and each.group in open_groups
    }
    reasons = opened.known.rules.reasons.values()
    ordered = sorted(reasons, key=lambda reason: not unmet & set(reason.about))
    every = [_reason(number, reason, unmet, chosen) for number, reason in enumerate(ordered, 1)]
    supported = [reason for reason in every if reason["hint"]]
    others = [reason for reason in every if not reason["hint"]]
    is_open = not supported or any(reason["is_chosen"] for reason in others)
    return {"supported": supported, "others": others, "is_open": is_open} if every else None


def _reason(number: int, reason: Reason, unmet: set[str], chosen: list[str]) -> dict[str, Any]:
    about = ", ".join(name for name in reason.about if name in unmet)
    return {
        "id": "reasons" if number == 1 else f"reasons-{number}",
        "value": reason.name,
        "text": reason.say,
        "hint": _("Not met: %(criteria)s") % {"criteria": about} if about else "",
        "is_chosen": reason.name in chosen,
    }


def _kinds(opened: Opened, chosen: list[str], is_new: bool) -> list[dict[str, Any]]:
    """Kinds of evidence; those that the sheet asks for come first and are ticked."""
    asks_for = set(opened.sheet.asks_for)
    kinds = sorted(opened.known.pack.form.evidence.values(), key=lambda kind: kind.name not in asks_for)
    return [
        {
            "value": kind.name,
            "text": kind_title(kind.name, opened.known),
            "hint": kind.ask,
            "is_chosen": kind.name in asks_for if is_new else kind.name in chosen,
        }
        for kind in kinds
    ]


def _preview(opened: Opened, move: Move, given: Given, revision: int) -> HttpResponse:
    try:
        preview = preview_move(
            case_id=opened.case.pk,
            move=move.name,
            revision=revision,
            given=given,
            person=staff(opened.user),
            at=opened.at,
            rng=random.SystemRandom(),
        )
    except CannotIssue as refused:
        return cannot(opened, str(refused.__doc__))
    post = opened.request.POST
    context = {
        "move": move,
        "preview": preview,
        "coming": _coming(opened, preview),
        "news": [{"news": news, "how": _(SHOWN_OF[news.channel])} for news in preview.news],
        "reasons": reason_words(opened.known, given.reasons),
        "decision": _decision_to_confirm(opened, move),
        "kept": [(name, value) for name, values in post.lists() if name not in NOT_KEPT for value in values],
        "can_change": not _asks_nothing(opened, move),
        "revision": revision,
    }
    return opened.show("office/case/preview.html", context)


def _coming(opened: Opened, preview: Preview) -> dict[str, Any]:
    state = opened.known.pack.journey.states[preview.state]
    due = (
        None
        if preview.is_end
        else promise_shown(due_at=preview.due_at, at=opened.at, stopped=preview.is_stopped)
    )
    return {"staff": state.staff, "customer": state.customer, "next": state.next, "promise": due}


def _decision_to_confirm(opened: Opened, move: Move) -> dict[str, Any] | None:
    """What a second person is asked to confirm: the decision, who made it, its reasons and words."""
    newest = opened.case.decisions.select_related("by").order_by("-at", "-pk").first()
    if not move.confirms or newest is None:
        return None
    return {
        "outcome": newest.outcome,
        "by": newest.by.full_name if newest.by else "",
        "at": newest.at,
        "reasons": reason_words(opened.known, tuple(newest.reasons)),
        "words": newest.words,
    }


def _make(opened: Opened, move: Move, given: Given) -> HttpResponse:
    try:
        case = move_case(
            case_id=opened.case.pk,
            move=move.name,
            revision=revision_of(opened),
            given=given,
            person=staff(opened.user),
            at=opened.at,
            rng=random.SystemRandom(),
        )
    except CannotIssue as refused:
        return cannot(opened, str(refused.__doc__))
    state = opened.known.pack.journey.states[case.state]
    leave_notice(
        opened.request, move.label, text=_("Done. The case is now: %(state)s.") % {"state": state.staff}
    )
    return opened.back()
