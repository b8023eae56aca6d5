"""Papers at the desk: taken while the customer is there, or promised by post."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID

from django.db import transaction

from frontdoor.cases.actions.working import write_note
from frontdoor.cases.models import Case, Draft, DraftFile
from frontdoor.catalogue.published import pack_of
from frontdoor.channels.uploads.receive import Readable
from frontdoor.forms.definition import EvidenceKind, QuestionType
from frontdoor.handling.applying import KnownDraft, locked_draft, remove_file, touch_draft
from frontdoor.handling.desk.drafts import draft_in_work
from frontdoor.handling.people import staff
from frontdoor.handling.recording import record_of_case
from frontdoor.handling.uploading import add_paper, papers_asked
from frontdoor.staff.models import User


class NoSuchPaper(LookupError):
    """This paper is not asked for, as the form now stands. Look at the page as it is now; nothing was kept."""


@dataclass(frozen=True)
class Paper:
    """A kind of evidence that is asked for, the files of it that are here, and whether it was promised by post."""

    kind: EvidenceKind
    files: tuple[DraftFile, ...]
    is_promised: bool


def papers_of(known: KnownDraft) -> dict[str, Paper]:
    """Every paper that the form asks for as it now stands, its own questions for files included, by its kind."""
    kinds = {kind.name: kind for kind in papers_asked(known)}
    for page in known.pages():
        if page.question.type is QuestionType.FILES and page.question.evidence:
            kinds[page.question.evidence] = known.pack.form.evidence[page.question.evidence]
    rows = DraftFile.objects.filter(draft=known.draft).select_related("file").defer("file__content")
    files = list(rows.order_by("pk"))
    promised = set(known.draft.papers_promised)
    return {
        name: Paper(kind, tuple(row for row in files if row.kind == name), name in promised)
        for name, kind in kinds.items()
    }


def take_paper(
    *,
    enquiry_id: UUID,
    kind: str,
    name: str,
    content: bytes | Readable,
    by: User,
    at: datetime,
    rng: Random,
) -> DraftFile:
    """A scan or a photo of a paper that the customer has with them.

    Raises MayNotTake, NotYourContact, ContactOver, DraftGone, NoSuchPaper, NotTaken, TooManyFiles.
    """
    known = draft_in_work(enquiry_id=enquiry_id, by=by, at=at)
    paper = papers_of(known).get(kind)
    if paper is None:
        raise NoSuchPaper
    return add_paper(draft_id=known.draft.pk, kind=paper.kind, name=name, content=content, at=at, rng=rng)


@transaction.atomic
def give_back(*, enquiry_id: UUID, draft_file: int, by: User, at: datetime) -> Draft:
    """Take a file out again. Raises MayNotTake, NotYourContact, ContactOver, DraftGone."""
    known = draft_in_work(enquiry_id=enquiry_id, by=by, at=at)
    return remove_file(draft_id=known.draft.pk, draft_file_id=draft_file, at=at)


@transaction.atomic
def keep_promised(*, enquiry_id: UUID, kinds: Collection[str], by: User, at: datetime) -> Draft:
    """Which papers the customer will post; only those that may come later. Raises as `give_back`."""
    known = draft_in_work(enquiry_id=enquiry_id, by=by, at=at)
    papers = papers_of(known)
    draft = locked_draft(known.draft.pk, at)
    draft.papers_promised = sorted(
        name for name in set(kinds) if name in papers and papers[name].kind.may_come_later
    )
    return touch_draft(draft, at)


def note_papers_to_come(*, case: Case, draft: Draft, by: User, at: datetime) -> list[str]:
    """Leave a note on the new case for whoever waits for the papers; the titles of those that are to come by post."""
    here = set(DraftFile.objects.filter(draft=draft).values_list("kind", flat=True))
    to_come = [name for name in draft.papers_promised if name not in here]
    titles = titles_of(draft=draft, kinds=to_come)
    if titles:
        written = write_note(case=case, by=by, words=f"To come by post: {'; '.join(titles)}.", at=at)
        facts = {"note": written.pk}
        record_of_case(case=case, event="note written", by=staff(by).actor, at=at, facts=facts)
    return titles


def titles_of(*, draft: Draft, kinds: Collection[str]) -> list[str]:
    """What these kinds of evidence are called."""
    described = pack_of(draft.pack).form.evidence
    return [described[name].title for name in kinds if name in described]
