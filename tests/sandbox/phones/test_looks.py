"""The phones can be read by everybody: enough contrast between words and ground, light and dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import sandbox.phones

STATIC = Path(sandbox.phones.__file__).parent / "static"
# What stands on what, by the names in channels.css.
PAIRS = (
    ("on-theirs", "theirs"),
    ("on-mine", "mine"),
    ("meta", "theirs"),
    ("meta-mine", "mine"),
    ("url", "theirs"),
    ("on-head", "head"),
    ("on-head-quiet", "head"),
    ("on-face", "face"),
    ("on-go", "go"),
    ("hint", "field"),
    ("text", "field"),
    ("text", "foot"),
    ("on-pill", "pill"),
)


def colours(channel: str, *, dark: bool) -> dict[str, str]:
    """The colours of a channel; in the dark, those that the dark changes."""
    sheet = (STATIC / "channels.css").read_text()
    blocks = re.findall(rf"^ *\.{channel} \{{([^}}]*--[^}}]*)\}}", sheet, re.MULTILINE)
    assert len(blocks) == 2
    named = "".join(blocks[: 2 if dark else 1])
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", named))


def light(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it; any transparency is over something of the same kind."""
    digits = colour[1:]
    if len(digits) < 6:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("channel", ["whatsapp", "sms", "telegram"])
def test_words_stand_out_enough_on_their_ground(channel: str, dark: bool) -> None:
    named = colours(channel, dark=dark)
    pairs = [*PAIRS, *([("on-inline", "inline")] if channel == "telegram" else [])]
    poor = {pair: round(contrast(named[pair[0]], named[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in poor.items() if ratio < 4.5} == {}
