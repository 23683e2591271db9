"""The pay page in a real Chromium: to the bank and back, by thumb and by keyboard, small, dark, bare."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import DESKTOP, PHONE, Visit
from tests.web.pay.house import House

pytestmark = pytest.mark.browser

PATHS = (
    *("", "/later", "/parts", "/question", "/real", "/not-me", "/else"),
    *("/else/already-paid", "/else/not-right", "/else/cannot-pay", "/else/rest", "/else/pay-day"),
    *("/else/channel", "/else/stop"),
)
NARROW = (320, 568)


def address(house: House, path: str = "") -> str:
    return f"{house.world.settings.public_url}{house.page}{path}"


def complaints(page: Page) -> list[str]:
    """Collect what the browser complains about, such as a broken Content-Security-Policy."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


def requests(page: Page) -> list[str]:
    """Collect the addresses of all that the page fetches."""
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    return fetched


def to_the_bank(page: Page) -> None:
    page.get_by_role("button", name="Betaal € 42,50").click()
    page.wait_for_url("**/bank/**")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_tap_pay_at_the_bank_come_back_and_be_thanked(served: House, visit: Visit, scripts: bool) -> None:
    page = visit(scripts=scripts)
    heard = complaints(page)
    page.goto(address(served))
    to_the_bank(page)
    page.locator("button[value=paid]").click()
    page.wait_for_url("**/done*")
    expect(page.get_by_role("heading", level=1)).to_have_text("We kijken of uw betaling is gelukt")
    served.ask_the_psp()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gelukt", timeout=20_000)
    expect(page.locator("main")).to_contain_text("€ 42,50 is betaald aan Fietshuis Jansen.")
    page.goto(address(served))
    expect(page.get_by_role("button")).to_have_count(0)
    assert [line for line in heard if "Content Security Policy" in line] == []


def test_the_bank_can_only_be_reached_because_the_policy_names_it(served: House, visit: Visit) -> None:
    """Without the bank in form-action this browser stops the redirect, so the test above means something."""
    page = visit()

    def narrower(route: Route) -> None:
        answer = route.fetch()
        headers = {**answer.headers}
        name = "content-security-policy"
        headers[name] = re.sub(r"form-action [^;]*", "form-action 'self'", headers[name])
        route.fulfill(response=answer, headers=headers)

    page.route(address(served), narrower)
    heard = complaints(page)
    page.goto(address(served))
    page.get_by_role("button", name="Betaal € 42,50").click()
    page.wait_for_timeout(1000)
    assert page.url == address(served)
    assert any("form-action" in line for line in heard)


def test_turning_back_at_the_bank_is_explained_and_can_be_tried_again(served: House, visit: Visit) -> None:
    page = visit()
    page.goto(address(served))
    to_the_bank(page)
    page.locator("button[value=canceled]").click()
    page.wait_for_url("**/done*")
    served.ask_the_psp()
    expect(page.locator(".note")).to_contain_text("De betaling is afgebroken.", timeout=20_000)
    to_the_bank(page)


def test_the_whole_way_can_be_gone_by_keyboard(served: House, visit: Visit) -> None:
    page = visit(size=DESKTOP)
    page.goto(address(served))
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Betaal € 42,50")).to_be_focused()
    reached = []
    for _ in range(7):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        reached.append(focused.inner_text())
        outline = focused.evaluate(
            "e => { const s = getComputedStyle(e); return [s.outlineStyle, s.outlineWidth] }"
        )
        assert outline == ["solid", "3px"]
    links = ["Later betalen", "In delen betalen", "Ik heb een vraag", "Is dit echt?", "Niet voor mij"]
    assert reached == [*links, "Iets anders?", "English"]
    page.get_by_role("link", name="Later betalen").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/later")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Prima, vrijdag 27 november")


def test_a_day_can_be_picked_and_is_said_back(served: House, visit: Visit) -> None:
    page = visit()
    page.goto(address(served, "/later"))
    field = page.get_by_label("Of kies zelf een dag")
    assert (field.get_attribute("min"), field.get_attribute("max")) == ("2026-11-24", "2026-12-23")
    field.fill("2026-12-04")
    page.get_by_role("button", name="Kies deze dag").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Prima, vrijdag 4 december")


