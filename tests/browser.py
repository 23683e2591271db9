"""A real Chromium and a real port for tests: import the fixtures in a conftest.py.

    from tests.browser import chromium, visit  # noqa: F401 - fixtures

`visit(colors="dark", width=320)` gives a fresh page; `serving(app)` lends an address to a Flask app.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

CHROMIUM: Final = Path("/usr/bin/chromium")
# Nothing leaves this machine: no updates, no sync, no variations.
ARGS: Final = (
    "--no-sandbox",
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE: Final = (390, 844)
DESKTOP: Final = (1280, 800)

Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A Chromium that the tests of a file share; each test gets its own context from `visit`.

    Not for a whole session: while it is open, no other test in this process can run an event loop.
    """
    if not CHROMIUM.exists():
        pytest.skip(f"NOT TESTED IN A BROWSER: there is no {CHROMIUM}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(ARGS))
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """Opens fresh pages: `visit(size=PHONE, colors="light", motion="no-preference", scripts=False)`."""
    contexts = []

    def open_page(
        size: tuple[int, int] = PHONE,
        colors: str = "light",
        motion: str = "no-preference",
        *,
        scripts: bool = True,
        language: str = "nl-NL",
        **more: Any,
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=colors,  # type: ignore[arg-type]  # playwright wants the literal
            reduced_motion=motion,  # type: ignore[arg-type]  # idem
            java_script_enabled=scripts,
            locale=language,
            **more,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """A test that fails says enough."""


@contextmanager
def serving(make: Callable[[str], Flask]) -> Iterator[str]:
    """Serve the app that `make(address)` returns, on a free loopback port, and lend the address."""
    server: BaseWSGIServer = make_server(
        "127.0.0.1", 0, Flask("not yet"), threaded=True, request_handler=_Quiet
    )
    address = f"http://127.0.0.1:{server.server_port}"
    server.app = make(address)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield address
    finally:
        server.shutdown()
        thread.join(timeout=5)
        server.server_close()
