"""Targets: what figures are to come to; a manager sets them, everybody who sees figures sees them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from frontdoor.catalogue.published import our_catalogue
from frontdoor.insight.measures.every import BY_ID, MEASURES
from frontdoor.insight.measures.shape import Measure, Unit
from frontdoor.insight.models import Target
from frontdoor.insight.targets import NoSuchFigure, NotATarget, drop_target, set_target
from frontdoor.kernel.clock import now_utc
from frontdoor.staff.permissions import May, may
from frontdoor.web.insight.asked import Asked, asked_of
from frontdoor.web.insight.words import value_words
from frontdoor.web.office.access import StaffRequest, no_store, staff_page
from frontdoor.web.office.notices import leave_notice, take_notice
from frontdoor.web.words import date_words

MOST_ROWS = 200
UNITS = {
    Unit.COUNT: "",
    Unit.PER_CENT: "%",
    Unit.SECONDS: "s",
    Unit.DAYS: "days",
    Unit.RATIO: "",
    Unit.PER_THOUSAND: "",
    Unit.PENCE: "£",
}


@require_http_methods(["GET", "POST"])
@staff_page(May.SEE_FIGURES)
def targets(request: StaffRequest) -> HttpResponseBase:
    """The targets there are, newest period first; and a form to set one, for who may."""
    asked = asked_of(request)
    if request.method == "POST":
        return _set(request, asked)
    return no_store(render(request, "insight/targets.html", _context(request, asked)))


@require_POST
@staff_page(May.SET_TARGETS)
def drop(request: StaffRequest, target: int) -> HttpResponse:
    """Take one back."""
    drop_target(target_id=target, by=request.user, at=now_utc())
    leave_notice(request, _("The target was taken back."))
    return redirect("figures_targets")


@staff_page(May.SET_TARGETS)
def _set(request: StaffRequest, asked: Asked) -> HttpResponse:
    said = {name: request.POST.get(name, "").strip() for name in ("figure", "value")}
    try:
        if asked.fault:
            raise ValueError(asked.fault)
        set_target(
            measure=said["figure"],
            service=asked.service,
            period=asked.period,
            value=_value(said["value"], BY_ID.get(said["figure"])),
            by=request.user,
            at=now_utc(),
        )
    except (NoSuchFigure, NotATarget) as fault:
        return _again(request, asked, said, str(fault) or str(fault.__doc__))
    except ValueError as fault:
        return _again(request, asked, said, str(fault))
    leave_notice(request, _("The target is set."))
    return redirect("figures_targets")


def _value(text: str, measure: Measure | None) -> float:
    """A number as people write it; pounds are kept as pence."""
    plain = text.replace(",", "").replace("£", "").replace("%", "").strip()
    try:
        number = float(plain)
    except ValueError:
        raise ValueError(_("Write the target as a number, such as 80 or 12.5.")) from None
    if number != number:
        raise ValueError(_("Write the target as a number, such as 80 or 12.5."))
    return number * 100 if measure and measure.unit is Unit.PENCE else number


def _again(request: StaffRequest, asked: Asked, said: dict[str, str], fault: str) -> HttpResponse:
    context = {**_context(request, asked), "said": said, "fault": fault}
    return no_store(render(request, "insight/targets.html", context, status=400))


def _context(request: StaffRequest, asked: Asked) -> dict[str, Any]:
    may_set = may(request.user, May.SET_TARGETS)
    found = Target.objects.select_related("set_by").order_by("-last", "measure", "service")[:MOST_ROWS]
    return {
        "asked": asked,
        "may_set": may_set,
        "rows": [_row(each) for each in found],
        "figures": [{"value": each.id, "text": _with_unit(each)} for each in MEASURES],
        "services": [{"value": each.id, "text": each.name} for each in our_catalogue().by_name()],
        "said": {"figure": "", "value": ""},
        "fault": "",
        "notice": take_notice(request),
        "back": asked.address(reverse("figures")),
    }


def _with_unit(measure: Measure) -> str:
    unit = UNITS[measure.unit]
    return f"{measure.name} ({unit})" if unit else measure.name


def _row(target: Target) -> dict[str, Any]:
    measure, service = BY_ID.get(target.measure), our_catalogue().services.get(target.service)
    unit = measure.unit if measure else Unit.COUNT
    return {
        "id": target.pk,
        "figure": measure.name if measure else target.measure,
        "service": (service.name if service else target.service) or _("All services"),
        "period": f"{date_words(target.first)} to {date_words(target.last)}",
        "value": value_words(target.value, unit),
        "by": target.set_by.full_name,
    }
