"""A small family of processes: started together, restarted when one falls, stopped together."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from core.clock import stopwatch
from core.log import logger

_log = logger(__name__)
_GRACE = 20.0  # seconds between asking to stop and insisting
_CALM = 60.0  # seconds after which a restart is forgotten
_MOST_RESTARTS = 5


# glibc keeps a heap for every thread and holds on to large blocks; these two make it give memory back.
_THRIFTY = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "131072"}


@dataclass
class _Member:
    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    falls: list[float] = field(default_factory=list)

    def start(self) -> None:
        # A session of its own, so that Ctrl-C reaches the parent alone and it stops us in order.
        self.process = subprocess.Popen(  # noqa: S603 - our own program with our own arguments
            self.command, env=_THRIFTY | dict(self.environment), start_new_session=True
        )


class Family:
    """Processes of this program. `give_up` is called, once, when one keeps falling."""

    def __init__(self, give_up: Callable[[str], None]) -> None:
        self._members: list[_Member] = []
        self._give_up = give_up
        self._stopping = threading.Event()

    def start(self, name: str, arguments: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start `python app.py …arguments` with exactly this environment."""
        script = Path(__file__).parent.parent / "app.py"
        member = _Member(name, [sys.executable, str(script), *arguments], environment)
        member.start()
        self._members.append(member)
        threading.Thread(target=self._watch, args=(member,), name=f"watch-{name}", daemon=True).start()

    def _watch(self, member: _Member) -> None:
        while member.process is not None:
            status = member.process.wait()
            if self._stopping.is_set():
                return
            now = stopwatch()
            member.falls = [fall for fall in member.falls if now - fall < _CALM] + [now]
            _log.error("process ended", process=member.name, status=status, falls=len(member.falls))
            if len(member.falls) > _MOST_RESTARTS:
                self._give_up(member.name)
                return
            if self._stopping.wait(min(2.0 ** len(member.falls) / 4, 10)):
                return
            member.start()

    def stop(self) -> None:
        """Stop every process, the last started first: ask, wait, insist."""
        self._stopping.set()
        running = [m.process for m in reversed(self._members) if m.process and m.process.poll() is None]
        for process in running:
            process.send_signal(signal.SIGTERM)
        deadline = stopwatch() + _GRACE
        for process in running:
            try:
                process.wait(max(deadline - stopwatch(), 0.1))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
