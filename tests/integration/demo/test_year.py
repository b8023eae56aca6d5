"""A year in bulk: a day made of rows equals the same day done by the stories that answer the public, table by table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import models, transaction

from frontdoor.cases.models import Enquiry
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
from frontdoor.demo.year.cast import Cast
from frontdoor.demo.year.deeds import deeds_of
from frontdoor.demo.year.live import bring_over_live, do_live
from frontdoor.demo.year.make import NoDesk, Wanted, YearThere, make_year
from frontdoor.demo.year.parts import CustomerPart, DayPart
from frontdoor.demo.year.people import make_cast
from frontdoor.demo.year.plan import planned
from frontdoor.demo.year.writing import set_counters, write_rows
from frontdoor.insight.counting import count_day
from frontdoor.insight.figures import figures_of
from frontdoor.insight.keeping import keep_tallies
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
    ),
)
Tables = Mapping[str, list[dict[str, Any]]]


class _UndoneAfterwards(Exception):
    """Raised to roll back."""


def _cast() -> Cast:
    with transaction.atomic():
        make_staff(at=NOW - timedelta(days=60))
        return make_cast(seed=7, customers=12, at=NOW - timedelta(days=50))


def _stored() -> Tables:
    """Every column of every row; numbers that the database gives are counted from the first of them."""
    counted = (ContactPoint, FindCard, FindKey, JournalEntry)
    firsts = {
        each: each._default_manager.order_by("pk").values_list("pk", flat=True).first() or 0
        for each in counted
    }
    tables: dict[str, list[dict[str, Any]]] = {}
    for model in COMPARED:
        rows = list(model._default_manager.order_by("pk").values())
        for row in rows:
            if model in firsts:
                row["id"] -= firsts[model]
            if "card_id" in row:
                row["card_id"] -= firsts[FindCard]
        tables[model.__name__] = rows
    days = [DAYS[0] + timedelta(days=n) for n in range(-4, 4)]
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
    cast = _cast()
    until = int(NOW.timestamp())
    last = JournalEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    def live() -> None:
        bring_over_live(cast)
        contacts = [came for day in DAYS for came in planned(cast, day, SHARE)]
        do_live(cast, deeds_of(contacts, until=until))

    def bulk() -> None:
        for part in (CustomerPart(range(cast.customers), 1), DayPart(DAYS, DAYS[0], last + 1, until, SHARE)):
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
    made = make_year(at=NOW, seed=3, wanted=Wanted(days=8, share=0.02, processes=0), progress=said.append)
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
    assert keep_tallies(at=NOW + timedelta(days=1)) == 0
    assert Tally.objects.filter(what="received").exists()
    assert said[-1] == "checking what rows name"
    Contact.objects.filter(came_from="+447700900123").explain()
    assert JournalEntry.objects.create(at=NOW, actor_kind="system", event="checked").pk > 0
    with pytest.raises(YearThere):
        make_year(at=NOW, seed=3, wanted=Wanted(days=8, share=0.02, processes=0))
    set_counters(["journal_journalentry"])
