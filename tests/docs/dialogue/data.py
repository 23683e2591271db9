"""What docs/dialogue.md is drawn from: the examples beside this file, and the day on which they are read."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from core.calendar import AMSTERDAM

# A Monday, on which the dialogues in tests/dialogues begin too.
NOW: Final = datetime(2026, 11, 23, 10, tzinfo=AMSTERDAM)
TODAY: Final = NOW.date()
LANGUAGES: Final = {"nl": "Dutch", "en": "English"}
# The three voices, as the page calls them.
VOICES: Final = {"Dutch, je": ("nl", "je"), "Dutch, u": ("nl", "u"), "English": ("en", "u")}


def examples(name: str) -> Any:
    """The table `name` of `examples.toml`: phrases and plain sentences, and nothing that the code decides."""
    return _EXAMPLES[name]


def _read() -> dict[str, Any]:
    path = Path(__file__).with_name("examples.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


_EXAMPLES: Final = _read()
