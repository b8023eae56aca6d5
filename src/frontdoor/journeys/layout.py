"""Where the boxes and lines of a state diagram go: a layered layout, top to bottom.

After Sugiyama, Tagawa and Toda (1981): turn back-going lines round, put every box on a layer below those
before it, let lines pass the layers between through points of their own, order each layer so that few lines
cross, then set the boxes apart. A line's words are a point with a width, on a layer of their own, so that
words never cover one another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

SWEEPS: Final = 12
GAP: Final = 28.0
LINE_GAP: Final = 14.0


@dataclass(frozen=True)
class Line:
    """A line to draw from one box to another one; `width` is that of its words."""

    source: str
    target: str
    width: float


@dataclass(frozen=True)
class Point:
    """A place on the picture, by its centre."""

    x: float
    y: float


@dataclass(frozen=True)
class Routed:
    """A line with the points it runs through, from box to box, and the place of its words."""

    line: Line
    points: tuple[Point, ...]
    words_at: Point


@dataclass(frozen=True)
class Layout:
    """The centre of every box, every line, and the size of the whole."""

    boxes: Mapping[str, Point]
    lines: tuple[Routed, ...]
    width: float
    height: float


def laid_out(
    *, widths: Mapping[str, float], lines: Sequence[Line], layer_height: float, margin: float
) -> Layout:
    """The layout of boxes (name to width, the first being the beginning) joined by lines.

    The same input gives the same picture.
    """
    forward = _without_circles(list(widths), lines)
    layers_of = {name: 2 * layer for name, layer in _layers(list(widths), forward).items()}
    chains = [_chain(n, line, layers_of) for n, line in enumerate(lines)]
    grid = _Grid(widths, layers_of, lines, chains)
    grid.order()
    grid.set_apart()
    return grid.layout(layer_height=layer_height, margin=margin)


def _without_circles(names: Sequence[str], lines: Iterable[Line]) -> list[tuple[str, str]]:
    """The lines as pairs, those that would close a circle turned round; found by walking depth first."""
    following: dict[str, list[str]] = {name: [] for name in names}
    for line in lines:
        following[line.source].append(line.target)
    place: dict[str, int] = {}
    for name in names:
        _walk(name, following, place)
    pairs = {(line.source, line.target) for line in lines if line.source != line.target}
    return sorted((a, b) if place[a] > place[b] else (b, a) for a, b in pairs)


def _walk(start: str, following: Mapping[str, Sequence[str]], place: dict[str, int]) -> None:
    """Numbers boxes as the walk leaves them: a line that leads to a higher number goes back."""
    stack, seen = [(start, iter(following[start]))], {start, *place}
    while stack:
        name, ahead = stack[-1]
        if name in place:
            stack.pop()
            continue
        step = next((each for each in ahead if each not in seen), None)
        if step is None:
            place[name] = len(place)
            stack.pop()
        else:
            seen.add(step)
            stack.append((step, iter(following[step])))


def _layers(names: Sequence[str], pairs: Sequence[tuple[str, str]]) -> dict[str, int]:
    """The layer of each box: one below the lowest of those that lead to it.

    Boxes without a line go below all.
    """
    layer = dict.fromkeys(names, 0)
    for _ in names:
        for above, below in pairs:
            layer[below] = max(layer[below], layer[above] + 1)
    joined = {name for pair in pairs for name in pair}
    lowest = max(layer.values(), default=0) + 1
    return {name: at if name in joined or name == names[0] else lowest for name, at in layer.items()}


def _chain(n: int, line: Line, layer: Mapping[str, int]) -> list[tuple[str, int]]:
    """The points a line passes through on the layers between its boxes, from above to below."""
    low, high = sorted((layer[line.source], layer[line.target]))
    return [(f"\0{n}\0{at}", at) for at in range(low + 1, high)]


class _Grid:
    """The layers with their boxes and points, while they are ordered and set apart."""

    def __init__(
        self,
        widths: Mapping[str, float],
        layers_of: Mapping[str, int],
        lines: Sequence[Line],
        chains: Sequence[list[tuple[str, int]]],
    ) -> None:
        self.lines, self.chains, self.layers_of = lines, chains, layers_of
        self.widths = dict(widths)
        self.rows: list[list[str]] = [[] for _ in range(max(layers_of.values(), default=0) + 1)]
        self.joined: dict[str, list[str]] = {}
        for name, layer in layers_of.items():
            self.rows[layer].append(name)
        for line, chain in zip(lines, chains, strict=True):
            self._add(line, chain)
        self.x: dict[str, float] = {}

    def _add(self, line: Line, chain: list[tuple[str, int]]) -> None:
        for name, layer in chain:
            self.rows[layer].append(name)
            self.widths[name] = line.width if name == self.words_of(line, chain) else 0.0
        ends = sorted((line.source, line.target), key=self.layers_of.__getitem__)
        path = [ends[0], *(name for name, _ in chain), ends[1]]
        for above, below in pairwise(path):
            self.joined.setdefault(above, []).append(below)
            self.joined.setdefault(below, []).append(above)

    def words_of(self, line: Line, chain: Sequence[tuple[str, int]]) -> str:
        """The point at which the words stand: the one next to the box the line comes from."""
        goes_down = self.layers_of[line.source] < self.layers_of[line.target]
        return chain[0][0] if goes_down else chain[-1][0]

    def order(self) -> None:
        """Sorts each layer by the middle of what it is joined to, down and up in turn."""
        place = {name: float(n) for row in self.rows for n, name in enumerate(row)}
        for sweep in range(SWEEPS):
            for row in self.rows if sweep % 2 == 0 else reversed(self.rows):
                row.sort(key=lambda name: (self._middle(name, place), name))
                place.update({name: (n + 0.5) / len(row) * 100 for n, name in enumerate(row)})

    def set_apart(self) -> None:
        """Gives each box its place: first side by side, then drawn towards what it is joined to."""
        for row in self.rows:
            self._place(row, dict.fromkeys(row, 0.0))
        for sweep in range(SWEEPS):
            for row in self.rows if sweep % 2 == 0 else reversed(self.rows):
                self._place(row, {name: self._middle(name, self.x) for name in row})

    def _middle(self, name: str, place: Mapping[str, float]) -> float:
        return median([place[each] for each in self.joined.get(name, [name])])

    def _place(self, row: Sequence[str], wanted: Mapping[str, float]) -> None:
        """As near as can be to where each wants to be, in order and without overlap (pooling of what
        collides).
        """
        pools: list[tuple[float, list[str]]] = []
        offset = self._offsets(row)
        for name in row:
            pool = (wanted[name] - offset[name], [name])
            while pools and pools[-1][0] > pool[0]:
                before = pools.pop()
                count, other = len(before[1]), len(pool[1])
                pool = ((before[0] * count + pool[0] * other) / (count + other), before[1] + pool[1])
            pools.append(pool)
        self.x.update({name: start + offset[name] for start, names in pools for name in names})

    def _offsets(self, row: Sequence[str]) -> dict[str, float]:
        """Where each would stand if all stood as near to one another as they may."""
        offset, at = {}, 0.0
        for n, name in enumerate(row):
            if n:
                before = row[n - 1]
                is_line = not (self.widths[before] and self.widths[name])
                at += self.widths[before] / 2 + self.widths[name] / 2 + (LINE_GAP if is_line else GAP)
            offset[name] = at
        return offset

    def layout(self, *, layer_height: float, margin: float) -> Layout:
        """The finished layout, moved so that it begins at the margin."""
        left = min(self.x[name] - self.widths[name] / 2 for name in self.x) - margin
        right = max(self.x[name] + self.widths[name] / 2 for name in self.x) + margin
        points = {
            name: Point(round(self.x[name] - left, 1), round(margin + (layer + 0.5) * layer_height, 1))
            for layer, row in enumerate(self.rows)
            for name in row
        }
        return Layout(
            boxes={name: points[name] for name in self.layers_of},
            lines=tuple(
                self._routed(line, chain, points) for line, chain in zip(self.lines, self.chains, strict=True)
            ),
            width=round(right - left, 1),
            height=round(2 * margin + len(self.rows) * layer_height, 1),
        )

    def _routed(self, line: Line, chain: Sequence[tuple[str, int]], points: Mapping[str, Point]) -> Routed:
        passing = [points[name] for name, _ in chain]
        if self.layers_of[line.source] > self.layers_of[line.target]:
            passing.reverse()
        path = (points[line.source], *passing, points[line.target])
        return Routed(line, path, points[self.words_of(line, chain)])
