"""Keep the tallies true: a day is counted anew when the journal says that something of it has changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Max, Q, Sum

from frontdoor.cases.models import Case
from frontdoor.contacts.models import Contact
from frontdoor.insight.counting import RULES, count_day
from frontdoor.insight.models import MonthTally, ReadUpTo, Tally
from frontdoor.insight.periods import month_of
from frontdoor.insight.resting import resting
from frontdoor.journal.models import JournalEntry
from frontdoor.kernel.clock import day_of

LATE_BY = timedelta(minutes=15)
"""An entry shows when its transaction ends, after its number was drawn: young entries behind the mark are read again."""
MOST_ENTRIES = 20_000
DAY_LOCK, MONTH_LOCK = 7_310_553, 7_310_554


def keep_tallies(*, at: datetime) -> int:
    """Count the days that changed since the last time; by how many numbers the reading of the journal went on.

    A long journal is read in parts: each call goes on where the last one stopped, and one that went on by less
    than MOST_ENTRIES has come to the end.
    """
    mark = ReadUpTo.objects.first()
    read = mark.entry if mark and mark.rules == RULES else 0
    newest = JournalEntry.objects.aggregate(last=Max("pk"))["last"] or 0
    if newest == read and not JournalEntry.objects.filter(_is_young(read, at)).exists():
        return 0
    upto = min(newest, read + MOST_ENTRIES)
    days = sorted(_days_of(Q(pk__gt=read, pk__lte=upto)) | _days_of(_is_young(read, at)))
    keep_days(days)
    ReadUpTo.objects.update_or_create(pk=1, defaults={"entry": upto, "rules": RULES, "at": at})
    return upto - read


def keep_days(days: Iterable[date]) -> int:
    """Count days anew, and add up the months they are in; how many rows the days have now."""
    months: set[date] = set()
    rows = 0
    for day in days:
        rows += keep_day(day)
        months.add(month_of(day).first)
    for month in sorted(months):
        keep_month(month)
    return rows


@transaction.atomic
def keep_day(on: date) -> int:
    """Count a day anew; how many rows it has now. Who counts the same day at the same time waits, and counts after.
    Its month is still to be added up.
    """
    _take_turns(DAY_LOCK, on)
    rows = count_day(on)
    Tally.objects.filter(on=on).delete()
    Tally.objects.bulk_create(rows, batch_size=500)
    return len(rows)


@transaction.atomic
def keep_month(first: date) -> int:
    """Add up the days of a month anew, by its first day; how many rows it has now."""
    _take_turns(MONTH_LOCK, first)
    days = Tally.objects.filter(on__gte=first, on__lte=month_of(first).last)
    added = days.values_list("service", "channel", "what").annotate(added=Sum("count"), took=Sum("total"))
    kinds: dict[tuple[str, str], dict[str, tuple[int, int]]] = defaultdict(dict)
    for service, channel, what, count, total in added:
        kinds[service, channel][what] = (count, total)
    rows = [
        row for (service, channel), sums in kinds.items() for row in _added(first, service, channel, sums)
    ]
    MonthTally.objects.filter(month=first).delete()
    MonthTally.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def _added(
    month: date, service: str, channel: str, sums: Mapping[str, tuple[int, int]]
) -> Iterator[MonthTally]:
    people = resting({what: count for what, (count, _total) in sums.items()})
    for what, (count, total) in sums.items():
        yield MonthTally(
            month=month,
            service=service,
            channel=channel,
            what=what,
            count=count,
            total=total,
            rests_on=people[what],
        )


def take_journal_as_read(*, at: datetime) -> None:
    """Every day that the journal tells of has been counted: after very much was brought in at once."""
    newest = JournalEntry.objects.aggregate(last=Max("pk"))["last"] or 0
    ReadUpTo.objects.update_or_create(pk=1, defaults={"entry": newest, "rules": RULES, "at": at})


def _take_turns(kind: int, on: date) -> None:
    """SQLite has one writer at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [kind, on.toordinal()])


def _is_young(read: int, at: datetime) -> Q:
    return Q(pk__lte=read, pk__gt=read - MOST_ENTRIES, at__gte=at - LATE_BY)


def _days_of(which: Q) -> set[date]:
    """The days that entries are about: their own, and those on which their contact or case came in."""
    entries = JournalEntry.objects.filter(which)
    days = {day_of(at) for at in entries.values_list("at", flat=True).iterator()}
    contacts = entries.exclude(contact_id=None).values("contact_id")
    cases = entries.exclude(case_id=None).values("case_id")
    for came in (Contact.objects.filter(pk__in=contacts), Case.objects.filter(pk__in=cases)):
        days |= {day_of(at) for at in came.values_list("received_at", flat=True).iterator()}
    return days
