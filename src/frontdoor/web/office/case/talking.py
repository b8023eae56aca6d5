"""Write to the customer, write a note for colleagues, and note that a message was read."""

from __future__ import annotations

import random

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from frontdoor.handling.allotting import note as keep_note
from frontdoor.handling.writing import NobodyToWriteTo, NothingSaid, note_read, write_to_customer
from frontdoor.web.office.case.opened import Opened, cannot, case_page
from frontdoor.web.office.notices import leave_notice

LONGEST = 10_000


@require_POST
@case_page
def write(opened: Opened) -> HttpResponse:
    """Send the customer a message."""
    try:
        write_to_customer(
            case_id=opened.case.pk,
            words=opened.request.POST.get("words", "")[:LONGEST],
            user=opened.user,
            at=opened.at,
            rng=random.SystemRandom(),
        )
    except (NothingSaid, NobodyToWriteTo) as refused:
        return cannot(opened, str(refused.__doc__))
    leave_notice(opened.request, _("Your message is on its way."))
    return opened.back("case_messages")


@require_POST
@case_page
def read(opened: Opened) -> HttpResponse:
    """What the customer wrote was read."""
    note_read(case_id=opened.case.pk, user=opened.user, at=opened.at)
    return opened.back("case_messages")


@require_POST
@case_page
def note(opened: Opened) -> HttpResponse:
    """Keep a note."""
    words = opened.request.POST.get("words", "").strip()[:LONGEST]
    if not words:
        return cannot(opened, _("There are no words in this note. Write what your colleagues should know."))
    keep_note(case_id=opened.case.pk, words=words, by=opened.user, at=opened.at)
    leave_notice(opened.request, _("Your note was kept. Only staff see it."))
    return opened.back("case_history")
