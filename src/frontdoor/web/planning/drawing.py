"""Days of work drawn as bars along the hours, and curves over a day; the table beside says the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup, escape

from frontdoor.kernel.clock import london
from frontdoor.web.insight.chart import round_top

WIDTH, NAMES, RIGHT, HEAD, ROW = 960, 170, 10, 22, 26
CURVE_HEIGHT, CURVE_LEFT, CURVE_BOTTOM, CURVE_TOP = 300, 46, 26, 10


@dataclass(frozen=True)
class Bar:
    """From an instant to another, of a kind; the kind is the end of its class name."""

    kind: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Line:
    """A named row of bars; later bars lie on earlier ones. `under` lie in a thin row below (what was in truth)."""

    name: str
    bars: Sequence[Bar]
    under: Sequence[Bar] = ()


def hours_drawing(*, title: str, lines: Sequence[Line], now: datetime | None = None) -> Markup:
    """An SVG with a line for each name and a grid of hours as wide as is needed; empty without lines."""
    if not lines:
        return Markup("")
    first, last = _span(lines)
    scale = _Scale(first, last)
    height = HEAD + ROW * len(lines) + 4
    parts = [_grid(scale, height), *(_row(line, place, scale) for place, line in enumerate(lines))]
    if now is not None and first <= _hour(now) <= last:
        x = scale.x(_hour(now))
        parts.append(
            Markup('<line class="fd-plan__now" x1="{x:.1f}" x2="{x:.1f}" y1="{}" y2="{}"/>').format(
                HEAD, height, x=x
            )
        )
    return Markup(
        '<svg class="fd-plan" viewBox="0 0 {} {}" role="img" aria-label="{}" focusable="false">{}</svg>'
    ).format(WIDTH, height, title, Markup("").join(parts))


@dataclass(frozen=True)
class _Scale:
    first: float
    last: float

    def x(self, hour: float) -> float:
        return NAMES + (WIDTH - NAMES - RIGHT) * (hour - self.first) / (self.last - self.first)


def _hour(at: datetime) -> float:
    """Hours by the clock since midnight."""
    local = london(at)
    return local.hour + local.minute / 60 + local.second / 3600


def _end(bar: Bar) -> float:
    """The end by the clock; midnight is the end of its day."""
    return _hour(bar.ends_at) or 24.0


def _span(lines: Sequence[Line]) -> tuple[float, float]:
    bars = [bar for line in lines for bar in (*line.bars, *line.under)]
    first = min((_hour(bar.starts_at) for bar in bars), default=8)
    last = max((_end(bar) for bar in bars), default=18)
    return min(8, first // 1), max(18, -(-last // 1))


def _grid(scale: _Scale, height: int) -> Markup:
    hours = range(int(scale.first), int(scale.last) + 1)
    return Markup("").join(
        Markup(
            '<line class="fd-chart__grid" x1="{x:.1f}" x2="{x:.1f}" y1="{}" y2="{}"/>'
            '<text class="fd-chart__label" x="{x:.1f}" y="14" text-anchor="middle">{}</text>'
        ).format(HEAD - 4, height, hour, x=scale.x(hour))
        for hour in hours
    )


def _row(line: Line, place: int, scale: _Scale) -> Markup:
    top = HEAD + ROW * place
    name = Markup('<text class="fd-chart__label" x="{}" y="{}" text-anchor="end">{}</text>').format(
        NAMES - 8, top + 15, escape(line.name)
    )
    tall = 14 if line.under else 18
    bars = [_bar(bar, scale, top + 2, tall) for bar in line.bars]
    return Markup("").join([name, *bars, *(_bar(bar, scale, top + 18, 5) for bar in line.under)])


def _bar(bar: Bar, scale: _Scale, top: int, tall: int) -> Markup:
    begins, ends = scale.x(_hour(bar.starts_at)), scale.x(_end(bar))
    return Markup(
        '<rect class="fd-plan__bar fd-plan__bar--{}" x="{:.1f}" y="{}" width="{:.1f}" height="{}"/>'
    ).format(bar.kind, begins, top, max(0.5, ends - begins), tall)


@dataclass(frozen=True)
class Curve:
    """Values along a day, one for each step; None: nothing is known."""

    name: str
    values: Sequence[float | None]
    style: str


@dataclass(frozen=True)
class Band:
    """Between two rows of values, from the step at which it begins."""

    name: str
    low: Sequence[float]
    high: Sequence[float]
    style: str
    begins: int = 0


def curves_drawing(
    *, title: str, labels: Sequence[str], curves: Sequence[Curve], bands: Sequence[Band] = (), every: int = 4
) -> Markup:
    """An SVG with bands behind curves over the steps of a day; every so many steps bear their label."""
    values = [value for curve in curves for value in curve.values if value is not None]
    top = round_top(max([*values, *(value for band in bands for value in band.high)], default=0))
    if not top or not labels:
        return Markup("")
    field = _Field(len(labels), top)
    parts_of_top = (
        4 if f"{top:g}".startswith("2") else 5
    )  # of 2, 20 …: halves or fives; of 1, 5, 10 …: whole steps
    parts = [
        *(_level(field, top * part / parts_of_top) for part in range(parts_of_top + 1)),
        *(_step(field, place, label) for place, label in enumerate(labels) if place % every == 0),
        *(_band(field, band) for band in bands),
        *(_curve(field, curve) for curve in curves),
    ]
    return Markup(
        '<svg class="fd-plan" viewBox="0 0 {} {}" role="img" aria-label="{}" focusable="false">{}</svg>'
    ).format(WIDTH, CURVE_HEIGHT, title, Markup("").join(parts))


@dataclass(frozen=True)
class _Field:
    steps: int
    top: float

    def x(self, place: float) -> float:
        return CURVE_LEFT + (WIDTH - CURVE_LEFT - RIGHT) * place / max(1, self.steps)

    def y(self, value: float) -> float:
        return CURVE_TOP + (CURVE_HEIGHT - CURVE_TOP - CURVE_BOTTOM) * (1 - min(value, self.top) / self.top)

    def stairs(self, values: Sequence[float], begins: int = 0) -> str:
        """Points of a line that stays level over each step."""
        return " ".join(
            f"{self.x(place):.1f},{self.y(value):.1f} {self.x(place + 1):.1f},{self.y(value):.1f}"
            for place, value in enumerate(values, begins)
        )


def _level(field: _Field, value: float) -> Markup:
    return Markup(
        '<line class="fd-chart__grid" x1="{}" x2="{}" y1="{y:.1f}" y2="{y:.1f}"/>'
        '<text class="fd-chart__label" x="{}" y="{:.1f}" text-anchor="end">{}</text>'
    ).format(
        CURVE_LEFT, WIDTH - RIGHT, CURVE_LEFT - 6, field.y(value) + 4, f"{value:,.10g}", y=field.y(value)
    )


def _step(field: _Field, place: int, label: str) -> Markup:
    return Markup('<text class="fd-chart__label" x="{:.1f}" y="{}" text-anchor="middle">{}</text>').format(
        field.x(place), CURVE_HEIGHT - 8, escape(label)
    )


def _band(field: _Field, band: Band) -> Markup:
    if not band.low:
        return Markup("")
    back = field.stairs(band.low, band.begins).split(" ")[::-1]
    return Markup('<polygon class="fd-plan__band--{}" points="{} {}"/>').format(
        band.style, field.stairs(band.high, band.begins), " ".join(back)
    )


def _curve(field: _Field, curve: Curve) -> Markup:
    """What is not known is a gap."""
    runs: list[tuple[int, list[float]]] = []
    for place, value in enumerate(curve.values):
        if value is None:
            continue
        if not runs or runs[-1][0] + len(runs[-1][1]) != place:
            runs.append((place, []))
        runs[-1][1].append(value)
    return Markup("").join(
        Markup('<polyline class="fd-plan__curve fd-plan__curve--{}" points="{}"/>').format(
            curve.style, field.stairs(values, begins)
        )
        for begins, values in runs
    )
