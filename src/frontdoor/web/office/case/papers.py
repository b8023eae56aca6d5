"""The papers of a case: which one is on show beside the sheet, and how each stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from frontdoor.cases.models import Evidence, EvidenceStatus
from frontdoor.web.office.case.sheet import STATUS_TONES, kind_title
from frontdoor.web.words import date_words

if TYPE_CHECKING:
    from frontdoor.web.office.case.opened import Opened


def papers_of(opened: Opened) -> list[Evidence]:
    """Every piece of evidence of the case with its file (not the file's content), oldest first."""
    found = Evidence.objects.filter(case=opened.case).select_related("file", "seen_by").defer("file__content")
    return list(found.order_by("added_at", "pk"))


def on_show(papers: list[Evidence], wanted: str) -> Evidence | None:
    """The paper to show: the one asked for, else the first nobody has looked at, else the first there is."""
    with_file = [paper for paper in papers if paper.file_id]
    chosen = [paper for paper in with_file if str(paper.pk) == wanted]
    fresh = [paper for paper in with_file if paper.status == EvidenceStatus.RECEIVED]
    return next(iter([*chosen, *fresh, *with_file]), None)


def card(opened: Opened, paper: Evidence, shown: UUID | None) -> dict[str, Any]:
    """A paper as its card shows it."""
    status = EvidenceStatus(paper.status)
    file = paper.file
    return {
        "id": paper.pk,
        "title": kind_title(paper.kind, opened.known),
        "kind": "note" if file is None else "picture" if file.content_type.startswith("image/") else "file",
        "tag": {"text": status.label, "tone": STATUS_TONES[status]},
        "href": f"{opened.href('case')}?look={paper.pk}#paper" if file else "",
        "size": file.size if file else 0,
        "at": paper.added_at,
        "by": "",
        "words": _words(paper),
        "is_shown": paper.pk == shown,
    }


def _words(paper: Evidence) -> str:
    parts = []
    if paper.dated_on:
        parts.append(_("Dated %(day)s.") % {"day": date_words(paper.dated_on)})
    if paper.seen_by and paper.seen_at:
        parts.append(_("Looked at by %(name)s.") % {"name": paper.seen_by.full_name})
    if paper.why_not:
        parts.append(paper.why_not)
    return " ".join(parts)


def view_of(opened: Opened, paper: Evidence | None) -> dict[str, Any] | None:
    """The paper on show: its file inline, and the form by which it is judged."""
    if paper is None or paper.file is None:
        return None
    kind = opened.known.pack.form.evidence.get(paper.kind)
    return {
        "id": paper.pk,
        "title": kind_title(paper.kind, opened.known),
        "name": paper.file.name,
        "href": opened.href("case_file", file=paper.file.pk),
        "is_picture": paper.file.content_type.startswith("image/"),
        "is_pdf": paper.file.content_type == "application/pdf",
        "scanned": paper.file.scanned,
        "judge": opened.href("case_judge", evidence=paper.pk),
        "status": paper.status,
        "tag": {
            "text": EvidenceStatus(paper.status).label,
            "tone": STATUS_TONES[EvidenceStatus(paper.status)],
        },
        "ask": kind.ask if kind else "",
        "no_older_than": kind.no_older_than if kind else None,
        "dated_on": paper.dated_on,
        "why_not": paper.why_not,
        "words": _words(paper),
    }
