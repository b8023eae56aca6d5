"""Count one London day from the record: contacts, enquiries, cases, decisions, promises, surveys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from frontdoor.cases.models import Case, DecisionRecord, Enquiry, Promise, Survey
from frontdoor.catalogue.published import our_catalogue
from frontdoor.contacts.models import WRITTEN, Channel, Contact
from frontdoor.insight.models import Tally
from frontdoor.insight.repeats import not_settled_before
from frontdoor.insight.spread import DAYS, WAITS, step_of
from frontdoor.kernel.clock import day_of, start_of_day

RULES = 3
"""Raise it whenever something is counted in another way: every day is then counted anew by itself."""
SHORT_SECONDS = 5
"""Somebody who hangs up sooner is a short abandon: left out of what was offered (domain 7.1)."""

Key = tuple[str, str, str]


@dataclass
class Counter:
    """Counts of a day by service, channel and what."""

    counts: dict[Key, int] = field(default_factory=lambda: defaultdict(int))
    totals: dict[Key, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, service: str, channel: str, what: str, seconds: float = 0) -> None:
        """One more, and what it took."""
        key = (service, channel, what)
        self.counts[key] += 1
        self.totals[key] += round(seconds)

    def tallies(self, on: date) -> list[Tally]:
        """The rows of the day."""
        return [
            Tally(
                on=on,
                service=service,
                channel=channel,
                what=what,
                count=count,
                total=self.totals[service, channel, what],
            )
            for (service, channel, what), count in self.counts.items()
        ]


def count_day(on: date) -> list[Tally]:
    """Everything that is counted of a day, as rows that are not stored yet."""
    start, end = start_of_day(on), start_of_day(on + timedelta(days=1))
    counter = Counter()
    for part in PARTS:
        part(counter, start, end)
    return counter.tallies(on)


@dataclass(frozen=True)
class _Came:
    """When a contact came in, was answered or given up, ended, and was done with."""

    received_at: datetime
    answered_at: datetime | None
    abandoned_at: datetime | None
    ended_at: datetime | None
    wrapped_at: datetime | None

    def seconds_until(self, at: datetime) -> float:
        return (at - self.received_at).total_seconds()


def _contacts(counter: Counter, start: datetime, end: datetime) -> None:
    rows = Contact.objects.filter(received_at__gte=start, received_at__lt=end).values_list(
        "service",
        "channel",
        "is_assisted",
        "transfers",
        "received_at",
        "answered_at",
        "abandoned_at",
        "ended_at",
        "wrapped_at",
    )
    for service, channel, is_assisted, transfers, received_at, *moments in rows.iterator():
        counter.add(service, channel, "received")
        counter.add(service, channel, f"received/{channel}")
        if is_assisted:
            counter.add(service, channel, "assisted")
        if transfers:
            counter.add(service, channel, "transferred")
            if moments[0] is not None:
                counter.add(service, channel, "passed on")
        for what, seconds in _outcome(_Came(received_at, *moments), channel):
            counter.add(service, channel, what, seconds)


def _outcome(came: _Came, channel: str) -> Iterator[tuple[str, float]]:
    if came.abandoned_at is not None:
        waited = came.seconds_until(came.abandoned_at)
        yield ("short abandon" if waited < SHORT_SECONDS else "abandoned"), waited
    elif came.answered_at is not None:
        waited = came.seconds_until(came.answered_at)
        yield "answered", waited
        yield f"wait/{step_of(waited, WAITS)}", waited
        if (until := came.wrapped_at or came.ended_at) is not None:
            yield "handled", came.seconds_until(until) - waited
    elif channel == Channel.WEB:
        yield "completed", 0


def _worked_off(counter: Counter, start: datetime, end: datetime) -> None:
    """What was written to us, by the day on which it was answered, whenever it came."""
    rows = Contact.objects.filter(channel__in=WRITTEN, answered_at__gte=start, answered_at__lt=end)
    for service, channel in rows.values_list("service", "channel").iterator():
        counter.add(service, channel, "worked off")


def _came_back(counter: Counter, start: datetime, end: datetime) -> None:
    """For each repeat of the day, the contact before it that did not settle the matter."""
    for service, channel in not_settled_before(start, end):
        counter.add(service, channel, "came back")


def _enquiries(counter: Counter, start: datetime, end: datetime) -> None:
    rows = Enquiry.objects.filter(began_at__gte=start, began_at__lt=end).values_list(
        "service", "contact__channel", "outcome", "proposed_type", "proposed_cause", "type", "cause"
    )
    for service, channel, outcome, proposed, proposed_cause, confirmed, cause in rows.iterator():
        counter.add(service, channel, "enquiry")
        if outcome:
            counter.add(service, channel, f"outcome/{outcome}")
        if kind := confirmed or proposed:
            counter.add(service, channel, f"demand/{kind}/{cause if confirmed else proposed_cause}")
        if confirmed and proposed:
            is_agreed = (confirmed, cause) == (proposed, proposed_cause)
            counter.add(service, channel, "agreed" if is_agreed else "corrected")


def _cases_opened(counter: Counter, start: datetime, end: datetime) -> None:
    rows = Case.objects.filter(received_at__gte=start, received_at__lt=end)
    for service, channel, kind in rows.values_list("service", "channel", "kind").iterator():
        counter.add(service, channel, f"opened/{kind}")
        if channel == Channel.WEB:
            counter.add(service, channel, "opened online")


def _cases_ended(counter: Counter, start: datetime, end: datetime) -> None:
    rows = Case.objects.filter(closed_at__gte=start, closed_at__lt=end)
    for service, channel, ended_as, received, closed in rows.values_list(
        "service", "channel", "ended_as", "received_at", "closed_at"
    ).iterator():
        if closed is None:
            continue
        counter.add(service, channel, f"ended/{ended_as}")
        days = (day_of(closed) - day_of(received)).days
        counter.add(service, channel, f"days/{step_of(days, DAYS)}", days)


def _lines(counter: Counter, start: datetime, end: datetime) -> None:
    """Cases that came and that ended, by the lines that their service tells apart (`lines:` of its pack).

    The pack of today says for all of them, so that a line means the same throughout.
    """
    for pack in our_catalogue():
        if not pack.service.lines:
            continue
        every = Case.objects.filter(service=pack.id)
        came = every.filter(received_at__gte=start, received_at__lt=end)
        for channel, answers in came.values_list("channel", "answers").iterator():
            for line in pack.service.lines_of(answers):
                counter.add(pack.id, channel, f"line/{line}/opened")
        ended = every.filter(closed_at__gte=start, closed_at__lt=end)
        for channel, answers, ended_as in ended.values_list("channel", "answers", "ended_as").iterator():
            for line in pack.service.lines_of(answers):
                counter.add(pack.id, channel, f"line/{line}/ended/{ended_as}")


def _decisions(counter: Counter, start: datetime, end: datetime) -> None:
    rows = DecisionRecord.objects.filter(at__gte=start, at__lt=end)
    for service, channel, outcome in rows.values_list("case__service", "case__channel", "outcome").iterator():
        counter.add(service, channel, f"decided/{outcome}")


def _promises(counter: Counter, start: datetime, end: datetime) -> None:
    """By the day on which the promise was kept; one that was kept late, or on a second date, was not kept in time."""
    rows = Promise.objects.filter(kept_at__gte=start, kept_at__lt=end)
    for service, channel, first_due, due, kept in rows.values_list(
        "case__service", "case__channel", "first_due_at", "due_at", "kept_at"
    ).iterator():
        if kept is None:
            continue
        counter.add(service, channel, "kept on time" if kept <= due else "kept late")
        if kept <= first_due:
            counter.add(service, channel, "kept on the first date")


def _surveys(counter: Counter, start: datetime, end: datetime) -> None:
    """Those sent on the day, and the points of those answered on it."""
    sent = Survey.objects.filter(asked_at__gte=start, asked_at__lt=end)
    for service, channel in sent.values_list("service", "channel").iterator():
        counter.add(service, channel, "surveyed")
    answered = Survey.objects.filter(answered_at__gte=start, answered_at__lt=end)
    for service, channel, rating in answered.values_list("service", "channel", "rating").iterator():
        counter.add(service, channel, f"rated/{rating}")


PARTS: Sequence[Callable[[Counter, datetime, datetime], None]] = (
    _contacts,
    _worked_off,
    _came_back,
    _enquiries,
    _cases_opened,
    _cases_ended,
    _lines,
    _decisions,
    _promises,
    _surveys,
)
