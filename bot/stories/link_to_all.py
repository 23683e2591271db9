"""The holder of one pay link wants to pay all that is open: a link to all goes to the payer's phone."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from sqlalchemy import or_, select

from bot.stories import together
from bot.stories.also_open import BY_PAGE, payable_others
from bot.stories.answer_by_hand import way_to
from bot.stories.pay_page_wishes import stopped
from bot.stories.said import TOGETHER
from bot.stories.say import NOW, Words, say
from bot.stories.world import World
from core.calendar import local
from core.db import Tx
from messages.outbox import Outgoing, Sending
from payments.checkouts import Wanted
from payments.links import opened_all
from payments.requests import PaymentRequest, locked
from payments.timeline import note

_DID_NOT_GO: Final = frozenset({Sending.FAILED, Sending.WITHHELD})


class Sent(StrEnum):
    """What became of it: it goes now, it went before today, it can be asked for in chat, or there is none."""

    NOW = "now"
    BEFORE = "before"
    ASKED = "asked"
    NOTHING = "nothing"


def send_link_to_all(tx: Tx, world: World, token: str) -> Sent:
    """Send the payer one link to all that can be paid; the page itself never names the others.

    The same total on the same day is sent once, and again only where that did not go. Raises Missing for an
    unknown link.
    """
    found = opened_all(tx, token)[1]
    wanted = _wanted(tx, found[0])
    if len(found) > 1 or len(wanted) < 2 or stopped(found[0]):
        return Sent.NOTHING
    payable = [request for request, _ in wanted]
    address = way_to(tx, world, found[0]).address
    if address is None:
        return Sent.ASKED
    facts = {**together.named(payable), TOGETHER: " ".join(request.id for request in payable)}
    name = _unused(tx, payable[0], f"{BY_PAGE}{local(tx.now).date()}:{together.total(wanted).cents}")
    if name is None:
        return Sent.BEFORE
    say(tx, payable[0], Words("pay-link-all", name, facts, asked=True, urgency=NOW, address=address))
    note(tx, found[0], "tapped", "payer", intents=["pay_now"], wish="all")
    return Sent.NOW


def _wanted(tx: Tx, request: PaymentRequest) -> Wanted:
    """Lock `request` and the others; return what can be paid, as it is once nobody else can change it."""
    ids = {request.id} | {one.id for one in payable_others(tx, request)}
    requests = together.one_payers([locked(tx, ident) for ident in sorted(ids)])
    still = {request.id} | {one.id for one in payable_others(tx, request)}
    return together.owing(tx, [one for one in requests if one.id in still])


def _unused(tx: Tx, request: PaymentRequest, name: str) -> str | None:
    """Return `name`, numbered after those that did not go; None when one went, or is about to."""
    same = or_(Outgoing.name == name, Outgoing.name.startswith(f"{name}:"))
    query = select(Outgoing.status).where(Outgoing.request_id == request.id, same)
    before = tx.session.scalars(query).all()
    if any(status not in _DID_NOT_GO for status in before):
        return None
    return f"{name}:{len(before) + 1}" if before else name
