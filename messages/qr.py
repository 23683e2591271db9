"""The QR code of a pay link: the merchant's colour, dark enough and with room around it to scan anywhere."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Final

import qrcode
from PIL import Image
from qrcode.constants import ERROR_CORRECT_M

QUIET_MODULES: Final = 4
# WCAG's strictest contrast with white; scanners, dim screens and prints all do with it.
LEAST_CONTRAST: Final = 7.0
_BLACK: Final = (0, 0, 0)
Rgb = tuple[int, int, int]


@lru_cache(maxsize=256)
def png(url: str, color: str, least_pixels: int = 480) -> bytes:
    """Return a square PNG of `url`, at least `least_pixels` wide, in `color` (`#rrggbb`) on white.

    The colour is darkened until it stands out enough. Raises ValueError for a text that is no colour
    or a url that no QR code can hold.
    """
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_MODULES, box_size=1)
    code.add_data(url)
    code.make(fit=True)
    modules = code.get_matrix()
    image = Image.new("P", (len(modules), len(modules)))
    image.putpalette([255, 255, 255, *dark_enough(color)])
    image.putdata([int(dark) for row in modules for dark in row])
    box = -(-least_pixels // len(modules))
    scaled = image.resize((len(modules) * box, len(modules) * box), Image.Resampling.NEAREST)
    target = io.BytesIO()
    scaled.save(target, "PNG", optimize=True, bits=1)
    return target.getvalue()


def dark_enough(color: str) -> Rgb:
    """Return `color` (`#rrggbb`), darkened in small steps until its contrast with white is enough.

    Raises ValueError when it is not written that way.
    """
    digits = color.removeprefix("#")
    if len(digits) != 6 or not digits.isalnum():
        raise ValueError(f"not a colour such as #0b6e4f: {color!r}")
    red, green, blue = bytes.fromhex(digits)
    for twentieths in range(20, 0, -1):
        darker = (red * twentieths // 20, green * twentieths // 20, blue * twentieths // 20)
        if contrast_with_white(darker) >= LEAST_CONTRAST:
            return darker
    return _BLACK


def contrast_with_white(color: Rgb) -> float:
    """Return WCAG's contrast ratio of `color` with white: 1 for white itself, 21 for black."""
    red, green, blue = (_linear(part / 255) for part in color)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
