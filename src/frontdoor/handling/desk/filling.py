"""Fill in the same form together with the customer: on one page, already filled as far as we know them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from random import Random
from uuid import UUID

from django.db import transaction

from frontdoor.cases.actions.enquiring import link_case
from frontdoor.cases.models import Case, Draft, Enquiry, EnquiryOutcome
from frontdoor.catalogue.published import our_catalogue, our_places
from frontdoor.contacts.models import ContactPoint, Customer, PointKind
from frontdoor.contacts.taking import name_customer
from frontdoor.forms.answers import Faults, FieldFault
from frontdoor.forms.asking import Page, PageState
from frontdoor.forms.definition import After, Interrupt, Question, QuestionType
from frontdoor.handling.applying import (
    DraftGone,
    NotReady,
    answer_question,
    count_stop,
    draft_of,
    keep_answer,
    known_draft,
    pass_interrupt,
    pass_page,
    start_draft,
)
from frontdoor.handling.desk.enquiring import close_enquiry, enquiry_in_work
from frontdoor.handling.desk.taking import note
from frontdoor.handling.opening import open_case_from_draft
from frontdoor.handling.people import staff
from frontdoor.kernel.facts import Json
from frontdoor.staff.models import User

WHO = "who"
MOST_STREETS = 1
Values = Mapping[str, "str | Sequence[str]"]


class NoForm(LookupError):
    """This service has no form to fill in. Note what they need, and hand it on to its team."""


@transaction.atomic
def start_together(*, enquiry_id: UUID, by: User, at: datetime, rng: Random) -> Draft:
    """The form of this enquiry's service, with what we know of the customer in it; one that was begun goes on.

    Raises MayNotTake, NotYourContact, ContactOver, EnquiryClosed, NoForm.
    """
    enquiry = enquiry_in_work(enquiry_id=enquiry_id, by=by)
    if enquiry.service not in our_catalogue().packs:
        raise NoForm
    begun = draft_together(enquiry=enquiry, at=at)
    if begun is not None:
        return begun
    contact = enquiry.contact
    draft = start_draft(service=enquiry.service, channel=contact.channel, at=at, rng=rng)
    draft.contact = contact
    draft.answers = _known_answers(draft, contact.customer, at)
    draft.save(update_fields=["contact", "answers"])
    note(contact, "form begun together", by, at, {"enquiry": str(enquiry.pk)})
    return pass_page(draft_id=draft.pk, page=WHO, at=at)


def draft_together(*, enquiry: Enquiry, at: datetime) -> Draft | None:
    """The form that is being filled in during this enquiry's contact, if one is."""
    of_contact = Draft.objects.filter(contact_id=enquiry.contact_id, service=enquiry.service)
    begun = (
        of_contact.filter(case__isnull=True, expires_at__gt=at, stopped_by="").order_by("-started_at").first()
    )
    return draft_of(draft_id=begun.pk, at=at) if begun else None


@transaction.atomic
def keep_typed(*, enquiry_id: UUID, typed: Values, by: User, at: datetime) -> tuple[FieldFault, ...]:
    """Keep every answer on the page that passes; what is wrong with the others, in words. Questions that nothing was
    typed for are left open, and those that may be left out count as passed over.

    Raises MayNotTake, NotYourContact, ContactOver, DraftGone.
    """
    enquiry = enquiry_in_work(enquiry_id=enquiry_id, by=by)
    draft = _draft_of(enquiry, at)
    faults: list[FieldFault] = []
    for page in known_draft(draft=draft, at=at).pages():
        if page.question.type is QuestionType.FILES:
            keep_answer(draft_id=draft.pk, question=page.question.id, value=[], at=at)
        elif page.question.is_optional or _is_typed(page.question, typed):
            given = _with_street(page.question, typed)
            kept = answer_question(draft_id=draft.pk, question=page.question.id, typed=given, at=at)
            faults += kept.faults if isinstance(kept, Faults) else ()
    return tuple(faults)


@transaction.atomic
def pass_warning(*, enquiry_id: UUID, name: str, by: User, at: datetime) -> Draft:
    """What must come between the questions was read out, and the customer goes on. Raises as `keep_typed`."""
    enquiry = enquiry_in_work(enquiry_id=enquiry_id, by=by)
    return pass_interrupt(draft_id=_draft_of(enquiry, at).pk, name=name, at=at)


@transaction.atomic
def note_stop(*, enquiry_id: UUID, interrupt: Interrupt, by: User, at: datetime) -> Draft:
    """The form ends here, and why is counted. Raises as `keep_typed`."""
    assert interrupt.then is After.STOP
    enquiry = enquiry_in_work(enquiry_id=enquiry_id, by=by)
    return count_stop(draft_id=_draft_of(enquiry, at).pk, interrupt=interrupt, at=at)


@transaction.atomic
def send_together(*, enquiry_id: UUID, by: User, at: datetime, rng: Random) -> Case:
    """The form becomes a case, recorded as assisted; the enquiry is closed with it and the customer of the contact is
    the case's. Raises as `keep_typed`, and NotReady.
    """
    enquiry = enquiry_in_work(enquiry_id=enquiry_id, by=by)
    draft = _draft_of(enquiry, at)
    if not known_draft(draft=draft, at=at).is_ready():
        raise NotReady
    case = open_case_from_draft(draft_id=draft.pk, at=at, rng=rng, taken_by=staff(by))
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


def _draft_of(enquiry: Enquiry, at: datetime) -> Draft:
    draft = draft_together(enquiry=enquiry, at=at)
    if draft is None:
        raise DraftGone
    return draft


def _is_typed(question: Question, typed: Values) -> bool:
    own = (value for name, value in typed.items() if _belongs(question, name))
    return any("".join(value).strip() for value in own)


def _belongs(question: Question, field: str) -> bool:
    return field == question.id or field.startswith(f"{question.id}-")


def _with_street(question: Question, typed: Values) -> Values:
    """The fields of one question; a street that was named in full becomes the point it stands for."""
    given = {name: value for name, value in typed.items() if _belongs(question, name)}
    words = "".join(given.get(f"{question.id}-street-search", "")).strip()
    if question.type is not QuestionType.PLACE or not words:
        return given
    streets = our_places().search_streets(words, MOST_STREETS)
    return {**given, f"{question.id}-usrn": streets[0].usrn} if streets else given


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
