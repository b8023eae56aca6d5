"""A year in bulk: a day made of rows equals the same day done by the stories that answer the public, table by table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from queue import Queue
from threading import Event
from typing import Any

import pytest
from django.db import models, transaction
from django.db.models import Q

from frontdoor.cases.models import (
    Case,
    DecisionRecord,
    Enquiry,
    IssuedItem,
    Payment,
    Promise,
    RecordedFact,
    Task,
)
from frontdoor.contacts.models import (
    Contact,
    ContactPoint,
    Conversation,
    Customer,
    FindCard,
    FindKey,
    Likeness,
    Message,
)
from frontdoor.demo.people import make_staff
from frontdoor.demo.year.bulk import COLUMNS, Bulk
from frontdoor.demo.year.cast import Cast
from frontdoor.demo.year.crew import Crew
from frontdoor.demo.year.deeds import deeds_of
from frontdoor.demo.year.live import bring_over_live, do_live
from frontdoor.demo.year.lives import Life, begun
from frontdoor.demo.year.make import NoDesk, Wanted, YearThere, make_year
from frontdoor.demo.year.parts import CustomerPart, DayPart, DeskDay, day_parts
from frontdoor.demo.year.people import customer_keys, make_cast
from frontdoor.demo.year.plan import planned
from frontdoor.demo.year.stories import STORIES
from frontdoor.demo.year.writing import BrokenKeys, set_counters, write_rows
from frontdoor.insight.counting import count_day
from frontdoor.insight.figures import figures_of
from frontdoor.insight.keeping import keep_tallies
from frontdoor.insight.measures.every import BY_ID
from frontdoor.insight.models import Tally
from frontdoor.insight.periods import Period
from frontdoor.insight.summing import Scope
from frontdoor.journal.actions import seal_entries
from frontdoor.journal.models import JournalEntry, Seal
from frontdoor.journal.queries import verify
from frontdoor.kernel.clock import day_of

NOW = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)
DAYS = (date(2026, 11, 17), date(2026, 11, 18))
SHARE = 0.006
COMPARED: tuple[type[models.Model], ...] = (
    *(
        Customer,
        ContactPoint,
        FindCard,
        FindKey,
        Likeness,
        Conversation,
        Contact,
        Message,
        Enquiry,
        JournalEntry,
        Case,
        Promise,
        RecordedFact,
        DecisionRecord,
        IssuedItem,
        Payment,
        Task,
    ),
)
NUMBERED = (ContactPoint, FindKey, JournalEntry, Promise, RecordedFact)
"""Rows whose number says nothing: they are compared in the order of what they hold, the journal's in its own."""
NEWS = Q(event="customer told")
"""What is not made in bulk: news to customers of cases (messages, deliveries, updates), timers and surveys."""
Tables = Mapping[str, list[dict[str, Any]]]


class _UndoneAfterwards(Exception):
    """Raised to roll back."""


def _cast(customers: int = 48) -> Cast:
    with transaction.atomic():
        make_staff(at=NOW - timedelta(days=100))
        return make_cast(seed=7, customers=customers, at=NOW - timedelta(days=90))


def _stored() -> Tables:
    """Every column of every row; numbers that the database gives are counted from the first of them."""
    first_card = FindCard.objects.order_by("pk").values_list("pk", flat=True).first() or 0
    tables: dict[str, list[dict[str, Any]]] = {}
    for model in COMPARED:
        every = model._default_manager.order_by("pk")
        if model is JournalEntry:
            every = every.exclude(NEWS)
        if model is Message:
            every = every.filter(contact__isnull=False)
        rows = list(every.values())
        for row in rows:
            if model in NUMBERED:
                del row["id"]
            if "card_id" in row:
                row["card_id"] -= first_card
        if model is FindCard:
            rows = [{**row, "id": row["id"] - first_card} for row in rows]
        if model in NUMBERED and model is not JournalEntry:
            rows.sort(key=repr)
        tables[model.__name__] = rows
    days = sorted({day_of(at) for at in JournalEntry.objects.values_list("at", flat=True)})
    tallies = [each for day in days for each in count_day(day)]
    named = ("on", "service", "channel", "what", "count", "total")
    tables["Tally"] = sorted(
        ({name: getattr(each, name) for name in named} for each in tallies),
        key=lambda row: tuple(str(value) for value in row.values()),
    )
    return tables


def _undone(make: Any) -> Tables:
    """What is stored after something was made; nothing of it stays."""
    found: Tables = {}
    try:
        with transaction.atomic():
            make()
            found = _stored()
            raise _UndoneAfterwards
    except _UndoneAfterwards:
        return found


