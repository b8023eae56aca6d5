"""The phone lines and the mailbox of the demo council in the last weeks: calls and emails that whoever was on shift took,
answered and done with at once, so that there is something to forecast and to plan for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from frontdoor.contacts.models import Channel, Contact, Conversation
from frontdoor.journal.models import JournalEntry
from frontdoor.kernel.clock import at_london
from frontdoor.kernel.ids import uuid7
from frontdoor.kernel.workingdays import ENGLAND
from frontdoor.workforce.records.models import Shift

CALLS, EMAILS = 105, 26
WEEKDAYS = (1.25, 1.05, 1.0, 0.95, 0.85)
HOURS = (0.7, 1.2, 1.4, 1.3, 1.0, 0.9, 1.1, 1.0, 0.8, 0.5)
"""How busy the hours from eight are, beside each other."""
SERVICES = (
    ("blue-badge", 34),
    ("street-problem", 22),
    ("crisis-support", 14),
    ("bus-pass", 12),
    ("school-places", 10),
    ("complaint", 8),
)
PATIENCE = timedelta(seconds=170)
TALK, SPREAD, WRAP = 250.0, 0.6, timedelta(seconds=50)
EMAIL_WAITS = timedelta(hours=3)


def make_line(*, first_on: date, last_on: date, at: datetime, seed: int) -> None:
    """Contacts of the desk days of a span, up to now, with their journal entries, in bulk."""
    days = (first_on + timedelta(days=number) for number in range((last_on - first_on).days + 1))
    contacts = [
        each
        for day in days
        if ENGLAND.is_working_day(day)
        for each in _day(day, at, Random(f"{seed}:line:{day}"))
    ]
    Conversation.objects.bulk_create(each.conversation for each in contacts)
    Contact.objects.bulk_create(contacts)
    JournalEntry.objects.bulk_create(entry for each in contacts for entry in _entries(each))


def _day(day: date, now: datetime, rng: Random) -> Iterator[Contact]:
    shifts = list(Shift.objects.filter(on=day).order_by("pk"))
    free = {shift.user_id: shift.starts_at for shift in shifts}
    names, weights = zip(*SERVICES, strict=True)
    busy = WEEKDAYS[day.weekday()] * rng.gauss(1, 0.06)
    for channel, usual in ((Channel.PHONE, CALLS), (Channel.EMAIL, EMAILS)):
        moments = sorted(
            _moment(day, rng) for _ in range(round(rng.gauss(usual * busy, (usual * busy) ** 0.5)))
        )
        for came_at in moments:
            contact = _contact(channel, rng.choices(names, weights)[0], came_at, rng)
            _answer(contact, shifts, free, rng)
            if (contact.wrapped_at or contact.abandoned_at or now) < now:
                yield contact


def _moment(day: date, rng: Random) -> datetime:
    hour = rng.choices(range(len(HOURS)), HOURS)[0]
    return at_london(day, time(8 + hour)) + timedelta(seconds=rng.uniform(0, 3600))


def _contact(channel: str, service: str, at: datetime, rng: Random) -> Contact:
    conversation = Conversation(id=uuid7(at=at, rng=rng), service=service, started_at=at)
    return Contact(
        id=uuid7(at=at, rng=rng), conversation=conversation, channel=channel, service=service, received_at=at
    )


def _answer(contact: Contact, shifts: Sequence[Shift], free: dict[int, datetime], rng: Random) -> None:
    """Whoever is on shift and has been free longest takes it; a caller for whom nobody is free in time gives up."""
    came_at = contact.received_at
    soonest = came_at + (
        EMAIL_WAITS * rng.random() if contact.channel == Channel.EMAIL else timedelta(seconds=6)
    )
    there = [each for each in shifts if each.starts_at <= soonest < each.ends_at - timedelta(minutes=10)]
    taker = min(there, key=lambda each: free[each.user_id], default=None)
    waits = max(free[taker.user_id], soonest) if taker else None
    if waits is None or (
        contact.channel == Channel.PHONE and waits - came_at > PATIENCE * rng.expovariate(1)
    ):
        if contact.channel == Channel.PHONE:
            contact.abandoned_at = came_at + PATIENCE * min(1.0, rng.random())
        return
    assert taker is not None  # somebody is there where there is an instant
    contact.taken_by_id, contact.answered_at = taker.user_id, waits
    contact.ended_at = waits + timedelta(seconds=TALK * rng.lognormvariate(-(SPREAD**2) / 2, SPREAD))
    contact.wrapped_at = contact.ended_at + WRAP
    free[taker.user_id] = contact.wrapped_at


def _entries(contact: Contact) -> Iterator[JournalEntry]:
    channel = f'{{"channel":"{contact.channel}"}}'
    yield _entry(contact, contact.received_at, "contact received", "customer", "unnamed", channel)
    if contact.abandoned_at is not None:
        yield _entry(contact, contact.abandoned_at, "contact abandoned", "customer", "unnamed", "{}")
    elif contact.answered_at is not None and contact.wrapped_at is not None:
        who = str(contact.taken_by_id)
        yield _entry(contact, contact.answered_at, "contact taken", "staff", who, channel)
        yield _entry(contact, contact.wrapped_at, "contact finished", "staff", who, "{}")


def _entry(contact: Contact, at: datetime, event: str, kind: str, who: str, facts: str) -> JournalEntry:
    return JournalEntry(
        at=at,
        actor_kind=kind,
        actor_id=who,
        event=event,
        contact_id=contact.pk,
        service=contact.service,
        facts_json=facts,
    )
