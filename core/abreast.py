"""Does one thing with each of many lines on all processors, while the answers keep the order of the lines."""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_all_start_methods, get_context
from queue import Empty, Queue
from threading import Thread
from time import sleep
from typing import Final

# As many lines are read before their turn, so that endless input takes no endless memory.
_READ_AHEAD: Final = 512
# Lines that wait go to a process together: handing over costs as much as answering a few of them.
_TOGETHER: Final = 32
# So many hand-overs for each process keep it at work while the oldest is awaited.
_EACH: Final = 3
_FORKS: Final = "fork"
# So many new objects call for a look at what can be thrown away: answers leave next to nothing behind, and
# looking at all that is remembered, as often as Python does by itself, takes a twentieth of the time.
_SELDOM: Final = 50_000
_EVERY: Final = 0.5  # seconds in which a child notices that its parent is gone
# A line, what went wrong while reading one, or the end.
_Lines = Queue[str | BaseException | None]


def abreast(lines: Iterable[str], answer: Callable[[str], str]) -> Iterator[str]:
    """Yield `answer` of each line, in order, as soon as it and all before it are there.

    `answer` has to be one that another process can call. Where processes cannot be forked, or there is one
    processor, everything is done here. Raises what `answer` raises.
    """
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if processors == 1 or _FORKS not in get_all_start_methods():
        yield from map(answer, lines)
        return
    # Forked, since a child that starts anew would read all tables again. What is there by now stays, so no
    # child has to look through it for what can be thrown away, which would copy it as well.
    gc.freeze()
    with ProcessPoolExecutor(processors, get_context(_FORKS), _as_a_child) as pool:
        pool.submit(str).result()  # all children are there before the thread is: threads are not forked
        gc.unfreeze()
        waiting: _Lines = Queue(_READ_AHEAD)
        Thread(target=_read, args=(lines, waiting), daemon=True).start()
        under_way: deque[Future[list[str]]] = deque()
        while True:
            while len(under_way) < processors * _EACH and (some := _take(waiting, wait=not under_way)):
                under_way.append(pool.submit(_answers, answer, some))
            if not under_way:
                return
            yield from under_way.popleft().result()


def _read(lines: Iterable[str], waiting: _Lines) -> None:
    end: BaseException | None = None
    try:
        for line in lines:
            waiting.put(line)
    except Exception as wrong:  # noqa: BLE001 - raised again where the answers are taken
        end = wrong
    waiting.put(end)


def _take(waiting: _Lines, *, wait: bool) -> list[str]:
    """What waits to be answered, up to a hand-over full; `wait` for the first. Nothing, when all was read."""
    taken: list[str] = []
    try:
        while len(taken) < _TOGETHER:
            line = waiting.get(block=wait and not taken)
            if not isinstance(line, str):
                waiting.put(line)  # for who asks again
                if line is not None and wait and not taken:
                    raise line
                break
            taken.append(line)
    except Empty:
        pass
    return taken


def _answers(answer: Callable[[str], str], lines: Sequence[str]) -> list[str]:
    return [answer(line) for line in lines]


def _as_a_child() -> None:
    """Leave interrupts to the parent, and end when it is gone: a child that stays keeps the output open."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(_SELDOM)
    Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        sleep(_EVERY)
    os._exit(1)
