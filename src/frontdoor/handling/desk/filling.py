"""Fill in the same form together with the customer: on one page, already filled as far as we know them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from random import Random
from uuid import UUID

from django.db import transaction

from frontdoor.cases.actions.enquiring import link_case
from frontdoor.cases.models import Case, Draft, EnquiryOutcome
from frontdoor.catalogue.places.values import Street
from frontdoor.catalogue.published import our_catalogue, our_places
from frontdoor.contacts.models import Contact, ContactPoint, Customer, PointKind
from frontdoor.contacts.taking import name_customer
from frontdoor.dialogue.urgent import Urgent
from frontdoor.forms.answers import Faults, FieldFault
from frontdoor.forms.asking import Page, PageState
from frontdoor.forms.definition import After, Interrupt, Question, QuestionType
from frontdoor.handling.applying import (
    KnownDraft,
    NotReady,
    answer_question,
    count_stop,
    draft_of,
    keep_answer,
    keep_helper,
    known_draft,
    pass_interrupt,
    pass_page,
    start_draft,
)
from frontdoor.handling.desk.drafts import draft_in_work, draft_together
from frontdoor.handling.desk.enquiring import close_enquiry, enquiry_in_work
from frontdoor.handling.desk.papers import note_papers_to_come
from frontdoor.handling.desk.taking import note
from frontdoor.handling.finding import hear, note_danger
from frontdoor.handling.helping import as_answered
from frontdoor.handling.opening import open_case_from_draft
from frontdoor.handling.people import staff
from frontdoor.kernel.facts import Json
from frontdoor.staff.models import User

WHO = "who"
MOST_STREETS = 6
SEARCH = "street-search"
DANGER, HEARD = "danger", "heard"
FREE_WORDS = frozenset({QuestionType.TEXT, QuestionType.LONG_TEXT})
Values = Mapping[str, "str | Sequence[str]"]


class NoForm(LookupError):
    """This service has no form to fill in. Note what they need, and hand it on to its team."""


class NoSuchStreet(LookupError):
    """We know no street like that here. Check its spelling with them, or say where it is in their own words."""


@transaction.atomic
def start_together(*, enquiry_id: UUID, by: User, at: datetime, rng: Random) -> Draft:
    """The form of this enquiry's service, with what we know of the customer in it; one that was begun goes on.

    Raises MayNotTake, NotYourContact, ContactOver, EnquiryClosed, NoForm.
    """
    enquiry = enquiry_in_work(enquiry_id=enquiry_id, by=by)
    if enquiry.service not in our_catalogue().packs:
        raise NoForm
    contact, begun = enquiry.contact, draft_together(enquiry=enquiry, at=at)
    if begun is not None:
        return _with_helper(begun, contact, at)
    draft = start_draft(service=enquiry.service, channel=contact.channel, at=at, rng=rng)
    draft.contact = contact
    draft.answers = _known_answers(draft, contact.customer, at)
    draft.helper = as_answered(contact.helper) if contact.helper else None
    draft.save(update_fields=["contact", "answers", "helper"])
    note(contact, "form begun together", by, at, {"enquiry": str(enquiry.pk)})
    return pass_page(draft_id=draft.pk, page=WHO, at=at)


def _with_helper(draft: Draft, contact: Contact, at: datetime) -> Draft:
    """Who speaks now is who helps with the form; the helper it was begun with stays while the customer goes on."""
    said = as_answered(contact.helper) if contact.helper else None
    if said is None or said == draft.helper:
        return draft
    return keep_helper(draft_id=draft.pk, helper=said, at=at)


@transaction.atomic
def keep_typed(*, enquiry_id: UUID, typed: Values, by: User, at: datetime) -> tuple[FieldFault, ...]:
    """Keep every answer on the page that passes; what is wrong with the others, in words. Questions that nothing was
    typed for are left open, and those that may be left out count as passed over.

    Raises MayNotTake, NotYourContact, ContactOver, DraftGone.
    """
    draft = draft_in_work(enquiry_id=enquiry_id, by=by, at=at).draft
    faults: list[FieldFault] = []
    for page in known_draft(draft=draft, at=at).pages():
        if page.question.type is QuestionType.FILES:
            keep_answer(draft_id=draft.pk, question=page.question.id, value=[], at=at)
        elif page.question.is_optional or _is_typed(page.question, typed):
            try:
                given = with_street(page, typed)
            except NoSuchStreet as unknown:
                faults.append(FieldFault(f"{page.question.id}-{SEARCH}", str(unknown.__doc__)))
                continue
            kept = answer_question(draft_id=draft.pk, question=page.question.id, typed=given, at=at)
            faults += kept.faults if isinstance(kept, Faults) else ()
    _count_danger(draft, at)
    return tuple(faults)


def danger_in(known: KnownDraft) -> Urgent | None:
    """The danger that stands in what was typed and that nobody has read out the advice for yet."""
    heard = hear(" . ".join(_words_of(known)))
    return heard if heard is not None and not known.has_passed(f"{DANGER} {heard.danger}") else None


@transaction.atomic
def pass_danger(*, enquiry_id: UUID, danger: str, by: User, at: datetime) -> Draft:
    """What to do about a danger was read out, and the customer goes on. Raises as `keep_typed`."""
    draft = draft_in_work(enquiry_id=enquiry_id, by=by, at=at).draft
    return pass_page(draft_id=draft.pk, page=f"{DANGER} {danger[:60]}", at=at)


def _count_danger(draft: Draft, at: datetime) -> None:
    """Counted once for each kind of danger, as it is heard."""
    known = known_draft(draft=draft_of(draft_id=draft.pk, at=at), at=at)
    heard = danger_in(known)
    if heard is None or known.has_passed(f"{HEARD} {heard.danger}"):
        return
    note_danger(danger=heard.danger, channel=draft.channel, at=at)
    pass_page(draft_id=draft.pk, page=f"{HEARD} {heard.danger}", at=at)


def _words_of(known: KnownDraft) -> list[str]:
    """What was said in free words."""
    said: list[str] = []
    for page in known.pages():
        if page.question.type in FREE_WORDS and isinstance(page.answer, str):
            said.append(page.answer)
        elif page.question.type is QuestionType.PLACE and isinstance(page.answer, dict):
            said.append(str(page.answer.get("words") or ""))
    return said


@transaction.atomic
def pass_warning(*, enquiry_id: UUID, name: str, by: User, at: datetime) -> Draft:
    """What must come between the questions was read out, and the customer goes on. Raises as `keep_typed`."""
    draft = draft_in_work(enquiry_id=enquiry_id, by=by, at=at).draft
    return pass_interrupt(draft_id=draft.pk, name=name, at=at)


@transaction.atomic
def note_stop(*, enquiry_id: UUID, interrupt: Interrupt, by: User, at: datetime) -> Draft:
    """The form ends here, and why is counted. Raises as `keep_typed`."""
    assert interrupt.then is After.STOP
    draft = draft_in_work(enquiry_id=enquiry_id, by=by, at=at).draft
    return count_stop(draft_id=draft.pk, interrupt=interrupt, at=at)


@transaction.atomic
def send_together(*, enquiry_id: UUID, by: User, at: datetime, rng: Random) -> Case:
    """The form becomes a case, recorded as assisted; the enquiry is closed with it and the customer of the contact is
    the case's. Raises as `keep_typed`, and NotReady.
    """
    enquiry = enquiry_in_work(enquiry_id=enquiry_id, by=by)
    known = draft_in_work(enquiry_id=enquiry_id, by=by, at=at)
    if not known.is_ready():
        raise NotReady
    draft = known.draft
    case = open_case_from_draft(draft_id=draft.pk, at=at, rng=rng, taken_by=staff(by))
    note_papers_to_come(case=case, draft=draft, by=by, at=at)
    contact = enquiry.contact
    contact.is_assisted = True
    contact.save(update_fields=["is_assisted"])
    if contact.customer_id is None and case.customer is not None:
        name_customer(contact=contact, customer=case.customer)
    link_case(enquiry=enquiry, case=case)
    close_enquiry(
        enquiry_id=enquiry.pk, outcome=EnquiryOutcome.FORM_FILLED, words="", ends=False, by=by, at=at
    )
    return case


def is_filled_by_us(page: Page, customer: Customer | None) -> bool:
    """Whether an answer came from what we know, so that it is to be read back to the customer."""
    return customer is not None and page.state is PageState.ANSWERED and page.question.id in WELL_KNOWN


def _is_typed(question: Question, typed: Values) -> bool:
    own = (value for name, value in typed.items() if _belongs(question, name))
    return any("".join(value).strip() for value in own)


def _belongs(question: Question, field: str) -> bool:
    return field == question.id or field.startswith(f"{question.id}-")


def with_street(page: Page, typed: Values) -> Values:
    """The fields of one question. A street that was named, or chosen instead of the one before, becomes the point it
    stands for; a point that was pressed on the map stays. Raises NoSuchStreet.
    """
    asked = page.question
    given = {name: value for name, value in typed.items() if _belongs(asked, name)}
    if asked.type is not QuestionType.PLACE:
        return given
    words, chosen = _one(given, f"{asked.id}-{SEARCH}"), _one(given, f"{asked.id}-usrn")
    before = page.answer if isinstance(page.answer, dict) else {}
    if words:
        streets = our_places().search_streets(words, 1)
        if not streets:
            raise NoSuchStreet
        chosen = streets[0].usrn
    elif chosen == str(before.get("usrn") or ""):
        return given
    point = (f"{asked.id}-lat", f"{asked.id}-lon")
    return {**{name: value for name, value in given.items() if name not in point}, f"{asked.id}-usrn": chosen}


def streets_like(page: Page) -> list[Street]:
    """The street that a place was found on, and others of nearly that name, so that a wrong one is put right."""
    place = page.answer if isinstance(page.answer, dict) else {}
    words = str(place.get("street") or "")
    return our_places().search_streets(words, MOST_STREETS) if words else []


def _one(given: Values, field: str) -> str:
    value = given.get(field, "")
    text = value if isinstance(value, str) else (value[-1] if value else "")
    return text.strip()


def _known_answers(draft: Draft, customer: Customer | None, at: datetime) -> dict[str, Json]:
    """The well-known questions of this form that our record of the customer answers."""
    if customer is None:
        return {}
    form = known_draft(draft=draft, at=at).pack.form
    asked = {question.id for section in form.sections for question in section.questions}
    return {name: value for name, value in _record_of(customer).items() if name in asked and value}


WELL_KNOWN = frozenset({"full_name", "born_on", "email", "phone", "home_address"})


def _record_of(customer: Customer) -> dict[str, Json]:
    points: dict[str, ContactPoint] = {}
    for point in ContactPoint.objects.filter(customer=customer, is_safe=True).order_by("added_at", "pk"):
        points[point.kind] = point
    address = points.get(PointKind.ADDRESS)
    return {
        "full_name": customer.full_name,
        "born_on": customer.born_on.isoformat() if customer.born_on else None,
        "email": points[PointKind.EMAIL].value if PointKind.EMAIL in points else None,
        "phone": points[PointKind.PHONE].value if PointKind.PHONE in points else None,
        "home_address": address.address if address else None,
    }
