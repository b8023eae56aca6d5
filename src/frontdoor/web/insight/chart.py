"""Charts drawn on the server: lines over months, bars beside each other. The table beside says the same in figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from markupsafe import Markup, escape

WIDTH, HEIGHT = 720, 260
LEFT, RIGHT, TOP, BOTTOM = 62, 12, 14, 34
MOST_LABELS = 12
BAR, GAP, LABELS = 14, 14, 230


@dataclass(frozen=True)
class Line:
    """A line of a chart; `style` is the end of its class name. None: there is no value for that month."""

    name: str
    values: Sequence[float | None]
    style: str


def line_chart(*, title: str, labels: Sequence[str], lines: Sequence[Line]) -> Markup:
    """An SVG with axes, grid and lines, named by its title; empty where no line has a value."""
    top = round_top(max((value for line in lines for value in line.values if value is not None), default=0))
    if not top or not labels:
        return Markup("")
    parts = [_grid(top), _labels(labels), *(_line(line, len(labels), top) for line in lines)]
    return Markup(
        '<svg class="fd-chart" viewBox="0 0 {} {}" role="img" aria-label="{}" focusable="false">{}</svg>'
    ).format(WIDTH, HEIGHT, title, Markup("").join(parts))


def bar_chart(*, title: str, labels: Sequence[str], lines: Sequence[Line]) -> Markup:
    """An SVG with a group of lying bars for each label, one of each line; empty where no line has a value."""
    most = max((value for line in lines for value in line.values if value is not None), default=0)
    if most <= 0 or not labels:
        return Markup("")
    deep = BAR * len(lines) + GAP
    parts = [_bars(label, place, lines, most, deep) for place, label in enumerate(labels)]
    return Markup(
        '<svg class="fd-chart" viewBox="0 0 {} {}" role="img" aria-label="{}" focusable="false">{}</svg>'
    ).format(WIDTH, deep * len(labels), title, Markup("").join(parts))


def _bars(label: str, place: int, lines: Sequence[Line], most: float, deep: int) -> Markup:
    top = place * deep + GAP / 2
    drawn = [
        Markup('<text class="fd-chart__label" x="{}" y="{:.1f}" text-anchor="end">{}</text>').format(
            LABELS - 8, top + BAR * len(lines) / 2 + 4, escape(label)
        )
    ]
    for number, line in enumerate(lines):
        long = (WIDTH - LABELS - RIGHT) * (line.values[place] or 0) / most
        drawn.append(
            Markup('<rect class="fd-chart__dot--{}" x="{}" y="{:.1f}" width="{:.1f}" height="{}"/>').format(
                line.style, LABELS, top + number * BAR, long, BAR - 2
            )
        )
    return Markup("").join(drawn)


def round_top(most: float) -> float:
    """The first of 1, 2, 5 times a power of ten that is not below."""
    if most <= 0:
        return 0
    power = 10 ** floor(log10(most))
    return float(next(step * power for step in (1, 2, 5, 10) if step * power >= most))


def _x(place: int, count: int) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * (place + 0.5) / count


def _y(value: float, top: float) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top)


def _grid(top: float) -> Markup:
    steps = [top * quarter / 4 for quarter in range(5)]
    return Markup("").join(
        Markup('<line class="fd-chart__grid" x1="{}" x2="{}" y1="{y:.1f}" y2="{y:.1f}"/>').format(
            LEFT, WIDTH - RIGHT, y=_y(step, top)
        )
        + Markup('<text class="fd-chart__label" x="{}" y="{:.1f}" text-anchor="end">{}</text>').format(
            LEFT - 8, _y(step, top) + 4, f"{step:,.10g}"
        )
        for step in steps
    )


def _labels(labels: Sequence[str]) -> Markup:
    every = ceil(len(labels) / MOST_LABELS)
    return Markup("").join(
        Markup('<text class="fd-chart__label" x="{:.1f}" y="{}" text-anchor="middle">{}</text>').format(
            _x(place, len(labels)), HEIGHT - 12, escape(label)
        )
        for place, label in enumerate(labels)
        if place % every == 0
    )


def _line(line: Line, count: int, top: float) -> Markup:
    """A gap in the values is a gap in the line."""
    runs: list[list[str]] = [[]]
    dots = []
    for place, value in enumerate(line.values):
        if value is None:
            runs.append([])
            continue
        at = f"{_x(place, count):.1f},{_y(value, top):.1f}"
        runs[-1].append(at)
        x, _, y = at.partition(",")
        dots.append(
            Markup('<circle class="fd-chart__dot fd-chart__dot--{}" cx="{}" cy="{}" r="3"/>').format(
                line.style, x, y
            )
        )
    drawn = [
        Markup('<polyline class="fd-chart__line fd-chart__line--{}" points="{}"/>').format(
            line.style, " ".join(run)
        )
        for run in runs
        if len(run) > 1
    ]
    return Markup("").join([*drawn, *dots])
