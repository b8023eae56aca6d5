"""The next links of the hash chain for many entries at once, as the database writes them out: for millions brought in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.db import connection

from frontdoor.journal.models import Seal
from frontdoor.journal.sealing import GENESIS, SealedEntry

POSTGRESQL = """
SELECT id, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), actor_kind, actor_id, event,
       coalesce(case_id::text, ''), coalesce(contact_id::text, ''), coalesce(customer_id::text, ''), service, facts_json,
       CASE WHEN shown THEN 'shown' ELSE 'not shown' END
FROM journal_journalentry AS entry WHERE id > %s AND NOT EXISTS (SELECT 1 FROM journal_seal WHERE entry_id = entry.id)
ORDER BY id LIMIT %s
"""
DASHED = (
    "coalesce(substr({0}, 1, 8) || '-' || substr({0}, 9, 4) || '-' || substr({0}, 13, 4) || '-' || substr({0}, 17, 4) "
    "|| '-' || substr({0}, 21), '')"
)
SQLITE = f"""
SELECT id, replace(at, ' ', 'T') || CASE length(at) WHEN 19 THEN '.000000Z' ELSE 'Z' END, actor_kind, actor_id, event,
       {DASHED.format("case_id")}, {DASHED.format("contact_id")}, {DASHED.format("customer_id")}, service, facts_json,
       CASE WHEN shown THEN 'shown' ELSE 'not shown' END
FROM journal_journalentry AS entry WHERE id > %s AND NOT EXISTS (SELECT 1 FROM journal_seal WHERE entry_id = entry.id)
ORDER BY id LIMIT %s
"""


@dataclass(frozen=True)
class Chain:
    """How far the chain has come: the last link's number and digest, and the entry up to which was looked."""

    number: int
    digest: str
    entry: int


def chain_so_far() -> Chain:
    """The end of the chain as it is stored; the looking begins at the first entry."""
    last = Seal.objects.order_by("-number").first()
    return Chain(last.number, last.digest, 0) if last else Chain(0, GENESIS, 0)


def next_links(chain: Chain, *, limit: int) -> tuple[Chain, list[tuple[int, int, str]]]:
    """Links (number, entry id, digest) for the next entries without a seal, not stored yet, and the chain with them.

    Nobody else may seal meanwhile.
    """
    with connection.cursor() as cursor:
        cursor.execute(POSTGRESQL if connection.vendor == "postgresql" else SQLITE, [chain.entry, limit])
        rows = cursor.fetchall()
    number, digest, links = chain.number, chain.digest, []
    for entry, *fields in rows:
        number += 1
        covered = SealedEntry((str(entry), *fields)).as_bytes()
        digest = hashlib.sha256(f"{digest}|{number}|".encode() + covered).hexdigest()
        links.append((number, entry, digest))
    return Chain(number, digest, rows[-1][0] if rows else chain.entry), links
