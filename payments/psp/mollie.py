"""Mollie: iDEAL | Wero checkouts, reports and refunds, through Mollie's official client."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Final
from urllib.parse import parse_qs, urlsplit

from core.config import Settings
from core.errors import Misconfigured, Missing, Unavailable
from core.money import Money
from payments.psp import Fact, Opened, Order, Psp, Report
from payments.psp.mollie_client import ASKING, OPENING, REFUNDING, new_client, payment_of, translated

if TYPE_CHECKING:
    from mollie.api.client import Client

Json = Mapping[str, Any]

_KEY: Final = re.compile(r"(test|live)_\w+")
_PAYMENT_ID: Final = re.compile(r"tr_[A-Za-z0-9]{1,40}")
_STATUSES: Final = frozenset({"open", "pending", "authorized", "paid", "canceled", "expired", "failed"})
_LONGEST_DESCRIPTION: Final = 255
_LOCALES: Final = {"nl": "nl_NL", "en": "en_US"}
# An embedded list is the first page of the real one; when it is full, there may be more.
_EMBEDDED_PAGE: Final = 50
_PAGE: Final = 250
_MOST_PAGES: Final = 40
_CLOCKS_DIFFER: Final = timedelta(minutes=5)


class Mollie(Psp):
    """Mollie, in test or live mode as the key says. Threads may share one."""

    name: ClassVar[str] = "mollie"
    method_label: ClassVar[str] = "iDEAL | Wero"

    def __init__(self, settings: Settings, timeout: tuple[float, float] = (2.0, 10.0)) -> None:
        """`timeout` is in seconds: for connecting, and for the answer. Raises Misconfigured."""
        if not _KEY.fullmatch(settings.mollie_api_key):
            raise Misconfigured("MOLLIE_API_KEY: must be `test_…` or `live_…`, as Mollie gave it.")
        self._key = settings.mollie_api_key
        self._mode = self._key.partition("_")[0]
        self._url = settings.mollie_api_url
        self._timeout = timeout
        self._made: Client | None = None
        self._making = threading.Lock()

    def open(self, order: Order) -> Opened:
        """See Psp. Unavailable also when this very order is being opened at this moment."""
        wanted = {
            "amount": _amount(order.amount),
            "description": order.description[:_LONGEST_DESCRIPTION],
            "redirectUrl": order.return_url,
            "method": "ideal",
            "locale": _LOCALES.get(order.language, "nl_NL"),
            "metadata": {"checkout_id": order.checkout_id, "request_id": order.request_id},
        }
        if order.webhook_url is not None:
            wanted["webhookUrl"] = order.webhook_url
        return translated(OPENING, lambda: self._open(wanted, order.key))

    def _open(self, wanted: Json, key: str) -> Opened:
        payment = self._client().payments.create(dict(wanted), idempotency_key=key)
        _must_echo(payment, amount=wanted["amount"], metadata=wanted["metadata"], mode=self._mode)
        psp_id, url = str(payment["id"]), _link(payment, "checkout")
        if not _PAYMENT_ID.fullmatch(psp_id) or not url:
            raise ValueError(f"payment {psp_id!r} has no checkout")
        return Opened(psp_id, url, _moment(payment, "expiresAt"))

    def report(self, psp_id: str) -> Report:
        """See Psp. A payment of another mode, or without our mark, is Missing as well."""
        _must_be_payment(psp_id)
        return translated(ASKING, lambda: self._report(psp_id))

    def _report(self, psp_id: str) -> Report:
        payment = self._client().payments.get(psp_id, embed="refunds,chargebacks")
        if payment["mode"] != self._mode or not _ours(payment):
            raise Missing(f"{psp_id} is no payment of ours")
        return _read(payment, self._all(payment, "refunds"), self._all(payment, "chargebacks"))

    def find(self, checkout_id: str, since: datetime) -> str | None:
        """See Psp. Raises Unavailable when there are too many payments after `since` to go through."""
        return translated(ASKING, lambda: self._find(checkout_id, since - _CLOCKS_DIFFER))

    def _find(self, checkout_id: str, oldest: datetime) -> str | None:
        for payment in self._pages(self._client().payments, "payments"):
            if datetime.fromisoformat(payment["createdAt"]) < oldest:
                return None
            if _ours(payment) == checkout_id and payment["mode"] == self._mode:
                return str(payment["id"])
        return None

    def refund(self, psp_id: str, amount: Money, refund_id: str, description: str) -> str:
        """See Psp. OutcomeUnknown also when Mollie says that there is a refund like this one."""
        _must_be_payment(psp_id)
        wanted = {
            "amount": _amount(amount),
            "description": description[:_LONGEST_DESCRIPTION],
            "metadata": {"refund_id": refund_id},
        }
        return translated(REFUNDING, lambda: self._refund(psp_id, wanted, refund_id))

    def _refund(self, psp_id: str, wanted: Json, key: str) -> str:
        refund = payment_of(self._client(), psp_id).refunds.create(dict(wanted), idempotency_key=key)
        _must_echo(refund, amount=wanted["amount"], metadata=wanted["metadata"])
        return str(refund["id"])

    def form_targets(self) -> str:
        # Browsers hold form-action against every redirect that follows a POST: Mollie's checkout, the
        # iDEAL hub, then the payer's bank, whose hosts nobody can list beforehand. Only the sandbox,
        # which speaks plain HTTP, is shop, hub and bank at one address.
        parts = urlsplit(self._url)
        return "https:" if parts.scheme == "https" else f"{parts.scheme}://{parts.netloc}"

    def _client(self) -> Client:
        with self._making:
            if self._made is None:
                self._made = new_client(self._url, self._key, self._timeout)
            return self._made

    def _all(self, payment: Json, name: str) -> list[Json]:
        """Return a payment's refunds or chargebacks: as they came with it, or every page of them."""
        embedded = (payment.get("_embedded") or {}).get(name)
        if not _link(payment, name) or (embedded is not None and len(embedded) < _EMBEDDED_PAGE):
            return list(embedded or [])
        return list(self._pages(getattr(payment_of(self._client(), payment["id"]), name), name))

    def _pages(self, resource: Any, name: str) -> Iterator[Json]:  # noqa: ANN401 - the client is untyped
        """Go through a list, newest first. Raises Unavailable when it is too long."""
        at: dict[str, str] = {}
        for _ in range(_MOST_PAGES):
            page = resource.list(limit=_PAGE, **at)
            yield from page["_embedded"][name]
            # Only the cursor is taken from the link: behind a proxy its host is not the one we call.
            follows = parse_qs(urlsplit(_link(page, "next")).query).get("from")
            if not follows:
                return
            at = {"from": follows[0]}
        raise Unavailable(f"Mollie's list of {name} is too long")


