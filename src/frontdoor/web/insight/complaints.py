"""The yearly report on complaints, with the self-assessment against the Complaint Handling Code: a page and a PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from frontdoor.catalogue.pack import Pack
from frontdoor.catalogue.published import our_catalogue, our_council
from frontdoor.catalogue.schema.service import KindOfCase
from frontdoor.channels.reports import Report, Table, render_report
from frontdoor.forms.definition import Question
from frontdoor.insight.complaints import Complaints, Kept, complaints_of
from frontdoor.insight.figures import figures_of
from frontdoor.insight.measures.every import BY_ID
from frontdoor.insight.periods import Period
from frontdoor.journeys.definition import Mover
from frontdoor.kernel.clock import now_utc
from frontdoor.staff.permissions import May
from frontdoor.web.insight.asked import Asked, asked_of
from frontdoor.web.insight.words import before_words, figure_words
from frontdoor.web.office.access import StaffRequest, no_store, staff_page

Rows = list[list[str]]
TITLE = "Complaints and what we learned from them"


@require_safe
@staff_page(May.SEE_FIGURES)
def report(request: StaffRequest) -> HttpResponse:
    """The report as a page."""
    asked = asked_of(request)
    context = {
        "asked": asked,
        "council_name": our_council().name,
        "title": _(TITLE),
        "period": asked.words,
        "filters": asked.filters()[:2],
        "tables": [_table(*each) for each in _tables(asked)],
        "pdf": asked.address(reverse("figures_complaints_pdf")),
        "back": asked.address(reverse("figures_of", args=["feedback"])),
    }
    return no_store(render(request, "insight/complaints.html", context))


@require_safe
@staff_page(May.SEE_FIGURES)
def report_pdf(request: StaffRequest) -> HttpResponse:
    """The report as PDF."""
    asked = asked_of(request)
    tables, in_words = _tables(asked), _in_words()
    made = Report(
        council=our_council().name,
        title=_(TITLE),
        period=asked.words,
        tables=[Table(*each) for each in tables if each[2] and each[0] not in in_words],
        words="\n\n".join(_prose(*each) for each in tables if each[0] in in_words),
        made_at=now_utc(),
    )
    response = HttpResponse(render_report(made), content_type="application/pdf")
    name = f"complaints-{asked.period.first}-to-{asked.period.last}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return no_store(response)


def _in_words() -> tuple[str, str]:
    """The tables whose cells are sentences: on paper they are told one after the other."""
    return _("What we learned"), _("Self-assessment")


def _prose(title: str, _head: Sequence[str], rows: Rows) -> str:
    told = [
        f"**{first}.** {' '.join(f'{each}.'.replace('..', '.') for each in rest if each)}"
        for first, *rest in rows
    ]
    return "\n\n".join([f"## {title}", *(told or [_("None in this period.")])])


def _table(title: str, head: Sequence[str], rows: Rows) -> dict[str, Any]:
    is_words = title in _in_words()
    return {
        "caption": title,
        "columns": [{"text": text, "numeric": place > 0 and not is_words} for place, text in enumerate(head)],
        "rows": [[{"text": text, "head": place == 0} for place, text in enumerate(row)] for row in rows],
        "empty": _("None in this period."),
    }


def _tables(asked: Asked) -> list[tuple[str, list[str], Rows]]:
    found = complaints_of(period=asked.period, at=now_utc())
    pack = next((each for each in our_catalogue() if each.service.kind is KindOfCase.COMPLAINT), None)
    words = _labels(pack)
    count = _("Complaints")
    return [
        (_("How many"), [_("Complaints"), _("This period"), _("A year before")], _how_many(found, asked)),
        (_("What they were about"), [_("About"), count], _counts(found.about, words.get("about", {}))),
        (
            _("Answered when we said"),
            [_("Promise"), _("On the first date"), _("On the extended date"), _("Late"), _("In time")],
            [_kept(each) for each in found.kept],
        ),
        (_("What came of them"), [_("Ended as"), count], _counts(found.ended, {})),
        (_("What caused them"), [_("Cause"), count], _counts(found.causes, words.get("root_cause", {}))),
        (_("How we put it right"), [_("Remedy"), count], _counts(found.remedies, words.get("remedy", {}))),
        (
            _("What the Ombudsman decided"),
            [_("Decision"), count],
            _counts(found.ombudsman, words.get("ombudsman_outcome", {})),
        ),
        (
            _("What we learned"),
            [_("Complaint"), _("What we learned, and who changes what")],
            [[each.reference, each.words] for each in found.learned],
        ),
        (
            _("Self-assessment"),
            [_("What the Code asks"), _("Do we?"), _("What shows it")],
            _self_assessment(found, pack) + _said_by_the_council(asked.period),
        ),
    ]


def _how_many(found: Complaints, asked: Asked) -> Rows:
    rates = figures_of(
        period=asked.period, scope=asked.scope, measures=[BY_ID["complaints"], BY_ID["compliments"]]
    )
    return [
        [_("Received"), str(found.received), str(found.received_before)],
        *([each.measure.name, figure_words(each), before_words(each)] for each in rates),
        [_("Taken to stage 2"), str(found.stage_two), ""],
        [_("Open today"), str(found.still_open), ""],
        [_("Past their date today"), str(found.overdue), ""],
    ]


def _counts(counts: Mapping[str, int], labels: Mapping[str, str]) -> Rows:
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return [[_sentence(labels.get(value, value)) or _("Not known"), str(count)] for value, count in ordered]


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _kept(kept: Kept) -> list[str]:
    parts = [str(each) for each in (kept.first, kept.extended, kept.late)]
    return [_sentence(kept.name), *parts, _share(kept)]


def _share(kept: Kept) -> str:
    return f"{100 * kept.in_time / kept.total:.0f}%"


def _labels(pack: Pack | None) -> dict[str, dict[str, str]]:
    """What each answer is called, by question, in the form and in what officers record."""
    if pack is None:
        return {}
    staff = [each for questions in pack.staff_questions.values() for each in questions]
    asked: list[Question] = [each for section in pack.form.sections for each in section.questions]
    return {
        each.id: {str(option.value): option.label for option in each.options} for each in [*asked, *staff]
    }


def _self_assessment(found: Complaints, pack: Pack | None) -> Rows:
    """What the Code asks, each with what the record or the pack shows."""
    kept = {each.name: each for each in found.kept}
    journey = pack.journey if pack else None
    promises = journey.promises if journey else {}
    moves = journey.moves.values() if journey else ()
    last_word = [move for move in moves if move.sources == frozenset({"stage two"}) and move.decides]
    return [
        _timed(_("Stage 1 is acknowledged within 5 working days"), kept.get("acknowledge")),
        _timed(_("Stage 1 is answered within 10 working days of that, or once extended"), kept.get("answer")),
        _timed(_("Stage 2 is acknowledged within 5 working days"), kept.get("acknowledge stage two")),
        _timed(
            _("Stage 2 is answered within 20 working days, or once extended"), kept.get("answer stage two")
        ),
        _built(
            _("There are two stages and no third"),
            bool(last_word),
            _("The journey of the pack ends with the answer at stage 2, which names the Ombudsman."),
        ),
        _built(
            _("Nobody needs a reason to go to stage 2"),
            "acknowledge stage two" in promises,
            _("Customers ask for it with one press, online or by any channel."),
        ),
        _built(
            _("Stage 2 is answered by somebody else"),
            bool(last_word) and all(move.by == frozenset({Mover.SOMEONE_ELSE}) for move in last_word),
            _("The system refuses the answer of whoever decided at stage 1."),
        ),
        _built(
            _("The answer does not wait for what is still to be done"),
            "put right" in promises,
            _("What is left to do has a promise of its own."),
        ),
        _built(
            _("We learn from complaints, and list the remedies"),
            bool(found.learned) or not found.received,
            _("%(count)s complaints with something learned.") % {"count": len(found.learned)},
        ),
    ]


def _said_by_the_council(period: Period) -> Rows:
    """What no record shows: it stands in council.yaml, under `complaint handling`."""
    says = our_council().complaint_handling
    rows = [
        (_("A member of the council is responsible for complaints"), says.member_responsible),
        (
            _("The governing body has read this report and answered it"),
            says.response_of(period.first, period.last),
        ),
        (_("Exclusions are published, and each is decided on its own"), says.exclusions),
        (_("Adjustments are made for people who need them"), says.adjustments),
    ]
    missing = _("Not said yet: write it in council.yaml, under `complaint handling`")
    return [[what, _("Yes") if words else _("Not known"), words or missing] for what, words in rows]


def _timed(what: str, kept: Kept | None) -> list[str]:
    if kept is None or not kept.total:
        return [what, _("None in this period"), ""]
    shown = _("%(share)s: %(in_time)s of %(total)s") % {
        "share": _share(kept),
        "in_time": kept.in_time,
        "total": kept.total,
    }
    return [what, _("Yes") if kept.late == 0 else _("Not always"), shown]


def _built(what: str, holds: bool, shown: str) -> list[str]:
    return [what, _("Yes") if holds else _("No"), shown if holds else ""]
