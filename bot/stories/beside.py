"""A worker in a thread beside the web server, for `serve`: kept going, and finished at the end."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from multiprocessing.util import Finalize
from typing import Any

from bot.stories.rounds import Rounds
from bot.stories.world import World
from core.log import logger

_log = logger(__name__)
_BREATH = 5.0  # seconds before a worker that fell is started again
_LAST_ROUND = 18.0  # seconds that it gets to finish what is under way

Run = Callable[[Rounds], Coroutine[Any, Any, None]]


def work_beside(world: World, run: Run) -> None:
    """Start the worker's rounds in a thread of this process; `run` goes round until it is stopped."""
    beside = _Beside(world, run)
    thread = threading.Thread(target=beside.work, name="worker", daemon=True)
    thread.start()

    def finish() -> None:
        beside.stop()
        thread.join(_LAST_ROUND)

    # granian's worker is a child of multiprocessing, which ends without atexit but keeps to these.
    Finalize(None, finish, exitpriority=1)


class _Beside:
    def __init__(self, world: World, run: Run) -> None:
        self._world = world
        self._run = run
        self._rounds: Rounds | None = None
        self._stopping = threading.Event()

    def work(self) -> None:
        while not self._stopping.is_set():
            self._rounds = rounds = Rounds(self._world)
            if self._stopping.is_set():  # in the moment before there was anything to stop
                rounds.stop()
            try:
                asyncio.run(self._run(rounds))
            except Exception:  # noqa: BLE001 - whatever it fell over, payers wait for their messages
                _log.exception("the worker fell")
            self._stopping.wait(_BREATH)

    def stop(self) -> None:
        self._stopping.set()
        if self._rounds is not None:
            self._rounds.stop()
