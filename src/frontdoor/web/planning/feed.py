"""The calendar feed of somebody’s shifts."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from frontdoor.channels.calendars import CalendarEvent, calendar_feed
from frontdoor.kernel.clock import now_utc
from frontdoor.web.office.access import no_store
from frontdoor.web.planning.shown import parts_words
from frontdoor.workforce.records.asking.feeds import NoSuchFeed, shifts_behind


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar behind a secret link, for calendar programs; it tells times of work and nothing else."""
    try:
        user, shifts = shifts_behind(token=token, at=now_utc())
    except NoSuchFeed:
        raise Http404 from None
    events = [
        CalendarEvent(
            uid=f"shift-{each.pk}@{request.get_host().partition(':')[0]}",
            sequence=each.sequence,
            starts_at=each.starts_at,
            ends_at=each.ends_at,
            summary=_("Work"),
            description=parts_words(each),
            location="",
            organiser="",
            written_at=each.written_at,
        )
        for each in shifts
    ]
    name = _("Work, %(name)s") % {"name": user.full_name}
    return no_store(HttpResponse(calendar_feed(name, events), content_type="text/calendar; charset=utf-8"))
