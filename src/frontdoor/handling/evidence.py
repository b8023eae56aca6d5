"""Evidence that comes in after a case was opened, and what an officer makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from uuid import UUID

from django.db import transaction

from frontdoor.cases.actions.evidence import add_evidence, judge_evidence
from frontdoor.cases.actions.moving import lock_case, save_case
from frontdoor.cases.models import Case, Evidence, EvidenceStatus
from frontdoor.cases.permissions import require_handling
from frontdoor.cases.policies import require_open
from frontdoor.catalogue.published import pack_of
from frontdoor.contacts.actions import take_contact
from frontdoor.contacts.models import StoredFile
from frontdoor.handling.deciding import decide_if_clear
from frontdoor.handling.demand.classifying import note_online
from frontdoor.handling.knowing import known_of
from frontdoor.handling.moving import NOTHING, make_locked_move, situation_of
from frontdoor.handling.people import Person, staff
from frontdoor.handling.recording import record_of_case
from frontdoor.journeys.moving import moves_offered
from frontdoor.kernel.clock import day_of
from frontdoor.staff.models import User

SEND_EVIDENCE = "send evidence"


class TooOld(Exception):
    """This is older than the service accepts. Ask the customer for a newer one, or reject it with that
    reason.
    """


@dataclass(frozen=True)
class Judgement:
    """What an officer makes of a piece of evidence: accepted or not, the date on it, and why not."""

    is_accepted: bool
    dated_on: date | None = None
    why_not: str = ""


@transaction.atomic
def receive_evidence(
    *,
    case_id: UUID,
    files: tuple[tuple[str, StoredFile], ...],
    channel: str,
    person: Person,
    at: datetime,
    rng: Random,
) -> Case:
    """Files came in for a case. Once nothing that was asked for is missing, the case goes back to the officer
    by itself. Raises CaseClosed, unless the journey takes evidence for a case that was closed for want of it.
    """
    case = lock_case(case_id=case_id)
    if not _is_offered(case, person, at):
        require_open(case)
    for kind, file in files:
        add_evidence(case=case, kind=kind, file=file, at=at, rng=rng)
    contact = take_contact(
        conversation=case.conversation, channel=channel, enquiry="evidence", at=at, rng=rng
    )
    record_of_case(
        case=case,
        event="evidence received",
        by=person.actor,
        at=at,
        facts={"kinds": sorted({kind for kind, _ in files}), "files": len(files)},
        contact=contact.pk,
        shown=True,
    )
    note_online(contact=contact, case=case, at=at, rng=rng)
    return _move_on_if_complete(case, person, at, rng)


def _move_on_if_complete(case: Case, person: Person, at: datetime, rng: Random) -> Case:
    still_asked = Evidence.objects.filter(case=case, status=EvidenceStatus.ASKED).exists()
    if still_asked or not _is_offered(case, person, at):
        return save_case(case=case)
    case = make_locked_move(case=case, move=SEND_EVIDENCE, given=NOTHING, person=person, at=at, rng=rng)
    return decide_if_clear(case=case, known=known_of(case=case, at=at), at=at, rng=rng)


def _is_offered(case: Case, person: Person, at: datetime) -> bool:
    known = known_of(case=case, at=at)
    situation = situation_of(case=case, known=known, person=person)
    return any(
        move.name == SEND_EVIDENCE for move in moves_offered(journey=known.pack.journey, situation=situation)
    )


@transaction.atomic
def look_at_evidence(
    *, case_id: UUID, evidence_id: UUID, revision: int, judgement: Judgement, user: User, at: datetime
) -> Case:
    """An officer accepts or rejects a piece of evidence. Raises CaseChanged, NotYours, OwnInterest,
    CaseClosed, TooOld.
    """
    case = lock_case(case_id=case_id, revision=revision)
    require_handling(user, case)
    require_open(case)
    evidence = judge_evidence(
        evidence_id=evidence_id,
        case=case,
        by=user,
        is_accepted=judgement.is_accepted,
        dated_on=judgement.dated_on,
        why_not=judgement.why_not,
        at=at,
    )
    _refuse_too_old(case, evidence)
    record_of_case(
        case=case,
        event="evidence judged",
        by=staff(user).actor,
        at=at,
        facts={"evidence": str(evidence.pk), "kind": evidence.kind, "status": evidence.status},
    )
    return save_case(case=case)


def _refuse_too_old(case: Case, evidence: Evidence) -> None:
    kind = pack_of(case.pack).form.evidence.get(evidence.kind)
    limit = kind.no_older_than if kind else None
    if evidence.status != EvidenceStatus.ACCEPTED or limit is None or evidence.dated_on is None:
        return
    if (day_of(case.received_at) - evidence.dated_on).days > limit:
        raise TooOld
