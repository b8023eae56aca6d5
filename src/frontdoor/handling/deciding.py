"""Decide automatically only what is clearly met and what the pack allows; everything else waits for a person."""

from __future__ import annotations

from datetime import datetime
from random import Random

from frontdoor.cases.models import Case
from frontdoor.decisions.automation import may_automate
from frontdoor.decisions.definition import Sheet
from frontdoor.handling.knowing import KnownCase, sheet_from
from frontdoor.handling.people import SYSTEM
from frontdoor.handling.recording import record_of_case
from frontdoor.journeys.definition import Move, Mover, WaitsFor, Wants

CONSENT = "consents_to_automatic_decision"


def decide_if_clear(*, case: Case, known: KnownCase, at: datetime, rng: Random) -> Case:
    """Weigh the case; where its outcome is clear, the pack allows it and the journey has a move of the system
    for it, make it.

    The weighing is recorded either way: which outcome holds, what is in doubt, and whether a person must
    decide.
    """
    from frontdoor.handling.moving import Given, make_locked_move  # the two stories call each other

    sheet = sheet_from(known=known, case=case)
    allowed = may_automate(sheet=sheet, rules=known.rules, consent=known.facts.get(CONSENT) is True)
    move = known.pack.journey.moves.get(sheet.move or "")
    by_software = (
        move is not None
        and Mover.SYSTEM in move.by
        and case.state in move.sources
        and (bool(allowed) or _only_prepares(move, sheet, case, known))
    )
    record_of_case(
        case=case,
        event="case weighed",
        by=SYSTEM.actor,
        at=at,
        facts={"outcome": sheet.outcome, "doubts": len(sheet.doubts), "automatic": by_software},
    )
    if not by_software or move is None:
        return case
    given = Given(evidence=tuple(sheet.asks_for) if Wants.EVIDENCE_KINDS in move.wants else ())
    return make_locked_move(
        case=case, move=move.name, given=given, person=SYSTEM, at=at, rng=rng, known=known
    )


def _only_prepares(move: Move, sheet: Sheet, case: Case, known: KnownCase) -> bool:
    """Whether the move decides nothing and cannot wait for a person: it asks the customer for what is missing, or it
    promises something sooner. `prepare only` keeps decisions for people, not these.
    """
    if move.decides or move.confirms or move.to is None or move.asks or sheet.is_otherwise:
        return False
    if not move.wants <= {Wants.EVIDENCE_KINDS} or (move.wants and not sheet.asks_for):
        return False
    here, there = known.pack.journey.states[case.state], known.pack.journey.states[move.to]
    return there.waits_for is WaitsFor.CUSTOMER or there.promise not in (None, here.promise)
