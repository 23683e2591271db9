"""What the bot understands: the examples are read here and now, so that the page cannot say otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.stories import thread
from bot.understanding import Ask, Context, Intent, Reading, Span, understand
from bot.understanding.questions import question
from tests.docs.dialogue.data import LANGUAGES, NOW, TODAY, examples
from tests.docs.dialogue.drawing import full, plain, quoted, table, when


def read(text: str, language: str, context: str | None = None) -> Reading:
    return understand(text, context, now=NOW, language=language)


def fixed_day() -> str:
    """The day on which everything on the page is written."""
    return f"Everything here is written on **{full(TODAY)} at {NOW:%H:%M}** in Amsterdam."


def intents() -> str:
    """Every intent: what it is for, and how examples of it are read."""
    return "\n\n".join(_intent(intent) for intent in Intent)


def _intent(intent: Intent) -> str:
    told = examples("intents").get(str(intent), {})
    tables = [_examples(told.get(code, ()), code, name) for code, name in LANGUAGES.items()]
    return "\n\n".join([f"### `{intent}`", told.get("for", ""), *filter(None, tables)])


def _examples(phrases: Iterable[Any], code: str, name: str) -> str:
    rows = [_example(text, code, after) for text, after in map(phrase_of, phrases)]
    return table((name, "Read as"), rows) if rows else ""


def phrase_of(phrase: str | Mapping[str, str]) -> tuple[str, str | None]:
    """The words of an example, and the move of ours that they come after, if any."""
    return (phrase, None) if isinstance(phrase, str) else (phrase["text"], phrase["after"])


def _example(text: str, language: str, after: str | None) -> tuple[str, str]:
    reading = read(text, language, after)
    said = f" (after `{after}`)" if after else ""
    return f"{marked(text, reading.spans)}{said}", in_words(reading)


def marked(text: str, spans: Iterable[Span]) -> str:
    """`text` with the words that led to its reading in bold."""
    bold = {at for span in spans for at in range(span.start, span.end)}
    bold |= {at for at, letter in enumerate(text) if letter == " " and {at - 1, at + 1} <= bold}
    out, at = "", 0
    while at < len(text):
        end = next((n for n in range(at, len(text)) if (n in bold) is not (at in bold)), len(text))
        piece = plain(text[at:end])
        out += f"<b>{piece}</b>" if at in bold else piece
        at = end
    return out


def in_words(reading: Reading) -> str:
    """A reading in a line: intents, what they carry, and what is asked back."""
    slots = ", ".join(f"{name} {_slot(value)}" for name, value in reading.slots.items())
    line = " + ".join(f"`{intent}`" for intent in reading.intents) + (f": {slots}" if slots else "")
    if not reading.clarify:
        return line
    choices = " or ".join(when(choice) for choice in reading.choices)
    return f"{line}; **asks back**, `{reading.ask_code}`{f' ({choices})' if choices else ''}"


def _slot(value: object) -> str:
    if isinstance(value, list | tuple):
        return " to ".join(when(str(day)) for day in value)
    try:
        return when(value) if isinstance(value, str) else str(value)
    except ValueError:
        return plain(str(value))


def contexts() -> str:
    """What a few short answers mean after each move of ours; moves after which all are alike share a row."""
    return "\n\n".join(_after_each(code, name) for code, name in LANGUAGES.items())


def _after_each(code: str, name: str) -> str:
    words = examples("short_answers")[code]
    moves: list[Context | None] = [None, *Context]
    alike: dict[tuple[str, ...], list[str]] = {}
    for move in moves:
        cells = tuple(_in_short(read(word, code, move)) for word in words)
        alike.setdefault(cells, []).append(f"`{move}`" if move else "nothing")
    rows = [(", ".join(after), *cells) for cells, after in alike.items()]
    return f"### In {name}\n\n" + table(("After", *map(quoted, words)), rows)


def _in_short(reading: Reading) -> str:
    return f"asks `{reading.ask_code}`" if reading.clarify else in_words(reading)


def moves() -> str:
    """Each move of ours, in a sentence, and the messages that make it."""
    told = examples("contexts")
    rows = [(f"`{move}`", told.get(str(move), ""), _made_by(move)) for move in Context]
    return table(("Move", "What we did", "Messages"), rows)


def _made_by(move: Context) -> str:
    names = [name for name, made in thread._MOVE.items() if made is move]
    return ", ".join(f"`{name}`" for name in names) or "–"


def days() -> str:
    """Written forms of days, and the day that is understood."""
    return "\n\n".join(_days(code, name, asked=False) for code, name in LANGUAGES.items())


def doubtful_days() -> str:
    """Written forms that are asked about, and between what they leave us."""
    return "\n\n".join(_days(code, name, asked=True) for code, name in LANGUAGES.items())


def _days(code: str, name: str, *, asked: bool) -> str:
    readings = [(text, read(text, code)) for text in examples("days")[code]]
    rows = [(plain(text), _day(reading)) for text, reading in readings if reading.clarify is asked]
    return table((name, "Asked back" if asked else "Understood as"), rows)


def _day(reading: Reading) -> str:
    if not reading.clarify:
        return ", ".join(_slot(value) for value in reading.slots.values())
    choices = " or ".join(when(choice) for choice in reading.choices)
    return f"`{reading.ask_code}`" + (f": {choices}" if choices else "")


def asked_back() -> str:
    """Every reason to ask back, with a phrase that leads to it and the words of the question."""
    return "\n\n".join(_reason(ask) for ask in Ask if str(ask) in examples("asks"))


def _reason(ask: Ask) -> str:
    told = examples("asks")[str(ask)]
    rows = [
        (name, phrase, plain(question(ask, code)))
        for code, name in LANGUAGES.items()
        if (phrase := ", ".join(_leading_to(ask, told.get(code, ()), code)))
    ]
    return f"### `{ask}`\n\n{told['why']}\n\n" + table(("", "Somebody writes", "Asked back"), rows)


def _leading_to(ask: Ask, phrases: Iterable[Any], code: str) -> Iterator[str]:
    """Only phrases that really lead there; a long one is told by its beginning."""
    for phrase in phrases:
        text = phrase if isinstance(phrase, str) else phrase["text"] * phrase["times"]
        if read(text, code).ask_code is not ask:
            continue
        yield quoted(text if isinstance(phrase, str) else f"{phrase['text']}… ({len(text)} letters)")
