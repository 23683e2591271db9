"""Mollie's answers: HAL documents whose links carry the sandbox's own base address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sandbox.mollie.facts import IDEAL_LIVES, Amount, Chargeback, Payment, Refund

HAL: Final = "application/hal+json"
HTML: Final = "text/html"
DOCS: Final = "https://docs.mollie.com/reference"
_TEST_ACCOUNT: Final = {"consumerAccount": "NL53INGB0654422370", "consumerBic": "INGBNL2A"}
_SETTLED_AT: Final = {
    "paid": "paidAt",
    "canceled": "canceledAt",
    "expired": "expiredAt",
    "failed": "failedAt",
}

Json = dict[str, Any]


def iso(moment: datetime) -> str:
    return moment.replace(microsecond=0).isoformat()


def link(href: str, kind: str = HAL) -> dict[str, str]:
    return {"href": href, "type": kind}


@dataclass(frozen=True)
class Hal:
    """Writes entities for one base address (`http://127.0.0.1:8001`) and one profile."""

    base: str
    profile: str

    def payment(self, payment: Payment, embed: Sequence[str] = ()) -> Json:
        body = self._ordered(payment) | self._money(payment) | self._moments(payment)
        if payment.status == "paid" and payment.order.method == "ideal":
            body["details"] = {"consumerName": payment.payer, **_TEST_ACCOUNT}
        if embed:
            body["_embedded"] = self._embedded(payment, embed)
        body["_links"] = self._payment_links(payment)
        return body

    def refund(self, refund: Refund) -> Json:
        payment = f"{self.base}/v2/payments/{refund.payment_id}"
        return {
            "resource": "refund",
            "id": refund.id,
            "mode": "test",
            "amount": refund.amount.as_json(),
            "status": refund.status,
            "createdAt": iso(refund.created_at),
            "description": refund.description,
            "metadata": refund.metadata,
            "paymentId": refund.payment_id,
            "_links": {
                "self": link(f"{payment}/refunds/{refund.id}"),
                "payment": link(payment),
                "documentation": link(f"{DOCS}/get-refund", HTML),
            },
        }

    def chargeback(self, chargeback: Chargeback) -> Json:
        payment = f"{self.base}/v2/payments/{chargeback.payment_id}"
        reversed_at = chargeback.reversed_at
        return {
            "resource": "chargeback",
            "id": chargeback.id,
            "amount": chargeback.amount.as_json(),
            "settlementAmount": Amount(-chargeback.amount.cents, chargeback.amount.currency).as_json(),
            "createdAt": iso(chargeback.created_at),
            "reversedAt": iso(reversed_at) if reversed_at else None,
            "paymentId": chargeback.payment_id,
            "_links": {
                "self": link(f"{payment}/chargebacks/{chargeback.id}"),
                "payment": link(payment),
                "documentation": link(f"{DOCS}/get-chargeback", HTML),
            },
        }

    def method(self) -> Json:
        """iDEAL, the one method the sandbox takes."""
        icon = "https://mollie.com/external/icons/payment-methods/ideal"
        return {
            "resource": "method",
            "id": "ideal",
            "description": "iDEAL | Wero",
            "minimumAmount": Amount(1).as_json(),
            "maximumAmount": Amount(5_000_000).as_json(),
            "image": {
                "size1x": f"{icon}.png",
                "size2x": f"{icon}%402x.png",
                "svg": f"{icon}.svg",
            },
            "status": "activated",
            "_links": {
                "self": link(f"{self.base}/v2/methods/ideal"),
                "documentation": link(f"{DOCS}/get-method", HTML),
            },
        }

    def _ordered(self, payment: Payment) -> Json:
        order = payment.order
        body: Json = {
            "resource": "payment",
            "id": payment.id,
            "mode": "test",
            "createdAt": iso(payment.created_at),
            "amount": order.amount.as_json(),
            "description": order.description,
            "method": order.method,
            "metadata": order.metadata,
            "status": payment.status,
            "profileId": self.profile,
            "sequenceType": order.sequence_type,
            "redirectUrl": order.redirect_url,
        }
        optional = {
            "cancelUrl": order.cancel_url,
            "webhookUrl": order.webhook_url,
            "locale": order.locale,
        }
        return body | {name: value for name, value in optional.items() if value is not None}

    def _money(self, payment: Payment) -> Json:
        if payment.status != "paid":
            return {}
        currency = payment.order.amount.currency
        body: Json = {
            "amountRefunded": Amount(payment.refunded, currency).as_json(),
            "amountRemaining": Amount(payment.remaining, currency).as_json(),
            "settlementAmount": payment.order.amount.as_json(),
        }
        if payment.chargebacks:
            body["amountChargedBack"] = Amount(payment.charged_back, currency).as_json()
        return body

    def _moments(self, payment: Payment) -> Json:
        body: Json = {}
        if payment.status == "open":
            # iDEAL cannot be called back once it is out.
            body["isCancelable"] = payment.order.method != "ideal"
            body["expiresAt"] = iso(payment.created_at + IDEAL_LIVES)
        elif payment.settled_at is not None:
            body[_SETTLED_AT[payment.status]] = iso(payment.settled_at)
        return body

    def _embedded(self, payment: Payment, embed: Sequence[str]) -> Json:
        body: Json = {}
        if "refunds" in embed:
            body["refunds"] = [self.refund(refund) for refund in payment.refunds]
        if "chargebacks" in embed:
            body["chargebacks"] = [self.chargeback(back) for back in payment.chargebacks]
        return body

    def _payment_links(self, payment: Payment) -> Json:
        own = f"{self.base}/v2/payments/{payment.id}"
        bank = f"{self.base}/bank/{payment.id}"
        links: Json = {"self": link(own)}
        if payment.status == "open":
            links["checkout"] = link(bank, HTML)
        if payment.status == "paid":
            links["changePaymentState"] = link(bank, HTML)
        if payment.refunds:
            links["refunds"] = link(f"{own}/refunds")
        if payment.chargebacks:
            links["chargebacks"] = link(f"{own}/chargebacks")
        links["dashboard"] = link(bank, HTML)
        links["documentation"] = link(f"{DOCS}/get-payment", HTML)
        return links