def _write(
    columns: Mapping[str, Sequence[str]], rows: Mapping[str, Sequence[tuple[str | int | None, ...]]], _: int
) -> None:
    write_rows(columns, rows)


@pytest.mark.django_db
def test_days_made_in_bulk_are_the_same_rows_as_the_same_days_made_live() -> None:
    cast = _cast(customers=16)
    until = int(NOW.timestamp())
    last = JournalEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    def live() -> None:
        bring_over_live(cast)
        contacts = [came for day in DAYS for came in planned(cast, day, SHARE)]
        lives = [life for day in DAYS for life in begun(cast, day, SHARE)]
        do_live(cast, deeds_of(contacts, lives, until=until))

    desk_days = tuple(DeskDay(day, SHARE) for day in DAYS)

    def bulk() -> None:
        for part in (CustomerPart(range(cast.customers), 1), DayPart(desk_days, (), last + 1, until)):
            part.make(cast, _write)

    one, other = _undone(live), _undone(bulk)
    assert {name: len(rows) for name, rows in one.items()} == {
        name: len(rows) for name, rows in other.items()
    }
    for name, rows in one.items():
        assert rows == other[name], name
    assert len(one["Contact"]) > 40
    assert {row["outcome"] for row in one["Enquiry"]} >= {"answered", "handed on", "not ours"}
    assert {row["proposed_cause"] for row in one["Enquiry"]} >= {
        "NOT_ENOUGH_UPFRONT_INFO",
        "SELF_SERVICE_GAP",
        "",
    }
    assert any(row["settled_at"] for row in one["Enquiry"])
    assert {"cause confirmed", "enquiry settled", "contact abandoned"} <= {
        row["event"] for row in one["JournalEntry"]
    }


@pytest.mark.django_db
def test_cases_of_every_story_made_in_bulk_are_the_same_rows_as_the_same_cases_made_live() -> None:
    cast = _cast()
    until = int(NOW.timestamp())
    day = date(2026, 9, 1)
    lives = list({life.story: life for life in reversed(begun(cast, day, 30.0))}.values())
    lives = [replace(life, customer=36 + n if life.customer >= 0 else -1) for n, life in enumerate(lives)]
    of_badges = [life for life in begun(cast, day + timedelta(days=7), 0.1) if life.story == 0][:3]
    lives += [replace(life, customer=21 + n) for n, life in enumerate(of_badges)]
    assert {life.story for life in lives} == set(range(len(STORIES)))
    whole = next(life for life in lives if life.told.service == "blue-badge")
    begun_only = replace(whole, number=whole.number + 1_000, customer=35, turns=whole.turns[:1])
    deeds = deeds_of([], [*lives, begun_only], until=until)

    def live() -> None:
        bring_over_live(cast)
        do_live(cast, deeds)

    def bulk() -> None:
        CustomerPart(range(cast.customers), 1).make(cast, _write)
        made = Bulk(cast, customer_keys(cast), first_entry=10_000, until=until)
        made.do(deeds)
        made.finish()
        _write(COLUMNS, made.take(), 0)

    one, other = _undone(live), _undone(bulk)
    for name, rows in one.items():
        assert other[name] == rows, name
    ends = {row["ended_as"] for row in one["Case"]}
    assert {"", "issued", "refused", "award given", "declined", "repaired", "upheld"} <= ends
    assert len(one["DecisionRecord"]) == 9
    assert {row["status"] for row in one["Payment"]} == {"paid"}
    assert {"opened/application", "ended/issued", "decided/approve", "kept on time"} <= {
        row["what"] for row in one["Tally"]
    }


@pytest.mark.django_db
def test_a_plan_is_the_same_for_the_same_seed_and_nothing_happens_when_the_desk_is_closed() -> None:
    cast = _cast()
    assert planned(cast, DAYS[0], SHARE) == planned(cast, DAYS[0], SHARE)
    assert planned(cast, DAYS[0], SHARE) != planned(cast, DAYS[1], SHARE)
    assert planned(cast, date(2026, 11, 21), SHARE) == []
    county = planned(cast, DAYS[0], 1.0)
    assert 3_800 < len(county) < 5_600
    calls = [came for came in county if came.channel == "phone"]
    answered = sum(not came.abandoned for came in calls)
    assert 0.89 < answered / len(calls) < 0.92
    busy: dict[int, int] = {}
    for came in sorted((each for each in county if each.answered), key=lambda each: each.answered):
        assert busy.get(came.advisor, 0) <= came.answered, "an advisor takes two contacts at once"
        busy[came.advisor] = came.asked[-1].closed


