"""A new date for a promise, told to the customer; and reports that are about the same thing."""

from __future__ import annotations

import random
from datetime import date, datetime

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from frontdoor.cases.models import Promise
from frontdoor.cases.permissions import require_handling, visible_to
from frontdoor.handling.following import link_report
from frontdoor.handling.promises import MovedBefore, NotLater, TooMuchLater, give_new_date
from frontdoor.handling.wording import date_in_words
from frontdoor.kernel.clock import day_of, end_of_day
from frontdoor.kernel.ids import read_reference
from frontdoor.web.office.case.files import revision_of
from frontdoor.web.office.case.opened import Opened, cannot, case_page
from frontdoor.web.office.notices import leave_notice
from frontdoor.web.office.words import slug


@require_http_methods(["GET", "POST"])
@case_page
def promise(opened: Opened, name: str) -> HttpResponse:
    """Give a promise a later date, with words that say why."""
    require_handling(opened.user, opened.case)
    running = _running(opened, name)
    if opened.request.method == "POST":
        return _give(opened, running)
    return _form(opened, running, {})


def _running(opened: Opened, name: str) -> Promise:
    running = Promise.objects.filter(case=opened.case, kept_at__isnull=True, dropped_at__isnull=True)
    found = next((each for each in running if slug(each.name) == name), None)
    if found is None:
        raise Http404
    return found


def _form(opened: Opened, running: Promise, faults: dict[str, str]) -> HttpResponse:
    described = opened.known.pack.journey.promises[running.name]
    errors = [{"text": words, "href": f"#{field}"} for field, words in faults.items()]
    post = opened.request.POST
    context = {
        "promise": running,
        "says": described.says,
        "tells": described.missed_update is not None,
        "faults": faults,
        "errors": errors,
        "typed": {"day": post.get("day", ""), "words": post.get("words", "")},
    }
    return opened.show("office/case/promise.html", context, status=400 if faults else 200)


def _give(opened: Opened, running: Promise) -> HttpResponse:
    post = opened.request.POST
    due_at, words = _end_of(post.get("day", "")), post.get("words", "").strip()
    faults = {} if due_at else {"day": _("Enter the new date")}
    if not words:
        faults["words"] = _("Write why it takes longer, as the customer will read it")
    if faults or due_at is None:
        return _form(opened, running, faults)
    try:
        give_new_date(
            case_id=opened.case.pk,
            promise=running.name,
            due_at=due_at,
            words=words,
            revision=revision_of(opened),
            user=opened.user,
            at=opened.at,
            rng=random.SystemRandom(),
        )
    except NotLater:
        return _form(opened, running, {"day": _("Choose a day later than the one the customer has now")})
    except TooMuchLater as error:
        last = date_in_words(day_of(error.latest_at))
        return _form(opened, running, {"day": _("Choose a day no later than %(day)s") % {"day": last}})
    except MovedBefore:
        once = _(
            "The date was moved once already, and may not be moved again. Answer by the date the customer has"
        )
        return _form(opened, running, {"day": once})
    leave_notice(opened.request, _("The new date was given."))
    return opened.back()


def _end_of(typed: str) -> datetime | None:
    try:
        return end_of_day(date.fromisoformat(typed))
    except ValueError:
        return None


@require_POST
@case_page
def link(opened: Opened) -> HttpResponse:
    """Say that another report is about the same thing. Neither is merged."""
    reference = read_reference(opened.request.POST.get("other", ""))
    other = visible_to(opened.user).filter(reference=reference).exclude(pk=opened.case.pk).first()
    if other is None:
        return cannot(
            opened, _("There is no other case of this reference that you may see. Check how it is written.")
        )
    link_report(case_id=opened.case.pk, other_id=other.pk, user=opened.user, at=opened.at)
    leave_notice(opened.request, _("Linked with %(reference)s.") % {"reference": other.reference})
    return opened.back("case_record")
