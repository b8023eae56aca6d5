"""What is done at the desk, one small form each."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from frontdoor.cases.models import Enquiry, EnquiryOutcome
from frontdoor.contacts.actions import Introduction
from frontdoor.contacts.models import Customer, Settled
from frontdoor.handling.appointments.times import offers_calls
from frontdoor.handling.desk.enquiring import (
    About,
    HandOn,
    NotOfTheTeam,
    add_enquiry,
    close_enquiry,
    hand_on,
    tell_how_it_stands,
    tell_whose_it_is,
)
from frontdoor.handling.desk.sameness import part_again, settle_doubt
from frontdoor.handling.desk.taking import (
    NoSuchWay,
    StillTaking,
    contact_in_hand,
    end_contact,
    say_who,
    say_who_is_new,
    take_contact_at_desk,
)
from frontdoor.kernel.clock import now_utc
from frontdoor.kernel.emails import read_email
from frontdoor.kernel.phones import read_phone
from frontdoor.kernel.postcodes import read_postcode
from frontdoor.kernel.workingdays import parse_within
from frontdoor.staff.models import Team, User
from frontdoor.staff.permissions import May
from frontdoor.web.desk import shown
from frontdoor.web.desk.typed import as_uuid, read_birthday
from frontdoor.web.desk.visit import CHANCE, LOOKED_FOR, TYPED, Visit, contact_page, says
from frontdoor.web.office.access import StaffRequest, staff_page
from frontdoor.web.office.notices import leave_notice

LONGEST_WORDS = 4000
WITHINS = frozenset(value for value, _words in shown.WITHINS)


@require_POST
@staff_page(May.TAKE_CONTACTS)
def begin(request: StaffRequest) -> HttpResponse:
    """Begin a contact, with what was typed of who it is looked up at once."""
    words = " ".join(request.POST.get("q", "").split())[:100]
    came_from = request.POST.get("came_from", "")[:254]
    try:
        contact = take_contact_at_desk(
            channel=request.POST.get("way", ""),
            came_from=came_from or (words if read_phone(words) else ""),
            by=request.user,
            at=now_utc(),
            rng=CHANCE,
        )
    except StillTaking:
        leave_notice(request, says(StillTaking()), kind="info")
        in_hand = contact_in_hand(user=request.user)
        return redirect("desk_contact", in_hand.pk) if in_hand else redirect("desk")
    except NoSuchWay as refused:
        leave_notice(request, says(refused), kind="info")
        return redirect("desk")
    request.session[LOOKED_FOR] = {"contact": str(contact.pk), "words": words or came_from}
    return redirect("desk_contact", contact.pk)


@require_POST
@contact_page
def who(visit: Visit) -> HttpResponse:
    """It is this customer; or, with no one named, it was somebody else after all."""
    chosen = visit.posted("customer")
    try:
        customer = UUID(chosen) if chosen else None
        say_who(contact_id=visit.contact.pk, customer_id=customer, by=visit.user, at=visit.at)
    except (ValueError, Customer.DoesNotExist):
        leave_notice(visit.request, _("This customer is not on record any more. Look again."), kind="info")
    return visit.back()


@require_POST
@contact_page
def new(visit: Visit) -> HttpResponse:
    """Somebody we do not know yet."""
    introduction = Introduction(
        full_name=visit.posted("full_name"),
        born_on=read_birthday(visit.posted("born_on")),
        email=read_email(visit.posted("email")) or "",
        phone=read_phone(visit.posted("phone")) or "",
        address=_address(visit),
    )
    if wrong := _wrong(visit, introduction):
        leave_notice(visit.request, wrong, kind="info")
        return visit.back()
    say_who_is_new(
        contact_id=visit.contact.pk, introduction=introduction, by=visit.user, at=visit.at, rng=CHANCE
    )
    return visit.back()


def _address(visit: Visit) -> dict[str, object] | None:
    line, town = visit.posted("address"), visit.posted("town")
    postcode = visit.posted("postcode")
    if not (line or postcode):
        return None
    return {"lines": [line] if line else [], "town": town, "postcode": read_postcode(postcode) or postcode}


def _wrong(visit: Visit, introduction: Introduction) -> str:
    if not introduction.full_name:
        return _("Enter the name of the customer. If they do not want to give one, go on without it.")
    if visit.posted("born_on") and introduction.born_on is None:
        return _("Enter the date of birth as day, month and year, like 27 3 1957.")
    if visit.posted("email") and not introduction.email:
        return _("Enter an email address in the correct format, like name@example.com.")
    if visit.posted("phone") and not introduction.phone:
        return _("Enter a phone number, like 01632 960 001.")
    return ""


@require_POST
@contact_page
def same(visit: Visit, likeness: int) -> HttpResponse:
    """The customer was asked whether another record is theirs too."""
    said = visit.posted("settled")
    if said not in Settled.values:
        return visit.back()
    settle_doubt(
        contact_id=visit.contact.pk,
        likeness_id=likeness,
        settled=Settled(said),
        because=visit.posted("because", 400),
        by=visit.user,
        at=visit.at,
        rng=CHANCE,
    )
    is_one = said == Settled.SAME
    leave_notice(
        visit.request,
        _("The two records are one now.") if is_one else _("Noted: these are different people."),
        text=_("If that was wrong, it can be undone here.") if is_one else "",
    )
    return visit.back()


@require_POST
@contact_page
def apart(visit: Visit, merge: UUID) -> HttpResponse:
    """The two records were not of one person after all."""
    part_again(contact_id=visit.contact.pk, merge_id=merge, by=visit.user, at=visit.at)
    leave_notice(visit.request, _("The two records are apart again, each with its own history."))
    return visit.back()


@require_POST
@contact_page
def told(visit: Visit) -> HttpResponse:
    """They asked how a case stands and were told."""
    tell_how_it_stands(
        contact_id=visit.contact.pk,
        case_id=as_uuid(visit.posted("case")),
        words=_words(visit),
        ends=_ends(visit),
        by=visit.user,
        at=visit.at,
        rng=CHANCE,
    )
    return _noted(visit)


@require_POST
@contact_page
def add(visit: Visit) -> HttpResponse:
    """One more thing that they come with."""
    case = visit.posted("case")
    add_enquiry(
        contact_id=visit.contact.pk,
        about=About(subject=visit.posted("subject"), case_id=as_uuid(case) if case else None),
        by=visit.user,
        at=visit.at,
        rng=CHANCE,
    )
    return visit.back()


@require_POST
@contact_page
def whose(visit: Visit) -> HttpResponse:
    """They came with what others do, and were told whose it is."""
    tell_whose_it_is(
        contact_id=visit.contact.pk,
        listing_id=visit.posted("listing"),
        words=_words(visit),
        ends=_ends(visit),
        by=visit.user,
        at=visit.at,
        rng=CHANCE,
    )
    return _noted(visit)


@require_POST
@contact_page
def close(visit: Visit, enquiry: UUID) -> HttpResponse:
    """Close an enquiry with its outcome and words."""
    outcome = visit.posted("outcome")
    if outcome not in dict(shown.OUTCOMES):
        leave_notice(visit.request, _("Select what came of it."), kind="info")
        return visit.back()
    if outcome == EnquiryOutcome.BOOKED and _is_for_booking(visit, enquiry):
        visit.request.session[TYPED] = _words(visit)
        return redirect(visit.page("desk_book", enquiry=enquiry))
    close_enquiry(
        enquiry_id=enquiry,
        outcome=EnquiryOutcome(outcome),
        words=_words(visit),
        ends=_ends(visit),
        by=visit.user,
        at=visit.at,
    )
    return _noted(visit)


def _is_for_booking(visit: Visit, enquiry: UUID) -> bool:
    """Where calls can be booked, “booked” leads to the free times; elsewhere it is noted as said."""
    current = Enquiry.objects.filter(pk=enquiry, contact=visit.contact, ended_at__isnull=True).first()
    return current is not None and offers_calls(current.service)


@require_POST
@contact_page
def hand(visit: Visit, enquiry: UUID) -> HttpResponse:
    """Hand an enquiry on, with what the customer was promised."""
    within = visit.posted("within")
    if within not in WITHINS:
        leave_notice(visit.request, _("Select by when the customer will hear."), kind="info")
        return visit.back()
    team, user = _whom(visit.posted("whom"))
    span = parse_within(within)
    to = HandOn(team=team, user=user, words=_words(visit), within=span)
    given = hand_on(enquiry_id=enquiry, to=to, ends=_ends(visit), by=visit.user, at=visit.at)
    assert given.promised_for_at is not None  # it was handed on
    leave_notice(
        visit.request,
        _("Handed on to %(whom)s. Say: you will hear from us by %(when)s.")
        % {
            "whom": user.full_name if user else team.name,
            "when": shown.promised_words(given.promised_for_at, span.unit == "clock hours"),
        },
    )
    return visit.back()


@require_POST
@contact_page
def end(visit: Visit) -> HttpResponse:
    """They are gone."""
    end_contact(contact_id=visit.contact.pk, by=visit.user, at=visit.at)
    return _noted(visit)


def _noted(visit: Visit) -> HttpResponse:
    visit.contact.refresh_from_db(fields=["ended_at", "wrapped_at"])
    if visit.contact.wrapped_at is not None:
        leave_notice(visit.request, _("Everything is noted. You are free for the next one."))
    elif visit.contact.ended_at is not None:
        words = _("They are gone, and something is still open. Close it, and you are free for the next one.")
        leave_notice(visit.request, words, kind="info")
    return visit.back()


def _words(visit: Visit) -> str:
    return visit.request.POST.get("words", "").strip()[:LONGEST_WORDS]


def _ends(visit: Visit) -> bool:
    return visit.request.POST.get("then") == "end"


def _whom(chosen: str) -> tuple[Team, User | None]:
    """A team, or somebody in it, as the list names them. Raises NotOfTheTeam."""
    team, _slash, person = chosen.partition("/")
    found = Team.objects.filter(pk=int(team)).first() if team.isdecimal() else None
    if found is None:
        raise NotOfTheTeam
    if not person:
        return found, None
    user = User.objects.filter(pk=int(person)).first() if person.isdecimal() else None
    if user is None:
        raise NotOfTheTeam
    return found, user
