"""What a customer hears of a call that was booked: at once, before it, and when anything about it changes.

Nothing says what the call is about: messages and calendars are read by others too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from random import Random

from django.db import transaction

from frontdoor.cases.actions.appointments import add_reminders, lock_call
from frontdoor.cases.models import Appointment, CallReminder, Cancelled, ReminderKind
from frontdoor.catalogue.published import our_catalogue, our_council
from frontdoor.channels.calendars import CalendarEvent, calendar_file
from frontdoor.contacts.models import Conversation, Delivery, DeliveryChannel, Helper
from frontdoor.contacts.outbox import Outgoing, queue_delivery
from frontdoor.handling.helping import Told, helpers_for_calls, is_for_helpers_alone, tell_helper
from frontdoor.handling.people import SYSTEM, Person
from frontdoor.handling.ports import ports
from frontdoor.handling.updates import Route, address_lines, next_quiet_end, routes_of
from frontdoor.handling.wording import MONTHS
from frontdoor.journal.actions import record
from frontdoor.kernel.clock import at_london, day_of, london
from frontdoor.kernel.entries import Actor
from frontdoor.kernel.workingdays import ENGLAND

REMINDED_AT = time(10, 0)
HOUR = timedelta(hours=1)
NO_LATER_THAN = timedelta(minutes=15)
"""A reminder that would come less than this before the call is left out."""
LETTER_TAKES = 4
"""Working days that a letter needs: a call that is sooner is not confirmed by letter."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class News(StrEnum):
    """What a customer is told about a call."""

    BOOKED = "booked"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    CALLED_OFF = "called off"
    DAY_BEFORE = "day before"
    HOUR_BEFORE = "hour before"
    MISSED = "missed"


@dataclass(frozen=True)
class Words:
    """Subject and body of an email or letter, and the whole of a text message, as templates."""

    subject: str
    body: str
    text: str


KEYS = "call"
"""How the keys of news about a call begin; then its id, the news and the sequence, and the channel of a second try."""
HELPER_CHANGES = "For anything about it, call us on {council_phone}. The reference is {reference}."
CHANGE = "To change or cancel it: {link}\n\nYour reference is **{reference}**. You can also call us on {council_phone}."
SAYING: Mapping[News, Words] = {
    News.BOOKED: Words(
        "We will ring you: {when}",
        "We will ring you at **{when}**, as you asked, on the number ending {ending}. It takes about "
        "{minutes} minutes.\n\n"
        "Have with you what you would need to fill in the form. Our number may be withheld.\n\n" + CHANGE,
        "{council}: we will ring you at {when}. To change or cancel: {link} Ref {reference}",
    ),
    News.CHANGED: Words(
        "A new time for our call: {when}",
        "The time of our call has changed. We will ring you at **{when}** on the number ending {ending}.\n\n"
        + CHANGE,
        "{council}: new time for our call: {when}. To change or cancel: {link} Ref {reference}",
    ),
    News.CANCELLED: Words(
        "Our call is cancelled",
        "We will not ring you at {when}: this call is cancelled.\n\nIf you want another one, ask on our website or call "
        "us on {council_phone}. Your reference was {reference}.",
        "{council}: our call at {when} is cancelled. Ref {reference}",
    ),
    News.CALLED_OFF: Words(
        "We cannot ring you as arranged",
        "We are sorry: we cannot ring you at {when}. Please choose another time: {link}\n\nYour reference is "
        "**{reference}**. You can also call us on {council_phone}.",
        "{council}: sorry, we cannot ring you at {when}. Choose another time: {link} Ref {reference}",
    ),
    News.DAY_BEFORE: Words(
        "A reminder: we will ring you at {when}",
        "This is to remind you that we will ring you at **{when}** on the number ending {ending}.\n\n"
        + CHANGE,
        "{council}: a reminder that we will ring you at {when}. To change or cancel: {link}",
    ),
    News.HOUR_BEFORE: Words(
        "A reminder: we will ring you at {when}",
        "We will ring you at **{when}** on the number ending {ending}.\n\n" + CHANGE,
        "{council}: we will ring you soon, at {when}. Cannot talk then? {link}",
    ),
    News.MISSED: Words(
        "We could not reach you",
        "We rang you as arranged for {when}, and could not reach you.\n\nIf you still want us to ring, choose another "
        "time: {link}\n\nYour reference is **{reference}**. You can also call us on {council_phone}.",
        "{council}: we rang you and could not reach you. Choose another time: {link} Ref {reference}",
    ),
}
WITH_CALENDAR = frozenset({News.BOOKED, News.CHANGED, News.CANCELLED, News.CALLED_OFF})
AT_ONCE = frozenset({News.BOOKED, News.CHANGED, News.CANCELLED})
"""The customer has just acted, or is on the line: an email about it goes out at any hour."""
REMINDS: Mapping[ReminderKind, News] = {
    ReminderKind.DAY_BEFORE: News.DAY_BEFORE,
    ReminderKind.HOUR_BEFORE: News.HOUR_BEFORE,
}


