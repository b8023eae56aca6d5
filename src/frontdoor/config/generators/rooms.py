"""docs/generated/rooms.svg and rooms.md: the rooms on their floors, and who uses whom, as the imports say."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from configparser import ConfigParser
from dataclasses import dataclass
from html import escape
from textwrap import wrap

from frontdoor.config.environment import CHECKOUT

PICTURE = "docs/generated/rooms.svg"
PAGE = "docs/generated/rooms.md"
SOURCE = CHECKOUT / "src" / "frontdoor"

WIDTH, MARGIN, GAP = 1080, 24, 14
FLOOR_HEIGHT, BOX_HEIGHT, LINE_HEIGHT = 112, 98, 17
LETTER = 6.4
"""Width in pixels of a letter of the small text, about: words are cut to fit their box."""


@dataclass(frozen=True)
class Room:
    """One package: its name, the first sentence about it, and the rooms it imports."""

    name: str
    words: str
    uses: tuple[str, ...]


def rooms_picture() -> Mapping[str, str]:
    """The picture and the page with the diagram, by their paths in the checkout."""
    floors = read_floors()
    return {PICTURE: draw(floors), PAGE: diagram(floors)}


def read_floors() -> Sequence[Sequence[Room]]:
    """The floors from top to bottom, as `.importlinter` has them; rooms that do not exist yet are left out."""
    contract = ConfigParser()
    contract.read(CHECKOUT / ".importlinter", "utf-8")
    lines = contract["importlinter:contract:floors"]["layers"].split("\n")
    named = [[word.strip(" ()") for word in line.split("|")] for line in lines if line.strip()]
    there = [[name for name in floor if (SOURCE / name / "__init__.py").exists()] for floor in named]
    uses = imports_between([name for floor in there for name in floor])
    return [[Room(name, first_sentence(name), uses[name]) for name in floor] for floor in there if floor]


def first_sentence(room: str) -> str:
    """What the room says of itself in the first line of its docstring."""
    tree = ast.parse((SOURCE / room / "__init__.py").read_text("utf-8"))
    return (ast.get_docstring(tree) or "").partition("\n")[0].rstrip(".")


def imports_between(rooms: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """For each room the rooms that it imports directly."""
    import grimp  # a tool of the checks: an installation that only runs the platform does without it

    graph = grimp.build_graph("frontdoor")
    packages = {room: f"frontdoor.{room}" for room in rooms}
    return {
        room: tuple(
            other
            for other in rooms
            if other != room
            and graph.direct_import_exists(
                importer=packages[room], imported=packages[other], as_packages=True
            )
        )
        for room in rooms
    }


def draw(floors: Sequence[Sequence[Room]]) -> str:
    """The house as SVG: a row for each floor, the top floor first."""
    height = MARGIN * 2 + FLOOR_HEIGHT * len(floors)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        'font-family="Arial, Helvetica, sans-serif">',
        "<title>The rooms of Front Door, floor by floor. A room imports only from the floors below it.</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
    ]
    for number, floor in enumerate(floors):
        width = (WIDTH - 2 * MARGIN - GAP * (len(floor) - 1)) / len(floor)
        for place, room in enumerate(floor):
            parts += _box(
                room, x=MARGIN + place * (width + GAP), y=MARGIN + number * FLOOR_HEIGHT, width=width
            )
    return "\n".join([*parts, "</svg>", ""])


def _box(room: Room, *, x: float, y: float, width: float) -> list[str]:
    fits = int((width - 24) / LETTER)
    uses = f"uses {', '.join(room.uses)}" if room.uses else "uses no other room"
    lines = [(line, "#0b0c0c") for line in wrap(room.words, fits, max_lines=2, placeholder=" …")]
    lines += [(line, "#505a5f") for line in wrap(uses, fits, max_lines=4 - len(lines), placeholder=" …")]
    return [
        f'<rect x="{x:.0f}" y="{y}" width="{width:.0f}" height="{BOX_HEIGHT}" rx="4" fill="#eef5f5" stroke="#0b5d63"/>',
        f'<text x="{x + 12:.0f}" y="{y + 23}" font-size="16" font-weight="bold" fill="#0b0c0c">{room.name}</text>',
        *(
            f'<text x="{x + 12:.0f}" y="{y + 42 + LINE_HEIGHT * place}" font-size="12" fill="{ink}">{escape(line)}</text>'
            for place, (line, ink) in enumerate(lines[:4])
        ),
    ]


def diagram(floors: Sequence[Sequence[Room]]) -> str:
    """The same as a Mermaid diagram, every import an arrow."""
    lines = [
        "# The rooms",
        "",
        "A room imports only from floors below its own; `./test floors` holds it.",
        "",
        "```mermaid",
    ]
    lines.append("flowchart TB")
    for number, floor in enumerate(floors):
        lines.append(f'  subgraph floor{number}[" "]')
        lines += [f"    {room.name}" for room in floor]
        lines.append("  end")
    lines += [f"  {room.name} --> {used}" for floor in floors for room in floor for used in room.uses]
    return "\n".join([*lines, "```", ""])
