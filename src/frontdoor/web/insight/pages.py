"""The page of figures, the report made of it, and its tables to take away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from frontdoor.catalogue.published import our_catalogue, our_council
from frontdoor.channels.reports import Report, Table, render_report
from frontdoor.contacts.models import Channel
from frontdoor.insight.figures import Figure, Row, by_channel, by_month, by_service, figures_of
from frontdoor.insight.measures import BY_ID, MEASURES, Measure
from frontdoor.insight.models import ReadUpTo
from frontdoor.kernel.clock import now_utc
from frontdoor.staff.permissions import May
from frontdoor.web.insight.asked import Asked, asked_of
from frontdoor.web.insight.chart import Line, line_chart
from frontdoor.web.insight.words import (
    before_words,
    change_words,
    figure_words,
    month_words,
    short_month_words,
    tone_of,
)
from frontdoor.web.office.access import StaffRequest, no_store, staff_page
from frontdoor.web.office.tables import as_csv, as_workbook

IN_TABLES: Sequence[Measure] = [BY_ID[name] for name in ("received", "answered", "answered-share")]
"""As councils publish them: received, answered or completed, and per cent, beside the year before (domain 12)."""
OVER_TIME = BY_ID["received"]
_CHANNELS, _SERVICES, _MONTHS = "channels", "services", "months"
TABLES = {_CHANNELS: by_channel, _SERVICES: by_service, _MONTHS: by_month}
HOW = gettext_noop("How the figures are worked out")


@require_safe
@staff_page(May.SEE_FIGURES)
def figures(request: StaffRequest) -> HttpResponse:
    """Every measure, then the same by channel, by service and by month."""
    return no_store(render(request, "insight/figures.html", _context(asked_of(request), reverse("figures"))))


@require_safe
@staff_page(May.SEE_FIGURES)
def report(request: StaffRequest) -> HttpResponse:
    """The same for a committee: one page to print or to save as PDF, with the council's name and every definition."""
    context = _context(asked_of(request), reverse("figures_report"))
    return no_store(render(request, "insight/report.html", {**context, "council_name": our_council().name}))


@require_safe
@staff_page(May.SEE_FIGURES)
def report_pdf(request: StaffRequest) -> HttpResponse:
    """The report as PDF."""
    asked = asked_of(request)
    every = _all_figures(figures_of(period=asked.period, scope=asked.scope))
    tables = [Table(_("The figures"), *_in_words(every))]
    for name, title in ((_CHANNELS, _("By channel")), (_SERVICES, _("By service")), (_MONTHS, _("By month"))):
        tables.append(Table(title, *_rows(name, _found(name, asked))))
    made = Report(
        council=our_council().name,
        title=_("Customer service report"),
        period=_("%(period)s, beside the same period a year before") % {"period": asked.words},
        tables=tables,
        words="\n\n".join([f"## {_(HOW)}", *(f"**{each.name}.** {each.definition}" for each in MEASURES)]),
        made_at=now_utc(),
    )
    response = HttpResponse(render_report(made), content_type="application/pdf")
    name = f"customer-service-report-{asked.period.first}-to-{asked.period.last}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return no_store(response)


def _in_words(table: dict[str, Any]) -> tuple[list[str], list[list[str]]]:
    head = [column["text"] for column in table["columns"]]
    return head, [[cell["text"] for cell in row] for row in table["rows"]]


def _context(asked: Asked, page: str) -> dict[str, Any]:
    mark = ReadUpTo.objects.first()
    every = figures_of(period=asked.period, scope=asked.scope)
    months = _found(_MONTHS, asked)
    return {
        "asked": asked,
        "period": asked.words,
        "counted_at": mark.at if mark else None,
        "filters": asked.filters(),
        "shortcuts": asked.shortcuts(page),
        "cards": [_card(each, asked) for each in every if each.value is not None or each.is_kept_back],
        "all_figures": _all_figures(every),
        "definitions": [{"name": each.name, "words": each.definition} for each in MEASURES],
        "channels": _table(_CHANNELS, _("By channel"), asked, _found(_CHANNELS, asked)),
        "services": _table(_SERVICES, _("By service"), asked, _found(_SERVICES, asked)),
        "chart": _chart(months),
        "months": _table(_MONTHS, _("By month"), asked, months),
        "report": asked.address(reverse("figures_report")),
        "report_pdf": asked.address(reverse("figures_report_pdf")),
        "page": asked.address(reverse("figures")),
        "contacts": asked.address(reverse("figures_contacts")),
    }


