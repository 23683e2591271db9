"""The clock that stands still and the clock that several processes move together."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.clock import ManualClock, MovableClock, SystemClock, stopwatch

SOON = timedelta(seconds=30)


def test_a_clock_that_stands_still_moves_only_when_told(clock: ManualClock) -> None:
    assert clock.now() == clock.now() == datetime(2026, 11, 23, 9, tzinfo=UTC)
    clock.advance(timedelta(hours=1))
    assert clock.now() == datetime(2026, 11, 23, 10, tzinfo=UTC)
    clock.set(datetime(2026, 12, 1, tzinfo=UTC))
    assert clock.now() == datetime(2026, 12, 1, tzinfo=UTC)


def test_a_movable_clock_begins_at_the_time_outside_and_runs_on(tmp_path: Path) -> None:
    clock = MovableClock(tmp_path / "clock")
    assert abs(clock.now() - SystemClock().now()) < SOON
    assert clock.now() <= clock.now()


def test_a_move_is_seen_at_once_by_everyone_with_the_same_file(tmp_path: Path) -> None:
    mine, yours = MovableClock(tmp_path / "clock"), MovableClock(tmp_path / "clock")
    friday = SystemClock().now() + timedelta(days=4)
    mine.move_to(friday)
    assert timedelta(0) <= yours.now() - friday < SOON


def test_a_move_in_another_process_is_seen_here(tmp_path: Path) -> None:
    clock = MovableClock(tmp_path / "clock")
    script = (
        "import sys; from datetime import datetime; from pathlib import Path\n"
        "from core.clock import MovableClock\n"
        "MovableClock(Path(sys.argv[1])).move_to(datetime.fromisoformat(sys.argv[2]))"
    )
    later = clock.now() + timedelta(days=400)
    subprocess.run([sys.executable, "-c", script, tmp_path / "clock", later.isoformat()], check=True)
    assert timedelta(0) <= clock.now() - later < SOON
    assert timedelta(0) <= MovableClock(tmp_path / "clock").now() - later < SOON


def test_once_moved_a_clock_never_goes_back(tmp_path: Path) -> None:
    clock = MovableClock(tmp_path / "clock")
    clock.move_to(datetime(2026, 3, 1, tzinfo=UTC))  # a demo may begin on any day
    clock.move_to(datetime(2026, 3, 2, tzinfo=UTC))
    with pytest.raises(ValueError, match="only moves forward"):
        clock.move_to(datetime(2026, 3, 1, tzinfo=UTC))
    assert timedelta(0) <= clock.now() - datetime(2026, 3, 2, tzinfo=UTC) < SOON


def test_a_stopwatch_only_runs_forward() -> None:
    before = stopwatch()
    assert stopwatch() >= before
