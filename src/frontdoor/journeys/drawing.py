"""The state diagram of a journey, as Mermaid text and as an SVG picture. Generated, so that it cannot lie."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final
from xml.sax.saxutils import escape

from frontdoor.journeys.definition import Journey, Move, Mover, State
from frontdoor.journeys.layout import Layout, Line, Point, Routed, laid_out
from frontdoor.kernel.factnames import fact_name

LETTER: Final = 7.4
SMALL_LETTER: Final = 6.2
BOX_HEIGHT: Final = 46.0
LAYER_HEIGHT: Final = 52.0
MARGIN: Final = 24.0
ROW: Final = 20.0
# A move that leaves from so many states is written below the picture, where its lines would hide the rest.
MANY_SOURCES: Final = 4


def as_mermaid(*, journey: Journey) -> str:
    """The journey as a Mermaid state diagram, for Markdown pages."""
    lines = ["stateDiagram-v2", "    direction TB"]
    lines += [
        f'    state "{_mermaid(state.staff)}" as {fact_name(name)}' for name, state in journey.states.items()
    ]
    lines.append(f"    [*] --> {fact_name(journey.starts_at)}")
    for (source, target), moves in _joined(journey.moves.values()).items():
        label = " / ".join(_mermaid(_words(move)) for move in moves)
        lines.append(f"    {fact_name(source)} --> {fact_name(target)} : {label}")
    lines += [f"    {fact_name(name)} --> [*]" for name, state in journey.states.items() if state.ends_as]
    return "\n".join(lines) + "\n"


def as_svg(*, journey: Journey, title: str = "") -> str:
    """The journey as an SVG picture with its own white ground; needs no script and no style sheet.

    Ends have a double frame, states with a stopped clock a dashed one, and moves of the system alone are
    dashed lines.
    """
    joined = _joined([move for move in journey.moves.values() if len(move.sources) < MANY_SOURCES])
    lines = [
        Line(source, target, max(len(words) for words in _rows(moves)) * SMALL_LETTER + 8)
        for (source, target), moves in joined.items()
    ]
    start = {journey.starts_at: journey.states[journey.starts_at]}
    widths = {name: _box_width(state) for name, state in {**start, **journey.states}.items()}
    layout = laid_out(widths=widths, lines=lines, layer_height=LAYER_HEIGHT, margin=MARGIN)
    notes = _notes(journey)
    height = layout.height + (len(notes) + 1) * ROW if notes else layout.height
    width = max([layout.width, *(len(note) * LETTER + 2 * MARGIN for note in notes)])
    return "\n".join(
        [
            *_head(title or "The states of a case and the moves between them", width, height),
            *(_line(routed, joined[routed.line.source, routed.line.target]) for routed in layout.lines),
            *(_box(journey.states[name], at, widths[name]) for name, at in layout.boxes.items()),
            *(_line_words(routed, joined[routed.line.source, routed.line.target]) for routed in layout.lines),
            *_notes_below(notes, layout),
            "</svg>\n",
        ]
    )


def _joined(moves: Iterable[Move]) -> Mapping[tuple[str, str], list[Move]]:
    """The moves between each pair of states; those that stay where they are are no lines."""
    found: dict[tuple[str, str], list[Move]] = {}
    for move in moves:
        for source in sorted(move.sources):
            if move.to is not None and move.to != source:
                found.setdefault((source, move.to), []).append(move)
    return found


def _words(move: Move) -> str:
    who = ", ".join(each.value for each in Mover if each in move.by)
    return f"{move.label} ({who})"


def _rows(moves: Iterable[Move]) -> list[str]:
    """The words of a line: what is done, and in brackets by whom; a row a move."""
    return [_words(move) for move in moves]


def _notes(journey: Journey) -> list[str]:
    """What is said in words below the picture: moves from many states, and those that leave the case where it
    is.
    """
    names = {name: state.staff for name, state in journey.states.items()}
    found = []
    for move in journey.moves.values():
        sources = ", ".join(names[each] for each in names if each in move.sources)
        if move.to is None:
            found.append(f"{_words(move)}: in {sources}; the case stays where it is")
        elif len(move.sources) >= MANY_SOURCES:
            found.append(f"{_words(move)}: from {sources} → {names[move.to]}")
    return found


def _box_width(state: State) -> float:
    return max(len(state.staff) * LETTER, len(_second_row(state)) * SMALL_LETTER) + 28


def _second_row(state: State) -> str:
    if state.ends_as:
        return f"ends as {state.ends_as}"
    stopped = ", clock stopped" if state.stops_clock else ""
    return f"waits for {state.waits_for.value}{stopped}"


def _head(title: str, width: float, height: float) -> list[str]:
    marker = '<path d="M0 0 L8 4 L0 8 z" fill="#505a5f"/>'
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" font-family="Arial, Helvetica, sans-serif">',
        f"<title>{escape(title)}</title>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" '
        f'orient="auto-start-reverse">{marker}</marker></defs>',
        f'<rect width="{width:g}" height="{height:g}" fill="#ffffff"/>',
    ]


def _box(state: State, at: Point, width: float) -> str:
    fill = "#f3f2f1" if state.ends_as else "#e8f1f1"
    dashes = ' stroke-dasharray="5 3"' if state.stops_clock else ""
    frame = _rect(at, width, BOX_HEIGHT, f'fill="{fill}" stroke="#0b5d63" stroke-width="1.5"{dashes}')
    inner = _rect(at, width - 8, BOX_HEIGHT - 8, 'fill="none" stroke="#0b5d63"') if state.ends_as else ""
    name = _text(at.x, at.y - 3, state.staff, 'font-size="14" font-weight="bold" fill="#0b0c0c"')
    rests = _text(at.x, at.y + 13, _second_row(state), 'font-size="11" fill="#505a5f"')
    return f"<g>{frame}{inner}{name}{rests}</g>"


def _rect(at: Point, width: float, height: float, looks: str) -> str:
    x, y = at.x - width / 2, at.y - height / 2
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:g}" rx="6" {looks}/>'


def _line(routed: Routed, moves: Sequence[Move]) -> str:
    is_automatic = all(move.by == {Mover.SYSTEM} for move in moves)
    dashes = ' stroke-dasharray="4 3"' if is_automatic else ""
    return f'<path d="{_curve(routed.points)}" fill="none" stroke="#505a5f"{dashes} marker-end="url(#tip)"/>'


def _curve(points: Sequence[Point]) -> str:
    """A smooth line from the edge of the first box to the edge of the last, upright at every point between."""
    goes_down = points[0].y < points[-1].y
    edge = BOX_HEIGHT / 2 if goes_down else -BOX_HEIGHT / 2
    path = [Point(points[0].x, points[0].y + edge), *points[1:-1], Point(points[-1].x, points[-1].y - edge)]
    steps = [f"M{path[0].x:.1f} {path[0].y:.1f}"]
    for before, after in pairwise(path):
        half = (before.y + after.y) / 2
        steps.append(f"C{before.x:.1f} {half:.1f} {after.x:.1f} {half:.1f} {after.x:.1f} {after.y:.1f}")
    return " ".join(steps)


def _line_words(routed: Routed, moves: Sequence[Move]) -> str:
    rows = _rows(moves)
    looks = 'font-size="11" fill="#0b0c0c" stroke="#ffffff" stroke-width="4" paint-order="stroke"'
    first = routed.words_at.y + 4 - (len(rows) - 1) * 6.5
    return "".join(_text(routed.words_at.x, first + 13 * n, row, looks) for n, row in enumerate(rows))


def _notes_below(notes: Sequence[str], layout: Layout) -> list[str]:
    return [
        f'<text x="{MARGIN:g}" y="{layout.height + n * ROW:g}" font-size="12" fill="#0b0c0c">{escape(note)}</text>'
        for n, note in enumerate(notes)
    ]


def _text(x: float, y: float, words: str, looks: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" {looks}>{escape(words)}</text>'


def _mermaid(words: str) -> str:
    """Words without the signs that Mermaid would read as its own."""
    return (
        words.replace('"', "”").replace(":", " –").replace(";", ",").replace("#", "no. ").replace("\n", " ")
    )
