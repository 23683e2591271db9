"""The merchant's colour, made to stand out on light and on dark: a stylesheet of a few lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from messages.qr import Rgb, contrast_with_white

DEFAULT: Final = "0b6e4f"
# WCAG 2.2 AA for text, measured against the least favourable ground in pay.css.
LEAST_CONTRAST: Final = 4.5
LIGHT_GROUND: Final[Rgb] = (0xF4, 0xF5, 0xF3)
DARK_GROUND: Final[Rgb] = (0x1B, 0x20, 0x1E)
_WHITE: Final[Rgb] = (255, 255, 255)
_BLACK: Final[Rgb] = (0, 0, 0)
_HEX: Final = re.compile(r"[0-9a-f]{6}", re.ASCII)


def safe(color: str) -> str:
    """Return `color` as six hexadecimal digits; a colour that is not written so becomes the house's own."""
    digits = color.removeprefix("#").lower()
    return digits if _HEX.fullmatch(digits) else DEFAULT


def contrast(one: Rgb, other: Rgb) -> float:
    """Return WCAG's contrast ratio of two colours, from 1 to 21."""
    ratios = (contrast_with_white(one), contrast_with_white(other))
    return max(ratios) / min(ratios)


def on_light(digits: str) -> Rgb:
    """Return the colour, darkened until it can be read on the light ground and white can be read on it."""
    return _first_readable(bytes.fromhex(digits), _BLACK, LIGHT_GROUND)


def on_dark(digits: str) -> Rgb:
    """Return the colour's light twin: it can be read on the dark ground, and dark text on it."""
    return _first_readable(bytes.fromhex(digits), _WHITE, DARK_GROUND)


def _first_readable(color: bytes, toward: Rgb, ground: Rgb) -> Rgb:
    return next(mix for mix in _mixes(color, toward) if contrast(mix, ground) >= LEAST_CONTRAST)


def _mixes(color: bytes, toward: Rgb) -> Iterator[Rgb]:
    """Go from `color` to `toward` in twenty steps."""
    red, green, blue = color
    for step in range(21):
        r, g, b = (
            (20 - step) * part + step * aim for part, aim in zip((red, green, blue), toward, strict=True)
        )
        yield r // 20, g // 20, b // 20


def stylesheet(digits: str) -> str:
    """Return the CSS that gives pay.css its accent, in light and dark."""
    light, dark = _css(on_light(digits)), _css(on_dark(digits))
    return (
        f":root{{--accent:{light};--on-accent:#fff}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{--accent:{dark};--on-accent:{_css(DARK_GROUND)}}}}}\n"
    )


def icon(digits: str) -> str:
    """Return the page's icon: a dot in the merchant's colour."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">'
        f'<circle cx="8" cy="8" r="7" fill="{_css(on_light(digits))}"/></svg>'
    )


def _css(color: Rgb) -> str:
    return f"#{bytes(color).hex()}"
