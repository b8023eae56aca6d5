"""The rows that the stories of the desk would have stored, made of the same deeds without a database.

What follows from a rule is asked of the rule itself: `propose` for causes, `due` for promises, `uuid7` for ids. What the
stories read from the database (who asked the same a week ago, what nobody answered) is kept here in memory.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from random import Random

from frontdoor.cases.models import DemandType, EnquiryOutcome
from frontdoor.catalogue.council import Windows
from frontdoor.contacts.models import Channel
from frontdoor.demo.year.bulk_cases import CASE_COLUMNS, CaseRows
from frontdoor.demo.year.cast import Cast, at
from frontdoor.demo.year.deeds import Deed, by_step
from frontdoor.demo.year.lives import Life
from frontdoor.demo.year.plan import TOLD, TOLD_WORDS, Came
from frontdoor.demo.year.rows import Cell, Row, dashed, new_key, stamp
from frontdoor.handling.demand.rules import Noted, Proposal, Seen, propose
from frontdoor.kernel.workingdays import ENGLAND, Within, due

UNNAMED = ("customer", "unnamed")
LABELS = {str(value): str(label) for value, label in Channel.choices}

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "contacts_conversation": ("id", "customer_id", "service", "started_at"),
    "contacts_contact": (
        *(
            "id",
            "conversation_id",
            "customer_id",
            "channel",
            "service",
            "enquiry",
            "is_assisted",
            "counts_as",
        ),
        *(
            "supplier_id",
            "came_from",
            "received_at",
            "taken_by_id",
            "answered_at",
            "ended_at",
            "abandoned_at",
        ),
        *("wrapped_at", "transfers"),
    ),
    "contacts_message": (
        *(
            "id",
            "conversation_id",
            "contact_id",
            "direction",
            "said_by",
            "sayer",
            "words",
            "said_at",
            "read_at",
        ),
    ),
    "cases_enquiry": (
        *("id", "contact_id", "service", "enquiry", "case_id", "outcome", "words", "began_at", "ended_at"),
        *("proposed_type", "proposed_cause", "because", "type", "cause", "confirmed_by_id", "confirmed_at"),
        *("to_team_id", "to_user_id", "promised_for_at", "settled_at", "settled_by_id"),
        *("told_how", "told_words"),
    ),
    "journal_journalentry": (
        *("id", "at", "actor_kind", "actor_id", "event", "case_id", "contact_id", "customer_id", "service"),
        *("facts_json", "shown"),
    ),
    **CASE_COLUMNS,
}


@dataclass(slots=True)
class _Before:
    """A contact that somebody made before, with what it turned out to be about so far: the first thing, and all."""

    received: int
    key: str
    channel: str
    customer: str | None = None
    first: str = ""
    names: list[str] = field(default_factory=list)
    gave_up: bool = False

    def is_about(self, name: str, customer: str | None) -> bool:
        """Whether it is about the same enquiry of its service, as far as both say."""
        return self.first in ("", name) or (name in self.names and self.customer == customer)


@dataclass(slots=True)
class _Said:
    """What a customer wrote to a service, and when we last wrote back."""

    theirs: list[tuple[int, str]] = field(default_factory=list)
    ours: int = 0


@dataclass(slots=True)
class _Going:
    """A contact under way."""

    came: Came
    chance: Random
    conversation: str
    key: str
    seen: _Before
    customer: str | None = None
    message: str = ""
    transfers: int = 0
    enquiries: dict[int, list[Cell]] = field(default_factory=dict)
    is_over: bool = False


class Bulk:
    """Turns deeds into rows. Deeds must come in order; `write` off: they are only remembered."""

    def __init__(self, cast: Cast, customers: list[str], *, first_entry: int, until: int) -> None:
        self.rows: dict[str, list[Row]] = {table: [] for table in COLUMNS}
        self._cast, self._customers, self._until = cast, customers, until
        self._entry = first_entry - 1
        self._write = True
        self._going: dict[int, _Going] = {}
        self._before: dict[tuple[str, str], list[_Before]] = {}
        self._said: dict[tuple[str, str], _Said] = {}
        self._cases = CaseRows(cast, customers, self._append_entry, self._add)
        self._by_step = by_step(self)

    @property
    def last_entry(self) -> int:
        """The number of the last journal entry."""
        return self._entry

    def do(self, deeds: Iterable[Deed], *, write: bool = True) -> None:
        """Do them; their rows stand in `rows` afterwards, until they are taken away."""
        self._write = write
        doing = self._by_step
        for deed in deeds:
            doing[deed.step](deed)

    def take(self) -> dict[str, list[Row]]:
        """The rows made so far, of contacts that are over; those still under way come later."""
        taken, self.rows = self.rows, {table: [] for table in COLUMNS}
        return taken

    def remember(self, lives: Iterable[Life]) -> None:
        """Cases that another part makes."""
        self._cases.remember(lives)

    def finish(self) -> None:
        """Nothing more is done: what still goes on is taken as it stands."""
        self._cases.store_open()

    def _case_opened(self, deed: Deed) -> None:
        self._cases.opened(deed)

    def _case_moved(self, deed: Deed) -> None:
        self._cases.moved(deed)

    def _add(self, table: str, row: Row) -> None:
        self.rows[table].append(row)

    def _came_in(self, deed: Deed) -> None:
        came, chance = deed.contact, Random(deed.number)
        conversation, key = new_key(deed.at, chance), new_key(deed.at, chance)
        seen = _Before(came.received, key, came.channel)
        going = self._going[deed.number] = _Going(came, chance, conversation, key, seen)
        if came.came_from:
            self._before.setdefault((came.service, came.came_from), []).append(seen)
        if came.words:
            going.message = new_key(deed.at, chance)
            self._message(going, going.message, "in", *UNNAMED, came.words, deed.at)
        self._note(going, deed.at, UNNAMED, "contact received", f'{{"channel":"{came.channel}"}}')

    def _gave_up(self, deed: Deed) -> None:
        going = self._going[deed.number]
        going.seen.gave_up = True
        self._note(going, deed.at, UNNAMED, "contact abandoned")
        self._finish(going, deed)

    def _answered(self, deed: Deed) -> None:
        going, came = self._going[deed.number], deed.contact
        self._note(going, deed.at, self._by(came), "contact taken", f'{{"channel":"{came.channel}"}}')

    def _recognised(self, deed: Deed) -> None:
        going, came = self._going[deed.number], deed.contact
        customer = going.customer = self._customers[came.customer]
        going.seen.customer = customer
        self._before.setdefault((came.service, customer), []).append(going.seen)
        if going.message:
            self._said.setdefault((came.service, customer), _Said()).theirs.append(
                (came.received, going.message)
            )
        self._note(going, deed.at, self._by(came), "customer recognised")

    def _opened(self, deed: Deed) -> None:
        self._open(deed, deed.contact.service, deed.asked.name)

    def _open(self, deed: Deed, service: str, name: str) -> None:
        going = self._going[deed.number]
        key = new_key(deed.at, going.chance)
        if name:
            going.seen.first = going.seen.first or name
            going.seen.names.append(name)
        blank: list[Cell] = [None] * 12
        going.enquiries[deed.place] = [
            *(key, going.key, service, name, None, "", "", stamp(deed.at), None),
            *blank,
        ]
        facts = f'{{"about":"{name}","enquiry":"{dashed(key)}"}}'
        self._note(going, deed.at, self._by(deed.contact), "enquiry opened", facts, service)

    def _wrote_back(self, deed: Deed) -> None:
        going, came = self._going[deed.number], deed.contact
        key = new_key(deed.at, going.chance)
        self._message(going, key, "out", *self._by(came), came.reply_words, deed.at)
        if going.customer:
            said = self._said.setdefault((came.service, going.customer), _Said())
            said.ours = max(said.ours, deed.at)
            said.theirs = [each for each in said.theirs if each[0] > said.ours]
        self._note(going, deed.at, self._by(came), "answer written")

    def _told_whose(self, deed: Deed) -> None:
        self._open(deed, "", "")
        if self._write:
            channel, listing = deed.contact.channel, deed.asked.listing
            facts = f'{{"channel":"{channel}","counts_as":"not ours","listing":"{listing}"}}'
            self._append_entry(stamp(deed.at), *UNNAMED, "sent elsewhere", None, None, "", facts)
        self._closed(deed)

    def _closed(self, deed: Deed) -> None:
        going, asked, came = self._going[deed.number], deed.asked, deed.contact
        row = going.enquiries[deed.place]
        service = "" if asked.listing else came.service
        handed: Row = (None, None, None, None, None, "", "")
        if asked.outcome == EnquiryOutcome.HANDED_ON:
            handed = self._handed_on(deed, going, str(row[0]))
        proposal = self._proposal(going, deed, service)
        because = [{"rule": proposal.rule, **proposal.evidence}]
        row[5:] = [
            *(asked.outcome, asked.words, row[7], stamp(deed.at), proposal.type.value, proposal.cause or ""),
            *(json.dumps(because), *self._confirmation(deed, proposal), *handed),
        ]
        facts = f'{{"enquiry":"{dashed(str(row[0]))}","outcome":"{asked.outcome}"}}'
        by = self._by(came)
        self._note(going, deed.at, by, "enquiry closed", facts, service)
        if deed.ends:
            self._note(going, deed.at, by, "contact ended")
            self._note(going, deed.at, by, "contact finished")
            self._finish(going, deed)

    def _handed_on(self, deed: Deed, going: _Going, key: str) -> Row:
        asked = deed.asked
        owner = self._cast.services[deed.contact.service].owner
        team, officer = self._cast.teams[owner], self._cast.officers[owner]
        promised = due(at(deed.at), Within(asked.days, "working days"), ENGLAND)
        going.transfers += 1
        facts = f'{{"enquiry":"{dashed(key)}","in person":"","promised for":"{promised.isoformat()}","to":"{team}"}}'
        self._note(going, deed.at, self._by(deed.contact), "enquiry handed on", facts)
        is_settled = 0 < asked.settled <= self._until
        settled = stamp(asked.settled) if is_settled else None
        told = (TOLD, TOLD_WORDS) if is_settled else ("", "")
        return (team, None, stamp(int(promised.timestamp())), settled, officer if is_settled else None, *told)

    def _confirmation(self, deed: Deed, proposal: Proposal) -> Row:
        """Type, cause, who and when; of contacts of value nobody is asked."""
        asked = deed.asked
        if not asked.confirms or proposal.type is DemandType.VALUE or asked.confirms > self._until:
            return ("", "", None, None)
        type = DemandType.FAILURE if asked.other else proposal.type
        return (
            type.value,
            asked.other or str(proposal.cause or ""),
            deed.contact.advisor,
            stamp(asked.confirms),
        )

    def _confirmed(self, deed: Deed) -> None:
        going = self._going[deed.number]
        row = going.enquiries[deed.place]
        kind, cause = row[12], row[13]
        if not kind:
            return
        as_proposed = "true" if (kind, cause) == (row[9], row[10]) else "false"
        facts = f'{{"as proposed":{as_proposed},"cause":"{cause}","enquiry":"{dashed(str(row[0]))}","type":"{kind}"}}'
        self._note(going, deed.at, self._by(deed.contact), "cause confirmed", facts, str(row[2]))

    def _settled(self, deed: Deed) -> None:
        going = self._going[deed.number]
        row = going.enquiries[deed.place]
        officer = self._cast.officers[self._cast.services[deed.contact.service].owner]
        in_time = "true" if stamp(deed.at) <= str(row[18]) else "false"
        facts = f'{{"by":"","enquiry":"{dashed(str(row[0]))}","in time":{in_time},"told":"{TOLD}"}}'
        self._note(going, deed.at, ("staff", str(officer)), "enquiry settled", facts, str(row[2]))

    def _proposal(self, going: _Going, deed: Deed, service: str) -> Proposal:
        asked = deed.asked
        offered = self._cast.services.get(service)
        windows = offered.windows if offered else Windows()
        passed_on = going.transfers and asked.outcome != EnquiryOutcome.HANDED_ON
        wrong = Noted(dashed(going.key), at(deed.contact.received), "passed on") if passed_on else None
        return propose(
            Seen(
                at=at(deed.at),
                windows=windows,
                never_avoidable=offered is not None and offered.is_restricted,
                is_ours=asked.outcome != EnquiryOutcome.NOT_OURS,
                has_online_way=offered is None or offered.is_online,
                outcome=asked.outcome,
                unanswered=self._unanswered(going, deed.at - windows.answer.total_seconds(), service),
                again=self._again(going, service, asked.name, windows.repeat.total_seconds()),
                wrong_place=wrong,
            )
        )

    def _unanswered(self, going: _Going, before: float, service: str) -> Noted | None:
        said = self._said.get((service, going.customer or ""))
        if said is None:
            return None
        lain = [each for each in said.theirs if said.ours < each[0] < before]
        return Noted(dashed(min(lain)[1]), at(min(lain)[0]), "message") if lain else None

    def _again(self, going: _Going, service: str, name: str, within: float) -> Noted | None:
        came = going.came
        if not service:
            return None
        found: list[_Before] = []
        for who in (going.customer, came.came_from):
            if who:
                found += self._before.get((service, who), ())
        before = [
            each
            for each in found
            if came.received - within <= each.received < came.received
            and not each.gave_up
            and each.is_about(name, going.customer)
        ]
        if not before:
            return None
        last = max(before, key=lambda each: each.received)
        return Noted(dashed(last.key), at(last.received), LABELS[last.channel])

    def _finish(self, going: _Going, deed: Deed) -> None:
        """The contact is over: its rows are known, but for what is confirmed, which they hold already."""
        if self._write:
            came = going.came
            is_answered = not came.abandoned
            ended = stamp(deed.at) if is_answered else None
            self.rows["contacts_conversation"].append(
                (going.conversation, going.customer, came.service, stamp(came.received))
            )
            self.rows["contacts_contact"].append(
                (
                    *(
                        going.key,
                        going.conversation,
                        going.customer,
                        came.channel,
                        came.service,
                        going.seen.first,
                    ),
                    *(
                        0,
                        "",
                        None,
                        came.came_from,
                        stamp(came.received),
                        came.advisor if is_answered else None,
                    ),
                    *(stamp(came.answered) if is_answered else None, ended),
                    *(None if is_answered else stamp(came.abandoned), ended, going.transfers),
                )
            )
            self.rows["cases_enquiry"] += (tuple(row) for row in going.enquiries.values())
        going.is_over = True

    def forget_finished(self, before: int) -> None:
        """Let go of contacts of which nothing more will be done, and of what is too old to matter."""
        self._going = {
            number: going
            for number, going in self._going.items()
            if not going.is_over or any(each.settled >= before for each in going.came.asked)
        }

    def _message(
        self, going: _Going, key: str, direction: str, said_by: str, sayer: str, words: str, seconds: int
    ) -> None:
        if self._write:
            self.rows["contacts_message"].append(
                (key, going.conversation, going.key, direction, said_by, sayer, words, stamp(seconds), None)
            )

    def _by(self, came: Came) -> tuple[str, str]:
        return ("staff", str(came.advisor))

    def _note(
        self,
        going: _Going,
        seconds: int,
        by: tuple[str, str],
        event: str,
        facts: str = "{}",
        service: str | None = None,
    ) -> None:
        if not self._write:
            return
        about = going.came.service if service is None else service
        self._append_entry(stamp(seconds), *by, event, going.key, going.customer, about, facts)

    def _append_entry(
        self,
        when: str,
        kind: str,
        actor: str,
        event: str,
        contact: str | None,
        customer: str | None,
        service: str,
        facts: str,
        case: str | None = None,
        shown: int = 0,
    ) -> None:
        self._entry += 1
        self.rows["journal_journalentry"].append(
            (self._entry, when, kind, actor, event, case, contact, customer, service, facts, shown)
        )
