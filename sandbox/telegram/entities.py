"""Reads Telegram's HTML strictly: plain text plus entities, or the complaint the Bot API would make."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from sandbox.telegram.errors import TelegramRefusal, bad_request

_KINDS: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "tg-spoiler": "spoiler",
    "blockquote": "blockquote",
}
_TAG: Final = re.compile(r"<(/?)([a-zA-Z-]+)((?:\s+[a-zA-Z-]+(?:=(?:\"[^\"]*\"|'[^']*'))?)*)\s*>")
_HREF: Final = re.compile(r"href=(?:\"([^\"]*)\"|'([^']*)')")
_ENTITY: Final = re.compile(r"&(lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")


@dataclass(frozen=True)
class Marked:
    """Text with its entities; offsets and lengths count UTF-16 units, as Telegram does."""

    text: str
    entities: tuple[dict[str, Any], ...] = ()


def units(text: str) -> int:
    """Return the length of a text in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def read_text(text: str, parse_mode: str) -> Marked:
    """Read a text under a parse mode. Raises TelegramRefusal (400) when it cannot be parsed."""
    if parse_mode.lower() == "html":
        return _Reader(text).read()
    if parse_mode:
        raise bad_request(f"unsupported parse_mode {parse_mode}")
    return Marked(text.strip(), tuple(_links(text.strip())))


def _links(text: str) -> list[dict[str, Any]]:
    """The addresses that a client makes tappable by itself."""
    return [
        {"type": "url", "offset": units(text[: m.start()]), "length": units(m[0])}
        for m in re.finditer(r"https?://[^\s<>\"]+[^\s<>\".,!?)]", text)
    ]


@dataclass
class _Open:
    tag: str
    offset: int
    url: str


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._text = ""
        self._open: list[_Open] = []
        self._entities: list[dict[str, Any]] = []

    def read(self) -> Marked:
        at = 0
        while at < len(self._source):
            bracket = self._source.find("<", at)
            end = len(self._source) if bracket < 0 else bracket
            self._text += _ENTITY.sub(lambda m: html.unescape(m[0]), self._source[at:end])
            at = end if bracket < 0 else self._tag(bracket)
        if self._open:
            raise self._cannot(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        text = self._text.rstrip()
        return Marked(text, tuple(self._within(units(text)) + _links(text)))

    def _tag(self, at: int) -> int:
        match = _TAG.match(self._source, at)
        offset = len(self._source[:at].encode())
        if match is None or match[2].lower() not in _KINDS:
            name = re.match(r"</?([^\s<>/]*)", self._source[at:])
            raise self._cannot(f'Unsupported start tag "{name[1] if name else ""}" at byte offset {offset}')
        closing, tag, attributes = match[1], match[2].lower(), match[3]
        if closing:
            self._close(tag, offset)
        else:
            href = _HREF.search(attributes)
            url = html.unescape(href[1] or href[2] or "") if href else ""
            self._open.append(_Open(tag, units(self._text), url))
        return match.end()

    def _close(self, tag: str, offset: int) -> None:
        if not self._open:
            raise self._cannot(f"Unexpected end tag at byte offset {offset}")
        opened = self._open.pop()
        if opened.tag != tag:
            raise self._cannot(
                f'Unmatched end tag at byte offset {offset}, expected "</{opened.tag}>", found "</{tag}>"'
            )
        length = units(self._text) - opened.offset
        if length and (tag != "a" or opened.url):
            entity = {"type": _KINDS[tag], "offset": opened.offset, "length": length}
            self._entities.append(entity | ({"url": opened.url} if tag == "a" else {}))

    def _within(self, length: int) -> list[dict[str, Any]]:
        """The entities in order, cut at the end of the text (Telegram drops trailing space)."""
        kept = [
            {**entity, "length": min(entity["length"], length - entity["offset"])}
            for entity in self._entities
            if entity["offset"] < length
        ]
        return sorted(kept, key=lambda entity: (entity["offset"], -entity["length"]))

    def _cannot(self, why: str) -> TelegramRefusal:
        return bad_request(f"can't parse entities: {why}")


def runs(marked: Marked) -> list[dict[str, Any]]:
    """Cut a text into runs of one style, safe to show: each `text`, its `styles`, and a `url` if it links."""
    edges = {0, units(marked.text)}
    for entity in marked.entities:
        edges |= {entity["offset"], entity["offset"] + entity["length"]}
    encoded = marked.text.encode("utf-16-le")
    ordered = sorted(edges)
    return [
        _run(encoded[start * 2 : end * 2].decode("utf-16-le"), start, marked)
        for start, end in pairwise(ordered)
    ]


def _run(text: str, start: int, marked: Marked) -> dict[str, Any]:
    over = [e for e in marked.entities if e["offset"] <= start < e["offset"] + e["length"]]
    run: dict[str, Any] = {"text": text}
    styles = [e["type"] for e in over if e["type"] not in {"url", "text_link"}]
    if styles:
        run["styles"] = styles
    links = [e.get("url", text) for e in over if e["type"] in {"url", "text_link"}]
    if links and links[0].startswith(("http://", "https://")):
        run["url"] = links[0]
    return run
