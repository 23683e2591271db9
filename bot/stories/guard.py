"""May this message go now? Asked in the transaction that claims it, whoever queued it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy import func, select

from bot.stories import overdue, own_lines, together
from bot.stories.also_open import BY_PAGE, why_quiet
from bot.stories.link_after_stop import LINKS
from bot.stories.say import ASKS
from core.calendar import local, moment
from core.db import Tx
from messages.outbox import WENT_OUT, Outgoing
from messages.voices import asking_to_pay
from payments.answers import GIVEN, held
from payments.guards import nothing_to_pay, paying_until, why_silent
from payments.instalments import due_now
from payments.ledger import balance
from payments.lifecycle import WITH_A_PERSON, Status
from payments.parties import Address, Payer
from payments.plans import ANSWER_OVERDUE
from payments.requests import PaymentRequest

# What went wrong longer ago than this waits its turn: after downtime nobody gets a burst.
_LATE = timedelta(minutes=30)
# What may still be said to somebody who wants no messages: that this is understood, once.
_LAST_WORDS = frozenset({"opted-out", "opted-out-all", "wrong-person", "wrong-person-died"})
# And the answer to whoever asks after it how to pay, which goes once: see bot/decide/roads.py.
_SAID_AFTER_STOP: Final = _LAST_WORDS | LINKS
UNUSABLE: Final = "address_unusable"


@dataclass(frozen=True)
class Wait:
    """Not now, but at `until`, for `reason`."""

    until: datetime
    reason: str


@dataclass(frozen=True)
class Never:
    """Not at all, for `reason`."""

    reason: str


def verdict(tx: Tx, row: Outgoing, request: PaymentRequest) -> Wait | Never | None:
    """Return why `row` may not go now, or None when it may."""
    address = tx.session.get(Address, row.address_id, with_for_update=True)
    if address is not None and address.opted_out_at is not None and row.template not in _SAID_AFTER_STOP:
        return Never("opted_out")
    reason = _why_not(tx, row, request)
    if reason is not None:
        return Never(reason)
    if address is None or (address.unusable_at is not None and row.template not in _LAST_WORDS):
        return Never(UNUSABLE)
    return None if row.asked else _manners(tx, row, request)


def _why_not(tx: Tx, row: Outgoing, request: PaymentRequest) -> str | None:
    """An answer may name an amount in any status, but nobody is asked for € 0,00."""
    if row.template in own_lines.OF_LINES and not own_lines.still_true(tx, row):
        return nothing_to_pay(request, balance(tx, request)) or "corrected"
    if row.template == ANSWER_OVERDUE:
        return overdue.why_in_peace(tx, request) or (None if overdue.still_late(tx, row) else GIVEN)
    if row.name.startswith(BY_PAGE) and (quiet := why_quiet(tx, request)) is not None:
        return quiet
    if row.template not in asking_to_pay():
        return None
    several = together.requests_of(tx, row)
    if together.still_about(tx, row, several):
        return None
    money = balance(tx, request)
    if row.template in ASKS:
        return why_silent(request, money, local(tx.now).date(), due_now(tx, request, money))
    held = request.status if request.status in WITH_A_PERSON else Status.PAID
    return nothing_to_pay(request, money) or (str(held) if several else None)


def _manners(tx: Tx, row: Outgoing, request: PaymentRequest) -> Wait | None:
    hours = request.merchant.hours
    if not hours.allow(tx.now):
        decent = request.merchant.next_turn(tx.now) if row.template in ASKS else hours.next(tx.now)
        return Wait(decent, "quiet_hours")
    until = paying_until(tx, request) if row.template in ASKS else None
    if until is not None:
        return Wait(until, "paying_now")
    hold = held(tx, request, row.template) if row.template in ASKS else None
    if hold is not None:
        return Wait(hold.until, hold.reason)
    if _one_a_day(tx, row) and _asked_today(tx, row):
        tomorrow = local(tx.now).date() + timedelta(days=1)
        return Wait(request.merchant.next_turn(moment(tomorrow, time(), hours.zone)), "one_a_day")
    return None


def _one_a_day(tx: Tx, row: Outgoing) -> bool:
    """A first request that goes on time stands on its own; all else shares one place a day."""
    late = tx.now - row.planned_at > _LATE
    return row.template in ASKS and (late or row.template != "request")


def _asked_today(tx: Tx, row: Outgoing) -> bool:
    # One claim for a person at a time, or two workers would both find the day free.
    tx.session.get_one(Payer, row.payer_id, with_for_update={"key_share": True})
    midnight = moment(local(tx.now).date(), time())
    query = select(func.count()).where(
        Outgoing.payer_id == row.payer_id,
        Outgoing.template.in_(ASKS),
        Outgoing.asked.is_(False),
        Outgoing.status.in_(WENT_OUT),
        Outgoing.claimed_at >= midnight,
    )
    return bool(tx.session.scalar(query))
