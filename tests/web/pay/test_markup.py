"""The skeleton of every page can be read aloud and walked through, also by who cannot see it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from tests.web.pay.house import House, record


@pytest.fixture
def house(lone_house: House) -> House:
    """What is tested here is the same on every database."""
    return lone_house


class Outline(HTMLParser):
    """The skeleton of a page: headings, labels, fields, links and ids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.labels: set[str] = set()
        self.fields: list[dict[str, str | None]] = []
        self.ids: list[str] = []
        self.described: set[str] = set()
        self.images: list[str | None] = []
        self.tags: list[str] = []
        self.lang: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.tags.append(tag)
        self.ids += [known["id"] or ""] if "id" in known else []
        self.described |= set((known.get("aria-describedby") or "").split())
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        elif tag == "html":
            self.lang = known.get("lang")
        elif tag == "label":
            self.labels.add(known.get("for") or "")
        elif tag == "img":
            self.images.append(known.get("alt"))
        elif tag in {"input", "textarea", "select"} and known.get("type") != "hidden":
            self.fields.append(known)


PATHS = (
    *("", "/done", "/later", "/parts", "/question", "/real", "/not-me", "?lang=en", "/real?lang=en"),
    *("/else", "/else/already-paid", "/else/not-right", "/else/cannot-pay", "/else/rest", "/else/pay-day"),
    *("/else/channel", "/else/stop", "/else?lang=en"),
)


@pytest.mark.parametrize("path", [*PATHS, "/none"])
def test_every_page_can_be_read_aloud_and_walked_through(house: House, path: str) -> None:
    page = Outline(house.client().get(house.page + path).text)
    assert page.lang in {"nl", "en"}
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
    assert len(page.ids) == len(set(page.ids))
    assert page.described <= set(page.ids)
    assert all(field["id"] in page.labels for field in page.fields)
    assert all(page.images)
    assert page.tags.count("main") == 1
    assert "title" in page.tags


def test_a_mistake_is_tied_to_its_field(house: House) -> None:
    for path, data in (
        ("/later", {"own": "nooit"}),
        ("/question", {"text": ""}),
        ("/else/rest", {"own": "nooit"}),
        ("/else/pay-day", {"number": "40"}),
        ("/else/not-right", {"text": "x" * 501}),
    ):
        html = house.client().post(house.page + path, data=data).text
        page = Outline(html)
        assert page.described <= set(page.ids)
        assert "wrong" in page.described
        assert 'aria-invalid="true"' in html
        assert 'role="alert"' in html


def test_paid_pages_name_no_button(house: House) -> None:
    record(house, "payment", 4250)
    house.change(status="paid")
    assert "button" not in Outline(house.client().get(house.page).text).tags
