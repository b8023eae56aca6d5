"""Fill in an application: start, answer, upload; `returning` saves it for later and `opening` sends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from frontdoor.cases.models import Draft, DraftFile
from frontdoor.catalogue.pack import Pack
from frontdoor.catalogue.published import our_council, pack_of, publish
from frontdoor.contacts.models import StoredFile
from frontdoor.decisions.weighing import rules_for, values_on
from frontdoor.forms.answers import Faults, Typed, take_answer
from frontdoor.forms.asking import Page, evidence_asked, interrupt_due, is_complete, missing, pages
from frontdoor.forms.definition import After, Interrupt
from frontdoor.forms.facts import Facts, facts_of
from frontdoor.handling.calculating import calculators_for
from frontdoor.handling.locating import located
from frontdoor.journal.actions import record
from frontdoor.kernel.clock import day_of
from frontdoor.kernel.entries import Actor
from frontdoor.kernel.factnames import fact_name
from frontdoor.kernel.facts import Json
from frontdoor.kernel.ids import uuid7
from frontdoor.kernel.workingdays import ENGLAND, due

MOST_FILES = 15
PAGE = "page: "
NOT_OURS = "not ours"
UNNAMED = Actor("customer", "unnamed")


class TooManyFiles(Exception):
    """You can send up to 15 files. Remove one before you add another; those you added are kept."""


class NotReady(Exception):
    """This application cannot be sent yet: a question is still to be answered. Nothing has been sent."""


class DraftGone(LookupError):
    """This application is no longer kept: it was sent, or its time ran out. Start again, or track the one you
    sent.
    """


@dataclass(frozen=True)
class KnownDraft:
    """A draft with its pack and all that is known of it so far. `files`: the kinds of evidence that came with it."""

    draft: Draft
    pack: Pack
    given: Mapping[str, Json]
    facts: Facts
    files: frozenset[str]

    def interrupt(self) -> Interrupt | None:
        """The page that must come now, if any."""
        seen = frozenset(self.draft.interrupts_seen)
        return interrupt_due(
            form=self.pack.form, facts=self.facts.values, not_asked=self.facts.not_asked, seen=seen
        )

    def pages(self) -> list[Page]:
        """The questions that apply, in order."""
        return pages(
            form=self.pack.form,
            answers=self.draft.answers,
            given=self.given,
            calculators={},
            facts=self.facts,
        )

    def pages_missing(self) -> list[Page]:
        """The questions that still need an answer."""
        return missing(
            form=self.pack.form,
            answers=self.draft.answers,
            given=self.given,
            calculators={},
            facts=self.facts,
        )

    def is_ready(self) -> bool:
        """Whether it may be sent: all is answered, nothing stops it, and no paper is missing that cannot come later."""
        return self._is_answered() and self.interrupt() is None and not self.papers_missing()

    def papers_missing(self) -> list[str]:
        """Kinds of evidence that must come with the application and have not."""
        asked = evidence_asked(form=self.pack.form, facts=self.facts.values, not_asked=self.facts.not_asked)
        has = self.facts.values
        return [k.name for k in asked if not k.may_come_later and not has.get(f"has_{fact_name(k.name)}")]

    def has_passed(self, page: str) -> bool:
        """Whether the customer has been through a page of ours that comes between the questions."""
        return PAGE + page in self.draft.interrupts_seen

    def _is_answered(self) -> bool:
        return is_complete(
            form=self.pack.form,
            answers=self.draft.answers,
            given=self.given,
            calculators={},
            facts=self.facts,
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
    draft = _still_to_be_sent(Draft.objects.all(), draft_id, at).first()
    if draft is None:
        raise DraftGone
    return draft


def known_draft(*, draft: Draft, at: datetime) -> KnownDraft:
    """What is known of a draft: its answers as facts, and what follows from them."""
    pack = pack_of(draft.pack)
    files = _files(draft)
    given = _given(draft, pack, files, at)
    calculators = calculators_for(at=at, service=draft.service, customer_id=None)
    facts = facts_of(form=pack.form, answers=draft.answers, given=given, calculators=calculators)
    return KnownDraft(draft, pack, given, facts, files)


def _files(draft: Draft) -> frozenset[str]:
    return frozenset(DraftFile.objects.filter(draft=draft).values_list("kind", flat=True))


def _given(draft: Draft, pack: Pack, files: frozenset[str], at: datetime) -> dict[str, Json]:
    on = day_of(at)
    today, rules = on.isoformat(), rules_for(rule_sets=pack.rules, on=on)
    return {
        "today": today,
        "received_on": today,
        "channel": draft.channel,
        "for_someone_else": bool(draft.helper),
        "us": our_council().authority,
        **values_on(rules=rules, on=on),
        **{f"has_{fact_name(kind)}": kind in files for kind in pack.form.evidence},
        **{f"seen_{fact_name(kind)}": False for kind in pack.form.evidence},
    }


@transaction.atomic
def keep_answer(*, draft_id: UUID, question: str, value: Json, at: datetime) -> Draft:
    """Keep one answer. Answers to questions that no longer apply stay where they are and count for nothing.
    Raises DraftGone.
    """
    draft = locked_draft(draft_id, at)
    draft.answers = {**draft.answers, question: value}
    return touch_draft(draft, at)


@transaction.atomic
def answer_question(*, draft_id: UUID, question: str, typed: Typed, at: datetime) -> Draft | Faults:
    """Read what was typed on the page of one question, and keep it; faults in words where it is no answer.

    Raises DraftGone, and KeyError where the form has no such question.
    """
    draft = locked_draft(draft_id, at)
    pack = pack_of(draft.pack)
    asked = pack.form.question(question)
    taken = take_answer(
        form=pack.form,
        question=asked,
        given_fields=located(question=asked, given=typed),
        answers=draft.answers,
        given=_given(draft, pack, _files(draft), at),
        calculators=calculators_for(at=at, service=draft.service, customer_id=None),
        today=day_of(at),
    )
    if isinstance(taken, Faults):
        return taken
    draft.answers = dict(taken.answers)
    return touch_draft(draft, at)


@transaction.atomic
def keep_helper(*, draft_id: UUID, helper: Mapping[str, Json] | None, at: datetime) -> Draft:
    """Keep who fills in the form for the customer, and the customer's say; None: they do it themselves.
    Raises DraftGone.
    """
    draft = locked_draft(draft_id, at)
    draft.helper = dict(helper) if helper else None
    return touch_draft(draft, at)


@transaction.atomic
def pass_interrupt(*, draft_id: UUID, name: str, at: datetime) -> Draft:
    """The customer read the page and goes on; counted where the page counts as something. Raises DraftGone."""
    draft = locked_draft(draft_id, at)
    _count_passed(draft, name, at)
    draft.interrupts_seen = sorted({*draft.interrupts_seen, name})
    return touch_draft(draft, at)


def _count_passed(draft: Draft, name: str, at: datetime) -> None:
    passed = next((each for each in pack_of(draft.pack).form.interrupts if each.name == name), None)
    if passed is None or name in draft.interrupts_seen:
        return
    record(
        at=at,
        by=UNNAMED,
        event="warning passed",
        service=draft.service,
        facts={"page": name, "counts_as": passed.counts_as, "channel": draft.channel},
    )


def pass_page(*, draft_id: UUID, page: str, at: datetime) -> Draft:
    """The customer has been through a page of ours that comes between the questions. Raises DraftGone."""
    return pass_interrupt(draft_id=draft_id, name=PAGE + page, at=at)


@transaction.atomic
def count_stop(*, draft_id: UUID, interrupt: Interrupt, at: datetime) -> Draft:
    """The form ended here, and why is counted: not ours, an emergency, not eligible. Counted once. Raises
    DraftGone.

    Where the service is not ours we keep nothing of what was said: answers, files and helper go.
    """
    draft = locked_draft(draft_id, at)
    if interrupt.then is After.STOP and interrupt.counts_as == NOT_OURS:
        _forget_what_was_said(draft)
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
    return touch_draft(draft, at)


@transaction.atomic
def add_file(*, draft_id: UUID, kind: str, file: StoredFile, at: datetime) -> DraftFile:
    """Add evidence of a kind. Raises DraftGone, TooManyFiles."""
    draft = locked_draft(draft_id, at)
    if DraftFile.objects.filter(draft=draft).count() >= MOST_FILES:
        raise TooManyFiles
    added = DraftFile.objects.create(draft=draft, kind=kind, file=file, added_at=at)
    touch_draft(draft, at)
    return added


@transaction.atomic
def remove_file(*, draft_id: UUID, draft_file_id: int, at: datetime) -> Draft:
    """Take a file out again; the file itself goes too. Raises DraftGone."""
    draft = locked_draft(draft_id, at)
    for row in DraftFile.objects.filter(draft=draft, pk=draft_file_id).select_related("file"):
        row.delete()
        row.file.delete()
    return touch_draft(draft, at)


@transaction.atomic
def drop_draft(*, draft_id: UUID, at: datetime, only_unsaved: bool = False) -> bool:
    """Remove a draft and its files for good; False where it was sent or is gone already, or is to be kept because it
    was saved for later or waits for a call.
    """
    try:
        draft = locked_draft(draft_id, at)
    except DraftGone:
        return False
    if only_unsaved and (draft.token_digest or _waits_for_a_call(draft)):
        return False
    _forget_what_was_said(draft)
    draft.delete()
    return True


def _waits_for_a_call(draft: Draft) -> bool:
    """Whether we are to ring the customer and go on with it together."""
    return draft.appointments.filter(cancelled_at__isnull=True, outcome="").exists()


def _forget_what_was_said(draft: Draft) -> None:
    for row in DraftFile.objects.filter(draft=draft).select_related("file"):
        row.delete()
        row.file.delete()
    draft.answers, draft.helper, draft.saved_to, draft.token_digest = {}, None, "", ""


def locked_draft(draft_id: UUID, at: datetime) -> Draft:
    """The draft, locked for this transaction. Raises DraftGone."""
    draft = _still_to_be_sent(Draft.objects.select_for_update(of=("self",)), draft_id, at).first()
    if draft is None:
        raise DraftGone
    return draft


def _still_to_be_sent(drafts: QuerySet[Draft], draft_id: UUID, at: datetime) -> QuerySet[Draft]:
    wanted = drafts.filter(pk=draft_id, expires_at__gt=at, case__isnull=True)
    return wanted.select_related("pack").defer("pack__files")


def touch_draft(draft: Draft, at: datetime) -> Draft:
    """Keep the draft as it now is."""
    draft.touched_at = at
    draft.save()
    return draft
