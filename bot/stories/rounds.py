"""The worker's rounds: hear, fall due, ask the PSP, send, record; woken by the bell, by a tick, by an answer.

One event loop talks to the providers and one thread to the database; the PSP's client is synchronous and
has threads of its own. Whatever hangs or fails delays only itself.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

from bot.stories import deliver, fall_due, hear, look_up, reconcile
from bot.stories.deliver import Claimed
from bot.stories.due import anything_due
from bot.stories.outcome import Outcome
from bot.stories.world import World
from core.bell import Bell, bell_of
from core.errors import Unavailable
from core.log import logger
from messages.bots import remember_names
from messages.channels import Channel, Inbound, NotSent

P = ParamSpec("P")
T = TypeVar("T")

_log = logger(__name__)
_LISTEN_EVERY = 0.04  # seconds between two looks at the bell
_AT_ONCE = 32  # sends under way per channel, so that a hanging provider holds up only its own
_PSP_THREADS = 4
_SOON = 1.0  # a message that may go within this many seconds does not wait for the next tick
_LAST_SENDS = 15  # seconds that sends under way get when the worker stops


class Rounds:
    """Runs until `stop`. `tick` says that time has passed: call it about once a second."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._database = ThreadPoolExecutor(1, thread_name_prefix="database")
        self._psp = ThreadPoolExecutor(_PSP_THREADS, thread_name_prefix="psp")
        self._tasks: set[asyncio.Task[None]] = set()
        self._outcomes: list[Outcome] = []
        self._under_way: Counter[str] = Counter()
        self._asking: set[str] = set()
        self._starting: set[str] = set()
        self._openings: list[asyncio.Task[None]] = []
        self._bots: dict[str, str] = {}
        self._ticked = True
        self._stopping = False

    def tick(self) -> None:
        self._ticked = True

    def stop(self) -> None:
        """Take nothing new; what is under way is finished and recorded."""
        self._stopping = True

    async def run(self) -> None:
        """Go round until stopped."""
        bell = bell_of(self.world.db.engine)
        try:
            await self.open()
            while not self._stopping:
                await self._once(bell)
        finally:
            bell.close()
            await self.close()

    async def open(self) -> None:
        """Begin to make the channels ready; each sends as soon as it is, whatever holds up the others."""
        self._starting = set(self.world.channels)
        for name in self.world.channels:
            self._openings.append(self._start(self._open_channel(name)))

    async def _open_channel(self, name: str) -> None:
        try:
            await self.world.channels[name].start(self.world.catalogue.templates())
        except Exception:  # noqa: BLE001 - a provider that is down at start must not stop the others
            _log.exception("channel did not start", channel=name)
        finally:
            self._starting.discard(name)
            self.tick()

    async def _remember_bots(self) -> None:
        """Let the web know under which names payers find our bots, as soon as we know ourselves."""
        names = {name: channel.bot_name for name, channel in self.world.channels.items()}
        if names != self._bots:
            self._bots = names
            await self._in_database(self.world.db.run, remember_names, names)

    async def _once(self, bell: Bell) -> None:
        ticked, self._ticked = self._ticked, False
        if not (bell.rang() or ticked or self._outcomes):
            await asyncio.sleep(_LISTEN_EVERY)
            return
        try:
            if self._outcomes or await self._anything_due():
                await self.round()
        except Unavailable as error:
            _log.warning("the database does not answer", error=str(error))
            self._ticked = True
            await asyncio.sleep(1)

    async def _anything_due(self) -> bool:
        return await self._in_database(self.world.db.read, anything_due)

    async def round(self) -> None:
        """Go round once: every kind of work that is due now is taken on."""
        await self._record()
        await self._remember_bots()
        for channel, inbound in await self._in_database(hear.hear, self.world):
            self._start(_acknowledge(channel, inbound))
        await self._in_database(fall_due.fall_due, self.world)
        await self._in_database(deliver.recover, self.world)
        for lost in await self._in_database(look_up.lost_messages, self.world):
            self._start(self._look_up(lost))
        for question in await self._in_database(reconcile.to_ask, self.world, list(self._asking)):
            self._asking.add(question.checkout_id)
            self._start(self._ask_psp(question))
        await self._claim()

    async def _claim(self) -> None:
        full = [name for name, busy in self._under_way.items() if busy >= _AT_ONCE]
        batch = await self._in_database(deliver.claim_due, self.world, [*full, *self._starting])
        for job in batch.claimed:
            self._under_way[job.channel] += 1
            self._start(self._send(job))
        for moment in batch.waiting:
            seconds = (moment - self.world.clock.now()).total_seconds()
            if seconds < _SOON:
                asyncio.get_running_loop().call_later(max(seconds, 0), self.tick)

    async def _send(self, job: Claimed) -> None:
        try:
            self._outcomes.append(await deliver.send(self.world, job))
        finally:
            self._under_way[job.channel] -= 1

    async def _record(self) -> None:
        """Record all outcomes that are in, in one commit; when that fails they stay for the next round."""
        taken = list(self._outcomes)
        if taken:
            await self._in_database(deliver.record_all, self.world, taken)
            del self._outcomes[: len(taken)]

    async def _ask_psp(self, question: reconcile.Question) -> None:
        try:
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(self._psp, reconcile.ask_psp, self.world, question)
        finally:
            self._asking.discard(question.checkout_id)
            self.tick()  # what was said meanwhile is due now

    async def _look_up(self, lost: look_up.Lost) -> None:
        try:
            found = await look_up.look_up(self.world, lost)
        except NotSent as error:
            _log.warning("not looked up", channel=lost.channel, code=error.code)
            return
        await self._in_database(self.world.db.run, look_up.looked_up, self.world, lost, found)

    async def _in_database(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._database, lambda: work(*args, **kwargs))

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("work under way failed", error=repr(error))

    async def finish(self) -> None:
        """Wait for what is under way, and record what became of it."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_LAST_SENDS)
        await self._record()

    async def close(self) -> None:
        """Finish what is under way and let go of everything."""
        for opening in self._openings:
            opening.cancel()
        await self.finish()
        for channel in self.world.channels.values():
            await channel.close()
        self._database.shutdown()
        self._psp.shutdown(cancel_futures=True)


async def _acknowledge(channel: Channel, inbound: Inbound) -> None:
    await channel.acknowledge(inbound)
