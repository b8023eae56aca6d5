"""What the desk shows, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from frontdoor.cases.models import Appointment, Enquiry, EnquiryOutcome, Outcome
from frontdoor.contacts.matching import Likeness
from frontdoor.contacts.models import Channel, Contact, ContactPoint, Customer, PointKind
from frontdoor.dialogue.urgent import Urgent
from frontdoor.handling.appointments.times import offers_calls
from frontdoor.handling.desk.guidance import Meant, guidance_for, subjects, title_of
from frontdoor.handling.desk.seeing import Candidate, OpenCase, Picture, Said
from frontdoor.staff.models import Team, User
from frontdoor.web.calls import is_soon
from frontdoor.web.office.words import promise_of, service_name, state_of
from frontdoor.web.promises import promise_shown
from frontdoor.web.public.markdown import to_html
from frontdoor.web.words import datetime_words, day_words

WAYS = (
    (Channel.PHONE.value, gettext_noop("Call")),
    (Channel.COUNTER.value, gettext_noop("Visit")),
    (Channel.POST.value, gettext_noop("Letter")),
)
ENDS: Mapping[str, str] = {
    Channel.PHONE.value: gettext_noop("End the call"),
    Channel.COUNTER.value: gettext_noop("End the visit"),
    Channel.POST.value: gettext_noop("Done with the letter"),
}
OUTCOMES = tuple(
    (each.value, each.label)
    for each in EnquiryOutcome
    if each not in (EnquiryOutcome.HANDED_ON, EnquiryOutcome.FORM_FILLED, EnquiryOutcome.ONLINE)
)
WITHINS = (
    ("4 hours", gettext_noop("Today, within 4 hours")),
    ("1 working day", gettext_noop("1 working day")),
    ("2 working days", gettext_noop("2 working days")),
    ("5 working days", gettext_noop("5 working days")),
    ("10 working days", gettext_noop("10 working days")),
)
LIKENESS: Mapping[Likeness, tuple[str, str]] = {
    Likeness.SAME: (gettext_noop("Same"), "good"),
    Likeness.MAYBE: (gettext_noop("Maybe"), "waiting"),
    Likeness.NEW: (gettext_noop("New"), "neutral"),
}


def name_of(customer: Customer | None) -> str:
    """The customer's name, or that none is known."""
    return (customer.full_name if customer else "") or _("No name given")


def way_of(contact: Contact) -> dict[str, str]:
    """What kind of contact it is, and the words that end it."""
    names = dict(WAYS)
    return {
        "name": _(names.get(contact.channel, contact.get_channel_display())),
        "end": _(ENDS.get(contact.channel, ENDS[Channel.PHONE.value])),
    }


def candidate(found: Candidate) -> dict[str, Any]:
    """Somebody who may be meant; nothing but the name where a service keeps them to itself."""
    words, tone = LIKENESS[found.likeness]
    return {
        "id": found.customer.pk,
        "name": name_of(found.customer),
        "tag": {"text": _(words), "tone": tone},
        "because": "" if found.is_masked else ", ".join(found.because),
        "against": "" if found.is_masked else ", ".join(found.against),
        "details": [] if found.is_masked else _details(found.customer, found.points),
        "open_cases": found.open_cases,
        "transfer_to": found.transfer_to,
    }


def _details(customer: Customer, points: Iterable[ContactPoint]) -> list[str]:
    born = [_("born %(day)s") % {"day": _born(customer)}] if customer.born_on else []
    first: dict[str, str] = {}
    for point in points:
        first.setdefault(point.kind, point.value)
    return born + [
        first[kind.value]
        for kind in (PointKind.ADDRESS, PointKind.PHONE, PointKind.EMAIL)
        if kind.value in first
    ]


def _born(customer: Customer) -> str:
    born = customer.born_on
    return f"{born.day}.{born.month}.{born.year}" if born else ""


def picture_of(picture: Picture) -> dict[str, Any]:
    """All of a customer that may be shown here."""
    customer = picture.customer
    return {
        "name": name_of(customer),
        "born_on": customer.born_on,
        "died_on": customer.died_on,
        "prefers": customer.prefers,
        "points": [
            {
                "id": point.pk,
                "kind": point.get_kind_display(),
                "value": point.value,
                "is_safe": point.is_safe,
            }
            for point in picture.points
        ],
        "is_masked": picture.is_masked,
        "cases": [_open_case(each) for each in picture.cases],
        "ended": [
            {
                "reference": case.reference,
                "service": service_name(case.service),
                "state": state_of(case).customer,
                "at": case.closed_at,
            }
            for case in picture.ended
        ],
        "said": [_said(each) for each in picture.said],
        "earlier": [_earlier(each) for each in picture.earlier],
        "transfer_to": picture.transfer_to,
    }


def _open_case(each: OpenCase) -> dict[str, Any]:
    case, standing = each.case, each.standing
    return {
        "id": case.pk,
        "reference": case.reference,
        "service": service_name(case.service),
        "state": standing.state,
        "next_step": standing.next_step,
        "dues": standing.dues,
        "promise": promise_of(case),
        "team": case.team.name,
        "unread": each.unread,
        "said": _said(each.said) if each.said else None,
        "told": _("Told how it stands: %(state)s") % {"state": standing.state},
    }


def _said(said: Said) -> dict[str, Any]:
    who = _("We") if said.is_ours else _("The customer")
    return {
        "who": who,
        "channel": said.channel,
        "at": said.at,
        "words": said.words,
        "reference": said.reference,
    }


