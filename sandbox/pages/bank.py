"""The bank: where a payer approves a payment, or does not, and where a bank takes money back."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from babel.dates import format_time
from flask import Blueprint, Response, abort, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from sandbox.guard import own_page_only
from sandbox.mollie.errors import MollieRefusal
from sandbox.mollie.facts import Payment
from sandbox.pages.dutch import AMSTERDAM, euros
from sandbox.world import SandboxWorld

# What the page says about a payment that is over.
ENDINGS: Final = {
    "paid": ("Betaald", "Deze betaling is gelukt."),
    "failed": ("Mislukt", "De bank heeft deze betaling geweigerd."),
    "canceled": ("Geannuleerd", "Deze betaling is afgebroken."),
    "expired": ("Verlopen", "Deze betaling stond te lang open. Vraag de winkel om een nieuwe."),
}


class BankDoor:
    """GET shows the payment, POST decides about it and sends the payer back to the shop."""

    def __init__(self, world: SandboxWorld) -> None:
        self._world = world

    def blueprint(self) -> Blueprint:
        door = Blueprint("bank", __name__)
        door.before_request(own_page_only)
        door.add_url_rule("/bank/<payment_id>", "page", self.page)
        door.add_url_rule("/bank/<payment_id>", "choose", self.choose, methods=["POST"])
        door.register_error_handler(MollieRefusal, lambda refusal: _gone(refusal.status))
        return door

    def page(self, payment_id: str) -> Response:
        payment = self._world.mollie.get(payment_id)
        title, words = ENDINGS.get(payment.status, ("", ""))
        html = render_template(
            "bank.html",
            payment=payment,
            shop=self._world.settings.mollie_shop,
            amount=euros(payment.order.amount.cents),
            title=title,
            words=words,
            until=_clock_time(payment.dies_at),
            can_be_taken_back=payment.status == "paid" and payment.remaining > 0,
            taken_back=euros(payment.charged_back) if payment.charged_back else "",
            given_back=euros(payment.refunded) if payment.refunded else "",
        )
        response = Response(html)
        response.headers["Cache-Control"] = "no-store"
        return response

    def choose(self, payment_id: str) -> AnyResponse:
        payment = self._world.mollie.get(payment_id)
        act = {
            "paid": self._world.mollie.pay,
            "failed": self._world.mollie.fail,
            "canceled": self._world.mollie.cancel,
            "expired": self._world.mollie.expire,
            "chargeback": self._world.mollie.charge_back,
        }.get(request.form.get("status", ""))
        if act is None:
            abort(400, "status is paid, failed, canceled, expired or chargeback")
        try:
            act(payment_id)
        except MollieRefusal:
            # Decided already, perhaps in another tab: the page tells how.
            return redirect(f"/bank/{payment_id}", 303)
        return redirect(self._way_back(payment, request.form["status"]), 303)

    def _way_back(self, payment: Payment, status: str) -> str:
        order = payment.order
        if status == "chargeback":
            return f"/bank/{payment.id}"
        if status == "canceled" and order.cancel_url:
            return order.cancel_url
        return order.redirect_url or f"/bank/{payment.id}"


def _clock_time(moment: datetime) -> str:
    return format_time(moment.astimezone(AMSTERDAM), "HH:mm", locale="nl")


def _gone(status: int) -> tuple[str, int]:
    return render_template("gone.html"), status
