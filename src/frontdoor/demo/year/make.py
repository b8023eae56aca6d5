"""The year into a database: staff, customers, contacts, indexes, tallies, seals; by a process for each core."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from time import monotonic

from django.db import transaction
from django.db.models import Max, Min

from frontdoor.catalogue.published import our_council
from frontdoor.contacts.models import Contact, FindCard
from frontdoor.demo.year import making
from frontdoor.demo.year.bulk import COLUMNS
from frontdoor.demo.year.cast import Cast
from frontdoor.demo.year.crew import Alone, Crew, Job, Left, Progress, cores, crew_of
from frontdoor.demo.year.parts import CustomerPart, DayPart, DeskDay, customer_parts, day_parts
from frontdoor.demo.year.people import CUSTOMER_COLUMNS, make_cast
from frontdoor.demo.year.shape import contacts_expected, desk_day_before
from frontdoor.demo.year.writing import (
    Aside,
    analyse,
    check_keys,
    fast_session,
    put_aside,
    set_counters,
)
from frontdoor.insight.keeping import take_journal_as_read
from frontdoor.insight.periods import Period, month_of, months_in
from frontdoor.journal.models import JournalEntry, Seal
from frontdoor.kernel.clock import day_of, start_of_day
from frontdoor.kernel.months import months_later
from frontdoor.kernel.workingdays import ENGLAND
from frontdoor.staff.models import Team, User

CUSTOMERS = 140_000
MONTH = timedelta(days=30)
TABLES = (*CUSTOMER_COLUMNS, *COLUMNS)
NUMBERED = ("contacts_findcard", "journal_journalentry")
DAYS_AT_ONCE = 10


class YearThere(Exception):
    """A year of contacts is in this database already, or a part of one that was broken off. `./run demo --year --fresh`
    removes everything and makes it anew.
    """


class NoDesk(LookupError):
    """The council's teams are not in this database, so nobody could take a contact. Load the demo council first."""


@dataclass(frozen=True)
class Wanted:
    """How much is made. `share`: of a county's volume; `before`: the same of the same days a year before, 0 for none of
    them; `processes`: beside this one, 0 to do everything here.
    """

    days: int = 365
    share: float = 1.0
    before: float = 0.0
    processes: int | None = None


@dataclass(frozen=True)
class Made:
    """What was made, and how long it took in all, in seconds."""

    contacts: int
    rows: int
    customers: int
    sealed: int
    days: int
    seconds: float


def make_year(*, at: datetime, seed: int, wanted: Wanted, progress: Progress = lambda words: None) -> Made:
    """Contacts of so many days up to yesterday, at least of the last desk day, in a database with the council's teams.

    Raises YearThere, NoDesk. It is not one transaction: broken off, it has to be begun anew on an empty database.
    """
    began = monotonic()
    cast, days = _prepared(at, seed, wanted)
    parts = _parts(cast, days, wanted, at)
    expected = sum(contacts_expected(*day) for day in days)
    progress(f"{cast.customers:,} customers, {len(days)} desk days, in {len(parts)} parts")
    with fast_session(), crew_of(cores(wanted.processes)) as crew:
        aside = put_aside(TABLES)
        count = Left(progress, "contacts", round(expected), of="rows")
        crew.make(cast, parts, count)
        set_counters(NUMBERED)
        _finish(crew, aside, at, progress)
        sealed = Seal.objects.count()
    return Made(count.done, count.beside, cast.customers, sealed, len(days), monotonic() - began)


def _finish(crew: Alone | Crew, aside: Aside, at: datetime, progress: Progress) -> None:
    """Indexes, seals, tallies, then what is checked against other tables. Seals take longest: they are begun first."""
    analyse(TABLES, is_last=False)
    seals = Job(making.seal_all, (at,))
    indexes = [Job(making.run_statements, (made,)) for made in aside.indexes.values()]
    steps = JournalEntry.objects.count() - Seal.objects.count() + sum(map(len, aside.indexes.values()))
    crew.do([seals, *indexes], Left(progress, "seals and indexes", steps))
    first = Contact.objects.aggregate(first=Min("received_at"))["first"] or at
    days = [day_of(first) + timedelta(days=n) for n in range((day_of(at) - day_of(first)).days + 1)]
    some = [days[start : start + DAYS_AT_ONCE] for start in range(0, len(days), DAYS_AT_ONCE)]
    counts = [Job(making.count_days, (each,)) for each in some]
    crew.do(counts, Left(progress, "days counted", len(days)))
    months = [each.first for each in months_in(Period(days[0], days[-1]))]
    whole = [Job(making.add_up_months, ([month_of(each).first],)) for each in months]
    crew.do(whole, Left(progress, "months added up", len(whole)))
    take_journal_as_read(at=at)
    progress("checking what rows name")
    crew.do([Job(making.run_statements, (aside.keys,))], Left(progress, "keys", len(aside.keys)))
    check_keys(TABLES)
    analyse([*TABLES, "journal_seal", "insight_tally", "insight_monthtally"], is_last=True)


def _desk_days(today: date, wanted: Wanted) -> list[DeskDay]:
    """The working days up to yesterday, and before them those of a year before."""
    found: list[DeskDay] = []
    for until, share in ((months_later(today, -12), wanted.before), (today, wanted.share)):
        stretch = [until - timedelta(days=n) for n in range(wanted.days, 0, -1)]
        days = [day for day in stretch if ENGLAND.is_working_day(day)] or [desk_day_before(until)]
        found += [DeskDay(day, share) for day in days if share and (not found or day > found[-1].on)]
    return found


def _prepared(at: datetime, seed: int, wanted: Wanted) -> tuple[Cast, list[DeskDay]]:
    """Who and when; the accounts are there afterwards."""
    days = _desk_days(day_of(at), wanted)
    with transaction.atomic():
        if User.objects.filter(email__startswith="advisor.001@").exists():
            raise YearThere
        if not {each.name for each in our_council().teams} <= set(
            Team.objects.values_list("name", flat=True)
        ):
            raise NoDesk
        known_since = start_of_day(days[0].on - MONTH)
        number = _customers(wanted, sum(day.share == wanted.share for day in days))
        cast = make_cast(seed=seed, customers=number, at=known_since)
    return cast, days


def _customers(wanted: Wanted, days: int) -> int:
    """Fewer for a part of a year, but enough that most do not come twice a week."""
    return max(40, int(CUSTOMERS * wanted.share * min(1.0, (days + 10) / 250)))


def _parts(cast: Cast, days: Sequence[DeskDay], wanted: Wanted, at: datetime) -> list[CustomerPart | DayPart]:
    newest = JournalEntry.objects.aggregate(last=Max("pk"))["last"] or 0
    card = FindCard.objects.aggregate(last=Max("pk"))["last"] or 0
    processes = cores(wanted.processes)
    split = max(1, processes) if len(days) > 20 else 1
    until = int(at.timestamp())
    return [
        *day_parts(days, parts=split, first_entry=newest + 1, until=until),
        *customer_parts(cast.customers, parts=4 * processes + 1, first_card=card + 1),
    ]
