"""The worker's rounds: what is said while it is busy is not lost, and what hangs holds up nobody."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import replace

from bot.stories.rounds import Rounds
from messages.channels import Template, enabled
from messages.channels.sms import Sms
from payments.checkouts import check_now
from payments.psp import Psp, Report
from tests.house import House


class _SlowPsp:
    """The real adapter, which answers only when it is let go, with what it saw when it was asked."""

    def __init__(self, psp: Psp) -> None:
        self._psp = psp
        self.asked, self.go_on = threading.Event(), threading.Event()

    def __getattr__(self, name: str) -> object:
        return getattr(self._psp, name)

    def report(self, psp_id: str) -> Report:
        seen = self._psp.report(psp_id)
        self.asked.set()
        self.go_on.wait(10)
        return seen


def test_a_webhook_that_comes_while_we_ask_is_acted_upon_at_once(house: House) -> None:
    """Trap 16: the payer returns, we ask, and the hook arrives before the answer that is older than it."""
    request = house.ask()
    house.settle()
    payment = house.tap(request)
    psp = _SlowPsp(house.world.psp)
    own = enabled(house.world.settings)
    world = replace(house.world, psp=psp, channels=own)  # type: ignore[arg-type]  # it answers as the real one
    rounds = Rounds(world)

    async def story() -> None:
        await rounds.open()
        await rounds.finish()
        house.world.db.run(check_now, request)
        await rounds.round()
        await asyncio.to_thread(psp.asked.wait, 10)
        house.sandbox.world.mollie.pay(payment)
        await asyncio.to_thread(house.sandbox.world.postman.wait_until_idle)
        await rounds.round()
        psp.go_on.set()
        await rounds.finish()
        await rounds.round()
        await rounds.finish()
        await rounds.close()

    house.runner.run(story())
    assert house.ledger(request) == [("payment", 4250)]


class _StuckAtStart(Sms):
    """An adapter whose provider does not answer when the worker starts."""

    async def start(self, templates: Sequence[Template]) -> None:  # noqa: ARG002 - as inherited
        await asyncio.Event().wait()


def test_a_provider_that_hangs_at_the_start_holds_up_no_other(house: House) -> None:
    held_up, free = house.ask(channels=["sms"]), house.ask(channels=["whatsapp"])
    channels = {**enabled(house.world.settings), "sms": _StuckAtStart(house.world.settings)}
    rounds = Rounds(replace(house.world, channels=channels))

    async def story() -> None:
        await rounds.open()
        for _ in range(100):
            await rounds.round()
            if house.heard(free) != [("request", "queued")]:
                break
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.5)
        await rounds.round()
        await rounds.close()

    house.runner.run(story())
    assert house.heard(free)[0] in {("request", "sent"), ("request", "delivered"), ("request", "claimed")}
    assert house.heard(held_up) == [("request", "queued")]
