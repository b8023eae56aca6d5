"""One size of the pages benchmark: fill the database where that is asked for, then ask for every page and time it."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from http import HTTPStatus
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from typing import Any

import django

from bench.figures import percentile

SEED = 7
OFFICER_CASES = 6
BEFORE = 0.1
BUSY = "advisor.001@wealdmoor.example"


def main(words: Sequence[str]) -> int:
    """Fill, ask, and write what was measured to a file."""
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--rounds", type=int, required=True)
    parser.add_argument("--days", type=int)
    parser.add_argument("--share", type=float, default=1.0)
    options = parser.parse_args(words)
    django.setup(set_prefix=False)
    logging.disable(logging.INFO)
    from frontdoor.config.prepare import prepare_database

    prepare_database()
    if options.days:
        _fill(options.days, options.share)
    options.out.write_text(json.dumps(_asked(options.rounds)), encoding="utf-8")
    return 0


def _fill(days: int, share: float) -> None:
    from frontdoor.demo.people import make_staff
    from frontdoor.demo.year.make import Wanted, make_year
    from frontdoor.kernel.clock import now_utc

    at = now_utc()
    make_staff(at=at - timedelta(days=500))
    tell: Callable[[str], None] = lambda words: print(f"  {words}", file=sys.stderr, flush=True)  # noqa: E731
    processes, before = (None, BEFORE) if days > 20 else (0, 0.0)
    make_year(at=at, seed=SEED, wanted=Wanted(days, share, before, processes), progress=tell)


def _asked(rounds: int) -> dict[str, Any]:
    """Every page so often, with what each takes."""
    from django.db import connection

    from frontdoor.config.asgi import keep_what_stays
    from frontdoor.contacts.models import Contact

    _a_few_cases()
    people = _People()
    keep_what_stays()
    database = _Database()
    measured: dict[str, Any] = {}
    for name, ask in _pages(people):
        ask()
        seconds, spent, queries = [], [], 0
        for _ in range(rounds):
            counted = _Counting()
            with connection.execute_wrapper(counted):
                began, busy = perf_counter(), process_time() + database.busy()
                answer = ask()
                seconds.append((perf_counter() - began) * 1000)
                spent.append((process_time() + database.busy() - busy) * 1000)
            queries = counted.count
            if answer.status_code != HTTPStatus.OK:
                raise SystemExit(f"{name} answered {answer.status_code}")
        measured[name] = {
            "p95": percentile(sorted(seconds), 95),
            "p50": percentile(sorted(seconds), 50),
            "cpu": percentile(sorted(spent), 95),
            "queries": queries,
        }
    people.hang_up()
    return {"contacts": Contact.objects.count(), "database": connection.vendor, "pages": measured}


class _Database:
    """The server process that answers this connection, where it runs on this machine (SQLite has none)."""

    def __init__(self) -> None:
        from django.db import connection

        self._told: Path | None = None
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                told = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
            self._told = told if told.exists() else None

    def busy(self) -> float:
        """Seconds of the processor that it has spent; 0 where it cannot be told."""
        return int(self._told.read_text(encoding="ascii").split()[0]) / 1e9 if self._told else 0.0


class _Counting:
    """Counts statements, but those that open and close transactions."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.count += not sql.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "ROLLBACK"))
        return execute(sql, params, many, context)


class _People:
    """Who asks: signed in by role; an advisor with a contact in hand."""

    def __init__(self) -> None:
        from frontdoor.contacts.models import Contact, ContactPoint, PointKind
        from frontdoor.handling.desk.taking import contact_in_hand, say_who, take_contact_at_desk
        from frontdoor.kernel.clock import now_utc
        from frontdoor.staff.models import User

        self.busy = User.objects.get(email=BUSY)
        self.contact = contact_in_hand(user=self.busy)
        at = now_utc()
        if self.contact is None:
            self.contact = take_contact_at_desk(
                channel="phone", came_from="07700 900123", by=self.busy, at=at, rng=Random(SEED)
            )
        phones = ContactPoint.objects.filter(kind=PointKind.PHONE, customer__merged_into=None)
        known = (
            Contact.objects.filter(customer__in=phones.values("customer")).order_by("-received_at").first()
        )
        if known is None or known.customer is None:
            raise SystemExit("No contact has a customer with a phone: fill the database first.")
        self.customer = known.customer
        self.phone = phones.filter(customer=known.customer).values_list("value", flat=True)[0]
        say_who(contact_id=self.contact.pk, customer_id=known.customer.pk, by=self.busy, at=at)

    def hang_up(self) -> None:
        """The call that was in hand is over."""
        from frontdoor.handling.desk.taking import end_contact
        from frontdoor.kernel.clock import now_utc

        assert self.contact is not None
        end_contact(contact_id=self.contact.pk, by=self.busy, at=now_utc())

    def client(self, email: str) -> Any:
        """A browser of somebody who is signed in."""
        from django.test import Client

        from frontdoor.kernel.clock import now_utc
        from frontdoor.staff.models import User
        from frontdoor.web.accounts.sessions import BEGUN, USED

        client = Client(headers={"host": "127.0.0.1"})
        user = User.objects.get(email=email)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session[BEGUN] = session[USED] = now_utc().isoformat()
        session.save()
        return client


