"""Our side of the matching benchmark: people brought into the real tables, and looked up by the real functions."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from time import perf_counter
from typing import Any
from uuid import UUID

import django

from bench.match_people import Record

AT_ONCE = 20_000
BROUGHT_OVER_AT = datetime(2027, 3, 2, 10, tzinfo=UTC)
Pair = tuple[int, int, float]  # one record, another, bits


def set_up() -> None:
    """Enter the installation that the environment names, and make its tables."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "frontdoor.config.settings"
    django.setup(set_prefix=False)
    from django.core.management import call_command  # Django is set up by now

    call_command("migrate", verbosity=0)


def forget_everybody() -> None:
    """Empty the tables that `bring_over` fills."""
    from django.db import connection

    with connection.cursor() as cursor:
        for table in ("findkey", "findcard", "contactpoint", "customer"):
            cursor.execute(f"DELETE FROM contacts_{table}")


def bring_over(people: Iterable[Record]) -> None:
    """Store people in bulk as the tables hold them (SQLite). The keys come last and in order, as an index likes them."""
    from django.db import connection, transaction

    source = iter(people)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = OFF")
        cursor.execute("PRAGMA cache_size = -600000")  # kibibytes, while everybody is brought over
        cursor.execute("CREATE TEMPORARY TABLE brought (key bigint, card_id bigint)")
        while batch := list(islice(source, AT_ONCE)):
            with transaction.atomic():
                _bring_batch(cursor, batch)
        cursor.execute(
            "INSERT INTO contacts_findkey (key, card_id) SELECT key, card_id FROM brought ORDER BY key, card_id"
        )
        cursor.execute("DROP TABLE brought")
        cursor.execute("ANALYZE")
        cursor.execute("PRAGMA cache_size = -2000")  # SQLite's own default


def _bring_batch(cursor: Any, batch: Sequence[Record]) -> None:
    from frontdoor.contacts.describing import described
    from frontdoor.contacts.findkeys import keys_of
    from frontdoor.kernel.names import normalised_name

    at = BROUGHT_OVER_AT.strftime("%Y-%m-%d %H:%M:%S")
    people, points, cards, keys = [], [], [], []
    for each in batch:
        owner, name, held = UUID(int=each.id).hex, _name(each), list(_points(each))
        people.append((owner, "person", name, normalised_name(name), _day(each.dob), "", at))
        points += [
            (owner, kind, value, key, address and json.dumps(address), 1, at)
            for kind, value, key, address in held
        ]
        cards.append((each.id + 1, owner))
        compared = [(kind, key, address) for kind, _, key, address in held]
        keys += [(key, each.id + 1) for key in keys_of(described([name], _day(each.dob), compared))]
    _insert(cursor, "contacts_customer", "id kind full_name name_key born_on prefers created_at", people)
    _insert(
        cursor, "contacts_contactpoint", "customer_id kind value value_key address is_safe added_at", points
    )
    _insert(cursor, "contacts_findcard", "id customer_id", cards)
    _insert(cursor, "brought", "key card_id", keys)


def _insert(cursor: Any, table: str, columns: str, rows: Sequence[tuple[object, ...]]) -> None:
    names = columns.split()
    places = ", ".join(["%s"] * len(names))
    cursor.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})", rows)


def pairs_of(records: Sequence[Record]) -> tuple[list[Pair], list[float]]:
    """Each record looked up among the others: pairs with their bits, and the seconds of each look-up."""
    from frontdoor.contacts.finding import find_asked

    best: dict[tuple[int, int], float] = {}
    times: list[float] = []
    for record in records:
        began = perf_counter()
        found = find_asked(asked_of(record))
        times.append(perf_counter() - began)
        for pk, weighed in found:
            if pk.int != record.id:
                pair = (min(pk.int, record.id), max(pk.int, record.id))
                best[pair] = max(best.get(pair, weighed.bits), weighed.bits)
    return [(one, other, bits) for (one, other), bits in best.items()], times


def looked_up(
    callers: Sequence[Record], *, typed: bool
) -> tuple[list[Pair], list[float], list[tuple[float, bool]]]:
    """Each caller looked up: who is held most likely, the seconds, and the probability with whether it was right.

    `typed`: as words in the box, everything an advisor waits for; else field by field.
    """
    from frontdoor.contacts.finding import find_asked, find_people

    found: list[Pair] = []
    times: list[float] = []
    claims: list[tuple[float, bool]] = []
    for caller in callers:
        began = perf_counter()
        if typed:
            people = find_people(words=caller.spoken)
            best = [(each.customer.pk, each.probability, each.probability) for each in people[:1]]
        else:
            best = [(pk, each.odds, each.probability) for pk, each in find_asked(asked_of(caller))[:1]]
        times.append(perf_counter() - began)
        for pk, bits, probability in best:
            found.append((caller.id, pk.int, bits))
            claims.append((probability, str(pk.int) == caller.cluster))
    return found, times, claims


def asked_of(record: Record) -> Any:
    """What is known of a record, field by field."""
    from frontdoor.contacts.asked import Asked
    from frontdoor.contacts.findkeys import name_words
    from frontdoor.kernel.names import normalised_name, words_of_name

    day = _day(record.dob)
    return Asked(
        names=name_words(f"{record.given_name} {record.surname}"),
        streets=tuple(words_of_name(f"{record.street} {record.town}")),
        numbers=tuple(words_of_name(record.number)),
        born=(day,) if day else (),
        digits=(record.phone.removeprefix("+44"),) if record.phone else (),
        emails=(record.email.casefold(),) if record.email else (),
        postcodes=(normalised_name(record.postcode),) if record.postcode else (),
    )


def _points(record: Record) -> Iterator[tuple[str, str, str, dict[str, object] | None]]:
    """Kind, value, value as compared, and address."""
    from frontdoor.contacts.actions import address_line
    from frontdoor.kernel.names import normalised_name

    if record.phone:
        yield "phone", record.phone, record.phone, None
    if record.email:
        yield "email", record.email, record.email.casefold(), None
    if record.street or record.town or record.postcode:
        address: dict[str, object] = {
            "lines": [f"{record.number} {record.street}".strip()],
            "town": record.town,
            "postcode": record.postcode,
        }
        line = address_line(address)
        yield "address", line, normalised_name(line), address


def _name(record: Record) -> str:
    return f"{record.given_name} {record.surname}".strip()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
