"""Serves the site on granian: one process, a few blocking threads, HTTP parsing outside Python."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from granian.constants import Interfaces, Loops
from granian.log import LogLevels
from granian.server import Server

from core.config import Settings
from core.errors import Misconfigured, SeintjeError

if TYPE_CHECKING:
    from flask import Flask  # which this process, that only watches over another, can do without

_THREADS = 8
_LAST_ROUND = 19  # seconds for all that is under way; a little more than the worker beside it takes


def serve(make_site: Callable[[], Flask], known: Settings) -> None:
    """Serve until SIGTERM or SIGINT. The site is made in granian's worker, which is restarted if it falls.

    Raises Misconfigured when nobody can listen there, and whatever SeintjeError `make_site` raises.
    """
    address, port = "127.0.0.1" if known.host == "localhost" else known.host, known.port
    _try_to_listen(address, port)
    multiprocessing.set_start_method("fork", force=True)  # others cannot hand a function to the worker
    server = Server(
        "seintje",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=_THREADS,
        loop=Loops.asyncio,
        respawn_failed_workers=True,
        workers_kill_timeout=_LAST_ROUND,
        log_level=LogLevels.error,
    )
    ours, theirs = multiprocessing.Pipe(duplex=False)
    server.serve(target_loader=lambda: _made(make_site, theirs), wrap_loader=False)
    if ours.poll():
        raise ours.recv()


def _made(make_site: Callable[[], Flask], to_parent: Connection) -> Flask:
    """Make the site. When that cannot be done, trying again is of no use: let the parent stop and say why."""
    # Until granian catches signals here, its parent's way of catching them would let us hang.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then stops us
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    try:
        return make_site()
    except SeintjeError as error:
        to_parent.send(error)
        os.kill(os.getppid(), signal.SIGTERM)
        signal.pause()
        raise


def _end_with_parent() -> None:
    """A parent that was killed cannot stop us, and the next one would find its port taken."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def _try_to_listen(address: str, port: int) -> None:
    """Find out now, and say it in our own words, what granian would say with a page of its own code."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
            probe.listen(1)
        except OSError as error:
            raise Misconfigured(
                f"HOST, PORT: cannot listen at {address} port {port} ({error.strerror})."
            ) from None
