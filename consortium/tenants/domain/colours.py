"""One brand colour becomes a readable palette, in light and in dark (WCAG 2.2 contrast)."""

import re
from dataclasses import dataclass

from consortium.tenants.domain.consortia import ConsortiumRefused
from consortium.words import say

READABLE = 4.5  # WCAG 1.4.3, text of ordinary size
WHITE = "#ffffff"
BLACK = "#000000"
# The grounds and the fainter text of theme.css.
PAPER = "#fbfaf7"
DARK_CARD = "#1c2228"
DARK_FAINT = "#b4bdc5"
SOFT = 0.10  # share of the brand colour in a soft ground
SOFT_IN_DARK = 0.22
STEPS = 100
LINEAR_BELOW = 0.04045  # where the sRGB curve begins

Channels = tuple[int, int, int]


class Unreadable(ConsortiumRefused):
    """The colour cannot carry text."""


@dataclass(frozen=True, kw_only=True)
class Shades:
    """The brand in one mode: the colour, text on it, a soft ground, and brand-coloured text."""

    brand: str
    ink: str
    soft: str
    text: str
    """The brand colour as text: readable on the page and on ``soft``."""


@dataclass(frozen=True, kw_only=True)
class Palette:
    """The brand in both modes."""

    light: Shades
    dark: Shades


def check_brand(colour: str) -> str:
    """Return the colour as ``#rrggbb`` if white text on it can be read.

    Buttons of pages and mails put white on it, and mail programs know no second choice.
    Raises ``Unreadable`` with the nearest shade that would do.
    """
    colour = colour.strip().lower()
    if not re.fullmatch(r"#[0-9a-f]{6}", colour, re.ASCII):
        raise Unreadable(
            say("Write the colour as # and six digits or letters a to f, like #1f4e79."),
            field="brand_colour",
        )
    found = contrast(colour, WHITE)
    if found < READABLE:
        raise Unreadable(
            say(
                "White text on %(colour)s is hard to read: its contrast is %(found)s to 1, and 4.5 "
                "to 1 is needed. The nearest darker shade that works is %(better)s.",
                colour=colour,
                found=f"{int(found * 10) / 10:.1f}",
                better=towards(colour, BLACK, until_readable_on=WHITE),
            ),
            field="brand_colour",
        )
    return colour


def palette(brand: str) -> Palette:
    """Return every shade that pages need, each readable where it is used."""
    return Palette(light=_light(brand), dark=_dark(brand))


def contrast(one: str, other: str) -> float:
    """Return the WCAG contrast ratio of two colours: 1 (the same) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def ink_on(ground: str) -> str:
    """Return the text colour that reads best on the ground; one of the two always passes."""
    return max((WHITE, BLACK), key=lambda ink: contrast(ink, ground))


def mixed(colour: str, other: str, share: float) -> str:
    """Return ``other`` with a share (0 to 1) of ``colour`` in it."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return _written(*(round(a * share + b * (1 - share)) for a, b in pairs))


def towards(colour: str, end: str, *, until_readable_on: str) -> str:
    """Return the colour moved as little as possible towards ``end`` so that it can be read."""
    for step in range(STEPS):
        moved = mixed(end, colour, step / STEPS)
        if contrast(moved, until_readable_on) >= READABLE:
            return moved
    return end


def _light(brand: str) -> Shades:
    soft = mixed(brand, WHITE, SOFT)
    text = towards(brand, BLACK, until_readable_on=min(soft, PAPER, key=_luminance))
    return Shades(brand=brand, ink=ink_on(brand), soft=soft, text=text)


def _dark(brand: str) -> Shades:
    soft = mixed(brand, DARK_CARD, SOFT_IN_DARK)
    soft = towards(soft, BLACK, until_readable_on=DARK_FAINT)
    text = towards(brand, WHITE, until_readable_on=max(soft, DARK_CARD, key=_luminance))
    return Shades(brand=text, ink=ink_on(text), soft=soft, text=text)


def _channels(colour: str) -> Channels:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _written(red: int, green: int, blue: int) -> str:
    return f"#{red:02x}{green:02x}{blue:02x}"


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    if channel <= LINEAR_BELOW:
        return channel / 12.92
    return float(((channel + 0.055) / 1.055) ** 2.4)
