"""The rows that the stories of a case would have stored: opened, moved, decided, paid, issued, ended.

What follows from the pack is asked of the engines: which move may be made, which facts hold, what the decision rests on,
by when it is promised. What stands on a case while it goes on is kept here in memory. Not made: news to the customer,
timers, and surveys.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from random import Random
from typing import NamedTuple

from frontdoor.cases.models import EnquiryOutcome, PaymentStatus
from frontdoor.catalogue.numbers import new_number
from frontdoor.catalogue.pack import Pack
from frontdoor.catalogue.published import our_catalogue, our_council
from frontdoor.demo.year.case_facts import OpenCase, Promised, Weighing
from frontdoor.demo.year.cast import Cast, at
from frontdoor.demo.year.deeds import Deed
from frontdoor.demo.year.lives import Life, answers_of
from frontdoor.demo.year.rows import Row, dashed, new_key, stamp
from frontdoor.demo.year.stories import Turn
from frontdoor.handling.cash import PAID
from frontdoor.handling.demand.rules import Seen, propose
from frontdoor.handling.knowing import KnownCase
from frontdoor.handling.moving import Given, asked_only, moments, optional_asks
from frontdoor.journeys.definition import Moved, Mover, Situation, Verb
from frontdoor.journeys.moving import make_move
from frontdoor.journeys.promises import cut_off_of, span_of
from frontdoor.kernel.clock import day_of
from frontdoor.kernel.facts import Json
from frontdoor.kernel.ids import new_reference
from frontdoor.kernel.workingdays import ENGLAND, due, in_words

CASE_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "cases_case": (
        *("id", "reference", "conversation_id", "customer_id", "service", "pack_id", "authority", "kind"),
        *("channel", "is_restricted", "team_id", "answers", "state", "state_since_at", "waits_for", "due_at"),
        *("ended_as", "received_at", "closed_at", "revision"),
    ),
    "cases_promise": (
        *("case_id", "name", "within", "made_at", "due_at", "first_due_at", "kept_at", "dropped_at"),
    ),
    "cases_recordedfact": ("case_id", "name", "value", "by_id", "at"),
    "cases_decisionrecord": (
        *("id", "case_id", "outcome", "move", "reasons", "words", "sheet", "pack_version", "by_id", "at"),
        *("confirmed_by_id", "confirmed_at"),
    ),
    "cases_issueditem": (
        *("id", "case_id", "customer_id", "service", "name", "kind", "number", "amount_pence", "starts_on"),
        *("expires_on", "issued_at", "issued_by_id"),
    ),
    "cases_payment": (
        *("id", "case_id", "purpose", "amount_pence", "status", "method", "asked_at", "paid_at"),
    ),
}
BY_OFFICERS = frozenset({Mover.OFFICER, Mover.SOMEONE_ELSE})

BY_PHONE = "phone"
AppendEntry = Callable[..., None]
"""Writes a journal entry: when, kind and id of who did it, event, contact, customer, service, facts, case, is shown."""


class Now(NamedTuple):
    """A turn that is being taken: by whom, when, and with which chance."""

    officer: int
    seconds: int
    rng: Random


class CaseRows:
    """Turns deeds of cases into rows. `append_entry` writes to the journal, `add` keeps a row of a table."""

    def __init__(
        self, cast: Cast, customers: list[str], append_entry: AppendEntry, add: Callable[[str, Row], None]
    ) -> None:
        self._cast, self._customers, self._append, self._add = cast, customers, append_entry, add
        self._open: dict[int, OpenCase] = {}
        self._weighing = Weighing()
        self._taken = set(cast.taken)

    def remember(self, lives: Iterable[Life]) -> None:
        """Cases that another part makes: nobody else gets their references, nor the numbers of what they are given."""
        for life in lives:
            pack, rng = our_catalogue().packs[life.told.service], Random(str(life.number))
            for _ in range(3):
                new_key(life.received, rng)
            self._new_reference(pack, rng)
            for place, turn in enumerate(life.told.turns):
                for effect in pack.journey.moves[turn.move].does:
                    issue = pack.journey.issues.get(effect.what) if effect.verb is Verb.ISSUE else None
                    if issue and issue.number:
                        self._new_number(issue.number, Random(f"{life.number}:{place}"))

    def _new_reference(self, pack: Pack, rng: Random) -> str:
        while (reference := new_reference(pack.service.reference, rng)) in self._taken:
            continue
        self._taken.add(reference)
        return reference

    def _new_number(self, form: str, rng: Random) -> str:
        while (number := new_number(form, rng)) in self._taken:
            continue
        self._taken.add(number)
        return number

    def opened(self, deed: Deed) -> None:
        """A form was sent: conversation, contact, case, enquiry, promise."""
        life, rng = deed.life, Random(str(deed.number))
        pack = our_catalogue().packs[life.told.service]
        conversation, contact, key = (new_key(deed.at, rng) for _ in range(3))
        state = pack.journey.states[pack.journey.starts_at]
        customer = self._customers[life.customer] if life.customer >= 0 else None
        reference = self._new_reference(pack, rng)
        case = self._open[deed.number] = OpenCase(
            *(life, key, reference, conversation, customer, pack, answers_of(life)),
            *(state.name, deed.at, state.waits_for.value),
        )
        when = stamp(deed.at)
        self._add("contacts_conversation", (conversation, customer, pack.id, when))
        self._add(
            "contacts_contact",
            (
                *(contact, conversation, customer, "web", pack.id, "apply", 0, "", None, "", when),
                *(None, None, None, None, None, 0),
            ),
        )
        if state.promise:
            self._promise(case, state.promise, self._weighing.facts(case, deed.at), deed.at)
        facts = {
            "channel": "web",
            "pack": self._cast.packs[pack.id][1],
            "reference": reference,
            "state": state.name,
        }
        by = ("customer", dashed(customer) if customer else "unnamed")
        self._record(case, deed.at, by, "case opened", facts, contact=contact)
        self._enquiry(case, contact, deed.at, rng)

    def moved(self, deed: Deed) -> None:
        """An officer made a move."""
        case, turn = self._open[deed.number], deed.life.turn(deed.place)
        owner = self._cast.services[case.pack.id].owner
        officer = (self._cast.colleagues if turn.by_colleague else self._cast.officers)[owner]
        rng = Random(f"{deed.number}:{deed.place}")
        if turn.move == PAID:
            self._paid(case, officer, deed.at)
        moved = self._move(case, turn, Now(officer, deed.at, rng))
        facts = {"from": moved.source, "move": moved.move, "rule": moved.rule[:80], "to": moved.state.name}
        if moved.ends_as:
            facts["ended_as"] = moved.ends_as
        if moved.decides:
            facts["outcome"] = moved.decides
        self._record(case, deed.at, ("staff", str(officer)), "case moved", facts)
        if deed.place == len(deed.life.turns) - 1:
            self._store(self._open.pop(deed.number))

    def store_open(self) -> None:
        """Rows of the cases that still go on."""
        for case in self._open.values():
            self._store(case)
        self._open.clear()

    def _move(self, case: OpenCase, turn: Turn, now: Now) -> Moved:
        given, when = Given(turn.answers, turn.reasons, (), turn.words), stamp(now.seconds)
        moved, facts = self._made(case, turn.move, given, now)
        for name, value in facts.items():
            self._add("cases_recordedfact", (case.key, name, json.dumps(value), now.officer, when))
        case.recorded |= facts
        if moved.state.name != moved.source or moved.ends_as:
            case.state, case.waits_for = moved.state.name, moved.state.waits_for.value
            case.since, case.ended_as = now.seconds, moved.ends_as or ""
            case.closed = now.seconds if moved.ends_as else 0
        self._decide(case, turn, moved, now)
        for effect in moved.effects:
            if effect.verb in DOING:
                DOING[effect.verb](self, case, effect.what, now)
        if moved.ends_as:
            self._drop(case, None, now.seconds)
        case.revision += 1
        return moved

    def _made(self, case: OpenCase, move: str, given: Given, now: Now) -> tuple[Moved, dict[str, Json]]:
        """The move as the engine makes it, and the facts that are recorded with it."""
        known = self._weighing.facts(case, now.seconds)
        situation = Situation(
            state=case.state,
            movers=BY_OFFICERS,
            facts=known.facts,
            not_asked=known.not_asked,
            given=given.wants_met(),
            answered=frozenset(given.answers) | optional_asks(known),
        )
        moved = make_move(journey=case.pack.journey, move=move, situation=situation)
        return moved, {**asked_only(known, move, given), **moments(moved, at(now.seconds))}

    def _decide(self, case: OpenCase, turn: Turn, moved: Moved, now: Now) -> None:
        when = stamp(now.seconds)
        if moved.decides:
            version, key = self._cast.packs[case.pack.id][1], new_key(now.seconds, now.rng)
            case.decisions.append(
                [
                    *(key, case.key, moved.decides, moved.move, json.dumps(turn.reasons), turn.words),
                    *(self._weighing.sheet(case, now.seconds), version, now.officer, when, None, None),
                ]
            )
        if moved.confirms:
            case.decisions[-1][-2:] = [now.officer, when]

    def _paid(self, case: OpenCase, officer: int, seconds: int) -> None:
        payment = case.payments[-1]
        payment[4:6], payment[7] = [PaymentStatus.PAID.value, BY_PHONE], stamp(seconds)
        facts = {"amount_pence": payment[3], "method": BY_PHONE, "payment": dashed(str(payment[0]))}
        self._record(case, seconds, ("staff", str(officer)), "payment taken", facts)

    def _promise(self, case: OpenCase, name: str, known: KnownCase, seconds: int) -> None:
        promise = case.pack.journey.promises[name]
        span = span_of(promise=promise, facts=known.facts)
        if span is None:
            return
        self._drop(case, name, seconds)
        cut_off = cut_off_of(promise=promise, facts=known.facts)
        due_at = int(due(at(seconds), span, ENGLAND, cut_off=cut_off).timestamp())
        case.promises.append(Promised(name, in_words(span), seconds, due_at))

    def _drop(self, case: OpenCase, name: str | None, seconds: int) -> None:
        for promise in case.promises:
            if promise.runs and name in (None, promise.name):
                promise.dropped = seconds

    def make_promise(self, case: OpenCase, name: str, now: Now) -> None:
        """As `make_promise` of the pack."""
        self._promise(case, name, self._weighing.facts(case, now.seconds), now.seconds)

    def keep_promise(self, case: OpenCase, name: str, now: Now) -> None:
        """As `keep_promise` of the pack."""
        for promise in case.promises:
            if promise.runs and promise.name == name:
                promise.kept = now.seconds

    def drop_promise(self, case: OpenCase, name: str, now: Now) -> None:
        """As `drop_promise` of the pack."""
        self._drop(case, name, now.seconds)

    def ask_for_payment(self, case: OpenCase, value: str, now: Now) -> None:
        """As `ask_for_payment` of the pack."""
        pounds = self._weighing.given_today(case, now.seconds)(value)
        if isinstance(pounds, int | float) and pounds > 0:
            asked = (value, round(pounds * 100), PaymentStatus.DUE.value, "", stamp(now.seconds), None)
            case.payments.append([new_key(now.seconds, now.rng), case.key, *asked])

    def issue(self, case: OpenCase, name: str, now: Now) -> None:
        """As `issue` of the pack."""
        issue, fact = case.pack.journey.issues[name], self._weighing.given_today(case, now.seconds)
        number = self._new_number(issue.number, now.rng) if issue.number else None
        kind, pounds, expires = fact(issue.kind), fact(issue.amount), fact(issue.expires)
        kind = kind if isinstance(kind, str) else issue.kind
        pence = round(pounds * 100) if isinstance(pounds, int | float) else None
        starts = fact(issue.starts) or day_of(at(now.seconds)).isoformat()
        key = new_key(now.seconds, now.rng)
        self._add(
            "cases_issueditem",
            (
                *(key, case.key, case.customer, case.pack.id, issue.name, kind, number, pence, str(starts)),
                *(str(expires) if expires else None, stamp(now.seconds), now.officer),
            ),
        )
        facts = {"amount_pence": pence, "item": dashed(key), "kind": kind}
        self._record(case, now.seconds, ("staff", str(now.officer)), "item issued", facts)

    def _enquiry(self, case: OpenCase, contact: str, seconds: int, rng: Random) -> None:
        offered, when = self._cast.services[case.pack.id], stamp(seconds)
        proposal = propose(
            Seen(
                at=at(seconds),
                windows=offered.windows,
                never_avoidable=offered.is_restricted,
                has_online_way=offered.is_online,
                is_online=True,
                outcome=EnquiryOutcome.ONLINE,
            )
        )
        because = json.dumps([{"rule": proposal.rule, **proposal.evidence}])
        self._add(
            "cases_enquiry",
            (
                *(
                    new_key(seconds, rng),
                    contact,
                    case.pack.id,
                    "apply",
                    case.key,
                    EnquiryOutcome.ONLINE.value,
                ),
                *("", when, when, proposal.type.value, proposal.cause or "", because, "", "", None, None),
                *(None, None, None, None, None, "", ""),
            ),
        )

    def _record(
        self,
        case: OpenCase,
        seconds: int,
        by: tuple[str, str],
        event: str,
        facts: Mapping[str, object],
        contact: str | None = None,
    ) -> None:
        text = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        self._append(stamp(seconds), *by, event, contact, case.customer, case.pack.id, text, case.key, 1)

    def _store(self, case: OpenCase) -> None:
        service, life = case.pack.service, case.life
        self._add(
            "cases_case",
            (
                *(case.key, case.reference, case.conversation, case.customer, case.pack.id),
                *(self._cast.packs[case.pack.id][0], our_council().authority, service.kind.value, "web"),
                *(int(service.is_restricted), self._cast.teams[service.owner], json.dumps(case.answers)),
                *(case.state, stamp(case.since), case.waits_for, stamp(case.due) if case.due else None),
                *(case.ended_as, stamp(life.received), stamp(case.closed) if case.closed else None),
                case.revision,
            ),
        )
        for each in case.promises:
            kept, dropped = (stamp(seconds) if seconds else None for seconds in (each.kept, each.dropped))
            due_at = stamp(each.due)
            row = (case.key, each.name, each.within, stamp(each.made), due_at, due_at, kept, dropped)
            self._add("cases_promise", row)
        for decision in case.decisions:
            self._add("cases_decisionrecord", tuple(decision))
        for payment in case.payments:
            self._add("cases_payment", tuple(payment))


DOING: Mapping[Verb, Callable[[CaseRows, OpenCase, str, Now], None]] = {
    Verb.MAKE_PROMISE: CaseRows.make_promise,
    Verb.KEEP_PROMISE: CaseRows.keep_promise,
    Verb.DROP_PROMISE: CaseRows.drop_promise,
    Verb.ASK_FOR_PAYMENT: CaseRows.ask_for_payment,
    Verb.ISSUE: CaseRows.issue,
}
"""What follows from moves of these stories; the other verbs leave no row in them."""