def tell_of_call(*, appointment: Appointment, news: News, at: datetime, rng: Random) -> Delivery | None:
    """Queue the news, once for each state of the appointment, for the customer and for the helpers who get their news.

    Gives what was queued for the customer or, where their news goes to helpers alone, for the first of these. None where
    there is no safe way, or no time left for it.
    """
    helpers = helpers_of(appointment)
    theirs = [_tell_helper(each, appointment, news, at, rng) for each in helpers]
    if is_for_helpers_alone(helpers):
        return next((each for each in theirs if each is not None), None)
    route = next(iter(_routes(appointment, news, at)), None)
    return _queue(appointment, news, route, _key(appointment, news), at, rng) if route else None


def tell_another_way(*, failed: Delivery, by: Actor, at: datetime, rng: Random) -> Delivery | None:
    """Queue news of a call that could not be delivered for the customer's next way; None where there is none, where it is
    too late or out of date, or where it was no news of a call.
    """
    kind, _, rest = failed.key.partition(":")
    if kind != KEYS or (read := _read_key(rest)) is None:
        return None
    appointment, news = read
    key = _key(appointment, news)
    if not failed.key.startswith(key):
        return None  # the call has changed since, and the news of that goes its own way
    tried = set(Delivery.objects.filter(key__startswith=key).values_list("channel", flat=True))
    route = next((each for each in _routes(appointment, news, at) if each.channel.value not in tried), None)
    if route is None:
        return None
    instead = _queue(appointment, news, route, f"{key}:{route.channel.value}", at, rng)
    if instead is not None:
        told = {"failed": str(failed.pk), "instead": str(instead.pk), "by": instead.channel}
        record_of_call(appointment=appointment, event="news sent another way", by=by, at=at, facts=told)
    return instead


def route_for(*, appointment: Appointment, news: News, at: datetime) -> Route | None:
    """The way by which the customer is told: as they prefer, by no point that is not safe, and never after a death. None
    also where their news goes to a helper.
    """
    if is_for_helpers_alone(helpers_of(appointment)):
        return None
    return next(iter(_routes(appointment, news, at)), None)


def helpers_of(appointment: Appointment) -> list[Helper]:
    """Who hears of this call beside the customer, or in their place."""
    person = appointment.customer
    if person is None or person.died_on is not None:
        return []
    service = our_catalogue().services.get(appointment.service)
    return helpers_for_calls(customer=person, is_restricted=service is None or service.is_restricted)


def _routes(appointment: Appointment, news: News, at: datetime) -> list[Route]:
    person = appointment.customer
    if person is None or person.died_on is not None:
        return []
    arrives = ENGLAND.add_working_days(day_of(at), LETTER_TAKES)
    by_letter = news is News.MISSED or (news not in REMINDS.values() and arrives < day_of(appointment.at))
    return routes_of(customer=person, allows_letter=by_letter, told_in=frozenset(appointment.told_in))


