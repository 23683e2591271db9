"""The pay page's copy: one file a voice, amounts and days written as its readers write them."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from messages import wording
from messages.voices import COPY as MESSAGE_COPY
from messages.voices import Line

COPY: Final = Path(__file__).parent / "copy"
LANGUAGES: Final = ("nl", "en")
_VOICES: Final = {("nl", "u"): "nl_u", ("nl", "je"): "nl_je"}


@dataclass(frozen=True)
class Words:
    """What the page says in one language and formality; `today` decides when a year is named."""

    language: str
    formality: str
    today: date

    def say(self, key: str, **facts: object) -> str:
        """Return the text called `section.name` with its facts filled in (str, int, Money, date).

        Raises KeyError when there is no such text, or when a fact that it needs is not given.
        """
        lines = voice(_VOICES.get((self.language, self.formality), "en"))
        known = {"free_help": free_help(), **facts}
        return lines[key].fill(lambda place: self.write(known[place]))

    def has(self, key: str) -> bool:
        """Whether there is a text called `key`."""
        return key in voice(_VOICES.get((self.language, self.formality), "en"))

    def write(self, fact: object) -> str:
        """Write one amount, day or count as a reader of this language does; text stays as it is."""
        if isinstance(fact, str):
            return fact
        return unbroken(wording.in_words(fact, self.language, self.today))

    @property
    def other_language(self) -> str:
        return "en" if self.language == "nl" else "nl"


def unbroken(text: str) -> str:
    """Return `text` with every amount as one word, which no line breaks in two."""
    return text.replace("€ ", "€\u00a0")


@cache
def voice(name: str) -> Mapping[str, Line]:
    """Return every text of `web/pay/copy/<name>.toml` by `section.name`."""
    sections = tomllib.loads((COPY / f"{name}.toml").read_text(encoding="utf-8"))
    return {f"{s}.{key}": Line(text) for s, texts in sections.items() for key, text in texts.items()}


@cache
def free_help() -> str:
    """Who helps with money worries, from the one place where that stands."""
    known = tomllib.loads((MESSAGE_COPY / "free_help.toml").read_text(encoding="utf-8"))
    return f"{known['name']} ({known['phone']})"


def visible(text: str) -> str:
    """Return `text` without characters that draw nothing, which can turn a line around or hide a word."""
    return "".join(c for c in " ".join(text.split()) if unicodedata.category(c)[0] != "C")
