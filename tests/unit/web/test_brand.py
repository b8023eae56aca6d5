from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.web import brand

COLOURS = st.integers(min_value=0, max_value=0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#ffffff", "#ffffff", 1.0)],
)
def test_contrast_agrees_with_known_pairs(one: str, other: str, ratio: float) -> None:
    assert brand.contrast(one, other) == pytest.approx(ratio, abs=0.01)


@given(chosen=COLOURS, accent=COLOURS)
def test_palette_is_readable_whatever_a_council_chooses(chosen: str, accent: str) -> None:
    colours = brand.palette(brand=chosen, accent=accent)
    pairs = [
        (colours.on_brand, colours.brand),
        (colours.on_brand, colours.brand_dark),
        (colours.link, brand.WHITE),
        (colours.link, colours.brand_tint),
        (colours.link_hover, colours.brand_tint),
        (colours.brand_dark, colours.brand_tint),
    ]
    assert [pair for pair in pairs if brand.contrast(*pair) < brand.TEXT_CONTRAST] == []
    assert brand.contrast(colours.accent, brand.WHITE) >= brand.EDGE_CONTRAST


def test_readable_colour_is_left_as_it_is() -> None:
    assert brand.palette(brand="#0b5d63", accent="#a6471c").brand == "#0b5d63"


@pytest.mark.parametrize("text", ["teal", "#fff", "#0b5d6g", "#0b5d63; } body { display: none", ""])
def test_colour_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(brand.BadColour):
        brand.palette(brand=text, accent="#a6471c")


def test_style_sheet_carries_typeface_and_nothing_else() -> None:
    colours = brand.palette(brand="#0b5d63", accent="#a6471c")
    assert '--frontdoor-typeface: "Gill Sans", sans-serif;' in brand.style_sheet(
        colours, typeface='"Gill Sans", sans-serif'
    )
    with pytest.raises(ValueError, match="not a list of typefaces"):
        brand.style_sheet(colours, typeface="x; } body { display: none")
