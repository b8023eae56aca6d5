"""Fill in an application: start, answer, upload, save for later, come back, send."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db import transaction

from frontdoor.cases.models import Draft, DraftFile
from frontdoor.catalogue.pack import Pack
from frontdoor.catalogue.published import our_council, pack_of, publish
from frontdoor.contacts.models import DeliveryChannel, StoredFile
from frontdoor.contacts.outbox import Outgoing, queue_delivery
from frontdoor.forms.asking import interrupt_due
from frontdoor.forms.definition import Interrupt
from frontdoor.forms.facts import Facts, facts_of
from frontdoor.handling.calculating import calculators_for
from frontdoor.handling.ports import ports
from frontdoor.journal.actions import record
from frontdoor.kernel.clock import day_of
from frontdoor.kernel.entries import Actor
from frontdoor.kernel.factnames import fact_name
from frontdoor.kernel.facts import Json
from frontdoor.kernel.ids import digest, new_token, uuid7
from frontdoor.kernel.workingdays import ENGLAND, due

MOST_FILES = 15
UNNAMED = Actor("customer", "unnamed")


class TooManyFiles(Exception):
    """You can send up to 15 files. Remove one before you add another; those you added are kept."""


class DraftGone(LookupError):
    """This application is no longer kept: it was sent, or its time ran out. Start again, or track the one you
    sent.
    """


@dataclass(frozen=True)
class KnownDraft:
    """A draft with its pack and all that is known of it so far."""

    draft: Draft
    pack: Pack
    given: Mapping[str, Json]
    facts: Facts

    def interrupt(self) -> Interrupt | None:
        """The page that must come now, if any."""
        seen = frozenset(self.draft.interrupts_seen)
        return interrupt_due(
            form=self.pack.form, facts=self.facts.values, not_asked=self.facts.not_asked, seen=seen
        )


@transaction.atomic
def start_draft(*, service: str, channel: str, at: datetime, rng: Random) -> Draft:
    """A new, empty application on the pack in use now."""
    version = publish(service=service, at=at)
    return Draft.objects.create(
        id=uuid7(at=at, rng=rng),
        pack=version,
        service=service,
        channel=channel,
        started_at=at,
        touched_at=at,
        expires_at=_expiry(pack_of(version), at),
    )


def _expiry(pack: Pack, at: datetime) -> datetime:
    kept = pack.service.retention.get("unfinished")
    return due(at, kept, ENGLAND) if kept else at + timedelta(days=28)


def draft_of(*, draft_id: UUID, at: datetime) -> Draft:
    """The draft, still to be sent. Raises DraftGone."""
    draft = Draft.objects.select_related("pack").filter(pk=draft_id, expires_at__gt=at).first()
    if draft is None or hasattr(draft, "case"):
        raise DraftGone
    return draft


def known_draft(*, draft: Draft, at: datetime) -> KnownDraft:
    """What is known of a draft: its answers as facts, and what follows from them."""
    pack = pack_of(draft.pack)
    given = _given(draft, pack, at)
    calculators = calculators_for(at=at, service=draft.service, customer_id=None)
    facts = facts_of(form=pack.form, answers=draft.answers, given=given, calculators=calculators)
    return KnownDraft(draft, pack, given, facts)


def _given(draft: Draft, pack: Pack, at: datetime) -> dict[str, Json]:
    today = day_of(at).isoformat()
    kinds = set(DraftFile.objects.filter(draft=draft).values_list("kind", flat=True))
    return {
        "today": today,
        "received_on": today,
        "channel": draft.channel,
        "for_someone_else": bool(draft.helper),
        "us": our_council().authority,
        **{f"has_{fact_name(kind)}": kind in kinds for kind in pack.form.evidence},
    }


@transaction.atomic
def keep_answer(*, draft_id: UUID, question: str, value: Json, at: datetime) -> Draft:
    """Keep one answer. Answers to questions that no longer apply stay where they are and count for nothing.
    Raises DraftGone.
    """
    draft = _locked(draft_id, at)
    draft.answers = {**draft.answers, question: value}
    return _touched(draft, at)


@transaction.atomic
def keep_helper(*, draft_id: UUID, helper: Mapping[str, Json] | None, at: datetime) -> Draft:
    """Keep who fills in the form for the customer, and the customer's say; None: they do it themselves.
    Raises DraftGone.
    """
    draft = _locked(draft_id, at)
    draft.helper = dict(helper) if helper else None
    return _touched(draft, at)


@transaction.atomic
def pass_interrupt(*, draft_id: UUID, name: str, at: datetime) -> Draft:
    """The customer read the page and goes on. Raises DraftGone."""
    draft = _locked(draft_id, at)
    draft.interrupts_seen = sorted({*draft.interrupts_seen, name})
    return _touched(draft, at)


@transaction.atomic
def count_stop(*, draft_id: UUID, interrupt: Interrupt, at: datetime) -> Draft:
    """The form ended here, and why is counted: not ours, an emergency, not eligible. Counted once. Raises
    DraftGone.
    """
    draft = _locked(draft_id, at)
    if draft.stopped_by == interrupt.name:
        return draft
    draft.stopped_by = interrupt.name
    record(
        at=at,
        by=UNNAMED,
        event="application stopped",
        service=draft.service,
        facts={"because": interrupt.name, "counts_as": interrupt.counts_as, "channel": draft.channel},
    )
    return _touched(draft, at)


@transaction.atomic
def add_file(*, draft_id: UUID, kind: str, file: StoredFile, at: datetime) -> DraftFile:
    """Add evidence of a kind. Raises DraftGone, TooManyFiles."""
    draft = _locked(draft_id, at)
    if DraftFile.objects.filter(draft=draft).count() >= MOST_FILES:
        raise TooManyFiles
    added = DraftFile.objects.create(draft=draft, kind=kind, file=file, added_at=at)
    _touched(draft, at)
    return added


@transaction.atomic
def remove_file(*, draft_id: UUID, draft_file_id: int, at: datetime) -> Draft:
    """Take a file out again; the file itself goes too. Raises DraftGone."""
    draft = _locked(draft_id, at)
    for row in DraftFile.objects.filter(draft=draft, pk=draft_file_id).select_related("file"):
        row.delete()
        row.file.delete()
    return _touched(draft, at)


@transaction.atomic
def save_for_later(*, draft_id: UUID, email: str, at: datetime, rng: Random) -> Draft:
    """Send a link that opens the draft again; an earlier link stops working. Raises DraftGone."""
    draft = _locked(draft_id, at)
    token = new_token(rng)
    draft.saved_to, draft.token_digest = email, digest(token)
    name = pack_of(draft.pack).service.name
    council = our_council().name
    link = f"{ports().public_url}/return/{token}"
    queue_delivery(
        outgoing=Outgoing(
            key=f"draft:{draft.pk}:{draft.token_digest[:16]}",
            channel=DeliveryChannel.EMAIL,
            to=email,
            subject=f"Go on with your application: {name}",
            body=SAVED.format(link=link, name=name, council=council, until=f"{draft.expires_at:%-d %B %Y}"),
        ),
        customer=None,
        conversation=None,
        not_before=at,
        at=at,
        rng=rng,
    )
    return _touched(draft, at)


SAVED = """You saved your answers for: {name}.

Go on where you stopped: {link}

We keep your answers until {until}. Anybody who has this link can see them, so do not pass it on.

{council}
"""


def draft_by_token(*, token: str, at: datetime) -> Draft:
    """The draft that a saved link opens. Raises DraftGone."""
    found = Draft.objects.filter(token_digest=digest(token), expires_at__gt=at).first() if token else None
    if found is None or hasattr(found, "case"):
        raise DraftGone
    return found


def _locked(draft_id: UUID, at: datetime) -> Draft:
    draft = (
        Draft.objects.select_for_update(of=("self",))
        .select_related("pack")
        .filter(pk=draft_id, expires_at__gt=at)
        .first()
    )
    if draft is None or hasattr(draft, "case"):
        raise DraftGone
    return draft


def _touched(draft: Draft, at: datetime) -> Draft:
    draft.touched_at = at
    draft.save()
    return draft
