"""What someone who shows the demo can rely on: the clock says the time in Amsterdam and goes forward only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests

from core.clock import MovableClock
from sandbox.pages.dutch import AMSTERDAM
from sandbox.pages.moments import moment_after, read_local
from sandbox.server import Running, running_sandbox

FRIDAY_NIGHT = datetime(2026, 11, 27, 22, 30, tzinfo=AMSTERDAM)


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Running]:
    clock = MovableClock(tmp_path / "clock")
    clock.move_to(FRIDAY_NIGHT)
    with running_sandbox(clock=clock) as running:
        yield running


def move(demo: Running, **asked: str) -> requests.Response:
    return requests.post(f"{demo.url}/clock", data=asked, allow_redirects=False, timeout=5)


def test_the_page_says_the_day_in_dutch_and_where_each_button_leads(demo: Running) -> None:
    page = requests.get(f"{demo.url}/clock", headers={"Accept": "text/html"}, timeout=5).text
    assert "vrijdag 27 november 2026" in page
    assert "22:30" in page
    assert "zaterdag 28 november, 09:00" in page
    assert "vrijdag 4 december, 09:00" in page


def test_a_button_moves_the_clock_for_everyone(demo: Running) -> None:
    answer = move(demo, to="tomorrow")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/clock")
    now = demo.world.clock.now().astimezone(AMSTERDAM)
    assert (now.date().isoformat(), now.hour) == ("2026-11-28", 9)


def test_a_chosen_moment_is_local_time(demo: Running) -> None:
    assert move(demo, at="2027-07-01T12:00").status_code == 303
    assert demo.world.clock.now().astimezone(UTC).isoformat().startswith("2027-07-01T10:00:00")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"at": "2026-11-27T08:00"}, "alleen vooruit"),
        ({"at": "gisteren"}, "geen moment"),
        ({"to": "yesterday"}, "geen moment"),
        ({}, "geen moment"),
    ],
)
def test_backwards_and_nonsense_are_refused_in_plain_words(
    demo: Running, asked: dict[str, str], words: str
) -> None:
    answer = move(demo, **asked)
    assert answer.status_code == 409
    assert words in answer.text


def test_a_program_moves_the_clock_with_json(demo: Running) -> None:
    answer = requests.post(f"{demo.url}/clock", json={"at": "2026-12-25T09:00"}, timeout=5)
    assert answer.json()["local"].startswith("2026-12-25T09:00")
    back = requests.post(f"{demo.url}/clock", json={"at": "2026-12-24T09:00"}, timeout=5)
    assert back.status_code == 409
    assert "alleen vooruit" in back.json()["error"]


def test_a_clock_that_cannot_move_says_so(sandbox: Running) -> None:
    page = requests.get(f"{sandbox.url}/clock", headers={"Accept": "text/html"}, timeout=5).text
    assert "kan niet verzet worden" in page
    assert move(sandbox, to="day").status_code == 409


def test_another_site_cannot_move_the_clock(demo: Running) -> None:
    headers = {"Origin": "https://boef.example"}
    answer = requests.post(f"{demo.url}/clock", data={"to": "day"}, headers=headers, timeout=5)
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("now", "step", "then"),
    [
        ("2026-11-27T08:59", "friday", "2026-11-27T09:00"),
        ("2026-11-27T09:00", "friday", "2026-12-04T09:00"),
        ("2026-11-25T10:00", "25th", "2026-12-25T09:00"),
        ("2027-01-31T10:00", "month", "2027-02-28T10:00"),
        ("2026-12-15T10:00", "month", "2027-01-15T10:00"),
        ("2027-03-27T10:00", "day", "2027-03-28T10:00"),
    ],
)
def test_every_button_leads_to_the_moment_it_names(now: str, step: str, then: str) -> None:
    assert moment_after(read_local(now), step) == read_local(then)


def test_the_front_page_names_what_is_here(sandbox: Running) -> None:
    page = requests.get(sandbox.url, timeout=5).text
    for place in ("/clock", "/v2/", "/2010-04-01/", "/phones/", "/faults"):
        assert place in page
