"""The contacts that advisors of the demo council take: forms filled in together, and calls to ask how a case stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from frontdoor.cases.actions.enquiring import link_case
from frontdoor.cases.models import Case, Cause, DemandType, Draft, Enquiry, EnquiryOutcome
from frontdoor.catalogue.published import our_catalogue
from frontdoor.contacts.models import Channel, Contact
from frontdoor.contacts.taking import name_customer
from frontdoor.demo.hours import OPENS, office_time
from frontdoor.handling.demand.classifying import confirm_cause
from frontdoor.handling.desk.enquiring import About, add_enquiry, close_enquiry, tell_how_it_stands
from frontdoor.handling.desk.filling import start_together
from frontdoor.handling.desk.taking import say_who, take_contact_at_desk
from frontdoor.handling.opening import open_case_from_draft
from frontdoor.handling.people import staff
from frontdoor.staff.models import User

CALLS = (0.5, 0.33, 0.17)
"""What share of customers would call about their case not at all, once, twice, if it goes on for long enough."""
FORM_TAKES, CALL_TAKES = (8.0, 25.0), (1.5, 9.0)  # minutes
LONGEST_CALL = timedelta(minutes=30)
"""From the first word until its cause has been looked at."""
LOOKS_AT_CAUSES, AGREES = 0.7, 0.85
WORDS = (
    "Told them where it stands and by when they hear.",
    "Read them what we had written, and what comes next.",
    "Gave them the date we promised.",
)


def begin_together(
    *, service: str, channel: str, advisor: User, at: datetime, rng: Random
) -> tuple[Enquiry, Draft]:
    """Somebody rings, comes in or writes, and the advisor begins the form with them."""
    contact = take_contact_at_desk(channel=channel, came_from="", by=advisor, at=at, rng=rng)
    form = next(
        each.id for each in our_catalogue().pack(service).service.enquiries.values() if each.starts == "form"
    )
    enquiry = add_enquiry(contact_id=contact.pk, about=About(form), by=advisor, at=at, rng=rng)
    return enquiry, start_together(enquiry_id=enquiry.pk, by=advisor, at=at, rng=rng)


def give_up_together(*, enquiry: Enquiry, advisor: User, at: datetime) -> None:
    """The form cannot be sent: they were told why, and go."""
    close_enquiry(
        enquiry_id=enquiry.pk,
        outcome=EnquiryOutcome.ANSWERED,
        words="Told them why it cannot be sent.",
        ends=True,
        by=advisor,
        at=at,
    )


def send_what_was_filled(*, enquiry: Enquiry, draft: Draft, advisor: User, at: datetime, rng: Random) -> Case:
    """The form becomes a case, and they go."""
    case = open_case_from_draft(draft_id=draft.pk, at=at, rng=rng, taken_by=staff(advisor))
    contact = Contact.objects.get(pk=enquiry.contact_id)
    contact.is_assisted = True
    contact.save(update_fields=["is_assisted"])
    if case.customer is not None:
        name_customer(contact=contact, customer=case.customer)
    link_case(enquiry=enquiry, case=case)
    close_enquiry(
        enquiry_id=enquiry.pk,
        outcome=EnquiryOutcome.FORM_FILLED,
        words="",
        ends=True,
        by=advisor,
        at=at + timedelta(minutes=rng.uniform(*FORM_TAKES)),
    )
    return case


def calls_about(*, begins_at: datetime, rng: Random) -> Iterator[datetime]:
    """When the customer of a case rings to ask how it stands."""
    for _ in range(rng.choices(range(len(CALLS)), CALLS)[0]):
        day = begins_at + timedelta(days=rng.triangular(2, 45, 12))
        yield office_time(day.replace(hour=int(OPENS)) + timedelta(hours=rng.uniform(1, 8)), rng)


def call_about(*, case: Case, advisor: User, at: datetime, rng: Random) -> None:
    """They ring while it goes on, are told how it stands, and the advisor says why they came."""
    if case.is_restricted or case.customer_id is None or not case.is_open:
        return
    contact = take_contact_at_desk(channel=Channel.PHONE, came_from="", by=advisor, at=at, rng=rng)
    say_who(contact_id=contact.pk, customer_id=case.customer_id, by=advisor, at=at)
    enquiry = tell_how_it_stands(
        contact_id=contact.pk,
        case_id=case.pk,
        words=rng.choice(WORDS),
        ends=True,
        by=advisor,
        at=at + timedelta(minutes=rng.uniform(*CALL_TAKES)),
        rng=rng,
    )
    _look_at_cause(enquiry, advisor, at + timedelta(minutes=10), rng)


def _look_at_cause(enquiry: Enquiry, advisor: User, at: datetime, rng: Random) -> None:
    if enquiry.proposed_type == DemandType.VALUE or rng.random() > LOOKS_AT_CAUSES:
        return
    is_right = rng.random() < AGREES
    proposed = Cause(enquiry.proposed_cause) if enquiry.proposed_cause else None
    confirm_cause(
        enquiry_id=enquiry.pk,
        type=DemandType(enquiry.proposed_type) if is_right else DemandType.FAILURE,
        cause=proposed if is_right else Cause.WRONG_OR_UNCLEAR_ADVICE,
        by=advisor,
        at=at,
    )
