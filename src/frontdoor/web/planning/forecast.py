"""The planner’s first page: what is expected of a day with its bounds, what came, and how the forecast has done."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from frontdoor.catalogue.published import our_catalogue
from frontdoor.contacts.models import Channel
from frontdoor.insight.measures.shape import Unit
from frontdoor.kernel.clock import day_of, now_utc
from frontdoor.staff.permissions import May, may
from frontdoor.web.insight.words import value_words
from frontdoor.web.office.access import StaffRequest, no_store, staff_page
from frontdoor.web.office.notices import leave_notice, take_notice
from frontdoor.web.office.tables import as_csv, as_workbook
from frontdoor.web.planning.drawing import Band, Curve, curves_drawing
from frontdoor.web.planning.shown import clock, open_day_asked, whole_hours
from frontdoor.web.planning.tabs import plan_tabs, work_shown
from frontdoor.web.skills.asked import NotSaid, doc, said_day, said_number
from frontdoor.web.words import date_words, day_words
from frontdoor.workforce.records.expected.forecasts import One, Shown, latest_for, score_of, series_of, shown
from frontdoor.workforce.records.models import LongWork, PublishedForecast, WorkKind
from frontdoor.workforce.records.working import SuchWorkGoesOn, ask_work, latest_work, stop_work
from frontdoor.workforce.rota.definition import HOUR

DAY = timedelta(days=1)
KEY = (
    ("now", "What came"),
    ("plan", "Expected"),
    ("work", "80 % of the time within"),
    ("nearly", "95 % of the time within"),
)
HEAD = ("From", "Expected", "80% from", "80% to", "95% from", "95% to", "Came")


@require_safe
@staff_page(May.PLAN, May.SUPERVISE)
def forecast(request: StaffRequest) -> HttpResponse:
    """A day of a service on a channel."""
    now = now_utc()
    on, published, one = _asked(request)
    found = shown(on=on, one=one, at=now) if published else None
    address = {"on": on.isoformat(), "service": one[0], "channel": one[1]}
    context = {
        "tabs": plan_tabs("plan"),
        "title": day_words(on),
        "page": reverse("plan"),
        "filters": _filters(on, one, published),
        "before": reverse("plan", query={**address, "on": (on - DAY).isoformat()}),
        "after": reverse("plan", query={**address, "on": (on + DAY).isoformat()}),
        "cards": _cards(found, published, one),
        "drawing": _drawing(found) if found else "",
        "key": [{"style": style, "name": _(name)} for style, name in KEY],
        "table": _table(found, address) if found else None,
        "is_closed": found is not None and not any(found.day.mean) and not any(found.came or ()),
        "published": published,
        "may_plan": may(request.user, May.PLAN),
        "work": work_shown(latest_work(WorkKind.FORECAST)),
        "tomorrow": (day_of(now) + DAY).isoformat(),
        "notice": take_notice(request),
    }
    return no_store(render(request, "planning/forecast.html", context))


@require_safe
@staff_page(May.PLAN, May.SUPERVISE)
def download(request: StaffRequest, kind: str) -> HttpResponse:
    """The day’s table to take away."""
    on, _published, one = _asked(request)
    found = shown(on=on, one=one, at=now_utc())
    if found is None:
        raise Http404
    head = [_(each) for each in HEAD]
    return (as_csv if kind == "csv" else as_workbook)(f"forecast-{on}", head, _rows(found))


def _asked(request: StaffRequest) -> tuple[date, PublishedForecast | None, One]:
    """The day and series of the address; what cannot be read, or was not forecast, is the first that was."""
    on = open_day_asked(request)
    published = latest_for(on=on)
    there = series_of(published) if published else []
    one = request.GET.get("service", ""), request.GET.get("channel", Channel.PHONE.value)
    return on, published, one if one in there or not there else there[0]


def _filters(on: date, one: One, published: PublishedForecast | None) -> list[dict[str, Any]]:
    there = series_of(published) if published else []
    services = [{"value": name, "text": _service(name)} for name in dict.fromkeys(each[0] for each in there)]
    channels = [
        {"value": name, "text": str(Channel(name).label)} for name in sorted({each[1] for each in there})
    ]
    return [
        {"name": "on", "label": _("Day"), "type": "date", "value": on.isoformat()},
        {"name": "service", "label": _("Service"), "type": "select", "value": one[0], "options": services},
        {"name": "channel", "label": _("Channel"), "type": "select", "value": one[1], "options": channels},
    ]


def _service(name: str) -> str:
    found = our_catalogue().services.get(name)
    return found.name if found else name or _("All services")


def _cards(found: Shown | None, published: PublishedForecast | None, one: One) -> list[dict[str, Any]]:
    if found is None or published is None:
        return []
    cards = [{"label": _("Expected on this day"), "value": _number(sum(found.day.mean))}]
    if found.came is not None:
        so_far = len(found.came)
        note = _("%(expected)s expected by then") % {"expected": _number(sum(found.day.mean[:so_far]))}
        cards.append({"label": _("Came"), "value": _number(sum(found.came)), "note": note})
    score = score_of(published, one)
    if score is not None:
        chance = _per_cent(score.chance_wape[0])
        cards.append(
            {
                "label": _("Off by, over its days so far"),
                "value": _per_cent(score.wape[0]),
                "note": _("%(chance)s is chance alone") % {"chance": chance},
            }
        )
        cards.append(
            {
                "label": _("Quarter hours within the 80 % bounds"),
                "value": _per_cent(score.cover80[0]),
                "note": _("more than 80 % where few come: bounds are whole contacts"),
            }
        )
    return cards


def _per_cent(share: Any) -> str:
    """A share that may not be a number, where nothing could be compared."""
    return value_words(100 * float(share) if share == share else None, Unit.PER_CENT)


def _number(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0")


def _open(found: Shown) -> range:
    """The quarter hours in which anything is expected or came, by whole hours."""
    came = found.came or []
    busy = [
        place
        for place in range(96)
        if found.day.high95[place] > 0
        or found.day.mean[place] >= 0.05
        or (place < len(came) and came[place] > 0)
    ]
    return whole_hours(busy)


def _drawing(found: Shown) -> Any:
    places, day = _open(found), found.day
    came = [
        found.came[place] if found.came is not None and place < len(found.came) else None for place in places
    ]
    cut = slice(places.start, places.stop)
    return curves_drawing(
        title=_("Contacts by quarter hour: expected with bounds, and what came"),
        labels=[f"{place // HOUR}:00" for place in places],
        bands=[
            Band("95", day.low95[cut], day.high95[cut], "nearly"),
            Band("80", day.low80[cut], day.high80[cut], "likely"),
        ],
        curves=[Curve("expected", day.mean[cut], "plan"), Curve("came", came, "now")],
    )


def _rows(found: Shown) -> list[list[str]]:
    day, came = found.day, found.came
    return [
        [
            clock(place),
            f"{day.mean[place]:.2f}",
            *(f"{values[place]:.0f}" for values in (day.low80, day.high80, day.low95, day.high95)),
            f"{came[place]:.0f}" if came is not None and place < len(came) else "",
        ]
        for place in _open(found)
    ]


def _table(found: Shown, address: dict[str, str]) -> dict[str, Any]:
    return {
        "caption": _("By quarter hour"),
        "columns": [{"text": _(text), "numeric": place > 0} for place, text in enumerate(HEAD)],
        "rows": [
            [{"text": text, "head": place == 0} for place, text in enumerate(row)] for row in _rows(found)
        ],
        "csv": reverse("plan_download", args=["csv"], query=address),
        "xlsx": reverse("plan_download", args=["xlsx"], query=address),
    }


@require_POST
@staff_page(May.PLAN)
def make(request: StaffRequest) -> HttpResponse:
    """Ask for a new forecast; a worker makes it."""
    try:
        first = said_day(request, "first", _("the first day"))
        days = said_number(request, "days", _("how many days"), least=1, most=190)
        if first <= day_of(now_utc()):
            raise NotSaid(_("A forecast begins tomorrow or later. Nothing was changed."))
        asked = {"first": first.isoformat(), "days": days}
        ask_work(kind=WorkKind.FORECAST, asked=asked, by=request.user, at=now_utc())
    except (NotSaid, SuchWorkGoesOn) as fault:
        leave_notice(request, doc(fault), kind="info")
    else:
        words = ngettext(
            "Forecasting %(n)d day from %(first)s.", "Forecasting %(n)d days from %(first)s.", days
        )
        leave_notice(request, words % {"n": days, "first": date_words(first)})
    return redirect("plan")


@require_safe
@staff_page(May.PLAN)
def work(request: StaffRequest, number: int) -> HttpResponse:
    """The panel of long work as it stands, to be looked at again and again."""
    found = get_object_or_404(LongWork, pk=number)
    return no_store(render(request, "planning/_work.html", {"work": work_shown(found)}))


@require_POST
@staff_page(May.PLAN)
def stop(request: StaffRequest, number: int) -> HttpResponse:
    """Stop long work."""
    found = get_object_or_404(LongWork, pk=number)
    stop_work(work_id=number, by=request.user, at=now_utc())
    leave_notice(request, _("It stops at its next step."))
    if found.kind == WorkKind.WHAT_IF:
        return redirect("plan_what_ifs")
    if found.kind in (WorkKind.ROTA, WorkKind.NEED):
        return redirect(reverse("plan_rota", query={"on": found.asked["monday"]}))
    return redirect("plan")
