"""A little web server that plays the product: it hears webhooks, and answers as a test tells it."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, request

from sandbox.wire import Switchboard, Wire


@dataclass(frozen=True)
class Heard:
    """One webhook as it came in."""

    path: str
    form: dict[str, str]
    json: Any
    headers: dict[str, str]


@dataclass
class Ear:
    """`heard` fills up; `answers` are the statuses to give, and 200 once they are used up."""

    heard: list[Heard] = field(default_factory=list)
    answers: deque[int | tuple[int, dict[str, str]]] = field(default_factory=deque)
    files: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    url: str = ""
    _news: threading.Condition = field(default_factory=threading.Condition)

    def forms(self, path: str) -> list[dict[str, str]]:
        return [heard.form for heard in self.heard if heard.path == path]

    def wait_for(self, count: int, seconds: float = 3.0) -> list[Heard]:
        """Wait until `count` webhooks were heard; fail when they do not come."""
        with self._news:
            assert self._news.wait_for(lambda: len(self.heard) >= count, seconds), (
                f"heard {len(self.heard)} of {count}"
            )
            return list(self.heard)

    def hear(self) -> Response:
        headers = dict(request.headers.items())
        with self._news:
            heard = Heard(request.path, request.form.to_dict(), request.get_json(silent=True), headers)
            self.heard.append(heard)
            answer = self.answers.popleft() if self.answers else 200
            self._news.notify_all()
        status, extra = answer if isinstance(answer, tuple) else (answer, {})
        return Response("ok", status, headers=extra)

    def give(self, path: str) -> Response:
        content, kind = self.files.get(path, (b"", "text/html"))
        return Response(content, 200 if content else 404, content_type=kind)


@contextmanager
def listening() -> Iterator[Ear]:
    """An ear on a port of its own, for as long as the block lasts."""
    ear = Ear()
    app = Flask("ear")
    app.add_url_rule("/<path:_>", "hear", lambda _: ear.hear(), methods=["POST"])
    app.add_url_rule("/files/<path:path>", "give", ear.give)
    server = Switchboard("127.0.0.1", 0, app, handler=Wire)
    ear.url = f"http://127.0.0.1:{server.port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield ear
    finally:
        server.shutdown()
        server.hang_up()
        server.server_close()
        thread.join(timeout=2)


def names(heard: Iterable[Heard], key: str) -> list[str]:
    return [one.form.get(key, "") for one in heard]
