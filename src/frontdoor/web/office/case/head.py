"""The head of a case: who, what, where it stands, by when; the pages of the case; and what can be done next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from frontdoor.cases.models import Promise
from frontdoor.contacts.models import Direction, Message
from frontdoor.contacts.safety import safety_of
from frontdoor.forms.answers import say_answer
from frontdoor.handling.helping import helper_now
from frontdoor.handling.knowing import contact_cautions
from frontdoor.journeys.definition import Move
from frontdoor.staff.models import User
from frontdoor.staff.permissions import May, may
from frontdoor.staff.queries import all_teams, handlers_in
from frontdoor.web.careful_words import safety_lines
from frontdoor.web.office.words import (
    customer_name,
    promise_of,
    service_name,
    slug,
    state_of,
    state_tag,
    waits_words,
)
from frontdoor.web.words import date_words

if TYPE_CHECKING:
    from frontdoor.web.office.case.opened import Opened

PAGES = (
    ("case", "Decide"),
    ("case_answers", "Answers"),
    ("case_messages", "Messages"),
    ("case_history", "History"),
    ("case_record", "Record"),
)


@dataclass(frozen=True)
class Step:
    """A move as a button. `is_suggested`: the rules lead there."""

    label: str
    href: str
    is_suggested: bool


@dataclass(frozen=True)
class Head:
    """What stands at the head of every page of a case."""

    header: dict[str, Any]
    tabs: list[dict[str, Any]]
    steps: list[Step]
    next_words: str
    why_no_steps: str
    promises: list[Promise]
    can_take: bool
    can_hand_back: bool
    colleagues: list[User]
    teams: list[dict[str, object]]
    cautions: list[tuple[str, str]]


def head_of(opened: Opened) -> Head:
    """The head, for who looks at the case."""
    case, user = opened.case, opened.user
    in_team = user.teams.filter(pk=case.team_id).exists()
    allots = may(user, May.ALLOT_CASES) and in_team
    handles = may(user, May.HANDLE_CASES)
    return Head(
        header=_header(opened),
        tabs=_tabs(opened),
        steps=_steps(opened),
        next_words=state_of(case).next,
        why_no_steps=_why_no_steps(opened),
        promises=list(
            Promise.objects.filter(case=case, kept_at__isnull=True, dropped_at__isnull=True).order_by(
                "due_at"
            )
        ),
        can_take=case.is_open and handles and in_team and case.owner_id is None,
        can_hand_back=case.is_open and handles and case.owner_id == user.pk,
        colleagues=handlers_in([case.team]) if allots and case.is_open else [],
        teams=[{"value": t.pk, "text": t.name} for t in all_teams() if t.pk != case.team_id]
        if opened.can_handle and case.is_open
        else [],
        cautions=_cautions(opened),
    )


def _cautions(opened: Opened) -> list[tuple[str, str]]:
    """What the customer said of being reached safely: of every service, and with this case."""
    customer = opened.case.customer_id
    safety = safety_of(customer_id=customer) if customer else None
    with_case = [
        (question.ask, say_answer(question=question, value=value))
        for question, value in contact_cautions(known=opened.known)
    ]
    return [*(safety_lines(safety) if safety else []), *with_case]


def _header(opened: Opened) -> dict[str, Any]:
    case = opened.case
    facts = [
        {"name": _("Team"), "value": case.team.name},
        {"name": _("Waits for"), "value": waits_words(case)},
        {"name": _("Received"), "value": date_words(case.received_at)},
        {"name": _("Rules of"), "value": date_words(opened.sheet.rules_from)},
    ]
    if helper := helper_now(case):
        facts.append({"name": _("Helper"), "value": str(helper.get("full_name") or _("Yes"))})
    return {
        "reference": case.reference,
        "title": customer_name(case),
        "service": service_name(case.service),
        "tag": state_tag(case),
        "promise": promise_of(case),
        "owner": case.owner.full_name if case.owner else "",
        "restricted": case.is_restricted,
        "facts": facts,
    }


def _tabs(opened: Opened) -> list[dict[str, Any]]:
    unread = Message.objects.filter(
        conversation_id=opened.case.conversation_id, direction=Direction.IN, read_at__isnull=True
    ).count()
    match = opened.request.resolver_match
    current = match.url_name if match else ""
    return [
        {
            "text": _(words),
            "href": opened.href(page),
            "current": page == current,
            "count": unread if page == "case_messages" else 0,
        }
        for page, words in PAGES
    ]


def _steps(opened: Opened) -> list[Step]:
    suggested = opened.sheet.move
    moves = sorted(opened.moves, key=lambda move: move.name != suggested)
    return [_step(opened, move, suggested) for move in moves]


def _step(opened: Opened, move: Move, suggested: str | None) -> Step:
    return Step(move.label, opened.href("case_do", move=slug(move.name)), move.name == suggested)


def _why_no_steps(opened: Opened) -> str:
    if not opened.case.is_open and not opened.moves:
        return _("This case has ended.")
    if not opened.can_handle:
        return _("You can read this case. Its team (%(team)s) handles it.") % {"team": opened.case.team.name}
    return _("Nothing can be done here now by you: it waits for %(who)s.") % {
        "who": waits_words(opened.case).lower()
    }
