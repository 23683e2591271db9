"""Ways to take money: each PSP is one adapter file and one line in this registry."""

from __future__ import annotations

import importlib
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from core.config import Settings
from core.money import Money

REGISTRY: Final[Mapping[str, str]] = {"mollie": "payments.psp.mollie:Mollie"}


@dataclass(frozen=True)
class Order:
    """What a checkout asks for. `key` is the idempotency key of this attempt and stays with it."""

    checkout_id: str
    request_id: str
    amount: Money
    description: str
    return_url: str
    webhook_url: str | None
    language: str
    key: str


@dataclass(frozen=True)
class Opened:
    """A checkout that the PSP opened: where to send the payer, and until when."""

    psp_id: str
    url: str
    expires_at: datetime | None


@dataclass(frozen=True)
class Fact:
    """One money fact of a checkout. `cents` is positive; `kind` is one of ledger.KINDS."""

    kind: str
    ref: str
    cents: int
    currency: str
    at: datetime


@dataclass(frozen=True)
class Report:
    """What the PSP says about a checkout when asked.

    `status` is open, pending, authorized, paid, canceled, expired or failed; `refunds` maps each
    refund's id to (status, our refund id or "").
    """

    psp_id: str
    checkout_id: str
    status: str
    amount: Money
    facts: tuple[Fact, ...] = ()
    refunds: Mapping[str, tuple[str, str]] | None = None
    reason: str = ""
    url: str = ""
    expires_at: datetime | None = None


class Psp(ABC):
    """A payment service provider. Every method here talks to the network, so none belongs in a transaction.

    Each raises Unavailable when nothing was done and it may be tried again, OutcomeUnknown when the
    PSP may have acted, and Refused with the PSP's reason when it said no.
    """

    name: ClassVar[str]
    method_label: ClassVar[str]

    @abstractmethod
    def open(self, order: Order) -> Opened:
        """Open a checkout; asking again with the same `order.key` never opens a second one."""

    @abstractmethod
    def report(self, psp_id: str) -> Report:
        """Ask about one checkout. Raises core.errors.Missing when the PSP does not know it."""

    @abstractmethod
    def find(self, checkout_id: str, since: datetime) -> str | None:
        """Return the PSP's id of a checkout whose opening was never confirmed, or None when there is none."""

    @abstractmethod
    def refund(self, psp_id: str, amount: Money, refund_id: str, description: str) -> str:
        """Give money back and return the PSP's id of the refund. Never repeated blindly: see `refunds`."""

    @abstractmethod
    def form_targets(self) -> str:
        """Return the CSP sources that a pay form may lead to after its redirect."""


def load(name: str, settings: Settings) -> Psp:
    """Return the adapter called `name`; its client library is imported only now."""
    module, _, cls = REGISTRY[name].partition(":")
    adapter: type[Psp] = getattr(importlib.import_module(module), cls)
    return adapter(settings)  # type: ignore[call-arg]  # every adapter takes the settings
