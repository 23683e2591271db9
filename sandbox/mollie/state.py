"""Mollie's books: payments that are opened, paid, refused, refunded and charged back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from sandbox.ground import Ground
from sandbox.mollie.errors import MollieRefusal, absent
from sandbox.mollie.facts import (
    DEFINITIVE,
    IDEAL_LIVES,
    REFUND_STILL_HERE,
    Amount,
    Chargeback,
    Order,
    Payment,
    Refund,
)
from sandbox.mollie.webhook import knock

_LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
DUPLICATE_REFUND: Final = timedelta(hours=1)


class Mollie:
    """One Mollie account in test mode. Every method may be called from any thread."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._payments: dict[str, Payment] = {}
        self._lock = threading.RLock()

    def create_payment(self, order: Order) -> Payment:
        """Open a payment that lives a quarter of an hour (longer when the fault plan says so)."""
        now = self._ground.clock.now()
        late = self._ground.plan.take("mollie", ("create-payment",), ("late_expiry",))
        expires_at = now + IDEAL_LIVES
        dies_at = expires_at + timedelta(seconds=late.seconds if late else 0)
        payment = Payment(self._new_id("tr"), order, now, expires_at, dies_at)
        with self._lock:
            self._payments[payment.id] = payment
        self._later(dies_at, lambda: self.get(payment.id))
        return payment

    def get(self, payment_id: str) -> Payment:
        """Return a payment as it is now. Raises MollieRefusal (404) when there is none."""
        with self._lock:
            payment = self._payments.get(payment_id)
            if payment is None:
                raise absent("payment", payment_id)
            self._expire(payment)
            return payment

    def everything(self) -> list[Payment]:
        """All payments as they are now, newest first."""
        with self._lock:
            for payment in self._payments.values():
                self._expire(payment)
            return list(reversed(self._payments.values()))

    def change(self, payment_id: str, changes: dict[str, Any]) -> Payment:
        """Replace parts of what was ordered, by the names of Order's fields."""
        with self._lock:
            payment = self.get(payment_id)
            payment.order = replace(payment.order, **changes)
            return payment

    def pay(self, payment_id: str, payer: str = "T. TEST") -> Payment:
        """The payer approves in the bank's app. Raises MollieRefusal (422) when that is over."""
        payment = self._settle(payment_id, "paid", payer)
        fault = self._ground.plan.take("mollie", ("payment",), ("chargeback",))
        if fault is not None:
            moment = self._ground.clock.now() + timedelta(seconds=fault.seconds)
            self._later(moment, lambda: self.charge_back(payment_id))
        return payment

    def fail(self, payment_id: str) -> Payment:
        """The bank refuses."""
        return self._settle(payment_id, "failed")

    def cancel(self, payment_id: str) -> Payment:
        """The payer turns back at the bank."""
        return self._settle(payment_id, "canceled")

    def expire(self, payment_id: str) -> Payment:
        """Time is up, before its time."""
        return self._settle(payment_id, "expired")

    def refund(
        self, payment_id: str, amount: Amount, description: str = "", metadata: object = None
    ) -> Refund:
        """Give money back.

        Raises MollieRefusal: 422 for too much or not paid, 409 for a twin within an hour.
        """
        now = self._ground.clock.now()
        with self._lock:
            payment = self.get(payment_id)
            self._check_refund(payment, amount, now)
            first = self._ground.settings.refund_phases[0][0]
            refund = Refund(self._new_id("re"), payment.id, amount, now, description, metadata, first)
            payment.refunds.append(refund)
        for status, wait in self._ground.settings.refund_phases[1:]:
            self._later(now + wait, partial(self.move_refund, payment.id, refund.id, status))
        return refund

    def move_refund(self, payment_id: str, refund_id: str, status: str) -> Refund:
        """Bring a refund to another status, unless it has ended; Mollie calls for the ones that matter."""
        with self._lock:
            payment = self.get(payment_id)
            refund = self.find_refund(payment_id, refund_id)
            if refund.status in {"refunded", "failed", "canceled"} or refund.status == status:
                return refund
            refund.status = status
        if status in {"processing", "refunded", "failed"}:
            self._tell(payment)
        return refund

    def cancel_refund(self, payment_id: str, refund_id: str) -> None:
        """Take a refund back while it is still here. Raises MollieRefusal (422) afterwards."""
        with self._lock:
            refund = self.find_refund(payment_id, refund_id)
            if refund.status not in REFUND_STILL_HERE:
                raise MollieRefusal(422, "The refund cannot be canceled")
            refund.status = "canceled"

    def find_refund(self, payment_id: str, refund_id: str) -> Refund:
        for refund in self.get(payment_id).refunds:
            if refund.id == refund_id:
                return refund
        raise absent("refund", refund_id)

    def charge_back(self, payment_id: str) -> Chargeback:
        """The payer's bank takes all the money back; the payment's status stays `paid`."""
        with self._lock:
            payment = self.get(payment_id)
            if payment.status != "paid" or not payment.remaining:
                raise MollieRefusal(422, "There is nothing to charge back")
            amount = Amount(payment.remaining, payment.order.amount.currency)
            chargeback = Chargeback(self._new_id("chb"), payment.id, amount, self._ground.clock.now())
            payment.chargebacks.append(chargeback)
        self._tell(payment)
        return chargeback

    def reverse_chargeback(self, payment_id: str, chargeback_id: str) -> Chargeback:
        """The bank returns what it took back."""
        with self._lock:
            chargeback = self.find_chargeback(payment_id, chargeback_id)
            chargeback.reversed_at = chargeback.reversed_at or self._ground.clock.now()
        self._tell(self.get(payment_id))
        return chargeback

    def find_chargeback(self, payment_id: str, chargeback_id: str) -> Chargeback:
        for chargeback in self.get(payment_id).chargebacks:
            if chargeback.id == chargeback_id:
                return chargeback
        raise absent("chargeback", chargeback_id)

    def _settle(self, payment_id: str, status: str, payer: str | None = None) -> Payment:
        with self._lock:
            payment = self.get(payment_id)
            if payment.status in DEFINITIVE:
                raise MollieRefusal(422, f"The payment is {payment.status} already")
            payment.status = status
            payment.settled_at = self._ground.clock.now()
            payment.payer = payer
            if status == "paid":
                payment.order = replace(payment.order, method="ideal")
        self._tell(payment)
        return payment

    def _expire(self, payment: Payment) -> None:
        if payment.status not in DEFINITIVE and self._ground.clock.now() >= payment.dies_at:
            payment.status = "expired"
            payment.settled_at = payment.dies_at
            self._tell(payment)

    def _check_refund(self, payment: Payment, amount: Amount, now: datetime) -> None:
        if payment.status != "paid":
            raise MollieRefusal(422, "The payment is not in a refundable status")
        if amount.cents > payment.remaining or amount.currency != payment.order.amount.currency:
            raise MollieRefusal(422, "The specified amount cannot be refunded", "amount")
        if any(
            twin.amount == amount and twin.counts and now - twin.created_at < DUPLICATE_REFUND
            for twin in payment.refunds
        ):
            raise MollieRefusal(409, "A duplicate refund has been detected")

    def _tell(self, payment: Payment) -> None:
        if payment.order.webhook_url:
            self._ground.postman.post(knock(payment.id, payment.order.webhook_url))

    def _later(self, moment: datetime, act: Callable[[], object]) -> None:
        self._ground.postman.at(moment, lambda: (act(), None)[1])

    def _new_id(self, prefix: str) -> str:
        picked = (_LETTERS[self._ground.ids.below(len(_LETTERS))] for _ in range(10))
        return f"{prefix}_{''.join(picked)}"