def _pages(people: _People) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Every page with a name and how it is asked for."""
    from django.test import Client

    public = Client(headers={"host": "127.0.0.1"})
    yield from _got("public", public, PUBLIC)
    case, day = _newest_case(), _newest_day()
    for who, email, pages in (
        (
            "office",
            "officer@wealdmoor.example",
            {**OFFICE, **{name: f"{case}{end}" for name, end in CASE.items()}},
        ),
        ("office", "supervisor@wealdmoor.example", SUPERVISED),
        (
            "office",
            "auditor@wealdmoor.example",
            {**AUDITED, "journal: one day": f"/staff/journal/?from={day}&to={day}"},
        ),
        ("office", "designer@wealdmoor.example", DESIGNED),
        ("office", "administrator@wealdmoor.example", MANAGED),
        ("figures", "manager@wealdmoor.example", FIGURES),
        ("desk", "advisor@wealdmoor.example", {"desk, nothing taken": "/staff/desk/"}),
        ("desk", BUSY, DESK),
    ):
        yield from _got(who, people.client(email), pages)
    busy = people.client(BUSY)
    assert people.contact is not None
    page = f"/staff/desk/{people.contact.pk}/"
    found = {"headers": {"HX-Request": "1"}}
    name = people.customer.full_name
    yield "desk: a contact in hand", lambda: busy.get(page)
    yield "desk: find by name", lambda: busy.post(f"{page}find/", {"q": name}, **found)
    yield "desk: find by surname", lambda: busy.post(f"{page}find/", {"q": name.split()[-1]}, **found)
    yield "desk: find by phone", lambda: busy.post(f"{page}find/", {"q": people.phone}, **found)
    yield (
        "desk: find by name and birthday",
        lambda: busy.post(f"{page}find/", {"q": f"{name} 3 May 1961"}, **found),
    )
    yield (
        "desk: what it is about",
        lambda: busy.post(f"{page}about/", {"asked": "renew my library books"}, **found),
    )


TODAY = datetime.now(UTC).date()
PUBLIC = {
    "home": "/",
    "find": "/find?q=my+street+light+is+out",
    "service": "/services/blue-badge/",
    "contact": "/contact",
    "reports": "/reports",
    "track": "/track",
    "complain": "/complain",
    "accessibility": "/accessibility",
}
OFFICE = {
    "work list": "/staff/work/",
    "search by name": "/staff/search/?q=Larkspurton",
    "search by reference": "/staff/search/?q=BB-4T7K-92M",
}
CASE = {
    "case": "",
    "case: answers": "answers/",
    "case: messages": "messages/",
    "case: history": "history/",
    "case: record": "record/",
}
SUPERVISED = {
    "work list, supervised": "/staff/work/",
    "services": "/staff/services/",
    "deliveries": "/staff/deliveries/",
}
AUDITED = {
    "journal": "/staff/journal/",
    "journal: one event": "/staff/journal/?event=contact+abandoned",
    "journal: one person": "/staff/journal/?actor=1",
}
DESIGNED = {"one service": "/staff/services/blue-badge/"}
MANAGED = {"people": "/staff/people/", "upkeep": "/staff/upkeep/"}
A_YEAR = f"from={TODAY - timedelta(days=364)}&to={TODAY}"
FIGURES = {
    "year": f"/staff/figures/?{A_YEAR}",
    "month": f"/staff/figures/?from={TODAY - timedelta(days=30)}&to={TODAY}",
    "one service": f"/staff/figures/?{A_YEAR}&service=libraries",
    "contacts": f"/staff/figures/contacts/?{A_YEAR}",
    "contacts, last page": f"/staff/figures/contacts/?{A_YEAR}&page=9999",
    "contacts of a service": f"/staff/figures/contacts/?{A_YEAR}&service=libraries",
    "contacts avoidable": f"/staff/figures/contacts/?{A_YEAR}&figure=avoidable",
    "report": f"/staff/figures/report/?{A_YEAR}",
    "download": f"/staff/figures/services.csv?{A_YEAR}",
}
DESK = {"causes to look at": "/staff/desk/causes/"}


def _got(who: str, client: Any, pages: Mapping[str, str]) -> Iterator[tuple[str, Callable[[], Any]]]:
    for name, address in pages.items():
        yield f"{who}: {name}", partial(client.get, address)


def _a_few_cases() -> None:
    """Cases for the pages of cases, where there are none."""
    from django.db import transaction

    from frontdoor.cases.models import Case
    from frontdoor.catalogue.published import our_places
    from frontdoor.demo.customers import Town
    from frontdoor.demo.opening import FirstContact, apply
    from frontdoor.demo.stories.tables import STORIES
    from frontdoor.demo.suppliers import quiet_suppliers
    from frontdoor.kernel.clock import day_of, now_utc

    if Case.objects.filter(service="blue-badge").count() >= OFFICER_CASES:
        return
    at: datetime = now_utc() - timedelta(hours=5)
    town, story = Town(our_places().every_address(), SEED), STORIES["blue-badge"][1][0]
    with quiet_suppliers(), transaction.atomic():
        for number in range(OFFICER_CASES):
            customer = town.customer(500_000 + number, on=day_of(at), age=story.age)
            said = {**customer.says(), **story.answers}
            contact = FirstContact("blue-badge", "web", customer, story, said, None)
            apply(contact=contact, at=at + timedelta(minutes=number), rng=Random(SEED + number))


def _newest_case() -> str:
    """The address of a case that the officer may see."""
    from django.urls import reverse

    from frontdoor.cases.models import Case

    newest = (
        Case.objects.filter(service="blue-badge").order_by("-received_at").values_list("reference", flat=True)
    )
    return reverse("case", args=[newest[0]])


def _newest_day() -> date:
    """The last day on which anything was recorded before today."""
    from frontdoor.journal.models import JournalEntry
    from frontdoor.kernel.clock import day_of, start_of_day

    earlier = JournalEntry.objects.filter(at__lt=start_of_day(TODAY)).order_by("-pk")
    return day_of(earlier.values_list("at", flat=True)[0])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
