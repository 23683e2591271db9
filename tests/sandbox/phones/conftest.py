"""A Chromium for the phones page, closed at the end of each file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import ARGS, CHROMIUM, visit

__all__ = ["chromium", "visit"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Not for a whole session: while it is open, no other test in this process can run an event loop."""
    if not CHROMIUM.exists():
        pytest.skip(f"NOT TESTED IN A BROWSER: there is no {CHROMIUM}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(ARGS))
        yield browser
        browser.close()
