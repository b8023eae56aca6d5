"""A council's colours as a style sheet, with every text colour checked against what it stands on.

A council gives two colours. Everything else (links, tints, hover, the text on a coloured bar) is worked out
from them, and darkened where needed, so that no choice of colours can make a page unreadable. The measure is
the contrast ratio of WCAG 2.2 (relative luminance), 4.5 for text and 3 for the edges of controls.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

TEXT_CONTRAST = 4.5
EDGE_CONTRAST = 3.0
WHITE = "#ffffff"
HEX = re.compile(r"#[0-9a-fA-F]{6}")


class BadColour(ValueError):
    """A brand colour must be written as a # and six hexadecimal digits, such as #0b5d63."""


@dataclass(frozen=True, kw_only=True)
class Palette:
    """The colours a page uses, each readable where it is used."""

    brand: str
    on_brand: str
    brand_dark: str
    brand_tint: str
    brand_line: str
    accent: str
    accent_tint: str
    link: str
    link_hover: str


def _channels(colour: str) -> tuple[int, int, int]:
    if not HEX.fullmatch(colour):
        raise BadColour(f"{colour!r} is not a colour. {BadColour.__doc__}")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(channel: int) -> float:
    share = channel / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    """Relative luminance, 0 for black to 1 for white (WCAG 2.2, definitions)."""
    red, green, blue = (_linear(channel) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, definitions)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(colour: str, other: str, share: float) -> str:
    """`colour` with `share` (0 to 1) of `other` stirred in."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def readable(colour: str, *, on: str, at_least: float = TEXT_CONTRAST) -> str:
    """`colour`, darkened step by step until it can be read on the light colour `on`."""
    for step in range(21):
        candidate = mix(colour, "#000000", step / 20)
        if contrast(candidate, on) >= at_least:
            return candidate
    return "#000000"


def palette(*, brand: str, accent: str) -> Palette:
    """Every colour of the pages from the council's two. Raises BadColour."""
    bar = readable(brand, on=WHITE)
    tint = mix(brand, WHITE, 0.94)
    link = readable(brand, on=tint)
    return Palette(
        brand=bar,
        on_brand=WHITE,
        brand_dark=mix(bar, "#000000", 0.35),
        brand_tint=tint,
        brand_line=mix(brand, WHITE, 0.7),
        accent=readable(accent, on=WHITE, at_least=EDGE_CONTRAST),
        accent_tint=mix(accent, WHITE, 0.9),
        link=link,
        link_hover=mix(link, "#000000", 0.4),
    )


def style_sheet(colours: Palette, *, typeface: str = "") -> str:
    """The custom properties that the design system and our own style sheet read."""
    values = {
        "--frontdoor-brand": colours.brand,
        "--frontdoor-on-brand": colours.on_brand,
        "--frontdoor-brand-dark": colours.brand_dark,
        "--frontdoor-brand-tint": colours.brand_tint,
        "--frontdoor-brand-line": colours.brand_line,
        "--frontdoor-accent": colours.accent,
        "--frontdoor-accent-tint": colours.accent_tint,
        "--govuk-brand-colour": colours.brand,
        "--govuk-link-colour": colours.link,
        "--govuk-link-hover-colour": colours.link_hover,
        "--govuk-template-background-colour": WHITE,
        "--govuk-surface-background-colour": colours.brand_tint,
        "--govuk-surface-border-colour": colours.brand_line,
    }
    if typeface:
        values["--frontdoor-typeface"] = _typeface(typeface)
    return ":root {\n" + "".join(f"  {name}: {value};\n" for name, value in values.items()) + "}\n"


def _typeface(names: str) -> str:
    """A font list that cannot carry anything but font names out of a settings file into the style sheet."""
    if not re.fullmatch(r"[\w ,'\"-]+", names):
        raise ValueError(
            f"{names!r} is not a list of typefaces. Write names with commas, such as: Arial, sans-serif."
        )
    return names
