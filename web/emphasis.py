"""Shows `*word*` in a message as the payer's phone does: stressed, without the stars."""

from __future__ import annotations

import re
from typing import Final

from markupsafe import Markup, escape

_STRESSED: Final = re.compile(r"\*([^*\n]+)\*")


def emphasised(text: str) -> Markup:
    """Return `text`, safe for a page, with its stressed words as such."""
    parts = _STRESSED.split(text)
    marked = [Markup("<strong>{}</strong>").format(part) for part in parts[1::2]]
    return Markup("").join(escape(part) + mark for part, mark in zip(parts[::2], [*marked, ""], strict=True))
