"""The tables of figures: what each is called, what stands in it, and which of them belong together on a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from frontdoor.cases.models import Cause
from frontdoor.catalogue.published import our_catalogue
from frontdoor.contacts.models import Channel
from frontdoor.insight.figures import Row, by_cause, by_channel, by_month, by_service
from frontdoor.insight.measures.contacts import ONLINE
from frontdoor.insight.measures.demand import of_cause
from frontdoor.insight.measures.every import BY_ID
from frontdoor.insight.measures.shape import Measure
from frontdoor.insight.published import (
    ENDINGS,
    PUBLISHED,
    RECEIVED,
    STILL_OPEN,
    as_published,
    how_cases_ended,
)
from frontdoor.web.insight.asked import Asked
from frontdoor.web.insight.chart import Line, bar_chart, line_chart
from frontdoor.web.insight.words import before_words, figure_words, month_words, short_month_words

MOST_BARS = 8


def _measures(*names: str) -> Sequence[Measure]:
    return [BY_ID[name] for name in names]


@dataclass(frozen=True)
class Spec:
    """A table. `rows` finds them, `named` says what one is called, `drawn` is the measure of its chart, if it has one."""

    title: str
    first: str
    rows: Callable[[Asked], list[Row]]
    measures: Sequence[Measure]
    named: Callable[[str], str]
    drawn: str = ""
    says: str = ""


@dataclass(frozen=True)
class Subject:
    """A page of figures: its name, the figures shown large, and its tables."""

    title: str
    cards: Sequence[str]
    tables: Sequence[str]


def _channel(name: str) -> str:
    return str(Channel(name).label) if name in Channel.values else _("Not known")


def _service(name: str) -> str:
    found = our_catalogue().services.get(name)
    return found.name if found else name or _("Not known")


def _cause(name: str) -> str:
    return str(Cause(name).label)


def _line(name: str) -> str:
    sums = {
        "phone": _("Calls"),
        "email": _("Emails"),
        "counter": _("Visits"),
        "post": _("Letters"),
        "calls and emails": _("Calls and emails"),
        "calls, emails and social media": _("Calls, emails and social media"),
        "everything": _("All channels"),
    }
    return sums.get(name) or _channel(name)


def _ending(name: str) -> str:
    service, *line, end = name.split("/")
    ends = {RECEIVED: _("received"), STILL_OPEN: _("still open at the end")}
    return ": ".join([", ".join([_service(service), *line]), ends.get(end, end)])


def _rows(find: Callable[..., list[Row]], measures: Sequence[Measure]) -> Callable[[Asked], list[Row]]:
    return lambda asked: find(period=asked.period, scope=asked.scope, measures=measures)


_RECEIVED = _measures("received", "answered", "answered-share")
_AVOIDABLE = _measures("avoidable-count", "avoidable", "avoidable-cost")
_FEEDBACK = _measures("response-rate", "satisfaction")
_SETTLED = _measures("first-contact", "abandoned-share", "wait-p90")
_COST = _measures("received", "cost", "cost-each")

LINES: Mapping[str, tuple[str, Callable[..., list[Row]], Callable[[str], str]]] = {
    "month": (gettext_noop("Month"), by_month, month_words),
    "channel": (gettext_noop("Channel"), by_channel, _channel),
    "service": (gettext_noop("Service"), by_service, _service),
}
"""What a table of the same measures can have a line for each of."""


def _by(line: str, title: str, measures: Sequence[Measure], drawn: str = "") -> Spec:
    first, find, named = LINES[line]
    return Spec(title, first, _rows(find, measures), measures, named, drawn)


TABLES: Mapping[str, Spec] = {
    "months": _by("month", gettext_noop("Contacts by month"), _RECEIVED, "received"),
    "channels": _by("channel", gettext_noop("By channel"), _RECEIVED),
    "services": _by("service", gettext_noop("By service"), _RECEIVED),
    "settled": _by("service", gettext_noop("Settled at once, by service"), _SETTLED),
    "online": _by("month", gettext_noop("Online contacts for each call, by month"), ONLINE, "online-to-call"),
    "published": Spec(
        gettext_noop("As councils publish them"),
        gettext_noop("Contacts"),
        lambda asked: as_published(period=asked.period, scope=asked.scope),
        PUBLISHED,
        _line,
        says=gettext_noop(
            "Written contacts count when they are answered, whenever they came: where a backlog is worked off it is more "
            "than 100%. Councils leave out different channels: compare like with like."
        ),
    ),
    "endings": Spec(
        gettext_noop("How applications and reports ended"),
        gettext_noop("Service"),
        lambda asked: how_cases_ended(period=asked.period, scope=asked.scope),
        ENDINGS,
        _ending,
        says=gettext_noop(
            "Each way of ending in the pack’s own words, and its share of all cases of the service that ended in the "
            "period, whenever they came in."
        ),
    ),
    "causes": Spec(
        gettext_noop("Avoidable contact by cause"),
        gettext_noop("Cause"),
        lambda asked: by_cause(period=asked.period, scope=asked.scope),
        of_cause(""),
        _cause,
        "count",
    ),
    "avoidable": _by("service", gettext_noop("Avoidable contact by service"), _AVOIDABLE),
    "satisfaction": _by("month", gettext_noop("Satisfaction by month"), _FEEDBACK, "satisfaction"),
    "feedback": _by("service", gettext_noop("Satisfaction by service"), _FEEDBACK),
    "costs": _by("channel", gettext_noop("Cost by channel"), _COST),
    "cost-services": _by("service", gettext_noop("Cost by service"), _COST),
    "cost-months": _by("month", gettext_noop("Cost by month"), _COST, "cost"),
}
HEADLINES: Sequence[str] = (
    "received",
    "answered-share",
    "service-level",
    "wait-p90",
    "first-contact",
    "take-up",
    "on-time",
    "avoidable",
    "satisfaction",
    "complaints",
    "compliments",
    "cost",
)
SUBJECTS: Mapping[str, Subject] = {
    "": Subject(
        gettext_noop("Contacts"),
        HEADLINES,
        ("months", "channels", "services", "settled", "online"),
    ),
    "published": Subject(
        gettext_noop("Published figures"),
        ("opened", "decided", "days-median", "days-p90"),
        ("published", "endings"),
    ),
    "avoidable": Subject(
        gettext_noop("Avoidable contact"),
        ("avoidable", "avoidable-count", "avoidable-cost", "first-contact", "confirmed", "agreement"),
        ("causes", "avoidable"),
    ),
    "feedback": Subject(
        gettext_noop("Feedback"),
        ("satisfaction", "response-rate", "compliments", "complaints"),
        ("satisfaction", "feedback"),
    ),
    "cost": Subject(
        gettext_noop("Cost"),
        ("cost", "cost-each", "avoidable-cost", "saved", "saved-by-shift"),
        ("cost-months", "costs", "cost-services"),
    ),
}


def table_of(name: str, asked: Asked) -> dict[str, Any]:
    """A table for its page, with its chart and the addresses to take it away."""
    spec = TABLES[name]
    found = spec.rows(asked)
    head, rows = in_words(name, found)
    return {
        "caption": _(spec.title),
        "says": _(spec.says) if spec.says else "",
        "columns": [{"text": text, "numeric": place > 0} for place, text in enumerate(head)],
        "rows": [_cells(name, asked, row, words) for row, words in zip(found, rows, strict=True)],
        "empty": _("Nothing was counted in this period."),
        "csv": asked.address(reverse("figures_download", args=[name, "csv"])),
        "xlsx": asked.address(reverse("figures_download", args=[name, "xlsx"])),
        "chart": _chart(name, found),
    }


def words_of(name: str, asked: Asked) -> tuple[list[str], list[list[str]]]:
    """A table's head and rows in words."""
    return in_words(name, TABLES[name].rows(asked))


