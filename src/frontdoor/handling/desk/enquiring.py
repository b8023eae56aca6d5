"""What a contact is about: one enquiry after another, each closed with an outcome and words, or handed on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID

from django.db import transaction

from frontdoor.cases.actions.enquiring import (
    end_enquiry,
    give_enquiry,
    lock_enquiry,
    open_enquiry,
)
from frontdoor.cases.actions.working import write_note
from frontdoor.cases.models import Case, Enquiry, EnquiryOutcome
from frontdoor.cases.permissions import NotYours, may_see
from frontdoor.catalogue.published import our_catalogue
from frontdoor.contacts.models import Contact, MayTell
from frontdoor.contacts.taking import end_talk, name_customer, name_subject
from frontdoor.handling.demand.classifying import propose_cause
from frontdoor.handling.desk.taking import (
    NotYourContact,
    contact_in_work,
    finish_if_done,
    note,
)
from frontdoor.handling.finding import listing, note_sent_elsewhere
from frontdoor.handling.people import staff
from frontdoor.handling.recording import record_of_case, record_of_enquiry
from frontdoor.handling.standing import asks_how_it_stands
from frontdoor.handling.wording import date_in_words, time_in_words
from frontdoor.kernel.clock import day_of
from frontdoor.kernel.workingdays import ENGLAND, Within, due
from frontdoor.staff.models import Team, User

NEEDS_WORDS = frozenset({EnquiryOutcome.HANDED_ON, EnquiryOutcome.CALL_BACK, EnquiryOutcome.NOT_OURS})


class NoSuchSubject(LookupError):
    """No service of ours has this enquiry. Choose one from the list, or leave it open what it is about."""


class OutcomeNeedsWords(Exception):
    """Say in a few words what was agreed: who reads this next was not there. Nothing was changed."""


class NotOfTheTeam(Exception):
    """This person is not in that team any more. Choose somebody else, or the team as a whole."""


class MayNotBeTold(Exception):
    """This helper may be told nothing about the customer. Take what they say; nothing was noted as told."""


@dataclass(frozen=True)
class About:
    """What an enquiry is about: an enquiry of a service (`service/name`), a case, both, or not known yet."""

    subject: str = ""
    case_id: UUID | None = None


@dataclass(frozen=True)
class HandOn:
    """Whom an enquiry is handed on to, what they should know, and within what time the customer was promised to hear."""

    team: Team
    user: User | None
    words: str
    within: Within


@transaction.atomic
def add_enquiry(*, contact_id: UUID, about: About, by: User, at: datetime, rng: Random) -> Enquiry:
    """One more thing that this contact is about. A contact without a name gets the customer of the case.

    Raises MayNotTake, NotYourContact, ContactOver, NoSuchSubject, NotYours.
    """
    return _open(contact_in_work(contact_id, by), about, by, at, rng)


@transaction.atomic
def close_enquiry(
    *, enquiry_id: UUID, outcome: EnquiryOutcome, words: str, ends: bool, by: User, at: datetime
) -> Enquiry:
    """Close an enquiry; `ends`: they are gone as well.

    Raises MayNotTake, NotYourContact, ContactOver, EnquiryClosed, OutcomeNeedsWords.
    """
    enquiry = enquiry_in_work(enquiry_id=enquiry_id, by=by)
    return _close(enquiry, outcome, words, ends, by, at)


@transaction.atomic
def tell_how_it_stands(
    *, contact_id: UUID, case_id: UUID, words: str, ends: bool, by: User, at: datetime, rng: Random
) -> Enquiry:
    """They asked how their case stands and were told: opened and closed in one go, the commonest contact of all.

    Raises MayNotTake, NotYourContact, ContactOver, NotYours, MayNotBeTold.
    """
    contact = contact_in_work(contact_id, by)
    if contact.helper is not None and contact.helper.may_tell == MayTell.NOTHING:
        raise MayNotBeTold
    enquiry = _open(contact, About(case_id=case_id), by, at, rng)
    return _close(enquiry, EnquiryOutcome.ANSWERED, words, ends, by, at)


@transaction.atomic
def tell_whose_it_is(
    *, contact_id: UUID, listing_id: str, words: str, ends: bool, by: User, at: datetime, rng: Random
) -> Enquiry:
    """They came with what others do and were told whose it is: noted, and counted as contact that is not ours.

    Raises MayNotTake, NotYourContact, ContactOver, NoSuchSubject, OutcomeNeedsWords.
    """
    if listing(listing_id) is None:
        raise NoSuchSubject
    contact = contact_in_work(contact_id, by)
    enquiry = _open(contact, About(), by, at, rng)
    note_sent_elsewhere(listing_id=listing_id, channel=contact.channel, at=at)
    return _close(enquiry, EnquiryOutcome.NOT_OURS, words, ends, by, at)


@transaction.atomic
def hand_on(*, enquiry_id: UUID, to: HandOn, ends: bool, by: User, at: datetime) -> Enquiry:
    """Hand an enquiry on to a team, or to somebody in it, with what the customer was promised; it waits on their desk,
    and where it is about a case a note on the case says so.

    Raises MayNotTake, NotYourContact, ContactOver, EnquiryClosed, OutcomeNeedsWords, NotOfTheTeam.
    """
    enquiry = enquiry_in_work(enquiry_id=enquiry_id, by=by)
    if to.user is not None and not _is_in(to.user, to.team):
        raise NotOfTheTeam
    promised_for_at = due(at, to.within, ENGLAND)
    give_enquiry(enquiry=enquiry, team=to.team, user=to.user, promised_for_at=promised_for_at)
    enquiry.contact.transfers += 1
    enquiry.contact.save(update_fields=["transfers"])
    facts = {
        "to": str(to.team.pk),
        "in person": str(to.user.pk) if to.user else "",
        "promised for": promised_for_at.isoformat(),
    }
    record_of_enquiry(enquiry=enquiry, event="enquiry handed on", by=staff(by).actor, at=at, facts=facts)
    if enquiry.case is not None:
        _tell_the_case(enquiry.case, to, promised_for_at, by, at)
    return _close(enquiry, EnquiryOutcome.HANDED_ON, to.words, ends, by, at)


def promise_words(enquiry: Enquiry, within: Within) -> str:
    """By when the customer will hear, to be said to them: a time where hours count, else a day."""
    assert enquiry.promised_for_at is not None  # it was handed on
    return _by(enquiry.promised_for_at, within)


def _by(promised_for_at: datetime, within: Within) -> str:
    in_hours = within.unit == "clock hours"
    return time_in_words(promised_for_at) if in_hours else date_in_words(day_of(promised_for_at))


def _open(contact: Contact, about: About, by: User, at: datetime, rng: Random) -> Enquiry:
    case = _case_of(about, by)
    service, name = _subject_of(about.subject, case)
    if case is not None and contact.customer_id is None and case.customer_id is not None:
        name_customer(contact=contact, customer=case.customer)
    name_subject(contact=contact, service=service, enquiry=name)
    enquiry = open_enquiry(contact=contact, service=service, enquiry=name, case=case, at=at, rng=rng)
    record_of_enquiry(
        enquiry=enquiry, event="enquiry opened", by=staff(by).actor, at=at, facts={"about": name}
    )
    return enquiry


def _case_of(about: About, by: User) -> Case | None:
    if about.case_id is None:
        return None
    case = Case.objects.select_related("customer").filter(pk=about.case_id).first()
    if case is None or not may_see(by, case):
        raise NotYours
    return case


def _subject_of(subject: str, case: Case | None) -> tuple[str, str]:
    """Service and enquiry. About a case without more it is the one with which people chase, where the pack has one."""
    if not subject:
        return (case.service, asks_how_it_stands(service=case.service)) if case else ("", "")
    service, _, name = subject.partition("/")
    offered = our_catalogue().services.get(service)
    if offered is None or (name and name not in offered.enquiries):
        raise NoSuchSubject
    return service, name


def _close(
    enquiry: Enquiry, outcome: EnquiryOutcome, words: str, ends: bool, by: User, at: datetime
) -> Enquiry:
    if outcome in NEEDS_WORDS and not words.strip():
        raise OutcomeNeedsWords
    end_enquiry(enquiry=enquiry, outcome=outcome, words=words, at=at)
    propose_cause(enquiry=enquiry, at=at)
    record_of_enquiry(
        enquiry=enquiry, event="enquiry closed", by=staff(by).actor, at=at, facts={"outcome": outcome.value}
    )
    contact = enquiry.contact
    if ends and contact.ended_at is None:
        end_talk(contact=contact, at=at)
        note(contact, "contact ended", by, at)
    finish_if_done(contact, by, at)
    return enquiry


def enquiry_in_work(*, enquiry_id: UUID, by: User) -> Enquiry:
    """The enquiry, locked with its contact, for who took it. Raises MayNotTake, NotYourContact, ContactOver."""
    try:
        enquiry = lock_enquiry(enquiry_id=enquiry_id)
    except Enquiry.DoesNotExist:
        raise NotYourContact from None
    enquiry.contact = contact_in_work(enquiry.contact_id, by)
    return enquiry


def _is_in(user: User, team: Team) -> bool:
    return user.is_active and user.left_at is None and user.teams.filter(pk=team.pk).exists()


def _tell_the_case(case: Case, to: HandOn, promised_for_at: datetime, by: User, at: datetime) -> None:
    whom = to.user.full_name if to.user else to.team.name
    said = f"For {whom}. The customer was promised to hear by {_by(promised_for_at, to.within)}.\n{to.words}"
    written = write_note(case=case, by=by, words=said.strip(), at=at)
    record_of_case(case=case, event="note written", by=staff(by).actor, at=at, facts={"note": written.pk})
