"""What a kill run is judged by: questions to the database, and the counts that must be 0."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from bench.figures import percentile

Rows = list[tuple[object, ...]]

WAITING = (
    "SELECT (SELECT count(*) FROM contacts_delivery WHERE done_at IS NULL AND claimed_by <> '')"
    " + (SELECT count(*) FROM contacts_delivery WHERE done_at IS NULL AND next_try_at <= {now})"
    " + (SELECT count(*) FROM cases_timer WHERE done_at IS NULL AND lapsed_at IS NULL AND next_try_at <= {now})"
)
NOW = {"sqlite": "strftime('%Y-%m-%d %H:%M:%f', 'now')", "postgres": "now()"}
NOT_RECORDED = (
    "SELECT count(*) FROM cases_case c WHERE NOT EXISTS"
    " (SELECT 1 FROM journal_journalentry j WHERE j.case_id = c.id AND j.event = 'case opened')"
)
RECORDED_TWICE = (
    "SELECT count(*) FROM (SELECT case_id FROM journal_journalentry WHERE event = 'case opened'"
    " GROUP BY case_id HAVING count(*) > 1) AS twice"
)
NOT_TOLD = (
    "SELECT count(*) FROM cases_case c WHERE NOT EXISTS (SELECT 1 FROM cases_update u WHERE u.case_id = c.id)"
)
TOLD_TWICE = (
    "SELECT count(*) FROM (SELECT case_id, customer_id, occasion FROM cases_update"
    " GROUP BY case_id, customer_id, occasion HAVING count(*) > 1) AS twice"
)
CASES = "SELECT count(*), count(DISTINCT draft_id) FROM cases_case"
SENT = 'SELECT "to", count(*) FROM contacts_delivery WHERE done_at IS NOT NULL GROUP BY "to"'
HELD = (
    "SELECT 'd' || id FROM contacts_delivery WHERE done_at IS NULL AND claimed_by LIKE '%:{pid}:%'"
    " UNION ALL SELECT 't' || id FROM cases_timer WHERE done_at IS NULL AND claimed_by LIKE '%:{pid}:%'"
)
"""What the worker of that process has in hand: its name in `claimed_by` is host, process and a random word."""


@dataclass
class Counted:
    """What a run came to. What `faults` adds up must be 0; `mails_repeated` is what SMTP cannot prevent."""

    sent: int = 0
    web_killed: int = 0
    worker_killed: int = 0
    cut_off: int = 0
    asked_again: int = 0
    taken_over: list[float] = field(default_factory=list)
    not_taken: int = 0
    lost: int = 0
    double: int = 0
    without_entry: int = 0
    entry_twice: int = 0
    not_acknowledged: int = 0
    acknowledged_twice: int = 0
    still_waiting: int = 0
    mails_missing: int = 0
    chain_broken: int = 0
    mails_repeated: int = 0
    repeated_under_another_id: int = 0

    def shown(self) -> dict[str, int | float]:
        """The figures by name, the times of taking over as count, median and longest, in seconds."""
        figures: dict[str, int | float] = {}
        for name, value in asdict(self).items():
            if name == "taken_over":
                times = sorted(self.taken_over)
                figures["rows_taken_over"] = len(times)
                figures["seconds_until_p50"] = round(percentile(times, 50), 1)
                figures["seconds_until_max"] = round(max(times, default=0.0), 1)
            else:
                figures[name] = value
        return figures

    def faults(self) -> int:
        """The sum of all that must be 0."""
        free = {
            "sent",
            "web_killed",
            "worker_killed",
            "cut_off",
            "asked_again",
            "taken_over",
            "mails_repeated",
        }
        return sum(value for name, value in asdict(self).items() if name not in free)


@dataclass(frozen=True)
class Asked:
    """A database, read past the platform."""

    url: str

    @property
    def kind(self) -> str:
        """`sqlite` or `postgres`."""
        return urlsplit(self.url).scheme

    def rows(self, sql: str) -> Rows:
        """What it answers."""
        if self.kind == "postgres":
            with psycopg.connect(self.url) as database:
                return list(database.execute(sql.encode()))
        with closing(sqlite3.connect(urlsplit(self.url).path[1:], timeout=60)) as file:
            return list(file.execute(sql))

    def number(self, sql: str) -> int:
        """One number."""
        return int(str(self.rows(sql)[0][0]))

    def waiting(self) -> int:
        """Rows whose time has come and that are not done."""
        return self.number(WAITING.format(now=NOW[self.kind]))

    def held_by(self, pid: int) -> set[str]:
        """What the worker of that process has in hand."""
        return {str(row[0]) for row in self.rows(HELD.format(pid=pid))}


def count(told: Counted, asked: Asked, mail: Path) -> None:
    """Fill in what the database and the mail server hold once everything has come to rest."""
    told.still_waiting = asked.waiting()
    cases, drafts = (int(str(each)) for each in asked.rows(CASES)[0])
    told.lost, told.double = max(0, told.sent - drafts), cases - drafts
    told.without_entry, told.entry_twice = asked.number(NOT_RECORDED), asked.number(RECORDED_TWICE)
    told.not_acknowledged, told.acknowledged_twice = asked.number(NOT_TOLD), asked.number(TOLD_TWICE)
    lines = [line.split(" ") for line in mail.read_text("utf-8").splitlines()]
    arrived = Counter(recipient for _, recipient, _ in lines)
    due = Counter({str(to): int(str(number)) for to, number in asked.rows(SENT)})
    told.mails_missing, told.mails_repeated = (due - arrived).total(), (arrived - due).total()
    distinct = Counter(recipient for recipient, _ in {(recipient, name) for _, recipient, name in lines})
    told.repeated_under_another_id = (distinct - due).total()
