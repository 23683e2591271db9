"""What tests of the stories do to the world around the house, and what they see in it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from bot.stories import together
from bot.stories.pay import pay
from core.db import Tx
from messages.inbox import Incoming
from messages.outbox import Outgoing
from payments import plans
from payments.checkouts import Checkout
from payments.lifecycle import Verb
from payments.parties import Address
from payments.plans import Step
from payments.refunds import Refund
from payments.requests import locked
from payments.shares import checkouts_of
from payments.timeline import note
from sandbox.faults import Fault
from sandbox.mollie.facts import Amount
from sandbox.people import Person
from tests.house import ANNA, House

CHAT = 500_000_001
BOB = "+31687654321"


def asked(house: House, *says: str, **changes: object) -> str:
    """A request that reached the payer, who then said these words."""
    request = house.ask(**changes)
    house.settle()
    for text in says:
        house.says(text)
    return request


def templates(house: House, request_id: str) -> list[str]:
    """The templates of everything that was said about a request, in order."""
    return [template for template, _ in house.heard(request_id)]


def goes_wrong(house: House, api: str, kind: str, call: str = "*", **more: Any) -> None:
    """Let the next call or webhook go wrong; see sandbox/faults.py for the words."""
    house.sandbox.world.plan.add([Fault(api, kind, call, **more)])


def mended(house: House) -> None:
    house.sandbox.world.plan.clear()


def happened(house: House) -> list[str]:
    """The kinds of faults that did happen: a test whose fault never fired proves nothing."""
    return [fired.kind for fired in house.sandbox.world.plan.fired]


def person(house: House, number: str = ANNA, **matter: Any) -> Person:
    """Say what is the matter with somebody's number."""
    return house.sandbox.world.people.register(Person("Anna de Vries", number, **matter))


def phone(house: House, channel: str = "sms", number: str = ANNA) -> list[str]:
    """The words of ours that arrived on a phone, oldest first."""
    everything = reversed(house.sandbox.world.twilio.everything())
    ours = [m for m in everything if m.direction == "outbound-api" and m.channel == channel]
    return [m.rendered.body for m in ours if m.number == number and m.arrived_at is not None]


def chat(house: House, chat_id: int = CHAT) -> list[str]:
    """What our bot said in a Telegram chat."""
    notes = house.sandbox.world.telegram.chat(chat_id).notes.values()
    return [entry.marked.text for entry in notes if entry.from_bot]


def payments(house: House) -> list[str]:
    """The ids of all payments at Mollie, oldest first."""
    return [payment.id for payment in reversed(house.sandbox.world.mollie.everything())]


def worth(house: House, payment_id: str, cents: int) -> None:
    """Let a payment at Mollie be of another amount than was ordered: a payer who pays in part."""
    house.sandbox.world.mollie.change(payment_id, {"amount": Amount(cents)})


def all_of(house: House, table: type[Any], request_id: str | None = None) -> list[Any]:
    """Every row of a table, or every row of it that belongs to one request, oldest first."""
    query = select(table).order_by(table.id)
    if request_id is not None:
        query = query.where(table.request_id == request_id)
    return house.world.db.read(lambda tx: list(tx.session.scalars(query)))


def outgoing(house: House, request_id: str) -> list[Outgoing]:
    return all_of(house, Outgoing, request_id)


def incoming(house: House) -> list[Incoming]:
    return all_of(house, Incoming)


def checkouts(house: House, request_id: str) -> list[Checkout]:
    query = select(Checkout).where(Checkout.id.in_(checkouts_of(request_id))).order_by(Checkout.id)
    return house.world.db.read(lambda tx: list(tx.session.scalars(query)))


def refunds(house: House, request_id: str) -> list[Refund]:
    return all_of(house, Refund, request_id)


def planned(house: House, request_id: str) -> list[Step]:
    return [step for step in all_of(house, Step, request_id) if step.state == "planned"]


def addresses(house: House) -> dict[str, Address]:
    return {address.channel: address for address in all_of(house, Address)}


def why(house: House, request_id: str, kind: str) -> list[Any]:
    """The reasons that a request's events of one kind give."""
    return [event.data.get("reason") for event in house.events(request_id) if event.kind == kind]


def cancel(house: House, request_id: str) -> None:
    """The merchant withdraws a request."""

    def withdraw(tx: Tx) -> None:
        request = locked(tx, request_id)
        assert request.move(Verb.CANCEL)
        request.cancelled_at = tx.now
        plans.drop_steps(tx, request)
        note(tx, request, "cancelled", "merchant")

    house.world.db.run(withdraw)


def link_for_all(house: House, *ids: str, purpose: str = "all") -> str:
    """Return the token of the link that pays several requests at once."""

    def mint(tx: Tx) -> str:
        requests = together.one_payers([locked(tx, one) for one in ids])
        return house.world.links.mint_all(tx, requests, purpose)

    return house.world.db.run(mint)


def tap_all(house: House, *ids: str, cents: int | None = None) -> str:
    """Tap the button that pays several requests; return the id of the payment that waits at the bank."""
    return pay(house.world, link_for_all(house, *ids), cents).rpartition("/")[2]
