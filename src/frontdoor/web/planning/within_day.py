"""The rest of today: the forecast of the morning, what has come, and what is expected now, drawn and as tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from frontdoor.catalogue.published import our_catalogue
from frontdoor.contacts.models import Channel
from frontdoor.kernel.clock import day_of, now_utc
from frontdoor.staff.permissions import May
from frontdoor.web.office.access import StaffRequest, staff_page
from frontdoor.web.office.tables import as_csv, as_workbook
from frontdoor.web.planning.drawing import Band, Curve, curves_drawing
from frontdoor.web.planning.shown import clock, whole_hours
from frontdoor.web.words import time_words
from frontdoor.workforce.records.expected.within_day import Rest, rest_of_today
from frontdoor.workforce.records.rotas.covering import at_quarter
from frontdoor.workforce.rota.definition import HOUR

HEAD = (
    gettext_noop("From"),
    gettext_noop("Expected this morning"),
    gettext_noop("Came"),
    gettext_noop("Expected now"),
    gettext_noop("80% from"),
    gettext_noop("80% to"),
)
SERVICES = (
    gettext_noop("Service"),
    gettext_noop("Came"),
    gettext_noop("Expected by now"),
    gettext_noop("To come: this morning"),
    gettext_noop("To come: now"),
    gettext_noop("80 % of the time"),
)
KEY = (
    ("now", gettext_noop("Came")),
    ("plan", gettext_noop("Expected this morning")),
    ("then", gettext_noop("Expected now")),
    ("work", gettext_noop("80 % of the time within")),
)


def rest_shown(request: StaffRequest, now: datetime) -> dict[str, Any] | None:
    """The rest of the day of the service and channel of the address; None where there is nothing to update."""
    every = rest_of_today(at=now)
    if not every:
        return None
    one = _chosen(request, every)
    address = {"service": one.one[0], "channel": one.one[1]}
    return {
        "title": _named(one),
        "until": time_words(at_quarter(day_of(now), len(one.came))),
        "words": _words(one),
        "drawing": _drawing(one),
        "key": [{"style": style, "name": _(name)} for style, name in KEY],
        "table": {
            "caption": _("The rest of today by quarter hour"),
            "columns": _columns(HEAD),
            "rows": [_cells(row) for row in _rows(one)],
            "csv": reverse("plan_rest_download", args=["csv"], query=address),
            "xlsx": reverse("plan_rest_download", args=["xlsx"], query=address),
        },
        "together": _services([each for each in every if not each.one[0]], _("All services, by channel")),
        "services": _services([each for each in every if each.one[0]], _("Each service")),
    }


@require_safe
@staff_page(May.SUPERVISE, May.PLAN)
def download(request: StaffRequest, kind: str) -> HttpResponse:
    """The day by quarter hour to take away."""
    now = now_utc()
    every = rest_of_today(at=now)
    if not every:
        raise Http404
    head = [_(each) for each in HEAD]
    rows = _rows(_chosen(request, every))
    return (as_csv if kind == "csv" else as_workbook)(f"rest-of-{day_of(now)}", head, rows)


def _chosen(request: StaffRequest, every: Sequence[Rest]) -> Rest:
    """That of the address; else all calls, or whatever comes first."""
    asked = request.GET.get("service", ""), request.GET.get("channel", Channel.PHONE.value)
    found = {each.one: each for each in every}
    return found.get(asked) or found.get(("", Channel.PHONE.value)) or every[0]


def _named(rest: Rest) -> str:
    service, channel = rest.one
    found = our_catalogue().services.get(service)
    name = found.name if found else service or _("All services")
    return f"{name}, {str(Channel(channel).label).lower()}"


def _words(rest: Rest) -> str:
    expected, low, high = rest.to_come
    if not round(high):
        return _("Nothing more is expected today")
    return _("%(expected)s still to come, between %(low)s and %(high)s on four days of five") % {
        "expected": _number(expected),
        "low": f"{low:,.0f}",
        "high": f"{high:,.0f}",
    }


def _span(rest: Rest) -> range:
    """The hours in which anything is expected or came."""
    whole = [*rest.came, *rest.then_high]
    busy = [place for place in range(96) if rest.mean[place] >= 0.05 or whole[place] > 0]
    return whole_hours(busy)


def _drawing(rest: Rest) -> Any:
    span, over = _span(rest), len(rest.came)
    later = [place for place in span if place >= over]
    return curves_drawing(
        title=_("Contacts by quarter hour: expected this morning, what came, and what is expected now"),
        labels=[f"{place // HOUR}:00" for place in span],
        bands=[
            Band(
                "80",
                [rest.then_low[place - over] for place in later],
                [rest.then_high[place - over] for place in later],
                "likely",
                begins=span.index(later[0]) if later else 0,
            )
        ],
        curves=[
            Curve("morning", [rest.mean[place] for place in span], "plan"),
            Curve("came", [rest.came[place] if place < over else None for place in span], "now"),
            Curve("then", [rest.then[place - over] if place >= over else None for place in span], "then"),
        ],
    )


def _rows(rest: Rest) -> list[list[str]]:
    over = len(rest.came)
    return [
        [
            clock(place),
            f"{rest.mean[place]:.1f}",
            *(
                [f"{rest.came[place]:.0f}", "", "", ""]
                if place < over
                else ["", *_expected(rest, place - over)]
            ),
        ]
        for place in _span(rest)
    ]


def _expected(rest: Rest, place: int) -> list[str]:
    return [f"{rest.then[place]:.1f}", f"{rest.then_low[place]:.0f}", f"{rest.then_high[place]:.0f}"]


def _services(every: Sequence[Rest], caption: str) -> dict[str, Any]:
    return {
        "caption": caption,
        "columns": _columns(SERVICES),
        "rows": [
            [
                {
                    "text": _named(each),
                    "head": True,
                    "href": reverse(
                        "plan_today", query={"service": each.one[0], "channel": each.one[1]}, fragment="rest"
                    ),
                },
                {"text": f"{each.so_far:,.0f}"},
                {"text": _number(each.expected_so_far)},
                {"text": _number(each.expected_to_come)},
                {"text": _number(each.to_come[0])},
                {"text": f"{each.to_come[1]:,.0f} – {each.to_come[2]:,.0f}"},
            ]
            for each in every
        ],
    }


def _columns(head: Sequence[str]) -> list[dict[str, Any]]:
    return [{"text": _(text), "numeric": place > 0} for place, text in enumerate(head)]


def _cells(row: Sequence[str]) -> list[dict[str, Any]]:
    return [{"text": text, "head": place == 0} for place, text in enumerate(row)]


def _number(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0") if value < 10 else f"{value:,.0f}"