def _key(appointment: Appointment, news: News) -> str:
    return f"{KEYS}:{appointment.pk}:{news.value}:{appointment.sequence}"


def _read_key(rest: str) -> tuple[Appointment, News] | None:
    pk, news, *_ = rest.split(":")
    appointment = (
        Appointment.objects.select_related("customer", "contact__conversation").filter(pk=pk).first()
    )
    return (appointment, News(news)) if appointment else None


def _queue(
    appointment: Appointment, news: News, route: Route, key: str, at: datetime, rng: Random
) -> Delivery | None:
    is_prompt = news in AT_ONCE and route.channel is DeliveryChannel.EMAIL
    not_before = at if is_prompt else next_quiet_end(at)
    if not is_prompt and _comes_too_late(appointment, news, not_before):
        return None
    return queue_delivery(
        outgoing=_outgoing(appointment, news, route, key, at),
        customer=appointment.customer,
        conversation=_conversation(appointment),
        not_before=not_before,
        at=at,
        rng=rng,
    )


def _comes_too_late(appointment: Appointment, news: News, not_before: datetime) -> bool:
    is_before_it = news in (News.BOOKED, News.CHANGED, *REMINDS.values())
    return is_before_it and not_before > appointment.at - NO_LATER_THAN


def _conversation(appointment: Appointment) -> Conversation | None:
    return appointment.contact.conversation if appointment.contact else None


def _tell_helper(
    helper: Helper, appointment: Appointment, news: News, at: datetime, rng: Random
) -> Delivery | None:
    """In the same words, but that a helper changes nothing by the link: its code goes to the customer."""
    not_before = next_quiet_end(at)
    if _comes_too_late(appointment, news, not_before):
        return None
    saying, words = SAYING[news], _words(appointment)
    subject = saying.subject.format(**words)
    by_phone = HELPER_CHANGES.format(**words)
    return tell_helper(
        helper=helper,
        told=Told(
            subject=subject,
            text=f"{subject}. {by_phone}",
            body=f"{subject}.\n\n{by_phone}\n\n{words['council']}",
            not_before=not_before,
        ),
        key=_key(appointment, news),
        conversation=_conversation(appointment),
        reference=appointment.reference or "",
        at=at,
        rng=rng,
    )


def _outgoing(appointment: Appointment, news: News, route: Route, key: str, at: datetime) -> Outgoing:
    assert appointment.customer is not None  # a call has a customer: the database sees to it
    saying, words = SAYING[news], _words(appointment)
    is_text = route.channel is DeliveryChannel.TEXT
    is_email = route.channel is DeliveryChannel.EMAIL
    body = saying.body.format(**words) + f"\n\n{our_council().name}"
    return Outgoing(
        key=key,
        channel=route.channel,
        to=route.point.value,
        subject=saying.subject.format(**words),
        body=saying.text.format(**words) if is_text else body,
        address=address_lines(appointment.customer, route.point),
        reference=appointment.reference or "",
        calendar=calendar_of(appointment=appointment, at=at) if is_email and news in WITH_CALENDAR else "",
    )


def _words(appointment: Appointment) -> dict[str, str]:
    council = our_council()
    return {
        "council": council.name,
        "council_phone": council.contact.phone or "",
        "when": when_in_words(appointment.at),
        "minutes": str(appointment.minutes),
        "ending": appointment.phone[-3:],
        "reference": appointment.reference or "",
        "link": f"{ports().public_url}/track/{appointment.reference}",
    }


def when_in_words(at: datetime) -> str:
    """`2:30pm on Monday 1 March 2027`, in London."""
    local = london(at)
    clock = f"{local.hour % 12 or 12}" + (f":{local.minute:02d}" if local.minute else "")
    day = f"{WEEKDAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]} {local.year}"
    return f"{clock}{'am' if local.hour < 12 else 'pm'} on {day}"


