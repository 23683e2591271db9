"""Serves the site on granian: one process, a few blocking threads, HTTP parsing outside Python."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from granian.constants import Interfaces, Loops
from granian.log import LogLevels
from granian.server import Server

_THREADS = 8


def serve(make_site: Callable[[], Flask], host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT. The site is made in granian's worker, which is restarted if it falls."""
    server = Server(
        "seintje",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=_THREADS,
        loop=Loops.asyncio,
        respawn_failed_workers=True,
        workers_kill_timeout=20,
        log_level=LogLevels.error,
    )
    server.serve(target_loader=make_site, wrap_loader=False)
