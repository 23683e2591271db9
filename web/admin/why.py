"""From which words of a payer it was understood what they mean, each stretch of words once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from messages.inbox import Incoming
from web.wording import Words

_Stretch = tuple[int, int, str]


def why(row: Incoming, w: Words) -> str:
    """Return which words were read as what; empty when nothing was understood from them."""
    found: dict[_Stretch, list[str]] = {}
    for meaning, spans in _by_meaning(row, w).items():
        for stretch in _joined(spans):
            found.setdefault(stretch, []).append(meaning)
    told = sorted(found.items(), key=lambda pair: pair[0][0])
    return "; ".join(f"“{text}”: {', '.join(meanings)}" for (_, _, text), meanings in told)


def _by_meaning(row: Incoming, w: Words) -> Mapping[str, list[_Stretch]]:
    by_meaning: dict[str, list[_Stretch]] = {}
    spans: Iterable[Mapping[str, Any]] = (row.reading or {}).get("spans", ())
    for span in spans:
        led_to = str(span["led_to"])
        # What only machines have a name for is not told.
        if meaning := w.texts.get(f"intent.{led_to}") or w.texts.get(f"slot.{led_to}"):
            stretch = (int(span["start"]), int(span["end"]), str(span["text"]))
            by_meaning.setdefault(meaning, []).append(stretch)
    return by_meaning


def _joined(stretches: Iterable[_Stretch]) -> Iterator[_Stretch]:
    """Join stretches that overlap: "in 3 keer" and "3 keer betalen" are "in 3 keer betalen"."""
    begin, end, text = -1, -1, ""
    for next_begin, next_end, next_text in sorted(stretches):
        if next_begin < end:
            text += next_text[end - next_begin :]
            end = max(end, next_end)
            continue
        if text:
            yield begin, end, text
        begin, end, text = next_begin, next_end, next_text
    if text:
        yield begin, end, text
