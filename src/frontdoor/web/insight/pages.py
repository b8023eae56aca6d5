"""The pages of figures, the report made of them, and their tables to take away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from frontdoor.catalogue.published import our_council
from frontdoor.channels.reports import Report, Table, render_report
from frontdoor.insight.figures import Figure, figures_of
from frontdoor.insight.measures.every import BY_ID, MEASURES
from frontdoor.insight.measures.shape import Measure
from frontdoor.insight.models import ReadUpTo
from frontdoor.insight.summing import read_once
from frontdoor.insight.targets import Aim, aims_of
from frontdoor.kernel.clock import now_utc
from frontdoor.staff.permissions import May, may
from frontdoor.web.insight.asked import Asked, asked_of
from frontdoor.web.insight.tables import SUBJECTS, TABLES, table_of, words_of
from frontdoor.web.insight.words import aim_words, before_words, change_words, figure_words, tone_of
from frontdoor.web.office.access import StaffRequest, no_store, staff_page
from frontdoor.web.office.tables import as_csv, as_workbook

REPORTED: Sequence[str] = (
    "months",
    "channels",
    "services",
    "settled",
    "online",
    "published",
    "endings",
    "causes",
    "avoidable",
    "feedback",
    "costs",
)
"""The tables of the report, in order."""
HOW = gettext_noop("How the figures are worked out")


@require_safe
@staff_page(May.SEE_FIGURES)
@read_once()
def figures(request: StaffRequest, subject: str = "") -> HttpResponse:
    """The figures of a subject, large and in tables; every figure on the first page."""
    if subject not in SUBJECTS:
        raise Http404
    asked, shown = asked_of(request), SUBJECTS[subject]
    page = _address(subject)
    every = _told(asked, MEASURES if not subject else [BY_ID[name] for name in shown.cards])
    told = {each.figure.measure.id: each for each in every}
    mark = ReadUpTo.objects.first()
    context = {
        **_shared(asked, every),
        "asked": asked,
        "counted_at": mark.at if mark else None,
        "title": _(shown.title),
        "tabs": _tabs(asked, subject),
        "filters": asked.filters(),
        "shortcuts": asked.shortcuts(page),
        "page": page,
        "cards": [_card(told[name], asked) for name in shown.cards if told[name].is_shown],
        "all_figures": None if subject else _all_figures(every, asked),
        "tables": [table_of(name, asked) for name in shown.tables],
        "report": asked.address(reverse("figures_report")),
        "targets": asked.address(reverse("figures_targets")),
        "surveys": asked.address(reverse("figures_surveys")) if may(request.user, May.READ_SURVEYS) else "",
        "complaints": asked.address(reverse("figures_complaints")),
    }
    return no_store(render(request, "insight/figures.html", context))


@require_safe
@staff_page(May.SEE_FIGURES)
@read_once()
def report(request: StaffRequest) -> HttpResponse:
    """The same for a committee: one page to print or to save as PDF, with the council's name and every definition."""
    asked = asked_of(request)
    every = _told(asked, MEASURES)
    context = {
        **_shared(asked, every),
        "council_name": our_council().name,
        "all_figures": _all_figures(every, asked),
        "tables": [table_of(name, asked) for name in REPORTED],
        "page": asked.address(reverse("figures")),
    }
    return no_store(render(request, "insight/report.html", context))


@require_safe
@staff_page(May.SEE_FIGURES)
@read_once()
def report_pdf(request: StaffRequest) -> HttpResponse:
    """The report as PDF."""
    asked = asked_of(request)
    every = _told(asked, MEASURES)
    first = _all_figures(every, asked)
    tables = [Table(_("The figures"), *_in_words(first))]
    tables += [Table(_(TABLES[name].title), *words_of(name, asked)) for name in REPORTED]
    made = Report(
        council=our_council().name,
        title=_("Customer service report"),
        period=_("%(period)s, beside the same period a year before") % {"period": asked.words},
        tables=[table for table in tables if table.rows],
        words="\n\n".join(
            [f"## {_(HOW)}", *(f"**{each['name']}.** {each['words']}" for each in _definitions(every))]
        ),
        made_at=now_utc(),
    )
    response = HttpResponse(render_report(made), content_type="application/pdf")
    name = f"customer-service-report-{asked.period.first}-to-{asked.period.last}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return no_store(response)


