"""The holder of one pay link wants to pay all that is open: a link to all goes to the payer's phone."""

from __future__ import annotations

from enum import StrEnum

from bot.stories import together
from bot.stories.also_open import payable_others
from bot.stories.answer_by_hand import way_to
from bot.stories.pay_page_wishes import stopped
from bot.stories.said import TOGETHER
from bot.stories.say import NOW, Words, say
from bot.stories.world import World
from core.calendar import local
from core.db import Tx
from payments.links import opened_all
from payments.requests import locked
from payments.timeline import note


class Sent(StrEnum):
    """What became of it: it goes now, it went before today, it can be asked for in chat, or there is none."""

    NOW = "now"
    BEFORE = "before"
    ASKED = "asked"
    NOTHING = "nothing"


def send_link_to_all(tx: Tx, world: World, token: str) -> Sent:
    """Send the payer one link to all that can be paid; the page itself never names the others.

    The same total on the same day is sent once. Raises Missing for an unknown link.
    """
    found = opened_all(tx, token)[1]
    ids = {one.id for one in found} | {one.id for one in payable_others(tx, found[0])}
    requests = together.one_payers([locked(tx, ident) for ident in sorted(ids)])
    wanted = together.owing(tx, requests)
    if len(found) > 1 or len(wanted) < 2 or stopped(found[0]):
        return Sent.NOTHING
    payable = [request for request, _ in wanted]
    address = way_to(tx, world, found[0]).address
    if address is None:
        return Sent.ASKED
    facts = {**together.named(payable), TOGETHER: " ".join(request.id for request in payable)}
    name = f"all-by-page:{local(tx.now).date()}:{together.total(wanted).cents}"
    words = Words("pay-link-all", name, facts, asked=True, urgency=NOW, address=address)
    if say(tx, payable[0], words) is None:
        return Sent.BEFORE
    note(tx, found[0], "tapped", "payer", intents=["pay_now"], wish="all")
    return Sent.NOW
