"""My figures beside everybody’s and the targets."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from frontdoor.catalogue.published import our_council
from frontdoor.insight.measures.shape import Unit
from frontdoor.insight.periods import Period
from frontdoor.insight.summing import Scope
from frontdoor.insight.targets import aims_of
from frontdoor.kernel.clock import day_of, now_utc, start_of_day
from frontdoor.web.insight.words import value_words
from frontdoor.web.office.access import StaffRequest, no_store, staff_page
from frontdoor.web.planning.own import own_tabs
from frontdoor.web.words import date_words
from frontdoor.workforce.records.asking.figures import Taken, kept_by_everybody, taken
from frontdoor.workforce.records.attending.adhering import Kept
from frontdoor.workforce.records.attending.presence import kept_to


@require_safe
@staff_page()
def figures(request: StaffRequest) -> HttpResponse:
    """My figures of the last four weeks beside everybody’s and the targets."""
    today = day_of(now_utc())
    first = today - timedelta(days=28)
    aims = aims_of(period=Period(first, today), scope=Scope())
    mine = taken(first_on=first, last_on=today, user=request.user)
    every = taken(first_on=first, last_on=today)
    since, until = start_of_day(first), now_utc()
    my_kept = kept_to(since=since, until=until, people=[request.user.pk]).get(request.user.pk)
    all_kept = kept_by_everybody(since=since, until=until)
    target = {name: value_words(aims[name].value, unit) for name, unit in TARGETS.items() if name in aims}
    rows = [
        [_("Contacts answered"), str(mine.answered), str(every.answered), ""],
        [_("Average handling time"), _minutes(mine), _minutes(every), target.get("handling", "")],
        [
            _("Calls and chats answered within 20 seconds"),
            _share(mine.in_time),
            _share(every.in_time),
            target.get("service-level", ""),
        ],
        [
            _("Adherence: planned time spent as planned"),
            *_kept("adherence", my_kept, all_kept),
            kept_target("adherence"),
        ],
        [
            _("Conformance: time worked over work planned"),
            *_kept("conformance", my_kept, all_kept),
            kept_target("conformance"),
        ],
    ]
    context = {
        "tabs": own_tabs("own_figures"),
        "period": _("%(first)s to today") % {"first": date_words(first)},
        "table": {
            "caption": _("My figures"),
            "columns": [
                {"text": text, "numeric": place > 0}
                for place, text in enumerate((_("Figure"), _("Mine"), _("Everybody"), _("Target")))
            ],
            "rows": [[{"text": text, "head": place == 0} for place, text in enumerate(row)] for row in rows],
        },
    }
    return no_store(render(request, "planning/own_figures.html", context))


TARGETS = {"handling": Unit.SECONDS, "service-level": Unit.PER_CENT}


def _minutes(found: Taken) -> str:
    return value_words(found.handling.total_seconds() if found.handling else None, Unit.SECONDS)


def _share(share: float | None) -> str:
    return value_words(None if share is None else 100 * share, Unit.PER_CENT)


def _kept(what: str, mine: Kept | None, every: Kept | None) -> list[str]:
    return [_share(getattr(each, what) if each else None) for each in (mine, every)]


def kept_target(what: str) -> str:
    """What the council asks of adherence or conformance; empty where it asks nothing."""
    asked = getattr(our_council().planning, what)
    return "" if asked is None else f"{asked}%"