@pytest.mark.django_db(transaction=True)
def test_a_year_is_made_whole_with_its_seals_tallies_and_indexes() -> None:
    with pytest.raises(NoDesk):
        make_year(at=NOW, seed=3, wanted=Wanted(days=1, share=0.02, processes=0))
    make_staff(at=NOW - timedelta(days=60))
    seal_entries(at=NOW)
    said: list[str] = []
    made = make_year(
        at=NOW, seed=3, wanted=Wanted(days=8, share=0.02, before=0.01, processes=0), progress=said.append
    )
    assert made.contacts == Contact.objects.count() > 300
    assert made.customers == Customer.objects.count()
    found = verify()
    assert (found.broken, found.unsealed) == (None, 0)
    assert Seal.objects.count() == JournalEntry.objects.count()
    first = day_of(Contact.objects.earliest("received_at").received_at)
    figures = {
        each.measure.id: each.value for each in figures_of(period=Period(first, day_of(NOW)), scope=Scope())
    }
    assert figures["received"] == made.contacts
    year = Period(day_of(NOW) - timedelta(days=9), day_of(NOW))
    received = figures_of(period=year, scope=Scope(), measures=[BY_ID["received"]])[0]
    assert 0.3 < (received.before or 0) / (received.value or 1) < 0.7
    assert keep_tallies(at=NOW + timedelta(days=1)) == 0
    assert Tally.objects.filter(what="received").exists()
    assert said[-1] == "checking what rows name"
    Contact.objects.filter(came_from="+447700900123").explain()
    assert JournalEntry.objects.create(at=NOW, actor_kind="system", event="checked").pk > 0
    with pytest.raises(YearThere):
        make_year(at=NOW, seed=3, wanted=Wanted(days=8, share=0.02, processes=0))
    set_counters(["journal_journalentry"])


def test_parts_of_about_the_same_volume_know_the_days_before_them() -> None:
    days = [DeskDay(date(2026, 1, 1) + timedelta(days=n), 0.1 if n < 10 else 1.0) for n in range(20)]
    one, other = day_parts(days, parts=2, first_entry=5, until=0)
    assert (len(one.days), len(other.days)) == (15, 5)
    assert (one.earlier, other.earlier) == ((), one.days)
    assert one.days + other.days == tuple(days)
    assert (one.first_entry, other.first_entry > one.first_entry + 300_000) == (5, True)


@pytest.mark.django_db
def test_reference_and_badge_number_that_another_case_has_are_drawn_again() -> None:
    cast = _cast()
    life = next(life for life in begun(cast, date(2026, 9, 1), 1.0) if life.story == 0)
    first = _given(cast, [], life)
    by_another_part = _given(cast, [life], life)
    before_the_year = _given(replace(cast, taken=frozenset(first)), [], life)
    for given in zip(first, by_another_part, before_the_year, strict=True):
        assert given[1] == given[2] != given[0]
        assert len({len(each) for each in given}) == 1


def _given(cast: Cast, already: Sequence[Life], life: Life) -> tuple[str, str]:
    """The reference of the life's case, and the number of what it was given."""
    made = Bulk(cast, customer_keys(cast), first_entry=1, until=int(NOW.timestamp()))
    made.remember(already)
    made.do(deeds_of([], [life], until=int(NOW.timestamp())))
    made.finish()
    rows = made.take()
    named = (("cases_case", "reference"), ("cases_issueditem", "number"))
    reference, number = (rows[table][0][COLUMNS[table].index(column)] for table, column in named)
    return str(reference), str(number)


@pytest.mark.django_db
def test_the_cast_knows_what_cases_that_are_there_have_been_given() -> None:
    cast = _cast()
    life = next(life for life in begun(cast, date(2026, 9, 1), 1.0) if life.story == 0)
    made = Bulk(cast, customer_keys(cast), first_entry=10_000, until=int(NOW.timestamp()))
    made.do(deeds_of([], [replace(life, customer=36)], until=int(NOW.timestamp())))
    made.finish()
    CustomerPart(range(cast.customers), 1).make(cast, _write)
    _write(COLUMNS, made.take(), 0)
    assert not cast.taken
    known = make_cast(seed=7, customers=48, at=NOW - timedelta(days=90)).taken
    assert known == {Case.objects.get().reference, IssuedItem.objects.get().number}


def test_part_that_fails_is_heard_and_ends_the_others() -> None:
    told, is_over = Queue[object](), Event()

    def fails() -> None:
        raise BrokenKeys

    def goes_on() -> None:
        is_over.wait(20)

    with ThreadPoolExecutor(2) as pool:
        said = Crew(pool, told, is_over)._said([pool.submit(fails), pool.submit(goes_on)])
        with pytest.raises(BrokenKeys):
            next(said)
    assert is_over.is_set()
