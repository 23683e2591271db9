"""The payer taps: an attempt is stored, the PSP opens a checkout, and the payer goes to the bank."""

from __future__ import annotations

from collections.abc import Sequence

from bot.stories import together
from bot.stories.sent_links import pays_the_whole
from bot.stories.world import World
from core.db import Tx
from core.errors import Missing, OutcomeUnknown, Refused, Unavailable
from core.money import Money
from payments import checkouts
from payments.checkouts import Checkout, Wanted
from payments.instalments import charge
from payments.ledger import Balance, balance
from payments.links import opened_all
from payments.psp import Opened, Order
from payments.requests import PaymentRequest, locked
from payments.shares import references, withdraw_offers
from payments.timeline import note, with_others


class Changed(Refused):
    """The amount that the payer saw is not what would be charged now."""


def pay(world: World, token: str, cents: int | None = None) -> str:
    """Return the address at which the holder of `token` pays what is due at this moment.

    `cents` is the amount that the payer saw: what is due now, or everything that is left. Raises Changed
    when it is neither any more.

    A second tap goes on with the same attempt. Raises Missing for an unknown link, Refused when nothing
    is owed or the PSP says no, Unavailable when the PSP does not answer: the payer may simply try again.
    """
    checkout, order = world.db.run(_attempt, world, token, cents)
    if checkout.url:
        return checkout.url
    try:
        answer = world.psp.open(order)
    except Refused:
        world.db.run(_refused, checkout.id)
        raise
    except OutcomeUnknown as error:
        # The attempt keeps its key, so that the payer's next tap finds the same checkout.
        raise Unavailable("the payment provider does not answer; try again in a moment") from error
    return world.db.run(_opened, checkout.id, answer)


def _attempt(tx: Tx, world: World, token: str, cents: int | None) -> tuple[Checkout, Order]:
    link, found = opened_all(tx, token)
    requests = [locked(tx, request.id) for request in found]
    if cents is None and len(found) == 1 and pays_the_whole(tx, link):
        cents = balance(tx, requests[0]).remaining.cents
    wanted = _wanted(tx, requests[0], cents) if len(requests) == 1 else _all_wanted(tx, requests, cents)
    checkout = checkouts.offered(tx, wanted)
    if checkout is None:
        checkout = checkouts.new_checkout(tx, wanted, world.psp.name)
        _note_attempt(tx, wanted)
    return checkout, _order(world, token, checkout, [request for request, _ in wanted])


def _note_attempt(tx: Tx, wanted: Wanted) -> None:
    for request, amount in wanted:
        others = references([other for other, _ in wanted if other is not request])
        note(tx, request, "checkout", "payer", cents=amount.cents, **with_others(others))


def _order(world: World, token: str, checkout: Checkout, requests: Sequence[PaymentRequest]) -> Order:
    first = requests[0]
    return Order(
        checkout_id=checkout.id,
        request_id=first.id,
        amount=checkout.amount,
        description=f"{first.merchant.name} {references(requests)}"[:255],
        return_url=f"{world.links.url(token)}/done",
        webhook_url=_webhook(world, checkout.id),
        language=first.payer.language,
        key=checkout.key,
    )


def _wanted(tx: Tx, request: PaymentRequest, cents: int | None) -> Wanted:
    money = balance(tx, request)
    if request.cancelled_at is not None:
        raise Refused("cancelled")
    if not money.remaining:
        raise Refused("paid")
    return [(request, _amount(tx, request, money, cents))]


def _all_wanted(tx: Tx, requests: Sequence[PaymentRequest], cents: int | None) -> Wanted:
    """Of several requests all that is left is paid at once, also where parts were agreed on."""
    wanted = together.owing(tx, requests)
    if not wanted:
        raise Refused("cancelled" if all(request.cancelled_at for request in requests) else "paid")
    if cents is not None and cents != together.total(wanted).cents:
        raise Changed("the amount has changed")
    return wanted


def _amount(tx: Tx, request: PaymentRequest, money: Balance, cents: int | None) -> Money:
    """What was shown is what is charged: the part that is due, or all at once."""
    due = charge(tx, request, money)
    wanted = due if cents is None else Money(cents, due.currency)
    if wanted not in {due, money.remaining}:
        raise Changed("the amount has changed")
    return wanted


def _webhook(world: World, checkout_id: str) -> str | None:
    """Mollie refuses a webhook address that it cannot reach; then the schedule does the work."""
    if world.settings.public_is_loopback and world.settings.mollie_api_url.endswith("mollie.com"):
        return None
    return f"{world.settings.public_url}/webhooks/mollie/{checkout_id}"


def _opened(tx: Tx, checkout_id: str, answer: Opened) -> str:
    checkout = tx.session.get(Checkout, checkout_id, with_for_update=True)
    if checkout is None:
        raise Missing("no such checkout")
    checkout.psp_id = checkout.psp_id or answer.psp_id
    checkout.url, checkout.expires_at = answer.url, answer.expires_at
    if checkout.status == "opening":
        checkout.status = "open"
    return answer.url


def _refused(tx: Tx, checkout_id: str) -> None:
    checkout = tx.session.get_one(Checkout, checkout_id, with_for_update=True)
    checkout.status, checkout.next_check_at = "refused", None
    withdraw_offers(tx, checkout_id=checkout.id)


def back_from_bank(tx: Tx, token: str) -> None:
    """The payer came back: a hint like any other, after which the PSP is asked."""
    for request in opened_all(tx, token)[1]:
        checkouts.check_now(tx, request.id)
