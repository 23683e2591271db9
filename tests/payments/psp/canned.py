"""A server that answers what a test tells it to, for answers that the sandbox would never give."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Canned:
    """`answers` are given in turn, the last one for ever; `heard` holds (line, headers, body) of a call."""

    url: str = ""
    answers: list[tuple[int, Any]] = field(default_factory=list)
    heard: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    def answer(self) -> tuple[int, Any]:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def canned_server() -> Iterator[Canned]:
    canned = Canned()

    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def _hear(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            canned.heard.append((f"{self.command} {self.path}", dict(self.headers), body))
            status, content = canned.answer()
            raw = content.encode() if isinstance(content, str) else json.dumps(content).encode()
            self.send_response(status)
            self.send_header(
                "Content-Type", "text/html" if isinstance(content, str) else "application/hal+json"
            )
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        do_GET = do_POST = _hear  # noqa: N815 - the names that http.server looks for

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    canned.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield canned
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=2)


def payment(**changes: Any) -> dict[str, Any]:
    """A payment as Mollie writes it."""
    paid = {
        "resource": "payment",
        "id": "tr_5B8cwPMGnU6qLbRvo7qEZo",
        "mode": "test",
        "createdAt": "2026-11-23T09:00:00+00:00",
        "paidAt": "2026-11-23T09:01:00+00:00",
        "amount": {"currency": "EUR", "value": "42.50"},
        "metadata": {"checkout_id": "chk_1", "request_id": "req_1"},
        "status": "paid",
        "_embedded": {"refunds": [], "chargebacks": []},
        "_links": {"checkout": {"href": "https://www.mollie.com/checkout/x", "type": "text/html"}},
    }
    return {**paid, **changes}
