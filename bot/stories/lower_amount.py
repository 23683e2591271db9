"""The shop asks for less: the amount goes down, what was agreed stays right, and the payer hears it once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from bot.stories.answer_by_hand import talking
from bot.stories.carry_out import resume
from bot.stories.next_message import coming, out_of_reach
from bot.stories.paid import settle
from bot.stories.say import SOON, Words, say
from bot.stories.world import World
from core.db import Tx
from core.errors import Invalid, Problem, Refused
from core.money import Money
from messages.facts import pack
from messages.outbox import Outgoing, Sending
from payments import instalments
from payments.attention import settle_attention
from payments.ledger import Balance, balance
from payments.lifecycle import OWING, Status
from payments.parts import Part, left, shortened, upcoming
from payments.requests import PaymentRequest, of_merchant
from payments.shares import withdraw_offer
from payments.timeline import note

# Why the shop asks for less; a code, since the timeline keeps no words about people.
WHYS: Final = ("agreed", "mistake", "returned", "goodwill")
_CAN_LOWER: Final = OWING | {Status.PAID}
_A_DAY: Final = timedelta(days=1)
_LOWERED: Final = "amount-lowered"


@dataclass(frozen=True)
class Less:
    """What somebody wants: `cents` in all instead of `was`, which the page showed, and `why`, of WHYS.

    `surplus` is what the page said would be too much then, in cents; who was not told says 0.
    """

    cents: int
    was: int
    why: str
    by: str
    surplus: int = 0


class TooMuchPaid(Refused):
    """More came in than would be owed: the shop has to know that `surplus` will be offered back."""

    def __init__(self, surplus: Money) -> None:
        super().__init__("more was paid than the new amount")
        self.surplus = surplus


def lower(tx: Tx, world: World, merchant_id: str, request_id: str, less: Less) -> str:
    """Let a request be about less money, end its dispute, and tell a payer who was asked before.

    Returns why the payer does not hear it, as in `Coming`; nothing when this or the first message says it.

    A payer who is at the bank for the old amount can still pay that: it is credited, and what is too much is
    shown and offered back. Raises Invalid where `what` names why it cannot be, TooMuchPaid when a surplus was
    not told, and Refused when the request is closed.
    """
    request = _as_it_is_now(tx, merchant_id, request_id)
    before = balance(tx, request)
    _insist(request, before, less)
    plan = left(instalments.agreed(tx, request.id), before.remaining)
    request.amount_cents = less.cents
    withdraw_offer(tx, request.id)
    facts = {"from_cents": less.was, "cents": less.cents, "reason": less.why}
    note(tx, request, "amount_lowered", less.by, **facts)
    settle_attention(request, {"disputed", "asks_less"})
    _follow(tx, world, request, before, plan, less.by)
    if _first_message_says_it(request):
        return coming(tx, request).why
    return "" if _tell(tx, request, less) else out_of_reach(request)


def can_lower(request: PaymentRequest) -> bool:
    """Whether the amount of `request` can go down: not once it is over, nor when it was withdrawn."""
    return request.status in _CAN_LOWER and request.cancelled_at is None


def how_told(tx: Tx, request: PaymentRequest) -> str:
    """Return how a lower amount would be told: by a `message`, in the `first` one, or to `nobody`."""
    if out_of_reach(request):
        return "nobody"
    if not _first_message_says_it(request):
        return "message"
    # A dispute ends with the lower amount; what else keeps us silent stays.
    return "first" if coming(tx, request).why in {"", Status.DISPUTED} else "nobody"


def _first_message_says_it(request: PaymentRequest) -> bool:
    return request.asked_at is None and request.status in OWING


def _as_it_is_now(tx: Tx, merchant_id: str, request_id: str) -> PaymentRequest:
    """Lock the request, and read it anew: of two who lower it at once, the second sees what the first did."""
    request = of_merchant(tx, merchant_id, request_id)
    tx.session.refresh(request, with_for_update=True)
    return request


def _insist(request: PaymentRequest, before: Balance, less: Less) -> None:
    """Refuse what cannot be, and what somebody did not see."""
    if not can_lower(request):
        raise Refused(f"the amount of a request that is {request.status} stands")
    if request.amount_cents != less.was:
        raise Invalid([Problem("amount", "changed")])
    if not 0 < less.cents < request.amount_cents:
        raise Invalid([Problem("amount", "not_less")])
    if less.why not in WHYS:
        raise Invalid([Problem("why", "no_reason")])
    if before.received < less.cents <= before.paid:
        # The books would call it paid once and given back, though it is neither.
        raise Invalid([Problem("amount", "went_back")])
    surplus = Money(max(before.received - less.cents, 0), before.currency)
    if surplus.cents != less.surplus and surplus:
        raise TooMuchPaid(surplus)


def _follow(
    tx: Tx, world: World, request: PaymentRequest, before: Balance, plan: tuple[Part, ...], by: str
) -> None:
    """Put right what hangs on the amount: the money's status, the parts, and the rhythm after a dispute."""
    money = balance(tx, request)
    if not money.remaining:
        settle(tx, world, request, before)
        return
    if plan:
        amounts = {part.number: part.amount for part in shortened(plan, money.remaining)}
        instalments.shorten(tx, request, amounts, plan)
        _correct_queued(tx, request, amounts)
    if request.status == Status.DISPUTED:
        resume(tx, request, by, not_before=tx.now + _A_DAY)
    elif request.status == Status.INSTALMENTS:
        instalments.plan_messages(tx, request)


def _correct_queued(tx: Tx, request: PaymentRequest, amounts: Mapping[int, Money]) -> None:
    """A message about a part that waits to go names what is left of that part now, or does not go."""
    for row in _queued(tx, request):
        number = row.facts.get("number") if "part" in row.facts else None
        if not isinstance(number, int):
            continue
        if amount := amounts.get(number):
            row.facts = {**row.facts, **pack({"part": amount})}
        else:
            _withhold(tx, request, row, "part_paid")


def _tell(tx: Tx, request: PaymentRequest, less: Less) -> bool:
    """One message with the new amount, and the way to pay where something is left; False when none can go."""
    money = balance(tx, request)
    following = upcoming(instalments.agreed(tx, request.id), money.remaining)
    facts: dict[str, object] = {"surplus": money.surplus}
    template = _LOWERED
    if money.surplus:
        template = "amount-lowered-surplus"
    elif not money.remaining:
        template = "amount-lowered-paid"
    elif following is not None:
        template = "amount-lowered-parts"
        facts |= {"part": following.amount, "date": following.due_on}
    _overtake(tx, request)
    name = f"lowered:{less.was}-{less.cents}"
    words = Words(template, name, facts, asked=talking(tx, request), urgency=SOON)
    return say(tx, request, words) is not None


def _overtake(tx: Tx, request: PaymentRequest) -> None:
    """A message about an amount before this one, which waits to go, has become untrue."""
    for row in _queued(tx, request):
        if row.template.startswith(_LOWERED):
            _withhold(tx, request, row, "lowered_again")


def _queued(tx: Tx, request: PaymentRequest) -> Sequence[Outgoing]:
    query = select(Outgoing).where(Outgoing.request_id == request.id, Outgoing.status == Sending.QUEUED)
    return tx.session.scalars(query.with_for_update()).all()


def _withhold(tx: Tx, request: PaymentRequest, row: Outgoing, reason: str) -> None:
    row.status, row.error = Sending.WITHHELD, reason
    note(tx, request, "withheld", template=row.template, channel=row.channel, reason=reason)
