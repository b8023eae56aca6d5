"""Papers and photos: a list of what is asked for, a page for each kind, and files that come within the form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from frontdoor.cases.models import Draft, DraftFile
from frontdoor.forms.answers import FieldFault
from frontdoor.forms.asking import Page
from frontdoor.forms.definition import EvidenceKind
from frontdoor.handling.applying import (
    TooManyFiles,
    keep_answer,
    known_draft,
    pass_page,
    remove_file,
)
from frontdoor.handling.uploading import NotTaken, add_paper, papers_asked
from frontdoor.web.public.applying.steps import after_question, back_from, start_of
from frontdoor.web.public.applying.visit import CHANCE, Visit, with_draft
from frontdoor.web.public.fields import summary_of

FIELD = "file"
TYPES = {"image": "image/*", "pdf": "application/pdf"}


@dataclass(frozen=True)
class Paper:
    """A kind of evidence on the list: what it is, how many files came, and whether it can wait."""

    kind: EvidenceKind
    slug: str
    count: int


def slug_of(kind: str) -> str:
    """The name of a kind of evidence as it stands in an address."""
    return re.sub(r"[^a-z0-9]+", "-", kind.lower()).strip("-")


@require_http_methods(["GET", "POST"])
@with_draft
def papers(visit: Visit) -> HttpResponse:
    """The list of papers; going on says that the rest comes later."""
    listed = list_of(visit)
    if not listed:
        return redirect(start_of(visit))
    if visit.request.method == "GET":
        return _show_list(visit, listed, ())
    wanting = [paper for paper in listed if not paper.count and not paper.kind.may_come_later]
    if wanting:
        faults = [FieldFault(paper.slug, f"Add a file: {paper.kind.title}") for paper in wanting]
        return _show_list(visit, listed, faults)
    pass_page(draft_id=visit.draft.pk, page="papers", at=visit.at)
    return redirect("apply_check", service=visit.service)


def list_of(visit: Visit) -> list[Paper]:
    """The papers this customer is asked for, with how many files of each came."""
    kinds = list(DraftFile.objects.filter(draft=visit.draft).values_list("kind", flat=True))
    return [Paper(kind, slug_of(kind.name), kinds.count(kind.name)) for kind in papers_asked(visit.known)]


def _show_list(visit: Visit, listed: Sequence[Paper], faults: Sequence[FieldFault]) -> HttpResponse:
    context = {"papers": listed, "errors": summary_of(faults), "back": {"href": visit.page("tasks")}}
    return visit.show("public/apply/papers.html", context)


@require_http_methods(["GET", "POST"])
@with_draft
def paper(visit: Visit, slug: str) -> HttpResponse:
    """One kind of evidence: its files, one more, or on."""
    found = next((each for each in list_of(visit) if each.slug == slug), None)
    if found is None:
        raise Http404
    here = visit.page("paper", slug=slug)
    back = visit.page("papers")
    if visit.request.method == "GET":
        return _show_files(visit, found.kind, here, back, ())
    faults = _take_files(visit, found.kind)
    if faults:
        return _show_files(visit, found.kind, here, back, faults)
    return redirect(here if _adds_more(visit) else back)


def files_question(visit: Visit, page: Page) -> HttpResponse:
    """A question of the form that is answered by files: the same page, and then on with the form."""
    kind = visit.pack.form.evidence[page.question.evidence or ""]
    here = visit.page("question", question=page.question.id)
    back = back_from(visit, page.question.id)
    if visit.request.method == "GET":
        return _show_files(visit, kind, here, back, (), page)
    if f"{page.question.id}-later" in visit.request.POST and (
        kind.may_come_later or page.question.is_optional
    ):
        keep_answer(draft_id=visit.draft.pk, question=page.question.id, value=[], at=visit.at)
    elif faults := _take_files(visit, kind):
        return _show_files(visit, kind, here, back, faults, page)
    elif _adds_more(visit):
        return redirect(here)
    now = Visit(visit.request, known_draft(draft=_reread(visit), at=visit.at), visit.at)
    return redirect(after_question(now, page.question.id))


def _reread(visit: Visit) -> Draft:
    visit.draft.refresh_from_db()
    return visit.draft


def _adds_more(visit: Visit) -> bool:
    return visit.request.POST.get("do") == "add"


def _take_files(visit: Visit, kind: EvidenceKind) -> list[FieldFault]:
    """Keep what was uploaded; the words of what could not be kept."""
    chosen = visit.request.FILES.getlist(FIELD)
    if not chosen:
        has_any = DraftFile.objects.filter(draft=visit.draft, kind=kind.name).exists()
        return [] if has_any and not _adds_more(visit) else [FieldFault(FIELD, "Choose a file")]
    return [fault for file in chosen for fault in _take_file(visit, kind, file)]


def _take_file(visit: Visit, kind: EvidenceKind, file: UploadedFile[bytes]) -> list[FieldFault]:
    name = file.name or "file"
    try:
        add_paper(draft_id=visit.draft.pk, kind=kind, name=name, content=file, at=visit.at, rng=CHANCE)
    except NotTaken as problem:
        return [FieldFault(FIELD, f"{name[:80]}: {problem.words}")]
    except TooManyFiles as problem:
        return [FieldFault(FIELD, str(problem) or (TooManyFiles.__doc__ or ""))]
    return []


def _show_files(
    visit: Visit,
    kind: EvidenceKind,
    here: str,
    back: str,
    faults: Sequence[FieldFault],
    page: Page | None = None,
) -> HttpResponse:
    rows = (
        DraftFile.objects.filter(draft=visit.draft, kind=kind.name)
        .select_related("file")
        .defer("file__content")
    )
    files = [
        {"name": row.file.name, "size": row.file.size, "remove": visit.page("remove", file=row.pk)}
        for row in rows.order_by("pk")
    ]
    context = {
        "kind": kind,
        "question": page.question if page else None,
        "files": files,
        "accept": ",".join(TYPES[each] for each in sorted(kind.accepts)),
        "here": here,
        "errors": summary_of(faults),
        "back": {"href": back},
    }
    return visit.show("public/apply/paper.html", context)


@require_POST
@with_draft
def remove(visit: Visit, file: int) -> HttpResponse:
    """Take a file out again, and back to the page of its kind."""
    row = DraftFile.objects.filter(draft=visit.draft, pk=file).first()
    remove_file(draft_id=visit.draft.pk, draft_file_id=file, at=visit.at)
    asked = {paper.kind.name for paper in list_of(visit)}
    if row is not None and row.kind in asked:
        return redirect("apply_paper", service=visit.service, slug=slug_of(row.kind))
    return redirect(_question_for(visit, row.kind if row else ""))


def _question_for(visit: Visit, kind: str) -> str:
    for section in visit.pack.form.sections:
        for question in section.questions:
            if question.evidence == kind:
                return visit.page("question", question=question.id)
    return visit.page("papers")
