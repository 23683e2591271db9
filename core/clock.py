"""The only place that reads the clock; everything else is told what time it is."""

from __future__ import annotations

import mmap
import struct
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from core.errors import Misconfigured

_OFFSET = struct.Struct("<d")


class Clock(Protocol):
    """Says what time it is, as an aware datetime in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The time outside."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class ManualClock:
    """Stands still until it is moved: for tests and simulation."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    def advance(self, by: timedelta) -> None:
        self._now += by

    def set(self, to: datetime) -> None:
        self._now = to.astimezone(UTC)


class MovableClock:
    """Runs like the system's clock, an offset away from it, for every process that opens the same file.

    The file holds one little-endian double: the offset in seconds. It is mapped into memory, so that
    reading the clock costs no system call and a move is seen by all processes at once.
    """

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(_OFFSET.pack(0.0))
        with path.open("r+b") as file:
            self._memory = mmap.mmap(file.fileno(), _OFFSET.size)

    def now(self) -> datetime:
        (seconds,) = _OFFSET.unpack(self._memory[:])
        return datetime.now(UTC) + timedelta(seconds=seconds)

    def move_to(self, moment: datetime) -> None:
        """Let the clock run on from `moment`. Moving back is refused: what happened has happened.

        Raises ValueError when `moment` lies before the clock's present time (unless it never moved).
        """
        (seconds,) = _OFFSET.unpack(self._memory[:])
        if seconds != 0.0 and moment < self.now():
            raise ValueError("the clock only moves forward")
        self._memory[:] = _OFFSET.pack((moment - datetime.now(UTC)).total_seconds())
        self._memory.flush()


def clock_of(variable: str, path: str, *, demo: bool) -> Clock:
    """Return the system's clock, or the demo's in the file `path`, which the setting `variable` named.

    Raises Misconfigured when that is not the file of a clock, or when this is no demo.
    """
    if not path:
        return SystemClock()
    if not demo:
        raise Misconfigured(f"{variable}: only the demo has a clock that can be moved.")
    try:
        return MovableClock(Path(path))
    except (OSError, ValueError):
        raise Misconfigured(f"{path} is not the file of a clock that can be moved.") from None


def stopwatch() -> float:
    """Seconds on a clock that only runs forward, for measuring how long something took."""
    return time.monotonic()
