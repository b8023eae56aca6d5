"""The state diagram: everything is on it, nothing covers anything else, and odd words do no harm."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from frontdoor.journeys.drawing import as_mermaid, as_svg
from frontdoor.journeys.layout import Layout, Line, laid_out
from tests.builders.journeys import a_journey

SVG = "{http://www.w3.org/2000/svg}"
JOURNEY = a_journey(
    {
        "starts at": "received",
        "states": {
            "received": {"staff": 'Received: "new" <&>'},
            "waiting": {"waits for": "customer", "clock": "stopped"},
            "being decided": {},
            "approved": {"ends as": "approved"},
        },
        "moves": {
            "ask": {"from": "received", "to": "waiting", "label": "Ask & wait"},
            "answer": {"from": "waiting", "to": "received", "by": "customer"},
            "take": {"from": "received", "to": "being decided", "by": "system"},
            "approve": {"from": "being decided", "to": "approved"},
            "note": {"from": "received"},
            "close": {"from": ["received", "waiting", "being decided", "approved"], "to": "approved"},
        },
    }
)


def words_of(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]  # our own


def test_svg_names_every_state_and_every_move() -> None:
    words = words_of(as_svg(journey=JOURNEY, title="Life of a case"))
    assert sorted(words) == sorted(
        [
            'Received: "new" <&>',
            "Waiting",
            "Being decided",
            "Approved",
            "waits for officer",
            "waits for customer, clock stopped",
            "waits for officer",
            "ends as approved",
            "Ask & wait (officer)",
            "Answer (customer)",
            "Take (system)",
            "Approve (officer)",
            'Note (officer): in Received: "new" <&>; the case stays where it is',
            'Close (officer): from Received: "new" <&>, Waiting, Being decided, Approved → Approved',
        ]
    )


def test_svg_has_a_title_and_no_script_or_style() -> None:
    root = ElementTree.fromstring(as_svg(journey=JOURNEY, title="Life of a <case>"))  # our own
    assert root.findtext(f"{SVG}title") == "Life of a <case>"
    assert root.get("role") == "img"
    assert not [
        each for each in root.iter() if each.tag in (f"{SVG}script", f"{SVG}style") or each.get("style")
    ]


def test_svg_is_the_same_every_time() -> None:
    assert as_svg(journey=JOURNEY) == as_svg(journey=JOURNEY)


def test_mermaid_names_states_moves_and_ends() -> None:
    assert as_mermaid(journey=JOURNEY).splitlines() == [
        "stateDiagram-v2",
        "    direction TB",
        '    state "Received – ”new” <&>" as received',
        '    state "Waiting" as waiting',
        '    state "Being decided" as being_decided',
        '    state "Approved" as approved',
        "    [*] --> received",
        "    received --> waiting : Ask & wait (officer)",
        "    waiting --> received : Answer (customer)",
        "    received --> being_decided : Take (system)",
        "    being_decided --> approved : Approve (officer) / Close (officer)",
        "    received --> approved : Close (officer)",
        "    waiting --> approved : Close (officer)",
        "    approved --> [*]",
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from("abcdefgh"), min_size=1, unique=True),
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=14, unique=True),
)
def test_nothing_covers_anything_else(names: list[str], pairs: list[tuple[int, int]]) -> None:
    widths = {name: 60.0 + 10 * n for n, name in enumerate(names)}
    ends = sorted({(names[a % len(names)], names[b % len(names)]) for a, b in pairs})
    lines = [Line(source, target, 80.0) for source, target in ends if source != target]
    layout = laid_out(widths=widths, lines=lines, layer_height=50.0, margin=20.0)
    assert set(layout.boxes) == set(names)
    spans = spans_of(layout, widths)
    for (y, left, right), (other_y, other_left, other_right) in combinations(spans, 2):
        assert y != other_y or right <= other_left + 0.2 or other_right <= left + 0.2
    assert all(left >= 0 and right <= layout.width for _, left, right in spans)


def spans_of(layout: Layout, widths: dict[str, float]) -> list[tuple[float, float, float]]:
    """Height, left and right of every box and of the words of every line."""
    boxes = [(at.y, at.x - widths[name] / 2, at.x + widths[name] / 2) for name, at in layout.boxes.items()]
    words = [(each.words_at.y, each.words_at.x - 40.0, each.words_at.x + 40.0) for each in layout.lines]
    return boxes + words