def test_not_for_me_asks_once_and_then_knows_nothing(served: House, visit: Visit) -> None:
    page = visit()
    page.goto(address(served))
    page.get_by_role("link", name="Niet voor mij").click()
    page.get_by_role("button", name="Nee, dit is niet voor mij").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bedankt voor het melden")
    page.go_back()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Deze link werkt niet")


def test_the_language_can_be_switched_and_survives_the_bank(served: House, visit: Visit) -> None:
    page = visit()
    page.goto(address(served))
    page.get_by_role("link", name="English").click()
    page.get_by_role("button", name="Pay €42.50").click()
    page.wait_for_url("**/bank/**")
    page.locator("button[value=paid]").click()
    page.wait_for_url("**/done*")
    expect(page.get_by_role("heading", level=1)).to_have_text("We're checking if your payment worked")


@pytest.mark.parametrize("colors", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_nothing_falls_off_a_narrow_phone(served: House, visit: Visit, path: str, colors: str) -> None:
    served.change(
        amount_cents=1_234_567_89,
        description="Onderhoudsabonnementsverlengingsovereenkomst voor de bakfiets",
        reference="2026-FACTUUR-000000000000000000000000001042",
    )
    served.change_shop(name="Aannemersbedrijf Van Wijngaarden-Schimmelpenninck van der Oye en Zonen B.V.")
    page = visit(size=NARROW, colors=colors)
    page.goto(address(served, path))
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]


@pytest.mark.parametrize("path", PATHS)
def test_text_twice_as_large_still_fits(served: House, visit: Visit, path: str) -> None:
    page = visit(size=PHONE)
    page.goto(address(served, path))
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


@pytest.mark.parametrize("path", PATHS)
def test_everything_that_can_be_tapped_is_large_enough_for_a_thumb(
    served: House, visit: Visit, path: str
) -> None:
    page = visit(size=NARROW)
    page.goto(address(served, path))
    sizes = page.locator("a, button, input:not([type=hidden]), textarea, summary").evaluate_all(
        "all => all.map(e => [e.textContent, e.getBoundingClientRect().height])"
    )
    assert len(sizes) >= 2
    assert [size for size in sizes if size[1] < 44] == []


def test_the_amount_is_the_largest_thing_on_the_page(served: House, visit: Visit) -> None:
    page = visit()
    page.goto(address(served))
    sizes = page.locator("main *").evaluate_all(
        "all => all.map(e => [e.className, parseFloat(getComputedStyle(e).fontSize)])"
    )
    largest = max(size for _, size in sizes)
    assert {name for name, size in sizes if size == largest} <= {"amount", "unseen"}


@pytest.mark.parametrize(("colors", "ground"), [("light", "rgb(244, 245, 243)"), ("dark", "rgb(17, 21, 20)")])
def test_the_page_follows_the_phone_into_the_dark(
    served: House, visit: Visit, colors: str, ground: str
) -> None:
    page = visit(colors=colors)
    page.goto(address(served))
    assert page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor") == ground


def test_the_code_is_there_for_who_reads_on_a_wide_screen_and_not_fetched_on_a_phone(
    served: House, visit: Visit
) -> None:
    for size, there in ((DESKTOP, True), (PHONE, False)):
        page = visit(size=size)
        fetched = requests(page)
        page.goto(address(served))
        page.wait_for_load_state("networkidle")
        assert page.get_by_role("img", name="QR-code").is_visible() == there
        assert any("/q/" in url for url in fetched) == there


@pytest.mark.parametrize(("motion", "moves"), [("no-preference", True), ("reduce", False)])
def test_the_party_keeps_still_for_who_wants_no_motion(
    served: House, visit: Visit, motion: str, moves: bool
) -> None:
    served.sandbox.world.mollie.pay(served.tap())
    served.client().get(f"{served.page}/done")
    served.ask_the_psp()
    page = visit(motion=motion)
    page.goto(address(served, "/done"))
    running = page.evaluate(
        "document.getAnimations().map(a => a.effect.getComputedTiming()).map(t => [t.iterations, t.endTime])"
    )
    assert bool(running) == moves
    assert all(iterations == 1 and end <= 1000 for iterations, end in running)


def test_nothing_is_fetched_from_anybody_else(served: House, visit: Visit) -> None:
    page = visit(size=DESKTOP)
    fetched = requests(page)
    for path in PATHS:
        page.goto(address(served, path))
    assert {re.split("/[pq]/", url)[0] for url in fetched} == {served.world.settings.public_url}
