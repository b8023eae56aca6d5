"""One question, one page: shown with the answer so far, taken, and on to what follows."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from frontdoor.catalogue.places.values import Address, Street
from frontdoor.catalogue.published import our_places
from frontdoor.forms.answers import Faults, FieldFault, fields_of
from frontdoor.forms.asking import Page
from frontdoor.forms.definition import Question, QuestionType
from frontdoor.handling.applying import answer_question, known_draft
from frontdoor.handling.locating import addresses_for
from frontdoor.kernel.postcodes import read_postcode
from frontdoor.web.public import sessions
from frontdoor.web.public.applying import papers
from frontdoor.web.public.applying.steps import after_question, back_from, is_change, start_of
from frontdoor.web.public.applying.visit import Visit, with_draft
from frontdoor.web.public.fields import Shown, Values, field_of, summary_of, typed_in

LOOK_UPS = {"find_address": "postcode-search", "find_street": "street-search"}
MOST_STREETS = 8


@require_http_methods(["GET", "POST"])
@with_draft
def question(visit: Visit, question: str) -> HttpResponse:
    """Show or take one question."""
    page = next((each for each in visit.known.pages() if each.question.id == question), None)
    if page is None:
        return redirect(start_of(visit))
    if page.question.type is QuestionType.FILES:
        return papers.files_question(visit, page)
    if visit.request.method == "POST":
        return _take(visit, page)
    return _show(visit, page, Shown(values=fields_of(question=page.question, value=page.answer)))


def _take(visit: Visit, page: Page) -> HttpResponse:
    asked, given = page.question, typed_in(visit.request.POST)
    what = visit.request.POST.get("do", "")
    if what in LOOK_UPS:
        return _look_up(visit, page, LOOK_UPS[what], given)
    wanting = _wanting_choice(visit, asked, given)
    taken = wanting or answer_question(draft_id=visit.draft.pk, question=asked.id, typed=given, at=visit.at)
    if isinstance(taken, Faults):
        return _show(visit, page, Shown(given, taken.faults))
    now = Visit(visit.request, known_draft(draft=taken, at=visit.at), visit.at)
    return redirect(after_question(now, asked.id))


def _look_up(visit: Visit, page: Page, field: str, given: Values) -> HttpResponse:
    """A postcode or street is looked up and the page comes again with what was found; the words stay out of the
    address.
    """
    words = "".join(given.get(f"{page.question.id}-{field}", [""])).strip()
    if not words:
        told = "Enter a postcode" if field == "postcode-search" else "Enter the name of a street"
        fault = FieldFault(f"{page.question.id}-{field}", told)
        return _show(visit, page, Shown(given, (fault,)))
    sessions.note_look_up(visit.request, visit.service, page.question.id, words)
    return redirect(f"{visit.page('question', question=page.question.id)}?look=up{_change(visit, '&')}")


def _wanting_choice(visit: Visit, asked: Question, given: Values) -> Faults | None:
    """After a look-up one of the addresses has to be chosen."""
    if (
        asked.type is QuestionType.ADDRESS
        and visit.request.GET.get("look")
        and not given.get(f"{asked.id}-chosen")
    ):
        words = "Select an address, or enter the address yourself"
        return Faults((FieldFault(f"{asked.id}-chosen", words),))
    return None


@dataclass(frozen=True)
class Found:
    """What a look-up on the page gave: the words, the addresses or streets, and whether to type it instead."""

    words: str = ""
    addresses: tuple[Address, ...] = ()
    streets: tuple[Street, ...] = ()
    is_manual: bool = False
    is_looked_up: bool = False


def _show(visit: Visit, page: Page, shown: Shown) -> HttpResponse:
    asked = page.question
    faults = shown.faults or tuple(FieldFault(asked.id, words) for words in page.faults)
    context = {
        "field": field_of(asked, Shown(shown.values, faults)),
        "caption": page.section.title,
        "found": _found(visit, page),
        "here": visit.page("question", question=asked.id),
        "change": _change(visit, "?"),
        "is_change": is_change(visit),
        "errors": summary_of(shown.faults) if visit.request.method == "POST" else [],
        "back": {"href": back_from(visit, asked.id)},
    }
    return visit.show("public/apply/question.html", context)


def _found(visit: Visit, page: Page) -> Found:
    asked = page.question
    if asked.type not in (QuestionType.ADDRESS, QuestionType.PLACE):
        return Found()
    looked = sessions.looked_up(visit.request, visit.service, asked.id)
    if asked.type is QuestionType.PLACE:
        streets = our_places().search_streets(looked, MOST_STREETS) if looked else []
        return Found(looked, streets=tuple(streets), is_looked_up=bool(looked))
    is_manual = "by" in visit.request.GET or (page.answer is not None and "look" not in visit.request.GET)
    is_looked_up = bool(looked) and "look" in visit.request.GET
    addresses = addresses_for(looked) if is_looked_up else []
    looked = read_postcode(looked) or looked
    return Found(looked, tuple(addresses), is_manual=is_manual, is_looked_up=is_looked_up)


def _change(visit: Visit, mark: str) -> str:
    return f"{mark}change=yes" if is_change(visit) else ""
