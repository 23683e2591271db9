"""One voice: every message in one language and formality, read from its file in messages/copy."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

COPY: Final = Path(__file__).parent / "copy"
_PLACE = re.compile(r"\{([a-z_]+)\}")
_KEYS: Final = frozenset({"text", "sms", "whatsapp", "telegram", "buttons", "pay_button"})


class Line:
    """Text with `{fact}` places, taken apart once; nothing but plain names can stand between braces."""

    def __init__(self, text: str) -> None:
        """Raises ValueError when a brace is not part of a place."""
        self._parts = _PLACE.split(text)
        if any("{" in part or "}" in part for part in self._parts):
            raise ValueError(f"a place is a fact's name between braces: {text!r}")
        self.places: tuple[str, ...] = tuple(dict.fromkeys(self._parts[1::2]))

    def fill(self, word: Callable[[str], str]) -> str:
        """Put `word(name)` in every place. What is put in is never looked at again."""
        filled = list(self._parts)
        filled[1::2] = map(word, self._parts[1::2])
        return "".join(filled)


@dataclass(frozen=True)
class Choice:
    """A button: the label to tap and the answer that it gives."""

    label: Line
    answer: Line


@dataclass(frozen=True)
class Script:
    """One message: its text by channel (`text` for the rest), its buttons, and the one that pays."""

    texts: Mapping[str, Line]
    choices: tuple[Choice, ...]
    pay: Line | None

    def text(self, channel: str) -> Line:
        return self.texts.get(channel) or self.texts["text"]

    @property
    def asks_to_pay(self) -> bool:
        return self.pay is not None or any("link" in line.places for line in self.texts.values())


@dataclass(frozen=True)
class OptionWords:
    """One kind of option in words: see messages.options.Offer."""

    label: Line
    answer: Line
    line: Line


@dataclass(frozen=True)
class Voice:
    """The messages of one language and formality, with words for facts that are empty.

    `options` are the words of what can be chosen, `choose` invites to answer with a number, and `items`
    are the lines of lists.
    """

    language: str
    formality: str
    scripts: Mapping[str, Script]
    absent: Mapping[str, str]
    examples: Mapping[str, Any]
    options: Mapping[str, OptionWords]
    choose: str
    items: Mapping[str, Line]


def read(name: str, language: str, formality: str) -> Voice:
    """Read `messages/copy/<name>.toml`. Raises ValueError when it breaks the shape above."""
    pages = tomllib.loads((COPY / f"{name}.toml").read_text(encoding="utf-8"))
    facts = pages.pop("facts", {})
    options = pages.pop("options")
    choose = options.pop("choose")
    items = {kind: Line(text) for kind, text in pages.pop("items").items()}
    scripts = {key: _script(f"{name}: {key}", page) for key, page in pages.items()}
    kinds = {kind: _option_words(words) for kind, words in options.items()}
    absent, examples = facts.get("absent", {}), facts.get("examples", {})
    return Voice(language, formality, scripts, absent, examples, kinds, choose, items)


def _option_words(words: Mapping[str, str]) -> OptionWords:
    """Where nothing else is said, the label says it all."""
    label = words["label"]
    return OptionWords(Line(label), Line(words.get("answer", label.lower())), Line(words.get("line", label)))


@cache
def asking_to_pay() -> frozenset[str]:
    """Return the names of the messages that hold out a way to pay: they make no sense when nothing is owed.

    Every voice says the same, so that one of them tells it for all.
    """
    scripts = read("nl_u", "nl", "u").scripts
    return frozenset(name for name, script in scripts.items() if script.asks_to_pay)


def _script(where: str, page: Mapping[str, Any]) -> Script:
    unknown = page.keys() - _KEYS
    if unknown or "text" not in page:
        raise ValueError(f"{where}: needs text, and does not know {sorted(unknown)}")
    texts = {key: Line(text) for key, text in page.items() if key not in {"buttons", "pay_button"}}
    choices = tuple(Choice(Line(b["label"]), Line(b["answer"])) for b in page.get("buttons", ()))
    return Script(texts, choices, Line(page["pay_button"]) if "pay_button" in page else None)
