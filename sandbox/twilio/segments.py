"""Counts SMS segments: 160 letters of the GSM alphabet or 70 of any, fewer each when it takes several."""

from __future__ import annotations

from typing import Final

_GSM: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# These cost two letters each.
_GSM_TWICE: Final = frozenset("^{}\\[~]|€\f")


def segments(text: str) -> int:
    """Return how many SMS segments a text takes; at least one."""
    if all(letter in _GSM or letter in _GSM_TWICE for letter in text):
        length, alone, joined = sum(1 + (c in _GSM_TWICE) for c in text), 160, 153
    else:
        length, alone, joined = len(text.encode("utf-16-le")) // 2, 70, 67
    return 1 if length <= alone else -(-length // joined)