def _earlier(enquiry: Enquiry) -> dict[str, Any]:
    taken_by = enquiry.contact.taken_by
    return {
        **closed(enquiry),
        "at": enquiry.ended_at,
        "channel": enquiry.contact.get_channel_display(),
        "by": taken_by.full_name if taken_by else "",
    }


def closed(enquiry: Enquiry) -> dict[str, Any]:
    """An enquiry that was closed: what it was about, how it ended, and whom it waits for."""
    return {
        "title": about_words(enquiry),
        "outcome": EnquiryOutcome(enquiry.outcome).label,
        "words": enquiry.words,
        "reference": enquiry.case.reference if enquiry.case else "",
        "to": enquiry.to_team.name if enquiry.to_team else "",
        "promised_for": enquiry.promised_for_at,
    }


def about_words(enquiry: Enquiry) -> str:
    """What an enquiry is about."""
    return title_of(service=enquiry.service, enquiry=enquiry.enquiry) or _("Not known what about")


def current_of(enquiry: Enquiry) -> dict[str, Any]:
    """The enquiry in hand, with what there is to read about it."""
    guidance = guidance_for(service=enquiry.service, enquiry=enquiry.enquiry)
    return {
        "id": enquiry.pk,
        "title": about_words(enquiry),
        "reference": enquiry.case.reference if enquiry.case else "",
        "can_book": offers_calls(enquiry.service),
        "guidance": guidance,
        "for_staff": [_article(each.title, each.body) for each in guidance.for_staff] if guidance else [],
        "for_customers": [_article(each.title, each.body) for each in guidance.for_customers]
        if guidance
        else [],
    }


def _article(title: str, body: str) -> dict[str, Any]:
    return {"title": title, "html": to_html(body)}


def meant(each: Meant) -> dict[str, Any]:
    """What somebody's words may be about: ours to open, or somebody else's with how to reach them."""
    whose = each.whose
    who = (whose.name if whose else None) or _("their district council")
    contact = [part for part in (whose.contact.phone, whose.contact.email) if part] if whose else []
    return {
        "title": each.title,
        "subject": each.subject,
        "service": each.service_name,
        "listing": each.listing.id if each.listing else "",
        "is_ours": whose.ours if whose else True,
        "answer": each.listing.answer if each.listing else "",
        "reach": ", ".join([who, *contact]),
        "told": _("%(title)s: told them it is for %(who)s")
        % {"title": each.title, "who": ", ".join([who, *contact])},
    }


def danger(heard: Urgent) -> dict[str, Any]:
    """A danger that was heard, and what to say about it."""
    return {"title": heard.title, "html": to_html(heard.do)}


def subject_choices() -> list[dict[str, Any]]:
    """All that people come with, by service, for a list to choose from."""
    return [
        {"service": name, "choices": [{"value": each.id, "text": each.title} for each in listed]}
        for name, listed in subjects()
    ]


def whom_of(teams: Iterable[Team]) -> list[dict[str, Any]]:
    """Teams and the people in them, to hand on to: `team` or `team/person`."""
    here = User.objects.filter(is_active=True, left_at__isnull=True, teams__isnull=False)
    people: dict[int, list[tuple[int, str]]] = {}
    for team, person, name in here.order_by("full_name", "pk").values_list("teams", "pk", "full_name"):
        people.setdefault(team, []).append((person, name))
    return [
        {
            "team": team.name,
            "choices": [
                {"value": str(team.pk), "text": team.name},
                *({"value": f"{team.pk}/{pk}", "text": name} for pk, name in people.get(team.pk, [])),
            ],
        }
        for team in teams
    ]


def handed_on(enquiry: Enquiry, at: datetime) -> dict[str, Any]:
    """What waits for this person: who it is about, what to do, and by when the customer will hear."""
    by = enquiry.contact.taken_by
    return {
        "id": enquiry.pk,
        "name": name_of(enquiry.contact.customer),
        "came_from": enquiry.contact.came_from,
        "title": about_words(enquiry),
        "reference": enquiry.case.reference if enquiry.case else "",
        "words": enquiry.words,
        "by": by.full_name if by else "",
        "to": enquiry.to_user.full_name
        if enquiry.to_user
        else enquiry.to_team.name
        if enquiry.to_team
        else "",
        "promise": promise_shown(due_at=enquiry.promised_for_at, at=at),
    }


def call(appointment: Appointment, at: datetime) -> dict[str, Any]:
    """A call to make: when, whom, about what, and whether it is time."""
    words, tone = _due(appointment, at)
    return {
        "id": appointment.pk,
        "at": appointment.at,
        "name": name_of(appointment.customer),
        "service": service_name(appointment.service),
        "reference": appointment.reference,
        "tries": appointment.attempts,
        "tag": {"text": words, "tone": tone},
        "by": appointment.taken_by.full_name if appointment.taken_by else "",
    }


def _due(appointment: Appointment, at: datetime) -> tuple[str, str]:
    if appointment.cancelled_at is not None:
        return _("Cancelled"), "neutral"
    if appointment.outcome:
        return Outcome(appointment.outcome).label, "neutral"
    if is_soon(appointment.at, at):
        return _("Now"), "active"
    if appointment.at < at:
        return _("Late"), "bad"
    return _("To come"), "waiting"


def taken(contact: Contact) -> dict[str, Any]:
    """A contact of today in one line."""
    about = [about_words(each) for each in contact.enquiries.all()]
    return {
        "at": contact.answered_at,
        "way": way_of(contact)["name"],
        "name": name_of(contact.customer),
        "about": ", ".join(dict.fromkeys(about)) or _("Nothing was noted"),
    }


def promised_words(at: datetime, in_hours: bool) -> str:
    """By when the customer will hear, as it is said to them."""
    return datetime_words(at) if in_hours else day_words(at)
