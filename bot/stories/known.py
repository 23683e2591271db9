"""What deciding has to know of a request, gathered in one place for the chat and the page."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import select

from bot.decide import Known
from bot.stories.corrected import FRESH, counts, rest_moved
from bot.stories.link_after_stop import told_how
from bot.stories.next_message import coming
from bot.stories.thread import Thread
from bot.understanding import About
from core.calendar import local
from core.db import Tx
from payments import instalments
from payments.answers import answer_owed
from payments.checkouts import Checkout, is_live
from payments.ledger import balance
from payments.lifecycle import OWING, Status
from payments.parts import left
from payments.requests import PaymentRequest
from payments.shares import checkouts_of

_NOTHING_SAID: Final = Thread([], None, [])


def known(
    tx: Tx, request: PaymentRequest, thread: Thread = _NOTHING_SAID, channels: frozenset[str] = frozenset()
) -> Known:
    """Return where `request` stands, and what was said before; `channels` can be asked for a yes."""
    money, agreed = balance(tx, request), instalments.agreed(tx, request.id)
    addresses = request.payer.addresses
    promised, paused = counts(tx, request)
    return Known(
        today=local(tx.now).date(),
        status=Status(request.status),
        policy=request.merchant.policy,
        remaining=money.remaining,
        part_paid=money.received > 0,
        surplus=money.surplus,
        attempts=_can_be_looked_up(tx, request),
        due_date=request.due_date,
        quiet_until=request.quiet_until,
        times_promised=promised,
        times_paused=paused,
        # A stop marks every address; one that is open again was opened by the payer, with Start.
        opted_out=bool(addresses) and all(address.opted_out_at for address in addresses),
        blocked=any(address.is_a_strangers for address in addresses),
        last_day=request.expires_on,
        plan=left(agreed, money.remaining),
        agreed=agreed,
        plan_is_fresh=_is_fresh(tx, request),
        channel=thread.channel,
        channels=channels,
        verifying=thread.verifying,
        move=thread.move,
        offered=thread.options,
        pay_day=request.payer.pay_day,
        puzzled=thread.puzzled,
        asked_back=thread.asked_back,
        to_a_person=list(thread.last[:1]) == ["by-hand"],
        question_asked=list(thread.last[:1]) == ["ask-question"],
        rest_moved=rest_moved(tx, request),
        told_how=told_how(tx, request),
    )


def known_to_tell(tx: Tx, request: PaymentRequest, facts: Known, about: About | None) -> Known:
    """Return `facts` with what only a question `about` it makes worth finding out."""
    if about not in {About.IS_PAID, About.NEXT_WORD}:
        return facts
    following = _next_message(tx, request) if about is About.NEXT_WORD else None
    return replace(
        facts,
        under_way=is_live(tx, request.id),
        awaits=answer_owed(tx, request.payer_id),
        next_on=local(following).date() if following else None,
    )


def _next_message(tx: Tx, request: PaymentRequest) -> datetime | None:
    """When the payer of `request` hears from us next, about whatever is open."""
    query = select(PaymentRequest).where(
        PaymentRequest.payer_id == request.payer_id, PaymentRequest.status.in_(OWING)
    )
    moments = (coming(tx, one).at for one in tx.session.scalars(query).all())
    return min((at for at in moments if at is not None), default=None)


def _is_fresh(tx: Tx, request: PaymentRequest) -> bool:
    """Right after a plan was agreed on, another one is a correction."""
    since = instalments.agreed_at(tx, request.id)
    return since is not None and tx.now - since < FRESH


def _can_be_looked_up(tx: Tx, request: PaymentRequest) -> bool:
    query = select(Checkout.id).where(Checkout.id.in_(checkouts_of(request.id)), Checkout.status != "refused")
    return tx.session.scalar(query.limit(1)) is not None
