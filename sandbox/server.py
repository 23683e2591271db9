"""Runs the stand-ins on a loopback port: in the foreground for the command, in a thread for tests."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from core.clock import Clock, SystemClock
from core.ids import Ids, OsIds
from sandbox.app import create_app
from sandbox.settings import SandboxSettings
from sandbox.wire import Switchboard, Wire
from sandbox.world import SandboxWorld

HOST = "127.0.0.1"


@dataclass
class Running:
    """A sandbox that listens. `url` is its base address, for all three APIs and the pages."""

    world: SandboxWorld
    port: int = 0
    host: str = HOST
    _server: Switchboard | None = field(default=None, init=False, repr=False)
    _thread: threading.Thread | None = field(default=None, init=False, repr=False)

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    def start(self) -> Running:
        """Listen and serve in the background. Raises OSError when the port is taken."""
        server = self._listen()
        self._thread = threading.Thread(
            target=server.serve_forever, args=(0.01,), name="sandbox", daemon=True
        )
        self._thread.start()
        return self

    def serve(self, ready: Callable[[Running], None] = lambda _: None) -> None:
        """Listen and serve in this thread until interrupted; `ready` is called once listening."""
        server = self._listen()
        ready(self)
        try:
            server.serve_forever()
        finally:
            self.stop()

    def _listen(self) -> Switchboard:
        self._server = Switchboard(self.host, self.port, create_app(self.world), handler=Wire)
        self.port = self._server.port
        self.world.postman.start()
        return self._server

    def stop(self) -> None:
        """Stop serving, deliver nothing more, and let every hanging call go."""
        self.world.close()
        if self._server is not None:
            if self._thread is not None:
                self._server.shutdown()
            self._server.hang_up()
            self._server.server_close()
        if self._thread is not None:
            self._thread.join(timeout=2)


def serve(
    settings: SandboxSettings,
    clock: Clock,
    port: int = 0,
    host: str = HOST,
    ready: Callable[[Running], None] = lambda _: None,
) -> None:
    """Serve the sandbox in the foreground until interrupted: what `python app.py sandbox` does."""
    Running(SandboxWorld(settings, clock, OsIds()), port, host).serve(ready)


@contextmanager
def running_sandbox(
    settings: SandboxSettings | None = None,
    clock: Clock | None = None,
    ids: Ids | None = None,
    port: int = 0,
) -> Iterator[Running]:
    """Serve a sandbox in the background for as long as the block lasts."""
    world = SandboxWorld(settings or SandboxSettings(), clock or SystemClock(), ids or OsIds())
    running = Running(world, port).start()
    try:
        yield running
    finally:
        running.stop()
