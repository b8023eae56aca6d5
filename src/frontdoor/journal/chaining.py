"""The next links of the hash chain for many entries at once, as the database writes them out: for millions brought in.

What a link covers of an entry (`sealing.SealedEntry`) is put together by the database; only the hash is left here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db import connection
from django.db.models import Max

from frontdoor.journal.models import Seal
from frontdoor.journal.sealing import GENESIS, link_digest

SHOWN = "CASE WHEN shown THEN '5:shown;' ELSE '9:not shown;' END"


def _text_postgresql(column: str) -> str:
    return f"octet_length({column}) || ':' || {column} || ';'"


def _id_postgresql(column: str) -> str:
    return f"CASE WHEN {column} IS NULL THEN '0:;' ELSE '36:' || {column}::text || ';' END"


def _text_sqlite(column: str) -> str:
    return f"length(CAST({column} AS BLOB)) || ':' || {column} || ';'"


def _id_sqlite(column: str) -> str:
    parts = " || '-' || ".join(
        f"substr({column}, {start}, {length})"
        for start, length in ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
    )
    return f"CASE WHEN {column} IS NULL THEN '0:;' ELSE '36:' || {parts} || ';' END"


COVERED = {
    "postgresql": f"""length(entry.id::text) || ':' || entry.id || ';27:'
       || to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || ';'
       || {" || ".join(map(_text_postgresql, ("actor_kind", "actor_id", "event")))}
       || {" || ".join(map(_id_postgresql, ("case_id", "contact_id", "customer_id")))}
       || {" || ".join(map(_text_postgresql, ("service", "facts_json")))} || {SHOWN}""",
    "sqlite": f"""length(entry.id) || ':' || entry.id || ';27:'
       || substr(at, 1, 10) || 'T' || substr(at, 12) || CASE length(at) WHEN 19 THEN '.000000' ELSE '' END || 'Z;'
       || {" || ".join(map(_text_sqlite, ("actor_kind", "actor_id", "event")))}
       || {" || ".join(map(_id_sqlite, ("case_id", "contact_id", "customer_id")))}
       || {" || ".join(map(_text_sqlite, ("service", "facts_json")))} || {SHOWN}""",
}
UNSEALED = """
SELECT id, {covered} FROM journal_journalentry AS entry
WHERE id > %s AND (id > %s OR NOT EXISTS (SELECT 1 FROM journal_seal WHERE entry_id = entry.id))
ORDER BY id LIMIT %s
"""
STORED = """
SELECT seal.number, seal.entry_id, seal.digest, {covered}
FROM journal_seal AS seal LEFT JOIN journal_journalentry AS entry ON entry.id = seal.entry_id
WHERE seal.number > %s ORDER BY seal.number LIMIT %s
"""
LINKS_AT_ONCE = 5_000


@dataclass(frozen=True)
class Chain:
    """How far the chain has come: the last link's number and digest, the entry up to which was looked, and the highest
    entry that bore a seal before: no later one does.
    """

    number: int
    digest: str
    entry: int
    highest: int


def chain_so_far() -> Chain:
    """The end of the chain as it is stored; the looking begins at the first entry."""
    last = Seal.objects.order_by("-number").first()
    highest = Seal.objects.aggregate(top=Max("entry_id"))["top"] or 0
    return Chain(last.number, last.digest, 0, highest) if last else Chain(0, GENESIS, 0, 0)


def next_links(chain: Chain, *, limit: int) -> tuple[Chain, list[tuple[int, int, str]]]:
    """Links (number, entry id, digest) for the next entries without a seal, not stored yet, and the chain with them.

    Nobody else may seal meanwhile.
    """
    with connection.cursor() as cursor:
        cursor.execute(_with_covered(UNSEALED), [chain.entry, chain.highest, limit])
        rows = cursor.fetchall()
    number, digest, links = chain.number, chain.digest, []
    for entry, covered in rows:
        number += 1
        digest = link_digest(previous=digest, covered=covered.encode(), number=number)
        links.append((number, entry, digest))
    return replace(chain, number=number, digest=digest, entry=rows[-1][0] if rows else chain.entry), links


def stored_links() -> Iterator[tuple[int, int, str, str | None]]:
    """Every link as stored: number, entry id, digest, and what the chain covers of the entry, None where it is gone."""
    number = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_with_covered(STORED), [number, LINKS_AT_ONCE])
            rows = cursor.fetchall()
        yield from rows
        if not rows:
            return
        number = rows[-1][0]


def _with_covered(query: str) -> str:
    return query.format(covered=COVERED[connection.vendor])