@dataclass(frozen=True)
class Told:
    """A figure with what it was to come to, where somebody set that."""

    figure: Figure
    aim: Aim | None

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to say of it."""
        return self.figure.value is not None or self.figure.is_kept_back or self.aim is not None


def _told(asked: Asked, measures: Sequence[Measure]) -> list[Told]:
    aims = aims_of(period=asked.period, scope=asked.scope)
    found = figures_of(period=asked.period, scope=asked.scope, measures=measures)
    return [Told(each, aims.get(each.measure.id)) for each in found]


def _shared(asked: Asked, every: Sequence[Told]) -> dict[str, Any]:
    """What the page of figures and the report both tell."""
    return {
        "period": asked.words,
        "definitions": _definitions(every),
        "report_pdf": asked.address(reverse("figures_report_pdf")),
    }


def _definitions(every: Sequence[Told]) -> list[dict[str, str]]:
    return [{"name": each.figure.measure.name, "words": each.figure.measure.definition} for each in every]


def _in_words(table: dict[str, Any]) -> tuple[list[str], list[list[str]]]:
    head = [column["text"] for column in table["columns"]]
    return head, [[cell["text"] for cell in row] for row in table["rows"]]


def _address(subject: str) -> str:
    return reverse("figures_of", args=[subject]) if subject else reverse("figures")


def _tabs(asked: Asked, subject: str) -> list[dict[str, Any]]:
    return [
        {
            "text": _(each.title),
            "href": asked.address(_address(name)),
            "current": name == subject,
            "count": None,
        }
        for name, each in SUBJECTS.items()
    ]


def _card(told: Told, asked: Asked) -> dict[str, Any]:
    figure = told.figure
    before = before_words(figure)
    note = "" if before == "–" else _("%(before)s a year before") % {"before": before}
    change = change_words(figure)
    notes = [note, change if note else "", aim_words(told.aim, figure)]
    return {
        "label": figure.measure.name,
        "value": figure_words(figure),
        "note": ", ".join(each for each in notes if each),
        "tone": tone_of(figure),
        "href": _contacts(figure, asked),
    }


def _contacts(figure: Figure, asked: Asked) -> str:
    """Where the contacts behind it are listed; nowhere while it is not told."""
    if figure.is_kept_back or not (figure.rests_on or figure.value):
        return ""
    return asked.address(reverse("figures_contacts"), figure=figure.measure.id)


def _all_figures(every: Sequence[Told], asked: Asked) -> dict[str, Any]:
    columns = [_("Measure"), _("This period"), _("A year before"), _("Change"), _("Target")]
    return {
        "caption": _("Every measure"),
        "columns": [{"text": text, "numeric": place > 0} for place, text in enumerate(columns)],
        "rows": [
            [
                {"text": each.figure.measure.name, "head": True, "href": _contacts(each.figure, asked)},
                {"text": figure_words(each.figure)},
                {"text": before_words(each.figure)},
                {"text": change_words(each.figure)},
                {"text": aim_words(each.aim, each.figure, is_short=True)},
            ]
            for each in every
        ],
    }


@require_safe
@staff_page(May.SEE_FIGURES)
@read_once()
def download(request: StaffRequest, table: str, kind: str) -> HttpResponse:
    """A table as CSV or as a workbook."""
    if table not in TABLES or kind not in ("csv", "xlsx"):
        raise Http404
    asked = asked_of(request)
    head, rows = words_of(table, asked)
    name = f"figures-{table}-{asked.period.first}-to-{asked.period.last}"
    return no_store((as_csv if kind == "csv" else as_workbook)(name, head, rows))
