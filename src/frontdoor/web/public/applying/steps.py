"""What comes next in an application, as an address. The forms engine says what is to be asked; this orders our own
pages (who it is for, reports nearby, papers, the list of tasks) around its questions.
"""

from __future__ import annotations

from frontdoor.catalogue.schema.service import KindOfCase
from frontdoor.handling.applying import KnownDraft
from frontdoor.handling.following import nearby_of_draft, nearby_page
from frontdoor.handling.uploading import papers_asked
from frontdoor.web.public.applying.visit import Visit

TOLD_IN_ONE_GO = (KindOfCase.REPORT, KindOfCase.FEEDBACK)
LONG_FORM = 15  # questions that apply; from here on a list of tasks shows how far one has come


def asks_who(known: KnownDraft) -> bool:
    """Whether it matters who fills in the form: a report of a problem or a word of thanks can come from anybody."""
    return known.pack.service.kind not in TOLD_IN_ONE_GO


def is_long(known: KnownDraft) -> bool:
    """Whether a list of tasks helps. A report is told in one go, however much may be asked of some."""
    if known.pack.service.kind in TOLD_IN_ONE_GO:
        return False
    every = sum(len(section.questions) for section in known.pack.form.sections)
    return every >= LONG_FORM and len(known.pack.form.sections) > 1


def start_of(visit: Visit) -> str:
    """Where an application begins or goes on: the first thing that is still to be done."""
    return between(visit) or first_missing(visit) or ending(visit)


def after_question(visit: Visit, question: str) -> str:
    """What follows a question that was just answered. Who came to change one answer goes back to the check."""
    if address := between(visit):
        return address
    if is_change(visit):
        return first_missing(visit) or ending(visit)
    every = visit.known.pages()
    order = [page.question.id for page in every]
    place = order.index(question) if question in order else -1
    if place < 0 or place + 1 == len(every):
        return _section_ends(visit) or first_missing(visit) or ending(visit)
    here, there = every[place], every[place + 1]
    if here.section.id != there.section.id and (address := _section_ends(visit)):
        return address
    return visit.page("question", question=there.question.id)


def between(visit: Visit) -> str | None:
    """A page that must come before any more is asked: who it is for, a warning, reports nearby."""
    known = visit.known
    if asks_who(known) and not known.has_passed("who"):
        return visit.page("who")
    if known.interrupt() is not None:
        return visit.page("note")
    page = nearby_page(known)
    if page and not known.has_passed(page) and nearby_of_draft(known=known):
        return visit.page("nearby")
    return None


def first_missing(visit: Visit) -> str | None:
    """The first question without an answer that passes."""
    open_pages = visit.known.pages_missing()
    return visit.page("question", question=open_pages[0].question.id) if open_pages else None


def ending(visit: Visit) -> str:
    """Everything is answered: papers once, then the check."""
    if papers_asked(visit.known) and not visit.known.has_passed("papers"):
        return visit.page("papers")
    return visit.page("check")


def _section_ends(visit: Visit) -> str | None:
    """Between sections of a long form the list of tasks shows how far one has come."""
    if is_long(visit.known) and visit.known.pages_missing():
        return visit.page("tasks")
    return None


def back_from(visit: Visit, question: str) -> str:
    """Where the back link of a question leads: the one before, or the check where one came to change an answer."""
    if is_change(visit):
        return visit.page("check")
    order = [page.question.id for page in visit.known.pages()]
    place = order.index(question) if question in order else 0
    if place > 0:
        return visit.page("question", question=order[place - 1])
    return visit.page("who") if visit.known.has_passed("who") else visit.page("start")


def is_change(visit: Visit) -> bool:
    """Whether the customer came from the check to change one answer."""
    return "change" in visit.request.GET
