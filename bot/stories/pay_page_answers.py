"""What the holder of a pay link says on the page: a day, a question, or "this is not for me"."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Final

from sqlalchemy import select

from bot.decide import Act, Decision, decide, promise_for, promised
from bot.stories.carry_out import carry_out
from bot.stories.known import known
from bot.stories.pay_page_choices import in_parts, on_day, on_page
from bot.stories.pay_page_wishes import DOOR
from bot.stories.said import name_of_answer
from bot.stories.say import NOW, Words, say
from bot.understanding import understand
from core.calendar import local
from core.crypto import Keyring
from core.db import Tx
from messages import inbox
from messages.inbox import Incoming
from payments import instalments
from payments.answers import promise_answer
from payments.attention import raise_attention
from payments.lifecycle import Status
from payments.links import opened, opened_all
from payments.parts import MONTH
from payments.requests import PaymentRequest, locked
from payments.timeline import note

MOST_LETTERS: Final = 500
PASSED_ON: Final = "question-passed-on"
# What is heard in a question and makes us quieter is done at once; the rest waits for a person.
_QUIETER: Final = frozenset({Act.OPT_OUT, Act.BLOCK, Act.HARDSHIP, Act.BEREAVE, Act.DISPUTE, Act.CHECK})


def choose_day(tx: Tx, token: str, day: date) -> Decision:
    """Let the payer choose `day`, under the same rules as in chat. Raises Missing for an unknown link.

    The answer is `promise-noted`, or `promise-noted-rest`, only when the promise stands; choosing the same
    day twice, by a double tap, is one promise. `handed-over` means that a person is on it already.
    In a plan the day is for the part that is next, and the answer then is `part-moved`.
    """
    request = locked(tx, opened(tx, token)[1].id)
    if request.status == Status.INSTALMENTS:
        return _move_part(tx, request, day)
    if request.status == Status.PROMISED and request.quiet_until == day:
        return promised(day)
    decision = promise_for(day, known(tx, request))
    carry_out(tx, request, decision)
    if decision.act is Act.PROMISE and request.status != Status.PROMISED:
        return Decision(Act.NOTHING, "handed-over")
    return decision


def _move_part(tx: Tx, request: PaymentRequest, day: date) -> Decision:
    """Let the part that is next fall due on `day`; a second tap finds it there."""
    facts = on_page(tx, request)
    part = next((part for part in facts.plan if part.amount), None)
    if part is not None and part.due_on == day:
        told = {"number": part.number, "count": len(facts.plan), "part": part.amount, "date": day}
        return Decision(Act.NOTHING, "part-moved", day, told)
    decision = on_day(day, facts)
    carry_out(tx, request, decision)
    return decision


def choose_parts(tx: Tx, token: str, count: int, interval: str = MONTH) -> Decision:
    """Let the payer divide what is left in `count` parts, as in chat. Raises Missing for an unknown link.

    The decision's act is DIVIDE only when that is agreed; tapping twice is one plan. In hardship it is a
    wish, and a person arranges it.
    """
    request = locked(tx, opened(tx, token)[1].id)
    plan = instalments.agreed(tx, request.id)
    if len(plan) == count and request.status == Status.INSTALMENTS:
        return Decision(Act.DIVIDE, "plan-noted", parts=plan)
    facts = replace(on_page(tx, request), quiet_until=None)  # the page shows its first part today
    decision = decide(in_parts(count, interval), facts)
    carry_out(tx, request, decision)
    return decision


def ask_person(tx: Tx, token: str, text: str, keyring: Keyring) -> Act:
    """Keep the payer's question, once, for a person to answer; return what was done besides.

    `text` has 1 to MOST_LETTERS characters. Raises Missing for an unknown link.
    """
    requests = [locked(tx, request.id) for request in opened_all(tx, token)[1]]
    request = requests[0]
    # The same words on the same day are one question, however often the button was tapped.
    asked = f"{request.id}/{local(tx.now).date()}/{text}"
    event_id = keyring.digest("page-question", asked, 24).hex()
    reading = understand(text, None, now=tx.now, language=request.payer.language)
    decision = decide(reading, known(tx, request))
    if decision.act not in _QUIETER:
        decision = Decision(Act.HAND_OVER, None, attention="asks_question")
    if not inbox.store(tx, DOOR, event_id, json.dumps({"text": text})):
        return decision.act
    row = tx.session.scalars(
        select(Incoming).where(Incoming.door == DOOR, Incoming.event_id == event_id)
    ).one()
    row.state, row.channel, row.body, row.reading = "done", DOOR, text, reading.as_json()
    row.merchant_id, row.payer_id, row.request_id = request.merchant_id, request.payer_id, request.id
    for about in requests:
        note(tx, about, "question", "payer", incoming=row.id)
        carry_out(tx, about, decision)
        raise_attention(about, decision.attention or "asks_question")
        if decision.attention is None:  # a stop: the question beside it is answered all the same
            promise_answer(tx, about, "asks_question")
    if decision.act is Act.HAND_OVER:  # what is done at once is answered on the page
        say(tx, request, Words(PASSED_ON, name_of_answer(row.id), asked=True, urgency=NOW))
    return decision.act


def not_me(tx: Tx, token: str) -> None:
    """Take the holder's word that this is not for them: no more messages, and no more of it on the page.

    Raises Missing for an unknown link.
    """
    link, found = opened_all(tx, token)
    for request in found:
        carry_out(tx, locked(tx, request.id), Decision(Act.BLOCK, None, attention="wrong_person"))
    link.revoked_at = link.revoked_at or tx.now
