"""The services as described: version, faults, example people and what comes of them, the states of a case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from frontdoor.catalogue.checking import Checked, check_folder_again, shown
from frontdoor.catalogue.examples import ExampleResult
from frontdoor.catalogue.pack import ContactService, Pack, Service
from frontdoor.catalogue.published import our_catalogue
from frontdoor.decisions.explain import sheet_as_text
from frontdoor.kernel.clock import day_of, now_utc
from frontdoor.staff.permissions import May
from frontdoor.web.office.access import StaffRequest, staff_page
from frontdoor.web.office.words import WAITS
from frontdoor.web.words import date_words

CONTACT_COLUMNS = ("Service", "Owner", "What people ask")
COLUMNS = ("Service", "Owner", "Decided", "Questions", "Criteria", "Example people", "Version")


@require_safe
@staff_page(May.DESIGN_SERVICES, May.SUPERVISE, May.SEE_FIGURES)
def services(request: StaffRequest) -> HttpResponse:
    """Every service offered, and every pack that cannot be because of its faults."""
    table = {
        "caption": _("Services"),
        "columns": [{"text": _(name)} for name in COLUMNS],
        "rows": [_row(pack) for pack in sorted(our_catalogue(), key=lambda pack: pack.service.name)],
        "empty": _("No service is offered. Put a pack into the folder of packs."),
    }
    left_out = [
        {"name": name, "faults": [str(fault) for fault in faults]}
        for name, faults in sorted(our_catalogue().left_out.items())
    ]
    context = {"table": table, "contacts_only": _contacts_only(), "left_out": left_out}
    return render(request, "office/services.html", context)


def _contacts_only() -> dict[str, Any]:
    return {
        "caption": _("Services that only take contacts"),
        "columns": [{"text": _(name)} for name in CONTACT_COLUMNS],
        "rows": [_contact_row(each) for each in our_catalogue().by_name() if not isinstance(each, Service)],
        "empty": _("Every service has a form."),
    }


def _contact_row(service: ContactService) -> list[dict[str, Any]]:
    return [
        {"text": service.name, "head": True, "sub": service.summary},
        {"text": service.owner, "sub": _("Restricted") if service.is_restricted else ""},
        {"text": ", ".join(each.title for each in service.enquiries.values())},
    ]


def _row(pack: Pack) -> list[dict[str, Any]]:
    rules = pack.rules[-1]
    return [
        {
            "text": pack.service.name,
            "href": reverse("office_service", args=[pack.id]),
            "head": True,
            "sub": pack.service.summary,
        },
        {"text": pack.service.owner, "sub": _("Restricted") if pack.service.is_restricted else ""},
        {
            "text": rules.automation.value.capitalize(),
            "sub": _("Rules of %(day)s") % {"day": date_words(rules.starts_on)},
        },
        {"text": str(sum(len(section.questions) for section in pack.form.sections))},
        {"text": str(sum(len(group.criteria) for group in rules.groups))},
        {"text": str(len(pack.examples))},
        {"text": pack.version[:12]},
    ]


@require_safe
@staff_page(May.DESIGN_SERVICES, May.SUPERVISE, May.SEE_FIGURES)
def service(request: StaffRequest, service: str) -> HttpResponse:
    """One service: what it asks, how it decides, how it moves, and its example people put through it."""
    pack = our_catalogue().packs.get(service)
    if pack is None:
        raise Http404
    checked = check_folder_again(Path(settings.PACKS_FOLDER) / pack.id, today=day_of(now_utc()))
    chosen = _chosen(checked, request.GET.get("example", ""))
    context = {
        "pack": pack,
        "rules": pack.rules[-1],
        "waits": WAITS,
        "faults": [{"where": f"{Path(f.file).name}, {f.line}", "words": str(f)} for f in checked.faults],
        "is_changed": checked.pack is not None and checked.pack.version != pack.version,
        "examples": [_example(result, chosen) for result in checked.results],
        "passed": sum(result.passed for result in checked.results),
        "chosen": chosen,
        "sheet": sheet_as_text(sheet=chosen.sheet, title=chosen.name) if chosen and chosen.sheet else "",
    }
    return render(request, "office/service.html", context)


def _chosen(checked: Checked, name: str) -> ExampleResult | None:
    return next((result for result in checked.results if result.name == name), None)


def _example(result: ExampleResult, chosen: ExampleResult | None) -> dict[str, Any]:
    return {
        "name": result.name,
        "passed": result.passed,
        "is_chosen": result is chosen,
        "expected": [
            {"key": key, "expected": shown(value), "got": shown(result.got[key])}
            for key, value in result.expected.items()
        ],
    }
