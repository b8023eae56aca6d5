"""Figures in words: how a value is written, and what a change means."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from frontdoor.insight.figures import FEWEST, Figure
from frontdoor.insight.measures import Unit

SMALL_CHANGE = 0.5  # per cent: less is told as no change
FEW = 20
"""A change from fewer than this is as likely chance as anything we did: it is not told as a change."""


def value_words(value: float | None, unit: Unit) -> str:
    """A value with its unit; a dash where there is none."""
    if value is None:
        return "–"
    if unit is Unit.COUNT:
        return f"{value:,.0f}"
    if unit is Unit.PER_CENT:
        return f"{value:.1f}%"
    if unit is Unit.SECONDS:
        return _seconds(value)
    if unit is Unit.DAYS:
        return _("%(days)s days") % {"days": f"{value:.1f}".removesuffix(".0")}
    return f"{value:.2f}"


def _seconds(value: float) -> str:
    minutes, seconds = divmod(round(value), 60)
    return f"{minutes} min {seconds:02d} s" if minutes else f"{seconds} s"


def figure_words(figure: Figure) -> str:
    """The figure, or why it is not told."""
    if figure.is_kept_back:
        return _("fewer than %(count)s") % {"count": FEWEST}
    return value_words(figure.value, figure.measure.unit)


def before_words(figure: Figure) -> str:
    """The same a year before."""
    return "–" if figure.is_kept_back else value_words(figure.before, figure.measure.unit)


def change_words(figure: Figure) -> str:
    """How it changed: in points for shares, in per cent for all else."""
    if figure.value is None or figure.before is None or figure.rested_on < FEW:
        return ""
    if figure.measure.unit is Unit.PER_CENT:
        points = figure.value - figure.before
        if abs(points) < SMALL_CHANGE / 10:
            return _("no change")
        return _("%(points)s points") % {"points": _signed(points)}
    if figure.change is None:
        return ""
    return _("no change") if abs(figure.change) < SMALL_CHANGE else f"{_signed(figure.change)}%"


def tone_of(figure: Figure) -> str:
    """Whether the change is for the better, for measures of which more (or less) is better."""
    change = figure.change
    if (
        change is None
        or figure.rested_on < FEW
        or abs(change) < SMALL_CHANGE
        or figure.measure.wants == "neither"
    ):
        return "plain"
    return "good" if (change > 0) == (figure.measure.wants == "more") else "bad"


def _signed(value: float) -> str:
    return f"{value:+,.1f}".replace("-", "\N{MINUS SIGN}")


def month_words(month: str) -> str:
    """`November 2026`, of a month in ISO."""
    return f"{date.fromisoformat(f'{month}-01'):%B %Y}"


def short_month_words(month: str) -> str:
    """`Nov`, and `Jan 2027` where a year begins."""
    first = date.fromisoformat(f"{month}-01")
    return f"{first:%b %Y}" if first.month == 1 else f"{first:%b}"
