"""How many parts a text is sent in."""

from __future__ import annotations

import pytest

from frontdoor.channels.texts import dear_letters, parts_of


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("a" * 459, 3),
        ("a" * 918, 6),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ŵ" + "a" * 69, 1),
        ("ŵ" + "a" * 70, 2),
        ("ŵ" + "a" * 134, 3),
        ("ਸ" * 201, 3),
        ("🙂" * 35, 1),
        ("🙂" * 36, 2),
    ],
)
def test_parts_are_counted_as_the_networks_do(text: str, parts: int) -> None:
    assert parts_of(text) == parts


def test_letters_that_make_it_dearer_are_named() -> None:
    assert dear_letters("Annwyl Siân Tŷ’r ŷd, £5 é") == ["â", "ŷ", "’"]