def _card(figure: Figure, asked: Asked) -> dict[str, Any]:
    before = before_words(figure)
    note = "" if before == "–" else _("%(before)s a year before") % {"before": before}
    change = change_words(figure)
    card = {
        "label": figure.measure.name,
        "value": figure_words(figure),
        "note": f"{note}, {change}" if note and change else note,
        "tone": tone_of(figure),
    }
    if figure.measure.id == "received":
        card["href"] = asked.address(reverse("figures_contacts"))
    return card


def _all_figures(every: Sequence[Figure]) -> dict[str, Any]:
    columns = [_("Measure"), _("This period"), _("A year before"), _("Change")]
    return {
        "caption": _("Every measure"),
        "columns": [{"text": text, "numeric": place > 0} for place, text in enumerate(columns)],
        "rows": [
            [
                {"text": each.measure.name, "head": True},
                {"text": figure_words(each)},
                {"text": before_words(each)},
                {"text": change_words(each)},
            ]
            for each in every
        ],
    }


def _found(name: str, asked: Asked) -> list[Row]:
    return TABLES[name](period=asked.period, scope=asked.scope, measures=IN_TABLES)


def _table(name: str, caption: str, asked: Asked, found: Sequence[Row]) -> dict[str, Any]:
    head, rows = _rows(name, found)
    return {
        "caption": caption,
        "columns": [{"text": text, "numeric": place > 0} for place, text in enumerate(head)],
        "rows": [[{"text": text, "head": place == 0} for place, text in enumerate(row)] for row in rows],
        "empty": _("Nothing was counted in this period."),
        "csv": asked.address(reverse("figures_download", args=[name, "csv"])),
        "xlsx": asked.address(reverse("figures_download", args=[name, "xlsx"])),
    }


def _rows(name: str, found: Sequence[Row]) -> tuple[list[str], list[list[str]]]:
    first = {_CHANNELS: _("Channel"), _SERVICES: _("Service"), _MONTHS: _("Month")}[name]
    head = [first]
    for measure in IN_TABLES:
        head += [measure.name, _("a year before")]
    return head, [[_name(name, row), *_cells(row)] for row in found]


def _cells(row: Row) -> list[str]:
    cells = []
    for measure in IN_TABLES:
        figure = row.figures[measure.id]
        cells += [figure_words(figure), before_words(figure)]
    return cells


def _name(table: str, row: Row) -> str:
    if table == _CHANNELS:
        return str(Channel(row.name).label) if row.name in Channel.values else _("Not known")
    if table == _SERVICES:
        service = our_catalogue().services.get(row.name)
        return service.name if service else row.name or _("Not known")
    return month_words(row.name)


def _chart(months: Sequence[Row]) -> dict[str, Any]:
    found = [row.figures[OVER_TIME.id] for row in months]
    lines = [
        Line(_("This period"), [each.value for each in found], "now"),
        Line(_("A year before"), [each.before for each in found], "before"),
    ]
    title = _("Contacts received by month, this period and a year before")
    return {
        "svg": line_chart(title=title, labels=[short_month_words(row.name) for row in months], lines=lines),
        "lines": lines,
        "title": title,
    }


@require_safe
@staff_page(May.SEE_FIGURES)
def download(request: StaffRequest, table: str, kind: str) -> HttpResponse:
    """A table as CSV or as a workbook."""
    if table not in TABLES or kind not in ("csv", "xlsx"):
        raise Http404
    asked = asked_of(request)
    head, rows = _rows(table, _found(table, asked))
    name = f"figures-{table}-{asked.period.first}-to-{asked.period.last}"
    return no_store((as_csv if kind == "csv" else as_workbook)(name, head, rows))
