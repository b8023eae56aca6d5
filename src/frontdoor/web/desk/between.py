"""What comes between the questions of a form at the desk: warnings, danger, reports nearby, and papers taken."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from frontdoor.cases.models import DraftFile
from frontdoor.forms.answers import FieldFault
from frontdoor.forms.definition import QuestionType
from frontdoor.handling.applying import KnownDraft, TooManyFiles
from frontdoor.handling.desk.filling import danger_in, pass_danger, pass_warning
from frontdoor.handling.desk.nearby import nearby_now, pass_nearby
from frontdoor.handling.desk.papers import Paper, give_back, keep_promised, papers_of, take_paper
from frontdoor.handling.uploading import NotTaken
from frontdoor.web.desk import shown
from frontdoor.web.desk.visit import CHANCE, Visit, says
from frontdoor.web.public.applying.papers import TYPES, slug_of

OWN = "desk:"
"""Fields of our own begin so: no question of a pack can be called that."""
PAPER = OWN + "paper:"


def between(visit: Visit, enquiry: UUID) -> bool:
    """Something between the questions was answered; False: it is the form itself that was typed into."""
    if passed := visit.posted(OWN + "passed"):
        pass_warning(enquiry_id=enquiry, name=passed, by=visit.user, at=visit.at)
    elif danger := visit.posted(OWN + "danger"):
        pass_danger(enquiry_id=enquiry, danger=danger, by=visit.user, at=visit.at)
    elif visit.posted(OWN + "nearby") == "none":
        pass_nearby(enquiry_id=enquiry, by=visit.user, at=visit.at)
    elif (file := visit.posted(OWN + "remove")).isdecimal():
        give_back(enquiry_id=enquiry, draft_file=int(file), by=visit.user, at=visit.at)
    else:
        return False
    return True


def interrupts_now(known: KnownDraft) -> bool:
    """Whether something has to be said before the form may be sent."""
    return danger_in(known) is not None or bool(nearby_now(known))


def between_shown(visit: Visit, known: KnownDraft) -> dict[str, Any] | None:
    """What has to be said or asked now, danger first; None where nothing stands between the questions."""
    heard = danger_in(known)
    if heard is not None:
        return {"danger": {"id": heard.danger, **shown.danger(heard)}, "reports": []}
    reports = nearby_now(known)
    if reports:
        return {"danger": None, "reports": reports, "asks_reach": visit.contact.customer_id is None}
    return None


def take_papers(visit: Visit, enquiry: UUID) -> tuple[FieldFault, ...]:
    """Keep the files that came with the form, and which papers will be posted; what could not be kept, in words."""
    promised = visit.request.POST.getlist(OWN + "promised")
    keep_promised(enquiry_id=enquiry, kinds=promised, by=visit.user, at=visit.at)
    chosen = [
        (field, file)
        for field in visit.request.FILES
        for file in visit.request.FILES.getlist(field)
        if field.startswith(PAPER)
    ]
    faults = [_take(visit, enquiry, field, file) for field, file in chosen]
    return tuple(fault for fault in faults if fault is not None)


def _take(visit: Visit, enquiry: UUID, field: str, file: UploadedFile[bytes]) -> FieldFault | None:
    name, kind = file.name or "file", field.removeprefix(PAPER)
    try:
        take_paper(
            enquiry_id=enquiry, kind=kind, name=name, content=file, by=visit.user, at=visit.at, rng=CHANCE
        )
    except NotTaken as problem:
        return FieldFault(_anchor(kind), f"{name[:80]}: {problem.words}")
    except TooManyFiles as problem:
        return FieldFault(_anchor(kind), says(problem))
    return None


def _anchor(kind: str) -> str:
    return f"paper-{slug_of(kind)}"


def papers_shown(known: KnownDraft) -> dict[str, dict[str, Any]]:
    """The papers that are asked for, by kind, as the page shows them."""
    in_form = {page.question.evidence for page in known.pages() if page.question.type is QuestionType.FILES}
    return {name: _paper(paper, name in in_form) for name, paper in papers_of(known).items()}


def _paper(paper: Paper, in_form: bool) -> dict[str, Any]:
    kind = paper.kind
    return {
        "kind": kind.name,
        "title": kind.title,
        "ask": kind.ask,
        "field": PAPER + kind.name,
        "id": _anchor(kind.name),
        "accept": ",".join(TYPES[each] for each in sorted(kind.accepts)),
        "files": [_file(row) for row in paper.files],
        "may_come_later": kind.may_come_later,
        "is_promised": paper.is_promised,
        "in_form": in_form,
    }


def _file(row: DraftFile) -> dict[str, Any]:
    return {"id": row.pk, "name": row.file.name, "size": row.file.size}
