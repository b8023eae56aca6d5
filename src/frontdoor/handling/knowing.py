"""What is known of a case: facts with where they come from, evidence, and the decision sheet that follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from frontdoor.cases.models import Case, Evidence, EvidenceStatus, Promise, RecordedFact
from frontdoor.catalogue.examples import said_facts
from frontdoor.catalogue.pack import Pack
from frontdoor.catalogue.published import our_council, pack_of
from frontdoor.contacts.models import ContactPoint
from frontdoor.decisions.definition import EvidenceState, RuleSet, Sheet
from frontdoor.decisions.weighing import rules_for, values_on, weigh
from frontdoor.forms.asking import evidence_asked
from frontdoor.forms.definition import Question
from frontdoor.forms.facts import Facts, facts_of
from frontdoor.handling.calculating import calculators_for
from frontdoor.kernel.clock import day_of
from frontdoor.kernel.factnames import fact_name
from frontdoor.kernel.facts import Json

STATE_OF = {
    EvidenceStatus.ASKED: EvidenceState.NONE,
    EvidenceStatus.REJECTED: EvidenceState.REJECTED,
    EvidenceStatus.RECEIVED: EvidenceState.RECEIVED,
    EvidenceStatus.ACCEPTED: EvidenceState.ACCEPTED,
}
BEST_FIRST = (EvidenceState.ACCEPTED, EvidenceState.RECEIVED, EvidenceState.REJECTED, EvidenceState.NONE)


@dataclass(frozen=True)
class Begun:
    """What a case that is being opened begins with; nothing else is on its record, and nobody has been told of it.
    `points`: every way to reach its customer, where they are new to us.
    """

    promises: tuple[Promise, ...] = ()
    points: tuple[ContactPoint, ...] | None = None


@dataclass(frozen=True)
class KnownCase:
    """Everything a decision may rest on, as it is at one instant."""

    pack: Pack
    rules: RuleSet
    facts: Mapping[str, Json]
    not_asked: frozenset[str]
    asked: frozenset[str]
    evidence: Mapping[str, EvidenceState]
    begun: Begun | None = None
    """Only while the case is being opened."""


def known_of(
    *, case: Case, at: datetime, begins_with: frozenset[str] | None = None, facts: Facts | None = None
) -> KnownCase:
    """What is known of the case, by the version of the pack it began with and the rules of the day it was
    received.

    `begins_with`: the kinds of evidence a new case came with; nothing else is on its record yet to be looked up.
    `facts`: its facts, where they have just been worked out.
    """
    pack = pack_of(case.pack)
    is_new = begins_with is not None
    evidence = dict.fromkeys(begins_with or (), EvidenceState.RECEIVED) if is_new else evidence_of(case=case)
    rules = rules_for(rule_sets=pack.rules, on=day_of(case.received_at))
    if facts is None:
        recorded = {} if is_new else recorded_facts(case=case)
        given = {**given_facts(case=case, evidence=evidence, rules=rules, pack=pack, at=at), **recorded}
        calculators = calculators_for(at=at, service=case.service, customer_id=case.customer_id, case=case)
        facts = facts_of(form=pack.form, answers=case.answers, given=given, calculators=calculators)
    return KnownCase(
        pack, rules, facts.values, facts.not_asked, facts.asked, evidence, Begun() if is_new else None
    )


def given_facts(
    *, case: Case, evidence: Mapping[str, EvidenceState], rules: RuleSet, pack: Pack, at: datetime
) -> dict[str, Json]:
    """The facts that no question gives: the day, the channel, the evidence, dated values."""
    given: dict[str, Json] = {
        "today": day_of(at).isoformat(),
        "received_on": day_of(case.received_at).isoformat(),
        "channel": case.channel,
        "for_someone_else": bool(case.helper),
        "us": our_council().authority,
    }
    for kind in pack.form.evidence:
        state = evidence.get(kind, EvidenceState.NONE)
        given[f"has_{fact_name(kind)}"] = state in (EvidenceState.RECEIVED, EvidenceState.ACCEPTED)
        given[f"seen_{fact_name(kind)}"] = state is EvidenceState.ACCEPTED
    given |= values_on(rules=rules, on=day_of(case.received_at))
    return given


def contact_cautions(*, known: KnownCase) -> list[tuple[Question, Json]]:
    """What the customer said about contacting them safely, as questions with their answers, in the order of the form.

    For staff only, before every contact.
    """
    every = (question for section in known.pack.form.sections for question in section.questions)
    return [
        (question, known.facts[question.id])
        for question in every
        if question.is_contact_caution and known.facts.get(question.id) not in (None, "", [])
    ]


def recorded_facts(*, case: Case) -> dict[str, Json]:
    """The newest value of every fact that staff recorded on the case."""
    rows = RecordedFact.objects.filter(case=case).order_by("at", "pk").values_list("name", "value")
    return dict(rows)


def evidence_of(*, case: Case) -> dict[str, EvidenceState]:
    """The best state of each kind of evidence on the case."""
    found: dict[str, EvidenceState] = {}
    for kind, status in Evidence.objects.filter(case=case).values_list("kind", "status"):
        state = STATE_OF[EvidenceStatus(status)]
        if BEST_FIRST.index(state) <= BEST_FIRST.index(found.get(kind, EvidenceState.NONE)):
            found[kind] = state
    return found


def sheet_of(*, case: Case, at: datetime) -> Sheet:
    """The decision sheet of the case as it stands."""
    return sheet_from(known=known_of(case=case, at=at), case=case)


def sheet_from(*, known: KnownCase, case: Case) -> Sheet:
    """The decision sheet from what is known."""
    return weigh(
        rules=known.rules,
        facts=known.facts,
        not_asked=known.not_asked,
        evidence=known.evidence,
        on=day_of(case.received_at),
        said=said_facts(known.pack, known.facts),
    )


def evidence_still_asked(*, known: KnownCase) -> list[str]:
    """Kinds of evidence this customer should send and has not."""
    asked = evidence_asked(form=known.pack.form, facts=known.facts, not_asked=known.not_asked)
    came = (EvidenceState.RECEIVED, EvidenceState.ACCEPTED)
    return [kind.name for kind in asked if known.evidence.get(kind.name, EvidenceState.NONE) not in came]