def in_words(name: str, found: Sequence[Row]) -> tuple[list[str], list[list[str]]]:
    """Head and rows of what was found; each figure with the year before beside it."""
    spec = TABLES[name]
    head = [_(spec.first)]
    for measure in spec.measures:
        head += [measure.name, _("a year before")]
    return head, [[spec.named(row.name), *_in_row(spec, row)] for row in found]


def _in_row(spec: Spec, row: Row) -> list[str]:
    figures = [row.figures[measure.id] for measure in spec.measures]
    return [words for figure in figures for words in (figure_words(figure), before_words(figure))]


def _cells(name: str, asked: Asked, row: Row, words: Sequence[str]) -> list[dict[str, Any]]:
    first: dict[str, Any] = {"text": words[0], "head": True}
    if name == "causes":
        first["href"] = asked.address(reverse("figures_contacts"), cause=row.name)
    return [first, *({"text": each} for each in words[1:])]


def _chart(name: str, found: Sequence[Row]) -> dict[str, Any] | None:
    spec = TABLES[name]
    if not spec.drawn:
        return None
    figures = [row.figures[spec.drawn] for row in found]
    lines = [
        Line(_("This period"), [each.value for each in figures], "now"),
        Line(_("A year before"), [each.before for each in figures], "before"),
    ]
    title = _("%(what)s: this period and a year before") % {"what": _(spec.title)}
    if spec.named is month_words:
        labels = [short_month_words(row.name) for row in found]
        svg = line_chart(title=title, labels=labels, lines=lines)
    else:
        labels = [spec.named(row.name) for row in found[:MOST_BARS]]
        svg = bar_chart(title=title, labels=labels, lines=lines)
    return {"svg": svg, "lines": lines, "title": title}
