"""For every PSP in the registry: a stand-in that its adapter talks to, and what the outside world can do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Final, Protocol

from core.clock import ManualClock
from core.config import Settings
from core.money import Money
from payments.psp import Order, Psp, load
from sandbox.faults import Fault
from sandbox.mollie.facts import Amount
from sandbox.server import Running, running_sandbox
from tests.making import make_settings

ORDER = Order(
    checkout_id="chk_1",
    request_id="req_1",
    amount=Money(4250),
    description="Fietshuis Jansen 1042",
    return_url="https://pay.example.nl/p/token/done",
    webhook_url="https://pay.example.nl/webhooks/mollie/chk_1",
    language="nl",
    key="key-1",
)


class Stand(Protocol):
    """A PSP's world: the adapter, and what payers, banks and bad luck do."""

    clock: ManualClock
    psp: Psp
    deaf: Psp  # the same adapter, with nobody on the other side

    def pay(self, psp_id: str) -> None: ...
    def fail(self, psp_id: str) -> None: ...
    def finish_refund(self, psp_id: str, refund_ref: str, status: str) -> None: ...
    def charge_back(self, psp_id: str) -> str: ...
    def reverse_chargeback(self, psp_id: str, ref: str) -> None: ...
    def lose_answer(self, call: str, *, acted: bool) -> None: ...
    def payments(self) -> int: ...


class MollieStand:
    """The sandbox's Mollie, over HTTP on this machine."""

    def __init__(self, running: Running, clock: ManualClock) -> None:
        self.clock = clock
        self.running = running
        self.world = running.world.mollie
        self.settings: Settings = make_settings(mollie_api_url=running.url)
        self.psp = load("mollie", self.settings)
        self.deaf = load("mollie", make_settings(mollie_api_url="http://127.0.0.1:9"))

    def pay(self, psp_id: str) -> None:
        self.world.pay(psp_id)

    def fail(self, psp_id: str) -> None:
        self.world.fail(psp_id)

    def finish_refund(self, psp_id: str, refund_ref: str, status: str) -> None:
        self.world.move_refund(psp_id, refund_ref, status)

    def charge_back(self, psp_id: str) -> str:
        return self.world.charge_back(psp_id).id

    def reverse_chargeback(self, psp_id: str, ref: str) -> None:
        self.world.reverse_chargeback(psp_id, ref)

    def lose_answer(self, call: str, *, acted: bool) -> None:
        operation = {"open": "create-payment", "refund": "create-refund"}[call]
        self.trouble("reset_after" if acted else "reset_before", operation)

    def payments(self) -> int:
        return len(self.world.everything())

    def trouble(self, kind: str, call: str = "*", seconds: float = 0.0) -> None:
        """Let the next call go wrong."""
        self.running.world.plan.add([Fault("mollie", kind, call, seconds=seconds)])

    def given_back(self, psp_id: str, cents: int) -> str:
        """A refund that somebody made by hand in Mollie's dashboard."""
        return self.world.refund(psp_id, Amount(cents)).id


@contextmanager
def mollie_stand(clock: ManualClock) -> Iterator[MollieStand]:
    with running_sandbox(clock=clock) as running:
        yield MollieStand(running, clock)


STANDS: Final[dict[str, Callable[[ManualClock], AbstractContextManager[Stand]]]] = {"mollie": mollie_stand}
