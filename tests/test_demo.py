"""The demo as a visitor sees it: real processes, real Chromium, nothing but the printed addresses."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
import requests
from playwright.sync_api import expect

from tests.browser import DESKTOP, Visit, chromium, visit
from tests.demo import Demo, free_port, running_demo, until

__all__ = ["chromium", "visit"]

ANNA = "+31612345678"


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    with running_demo() as demo:
        yield demo


def test_a_visitor_who_does_nothing_sees_requests_arrive_on_all_three_channels(demo: Demo) -> None:
    def asked(number: str, channel: str) -> bool:
        return any("/p/" in text for text in demo.texts(number, channel))

    for number, channel in ((ANNA, "whatsapp"), ("+31623456789", "sms"), ("+31634567890", "telegram")):
        until(partial(asked, number, channel), f"a request on {channel}")


@pytest.mark.browser
def test_a_payer_puts_it_off_until_friday_is_asked_then_pays_and_is_thanked(demo: Demo, visit: Visit) -> None:
    phones = visit(DESKTOP)
    phones.goto(f"{demo.printed['phones']}?whatsapp=%2B31612345678")
    whatsapp = phones.locator("#whatsapp")
    expect(whatsapp).to_contain_text("Dag Anna de Vries")
    whatsapp.get_by_role("textbox").fill("kan ik vrijdag betalen?")
    whatsapp.get_by_role("textbox").press("Enter")
    expect(whatsapp).to_contain_text(re.compile("We sturen u op vrijdag [0-9]+ "))

    clock = visit(DESKTOP)
    clock.goto(demo.printed["clock"])
    clock.locator("button[value=friday]").click()
    expect(whatsapp).to_contain_text("u koos vrijdag", timeout=20_000)

    with phones.context.expect_page() as opened:
        whatsapp.locator("a[href*='/p/']").last.click()
    page = opened.value
    page.get_by_role("button", name="Betaal € 42,50").click()
    page.get_by_role("button", name="Betaald").click()
    expect(page.get_by_role("heading", name="Gelukt")).to_be_visible(timeout=10_000)
    expect(whatsapp).to_contain_text("Gelukt. U heeft € 42,50 betaald", timeout=2_000)


@pytest.mark.browser
def test_a_visitor_logs_in_with_what_the_demo_printed_and_finds_the_bills(demo: Demo, visit: Visit) -> None:
    email, _, password = demo.printed["login"].partition(" / ")
    page = visit(DESKTOP)
    page.goto(demo.printed["admin"])
    page.get_by_label("E-mail").fill(email)
    page.locator("input[type=password]").fill(password)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("1043")


def test_the_agent_that_the_demo_printed_comes_to_the_desk_and_not_to_what_is_the_owners(demo: Demo) -> None:
    email, _, password = demo.printed["agent"].partition(" / ")
    with requests.Session() as agent:
        form = {"csrf": _csrf(agent.get(f"{demo.shop}/login", timeout=10)), "email": email}
        desk = agent.post(f"{demo.shop}/login", data=form | {"password": password}, timeout=10)
        assert desk.url == f"{demo.shop}/desk"
        withdraw = f"{demo.shop}/admin/requests/pr_x/withdraw"
        assert agent.post(withdraw, data={"csrf": _csrf(desk)}, timeout=10).status_code == 403


def _csrf(page: requests.Response) -> str:
    found = re.search(r'name="csrf" value="(\w+)"', page.text)
    assert found is not None, page.text
    return found[1]


def test_a_port_that_is_taken_is_said_so_and_nothing_is_left_behind(demo: Demo) -> None:
    taken = demo.shop.rpartition(":")[2]
    second = subprocess.run(
        [sys.executable, "app.py", "demo", "--port", taken], capture_output=True, text=True, timeout=60
    )
    assert second.returncode == 1
    assert f"port {taken} is in use" in second.stderr
    assert "Traceback" not in second.stderr


def test_ctrl_c_stops_everything_and_leaves_nothing_behind() -> None:
    with running_demo() as demo:
        children = _descendants(demo.process.pid)
        folder = _folder_of(demo.process.pid)
        assert len(children) >= 3
        assert folder is not None
        assert folder.exists()
    assert demo.process.returncode == 0
    assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]
    assert not folder.exists()
    assert free_port()


def _descendants(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += [int(child), *_descendants(int(child))]
    return found


def _folder_of(pid: int) -> Path | None:
    for child in _descendants(pid):
        for part in Path(f"/proc/{child}/environ").read_bytes().decode().split("\0"):
            if part.startswith("DATABASE_URL=sqlite:///"):
                return Path(part.removeprefix("DATABASE_URL=sqlite:///")).parent
    return None
