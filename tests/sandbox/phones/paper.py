"""Reads the phones page as it comes over the line: what it says, its forms and buttons, without a script."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset({"meta", "link", "img", "input", "br"})


@dataclass
class Element:
    """One element with everything in it."""

    tag: str
    attributes: dict[str, str]
    inside: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.inside)

    def all(self, name: str) -> list[Element]:
        """Everything inside with this tag, or this `.class`, or this `#id`, in the order of the page."""
        found: list[Element] = []
        for part in self.inside:
            if isinstance(part, Element):
                found += [part] if part.is_(name) else []
                found += part.all(name)
        return found

    def one(self, name: str) -> Element:
        (found,) = self.all(name)
        return found

    def is_(self, name: str) -> bool:
        if name.startswith("."):
            return name[1:] in self.classes
        return self.attributes.get("id") == name[1:] if name.startswith("#") else self.tag == name


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("root", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].inside.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].inside.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].inside.append(data)


def read(html: str) -> Element:
    """Read a page; fail when an element is not closed where it should be."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root
