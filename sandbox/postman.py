"""Brings the stand-ins' webhooks to the product, later and again when needed, by the sandbox's clock."""

from __future__ import annotations

import heapq
import itertools
import logging
import queue
import threading
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from core.clock import Clock
from sandbox.faults import ON_THE_WAY, Fault, FaultPlan
from sandbox.letters import Answer, Letter, Transport

log = logging.getLogger("sandbox.postman")

Errand = Callable[[], None]
LANES: Final = 6
# How often the postman looks whether someone moved the clock, while something is waiting.
GLANCE_SECONDS: Final = 0.05
# How long a letter held back for the next one waits when there is no next one.
HELD_BACK: Final = timedelta(seconds=5)


@dataclass(order=True)
class _Due:
    moment: datetime
    number: int
    errand: Errand = field(compare=False)
    lane: str = field(compare=False)


class Postman:
    """Runs errands when their moment comes. Errands of one lane run in order, one at a time.

    Started, it works by itself in the background; not started, `run_due` does what is due in the
    caller's thread, so that a simulation or a test decides when.
    """

    def __init__(self, clock: Clock, plan: FaultPlan, transport: Transport) -> None:
        self._clock = clock
        self._plan = plan
        self._transport = transport
        self._heap: list[_Due] = []
        self._numbers = itertools.count()
        self._changed = threading.Condition()
        self._closing = False
        self._busy = 0
        self._held: dict[str, Letter] = {}
        self._lanes: list[queue.SimpleQueue[Errand | None]] = []
        self._threads: list[threading.Thread] = []

    def at(self, moment: datetime, errand: Errand, lane: str = "") -> None:
        """Run `errand` once the sandbox's clock has reached `moment`."""
        with self._changed:
            heapq.heappush(self._heap, _Due(moment, next(self._numbers), errand, lane))
            self._changed.notify_all()

    def after(self, seconds: float, errand: Errand, lane: str = "") -> None:
        self.at(self._clock.now() + timedelta(seconds=seconds), errand, lane)

    def post(self, letter: Letter) -> None:
        """Deliver a webhook, as the fault plan allows, and again as the letter's own rule says."""
        fault = self._plan.take(letter.api, (letter.name, f"POST {letter.url}"), ON_THE_WAY)
        if fault is None:
            self._hand_over(letter)
        else:
            self._spoil(letter, fault)

    def _spoil(self, letter: Letter, fault: Fault) -> None:
        match fault.kind:
            case "duplicate":
                self._hand_over(letter)
                self._hand_over(letter)
            case "delay":
                self.after(fault.seconds, lambda: self._deliver(letter), letter.lane)
            case "reorder":
                self._hold_back(letter)
            case _:  # dropped: nobody will ever hear of it, and the sender believes it arrived
                letter.rule.delivered()

    def _hand_over(self, letter: Letter) -> None:
        self.after(0, lambda: self._deliver(letter), letter.lane)
        with self._changed:
            held = self._held.pop(letter.api, None)
        if held is not None:
            self.after(0, lambda: self._deliver(held), letter.lane)

    def _hold_back(self, letter: Letter) -> None:
        with self._changed:
            self._held[letter.api] = letter
        self.at(self._clock.now() + HELD_BACK, lambda: self._release(letter), letter.lane)

    def _release(self, letter: Letter) -> None:
        with self._changed:
            waiting = self._held.get(letter.api) is letter
            if waiting:
                del self._held[letter.api]
        if waiting:
            self._deliver(letter)

    def _deliver(self, letter: Letter) -> None:
        if letter.attempt > 1 and not letter.rule.wanted():
            return
        answer = self._transport(letter)
        wait = letter.rule.next_try(letter.attempt, answer)
        if answer.accepted or wait is None:
            letter.rule.delivered()
            return
        again = replace(letter, attempt=letter.attempt + 1)
        self.after(wait, lambda: self._deliver(again), letter.lane)

    def next_due(self) -> datetime | None:
        """When the next errand is due, or None when there is nothing to do."""
        with self._changed:
            return self._heap[0].moment if self._heap else None

    def run_due(self) -> int:
        """Run everything that is due, also what that brings about, in this thread; return how many."""
        count = 0
        while (due := self._pop_due()) is not None:
            due.errand()
            count += 1
        return count

    def wait_until_idle(self, seconds: float = 5.0) -> bool:
        """Wait until nothing is due or under way (later errands may remain). False when time is up."""
        with self._changed:
            return self._changed.wait_for(self._idle, timeout=seconds)

    def _idle(self) -> bool:
        nothing_due = not self._heap or self._heap[0].moment > self._clock.now()
        return nothing_due and self._busy == 0

    def _pop_due(self) -> _Due | None:
        with self._changed:
            if self._heap and self._heap[0].moment <= self._clock.now():
                return heapq.heappop(self._heap)
        return None

    def start(self) -> None:
        """Work in the background until `stop`."""
        self._lanes = [queue.SimpleQueue() for _ in range(LANES)]
        self._threads = [threading.Thread(target=self._sort, name="postman", daemon=True)]
        self._threads += [
            threading.Thread(target=self._walk, args=(lane,), name=f"postman-{number}", daemon=True)
            for number, lane in enumerate(self._lanes)
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Stop the background work; letters still waiting are not delivered."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        for lane in self._lanes:
            lane.put(None)
        for thread in self._threads:
            thread.join(timeout=2)

    def _sort(self) -> None:
        while True:
            with self._changed:
                while not self._closing and not self._ready():
                    self._changed.wait(GLANCE_SECONDS if self._heap else None)
                if self._closing:
                    return
                due = heapq.heappop(self._heap)
                self._busy += 1
            self._lanes[zlib.crc32(due.lane.encode()) % LANES].put(due.errand)

    def _ready(self) -> bool:
        return bool(self._heap) and self._heap[0].moment <= self._clock.now()

    def _walk(self, lane: queue.SimpleQueue[Errand | None]) -> None:
        while (errand := lane.get()) is not None:
            try:
                errand()
            except Exception:  # one broken errand must not stop the post
                log.exception("an errand of the sandbox failed")
            finally:
                with self._changed:
                    self._busy -= 1
                    self._changed.notify_all()


__all__ = ["Answer", "Letter", "Postman"]
