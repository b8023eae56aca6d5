"""Take a file from a customer: judged by what it is, made safe, scanned where there is a scanner, and stored."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from random import Random
from typing import cast
from uuid import UUID

from frontdoor.cases.models import DraftFile
from frontdoor.channels.uploads.outcomes import Kind, RefusedFile
from frontdoor.channels.uploads.receive import Readable, receive_upload
from frontdoor.channels.virus.scanner import CannotScanNow, Verdict
from frontdoor.contacts.actions import store_file
from frontdoor.contacts.models import StoredFile
from frontdoor.forms.asking import evidence_asked
from frontdoor.forms.definition import EvidenceKind, QuestionType
from frontdoor.handling.applying import DraftGone, KnownDraft, TooManyFiles, add_file
from frontdoor.handling.ports import ports
from frontdoor.journal.actions import record
from frontdoor.kernel.entries import Actor

INFECTED = (
    "Our virus check found something harmful in this file. Check your device, and upload a photo instead."
)
NOT_NOW = "We could not check the file for viruses just now. Try again in a few minutes; your other answers are kept."


class NotTaken(Exception):
    """This file cannot be kept. `words` say why and what to do; `rule` names the rule."""

    def __init__(self, rule: str, words: str) -> None:
        super().__init__(rule)
        self.rule, self.words = rule, words


def take_file(
    *, name: str, content: bytes | Readable, accept: Collection[str], at: datetime, rng: Random
) -> StoredFile:
    """The file as it is kept. Raises NotTaken, with words for the customer; a refusal is journalled by its rule."""
    judged = receive_upload(name, content, accept=cast("Collection[Kind]", accept))
    if isinstance(judged, RefusedFile):
        raise _refused(judged.rule, judged.words, at)
    try:
        verdict = scanner.scan(judged.data).verdict if (scanner := ports().scanner) else Verdict.NOT_SCANNED
    except CannotScanNow:
        raise NotTaken("cannot scan now", NOT_NOW) from None
    if verdict is Verdict.INFECTED:
        raise _refused("infected", INFECTED, at)
    return store_file(
        name=judged.name,
        content_type=judged.content_type,
        content=judged.data,
        scanned=verdict.value,
        at=at,
        rng=rng,
    )


def add_paper(
    *, draft_id: UUID, kind: EvidenceKind, name: str, content: bytes | Readable, at: datetime, rng: Random
) -> DraftFile:
    """Take a file and add it to a draft as evidence of a kind; a file that cannot be added is not kept either.

    Raises NotTaken, TooManyFiles, DraftGone.
    """
    kept = take_file(name=name, content=content, accept=kind.accepts, at=at, rng=rng)
    try:
        return add_file(draft_id=draft_id, kind=kind.name, file=kept, at=at)
    except (TooManyFiles, DraftGone):
        kept.delete()
        raise


def papers_asked(known: KnownDraft) -> list[EvidenceKind]:
    """Kinds of evidence to send that no question of the form asks for itself."""
    in_form = {page.question.evidence for page in known.pages() if page.question.type is QuestionType.FILES}
    asked = evidence_asked(form=known.pack.form, facts=known.facts.values, not_asked=known.facts.not_asked)
    return [kind for kind in asked if kind.name not in in_form]


def _refused(rule: str, words: str, at: datetime) -> NotTaken:
    record(at=at, by=Actor("customer", "unnamed"), event="file refused", facts={"rule": rule[:80]})
    return NotTaken(rule, words)
