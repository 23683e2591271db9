"""The HTTP side of the Mollie stand-in: /v2/… for machines, with operations named as in Mollie's own spec."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request

from sandbox.mollie.errors import MollieRefusal, absent
from sandbox.mollie.facts import Payment
from sandbox.mollie.hal import HAL, Hal
from sandbox.mollie.idempotency import Idempotency, Reply
from sandbox.mollie.listing import Listing
from sandbox.mollie.orders import read_amount, read_changes, read_json, read_order
from sandbox.world import SandboxWorld

Json = dict[str, Any]


class MollieDoor:
    """One method for each call the product makes, and the few that people make by hand."""

    def __init__(self, world: SandboxWorld) -> None:
        self._world = world
        self._mollie = world.mollie
        self._idempotency = Idempotency(world.clock)

    def blueprint(self) -> Blueprint:
        door = Blueprint("mollie", __name__, url_prefix="/v2")
        one, refund = "/payments/<payment_id>", "/payments/<payment_id>/refunds/<refund_id>"
        back = "/payments/<payment_id>/chargebacks"
        routes: tuple[tuple[str, str, str, Callable[..., Response]], ...] = (
            ("POST", "/payments", "create-payment", self.create_payment),
            ("GET", "/payments", "list-payments", self.list_payments),
            ("GET", one, "get-payment", self.get_payment),
            ("PATCH", one, "update-payment", self.update_payment),
            ("DELETE", one, "cancel-payment", self.cancel_payment),
            ("POST", f"{one}/refunds", "create-refund", self.create_refund),
            ("GET", f"{one}/refunds", "list-refunds", self.list_refunds),
            ("GET", refund, "get-refund", self.get_refund),
            ("DELETE", refund, "cancel-refund", self.cancel_refund),
            ("GET", "/refunds", "list-all-refunds", self.list_all_refunds),
            ("GET", back, "list-chargebacks", self.list_chargebacks),
            ("GET", f"{back}/<chargeback_id>", "get-chargeback", self.get_chargeback),
            ("GET", "/chargebacks", "list-all-chargebacks", self.list_all_chargebacks),
            ("GET", "/methods", "list-methods", self.list_methods),
            ("GET", "/methods/<method_id>", "get-method", self.get_method),
        )
        for verb, rule, name, view in routes:
            door.add_url_rule(rule, name, view, methods=[verb])
        door.before_request(self._authorize)
        door.register_error_handler(MollieRefusal, lambda r: answer(r.status, r.as_json()))
        return door

    def _authorize(self) -> None:
        given = request.headers.get("Authorization", "")
        expected = f"Bearer {self._world.settings.mollie_key}"
        if not hmac.compare_digest(given.encode(), expected.encode()):
            raise MollieRefusal(401, "Missing authentication, or failed to authenticate", "")

    @property
    def _hal(self) -> Hal:
        return Hal(request.url_root.rstrip("/"), self._world.settings.mollie_profile)

    def create_payment(self) -> Response:
        return self._once(lambda: (201, self._hal.payment(self._mollie.create_payment(read_order(body())))))

    def get_payment(self, payment_id: str) -> Response:
        asked = f"{request.args.get('embed', '')},{request.args.get('include', '')}"
        return answer(200, self._hal.payment(self._mollie.get(payment_id), asked.split(",")))

    def list_payments(self) -> Response:
        return self._list("payments", self._mollie.everything(), self._hal.payment)

    def update_payment(self, payment_id: str) -> Response:
        payment = self._mollie.change(payment_id, read_changes(body()))
        return answer(200, self._hal.payment(payment))

    def cancel_payment(self, payment_id: str) -> Response:
        payment = self._mollie.get(payment_id)
        if payment.status != "open" or payment.order.method == "ideal":
            raise MollieRefusal(422, "The payment cannot be cancelled")
        return answer(200, self._hal.payment(self._mollie.cancel(payment_id)))

    def create_refund(self, payment_id: str) -> Response:
        def act() -> Reply:
            asked = body()
            refund = self._mollie.refund(
                payment_id,
                read_amount(asked),
                str(asked.get("description") or ""),
                asked.get("metadata"),
            )
            return 201, self._hal.refund(refund)

        return self._once(act)

    def list_refunds(self, payment_id: str) -> Response:
        refunds = self._mollie.get(payment_id).refunds[::-1]
        return self._list("refunds", refunds, self._hal.refund)

    def get_refund(self, payment_id: str, refund_id: str) -> Response:
        return answer(200, self._hal.refund(self._mollie.find_refund(payment_id, refund_id)))

    def cancel_refund(self, payment_id: str, refund_id: str) -> Response:
        self._mollie.cancel_refund(payment_id, refund_id)
        return Response(status=204)

    def list_all_refunds(self) -> Response:
        refunds = [refund for payment in self._all() for refund in payment.refunds[::-1]]
        return self._list("refunds", refunds, self._hal.refund)

    def list_chargebacks(self, payment_id: str) -> Response:
        backs = self._mollie.get(payment_id).chargebacks[::-1]
        return self._list("chargebacks", backs, self._hal.chargeback)

    def get_chargeback(self, payment_id: str, chargeback_id: str) -> Response:
        back = self._mollie.find_chargeback(payment_id, chargeback_id)
        return answer(200, self._hal.chargeback(back))

    def list_all_chargebacks(self) -> Response:
        backs = [back for payment in self._all() for back in payment.chargebacks[::-1]]
        return self._list("chargebacks", backs, self._hal.chargeback)

    def list_methods(self) -> Response:
        return self._list("methods", [_Method()], lambda _: self._hal.method())

    def get_method(self, method_id: str) -> Response:
        if method_id != "ideal":
            raise absent("method", method_id)
        return answer(200, self._hal.method())

    def _all(self) -> list[Payment]:
        return self._mollie.everything()

    def _list(self, name: str, items: Any, write: Callable[[Any], Json]) -> Response:  # noqa: ANN401 - any entity
        listing = Listing(request.base_url, name, request.args.to_dict())
        return answer(200, listing.page(items, write))

    def _once(self, act: Callable[[], Reply]) -> Response:
        key = request.headers.get("Idempotency-Key")
        if not key:
            return answer(*act())
        print_ = hashlib.sha256(f"{request.full_path}\n".encode() + request.get_data()).hexdigest()
        (status, reply), replayed = self._idempotency.once(key, print_, act)
        response = answer(status, reply)
        if replayed:
            response.headers["Idempotent-Replayed"] = "true"
        return response


class _Method:
    id = "ideal"


def body() -> Json:
    return dict(read_json(request.get_data()))


def answer(status: int, content: Json) -> Response:
    return Response(json.dumps(content), status, content_type=HAL)
