"""What matters is seen, in a real Chromium: a warning where it belongs, whole words, straight rows."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from core.db import Database
from tests.browser import DESKTOP, PHONE, Visit
from tests.making import Owed, Shop
from tests.web.desk.test_in_a_browser import enter, fits, push
from tests.web.desk.waiting_room import call_a_person
from tests.web.front import Staff, open_shop

pytestmark = pytest.mark.browser
_LONG = "Bartholomeus van der Hoogenband-Achterberg"


@pytest.fixture
def language() -> str:
    return "nl"


@pytest.fixture
def staff(language: str, sqlite_database: Database) -> Staff:
    return sqlite_database.run(open_shop, language=language)


@pytest.fixture
def owed(sqlite_database: Database, staff: Staff) -> Owed:
    make = Shop(sqlite_database)
    make(merchant_id=staff.merchant_id, payer_name="Jo", amount="5.00", asked_days_ago=1)
    more = {"description": "Elektrische fiets met verzwaarde bagagedrager", "amount": "1249.95"}
    return make(merchant_id=staff.merchant_id, payer_name=_LONG, asked_days_ago=1, **more)


def in_view(page: Page, *parts: Locator) -> None:
    """All of `parts` are seen at once, without scrolling."""
    height = page.evaluate("innerHeight")
    for part in parts:
        box = part.bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= height


@pytest.mark.parametrize("colors", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_the_warning_about_the_same_request_is_seen_beside_its_tick_box(
    visit: Visit, address: str, staff: Staff, size: tuple[int, int], colors: str
) -> None:
    page = visit(size, colors=colors)
    enter(page, address, staff.agent)
    first = push(page)
    page.goto(f"{address}/desk")
    for field, typed in {"who": "0612345678", "amount": "42,50", "description": "Reparatie fiets"}.items():
        page.locator(f"#{field}").fill(typed)
    page.keyboard.press("Enter")
    expect(page.locator("input[name=again]")).to_be_focused()
    in_view(page, page.locator("#before"), page.locator("input[name=again]"))
    fits(page, size)
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/requests/*")
    assert page.url.rpartition("/")[2] != first


@pytest.mark.parametrize("colors", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_why_an_answer_was_refused_is_seen_where_it_was_typed(
    visit: Visit,
    address: str,
    staff: Staff,
    owed: Owed,
    sqlite_database: Database,
    *,
    size: tuple[int, int],
    colors: str,
) -> None:
    sqlite_database.run(call_a_person, owed, "asks_a_person", "question")
    page = visit(size, colors=colors)
    enter(page, address, staff.agent)
    page.goto(f"{address}/desk/waiting/{owed.request_id}")
    page.locator("#typed").fill("Kijk op https://fiets-volgen.example")
    page.locator("input[name=link]").check()
    page.locator("form.answer button.main").click()
    expect(page.locator("#typed")).to_be_focused()
    in_view(page, page.locator("#wrong"), page.locator("#typed"))
    expect(page.locator("input[name=link]")).to_be_checked()
    # What is ticked already is not advised.
    assert "Vink dan" not in page.locator("#wrong").inner_text()
    fits(page, size)


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_no_name_in_the_list_is_broken_within_a_word(
    visit: Visit, address: str, staff: Staff, owed: Owed, size: tuple[int, int]
) -> None:
    page = visit(size)
    enter(page, address, staff.agent)
    page.goto(f"{address}/admin")
    assert owed.request_id in page.content()
    broken = page.evaluate(_BROKEN)
    assert broken == []
    fits(page, size)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_rooms_stand_on_one_line_of_a_phone(visit: Visit, address: str, staff: Staff) -> None:
    page = visit(PHONE)
    enter(page, address, staff.agent)
    tops = {box["y"] for link in page.locator(".bar nav a").all() if (box := link.bounding_box())}
    assert len(tops) == 1


def test_amounts_in_a_list_stand_below_each_other(
    visit: Visit, address: str, staff: Staff, owed: Owed
) -> None:
    page = visit(DESKTOP)
    enter(page, address, staff.agent)
    boxes = [link.bounding_box() for link in page.locator(".latest .sum").all()]
    assert len({round(box["x"] + box["width"]) for box in boxes if box}) == 1
    assert len(boxes) > 1
    assert owed.request_id in page.content()


@pytest.mark.parametrize("colors", ["light", "dark"])
def test_what_an_empty_field_says_can_be_read(visit: Visit, address: str, staff: Staff, colors: str) -> None:
    page = visit(PHONE, colors=colors)
    enter(page, address, staff.agent)
    page.goto(f"{address}/admin")
    quiet, hint = page.evaluate(
        """() => [getComputedStyle(document.querySelector(".figures .quiet")).color,
                  getComputedStyle(document.querySelector("#q"), "::placeholder").color]"""
    )
    assert hint == quiet  # a colour whose contrast is tested
    cut = page.evaluate("document.querySelector('#q').scrollWidth > document.querySelector('#q').clientWidth")
    assert not cut


# Words in the first two columns that go over more than one line; a hyphen may end a line.
_BROKEN = r"""() => {
  const broken = [];
  for (const cell of document.querySelectorAll(".list td:nth-child(-n+2)")) {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());) {
      for (const word of node.data.matchAll(/[^\s-]+/g)) {
        const range = document.createRange();
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        if (range.getClientRects().length > 1) broken.push(word[0]);
      }
    }
  }
  return broken;
}"""