def calendar_of(*, appointment: Appointment, at: datetime) -> str:
    """The calendar file of a call as it now stands: the same entry for ever, replaced as it changes."""
    council = our_council()
    words = _words(appointment)
    said = "We ring you. To change or cancel: {link} Reference {reference}.".format(**words)
    return calendar_file(
        CalendarEvent(
            uid=f"{appointment.pk}@{council.council}.front-door",
            sequence=appointment.sequence,
            starts_at=appointment.at,
            ends_at=appointment.ends_at,
            summary=f"Phone call from {council.name}",
            description=said,
            location="By phone",
            organiser=council.contact.email or "",
            written_at=at,
            is_cancelled=appointment.cancelled_at is not None,
        )
    )


def plan_reminders(*, appointment: Appointment, at: datetime) -> None:
    """Reminders on the working day before, and an hour before, where there is still time for them."""
    day = ENGLAND.add_working_days(day_of(appointment.at), -1)
    wanted = {
        ReminderKind.DAY_BEFORE: at_london(day, REMINDED_AT),
        ReminderKind.HOUR_BEFORE: appointment.at - HOUR,
    }
    add_reminders(
        appointment=appointment, due={kind: due_at for kind, due_at in wanted.items() if due_at > at + HOUR}
    )


@transaction.atomic
def remind_of_call(*, reminder_id: int, at: datetime, rng: Random) -> CallReminder:
    """Remind the customer, once. Nobody is reminded of a call that was changed, cancelled or is over."""
    appointment_id = CallReminder.objects.values_list("appointment_id", flat=True).get(pk=reminder_id)
    appointment = lock_call(appointment_id=appointment_id)
    reminder = CallReminder.objects.select_for_update().get(pk=reminder_id)
    if reminder.done_at is not None:
        return reminder
    reminder.done_at = at
    reminder.save(update_fields=["done_at"])
    if appointment.is_to_come and reminder.sequence == appointment.sequence and appointment.at > at:
        news = REMINDS[ReminderKind(reminder.kind)]
        sent = tell_of_call(appointment=appointment, news=news, at=at, rng=rng)
        if sent is not None:
            record_of_call(
                appointment=appointment,
                event="call reminded",
                by=SYSTEM.actor,
                at=at,
                facts={"before": reminder.get_kind_display(), "by": sent.channel},
            )
    return reminder


def record_of_call(
    *,
    appointment: Appointment,
    event: str,
    by: Actor,
    at: datetime,
    facts: Mapping[str, object] | None = None,
    shown: bool = False,
) -> None:
    """Record what happened to a call, in the caller's transaction: its id and time, never the number or a name."""
    record(
        at=at,
        by=by,
        event=event,
        case=appointment.case_id,
        contact=appointment.contact_id,
        customer=appointment.customer_id,
        service=appointment.service,
        facts={"appointment": str(appointment.pk), "call at": appointment.at.isoformat(), **(facts or {})},
        shown=shown,
    )


def tell_and_record(
    *,
    appointment: Appointment,
    news: News,
    event: str,
    by: Person,
    at: datetime,
    rng: Random,
    facts: Mapping[str, object] | None = None,
) -> Delivery | None:
    """Tell the customer and keep in the journal what happened and by which way they were told."""
    sent = tell_of_call(appointment=appointment, news=news, at=at, rng=rng)
    told = {"told by": sent.channel if sent else "none", **(facts or {})}
    record_of_call(appointment=appointment, event=event, by=by.actor, at=at, facts=told, shown=True)
    return sent


CANCELLED_NEWS: Mapping[Cancelled, News] = {
    Cancelled.CUSTOMER: News.CANCELLED,
    Cancelled.US: News.CALLED_OFF,
    Cancelled.NOT_NEEDED: News.CANCELLED,
}
