"""Figures in words: how a value is written, and what a change means."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from frontdoor.insight.figures import Figure
from frontdoor.insight.measures.shape import Unit
from frontdoor.insight.resting import FEWEST
from frontdoor.insight.targets import Aim

SMALL_CHANGE = 0.5  # per cent: less is told as no change
FEW = 20
"""A change from fewer than this is as likely chance as anything we did: it is not told as a change."""
WHOLE_POUNDS = 100


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
    if unit is Unit.PENCE:
        return money_words(value)
    if unit is Unit.DAYS:
        return _("%(days)s days") % {"days": f"{value:.1f}".removesuffix(".0")}
    return f"{value:.2f}"


def money_words(pence: float) -> str:
    """Whole pounds from a hundred upwards, else pounds and pence."""
    sign = "\N{MINUS SIGN}" if round(pence) < 0 else ""
    whole = abs(pence) / 100
    return f"{sign}£{whole:,.0f}" if whole >= WHOLE_POUNDS else f"{sign}£{whole:,.2f}"


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


def aim_words(aim: Aim | None, figure: Figure, *, is_short: bool = False) -> str:
    """What a figure was to come to, and whether it does; nothing where nobody set it."""
    if aim is None:
        return ""
    value = value_words(aim.value, figure.measure.unit)
    is_met = aim.is_met_by(figure)
    met = {True: _("met"), False: _("not met"), None: ""}[is_met]
    share = _("for these days") if aim.is_part else ""
    words = value if is_short else _("target %(value)s") % {"value": value}
    return ", ".join(each for each in (" ".join(each for each in (words, share) if each), met) if each)


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