def _must_be_payment(psp_id: str) -> None:
    if not _PAYMENT_ID.fullmatch(psp_id):
        raise Missing("not the id of a payment at Mollie")


def _must_echo(answer: Json, **wanted: object) -> None:
    """Raise ValueError unless Mollie made what was asked: anything else is another's, or another mode's."""
    for name, value in wanted.items():
        if answer.get(name) != value:
            raise ValueError(f"asked for {name} {value}, got {answer.get(name)}")


def _read(payment: Json, refunds: list[Json], chargebacks: list[Json]) -> Report:
    if payment["status"] not in _STATUSES:
        raise ValueError(f"no such status: {payment['status']}")
    return Report(
        psp_id=payment["id"],
        checkout_id=_ours(payment),
        status=payment["status"],
        amount=_money(payment),
        facts=(*_paid(payment), *_given_back(refunds), *_taken_back(chargebacks)),
        refunds={r["id"]: (r["status"], str(_metadata(r).get("refund_id") or "")) for r in refunds},
        reason=_reason(payment),
        url=_link(payment, "checkout"),
        expires_at=_moment(payment, "expiresAt"),
    )


# Facts only ever come to be: a later report has all those of an earlier one, since the ledger keeps them.


def _paid(payment: Json) -> Iterator[Fact]:
    if payment["status"] == "paid":  # `authorized` is a promise of the bank, not money
        yield _fact("payment", payment, payment["paidAt"])


def _given_back(refunds: list[Json]) -> Iterator[Fact]:
    """A refund counts once it is `refunded`. One that fails may have been that before we asked again.

    So a failed refund is always two facts that cancel out, whatever was seen of it before.
    """
    for refund in refunds:
        if refund["status"] in {"refunded", "failed"}:
            yield _fact("refund", refund, refund["createdAt"])
        if refund["status"] == "failed":
            yield _fact("refund_reversal", refund, refund["createdAt"])


def _taken_back(chargebacks: list[Json]) -> Iterator[Fact]:
    for chargeback in chargebacks:
        yield _fact("chargeback", chargeback, chargeback["createdAt"])
        if chargeback.get("reversedAt"):
            yield _fact("chargeback_reversal", chargeback, chargeback["reversedAt"])


def _fact(kind: str, source: Json, at: str) -> Fact:
    money = _money(source)
    return Fact(kind, source["id"], money.cents, money.currency, datetime.fromisoformat(at))


def _reason(payment: Json) -> str:
    """Why a payment failed, in Mollie's words for machines, where it tells."""
    details, status_reason = payment.get("details") or {}, payment.get("statusReason") or {}
    return str(details.get("failureReason") or status_reason.get("code") or "")


def _amount(money: Money) -> dict[str, str]:
    return {"currency": money.currency, "value": money.value}


def _money(source: Json) -> Money:
    return Money.exact(source["amount"]["value"], source["amount"]["currency"])


def _metadata(source: Json) -> Json:
    metadata = source.get("metadata")
    return metadata if isinstance(metadata, Mapping) else {}


def _ours(payment: Json) -> str:
    """The checkout that a payment belongs to; empty when it is none of ours."""
    return str(_metadata(payment).get("checkout_id") or "")


def _link(source: Json, name: str) -> str:
    link = (source.get("_links") or {}).get(name)
    return str(link["href"]) if link else ""


def _moment(source: Json, name: str) -> datetime | None:
    text = source.get(name)
    return datetime.fromisoformat(text) if text else None
