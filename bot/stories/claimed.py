"""A claim that is being checked: what the payer adds to it, read in its sense, and acknowledged once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from bot.decide.details import CLAIMED, NOTED, says_when
from bot.decision import Act, Decision
from bot.stories.thread import Thread
from bot.stories.understood import Heard
from bot.understanding import Intent, understand
from core.db import Tx
from messages.outbox import Outgoing
from payments.lifecycle import Status
from payments.requests import PaymentRequest
from payments.timeline import note

_PAID: Final = {"en": "already paid"}
# Who writes five details in a row is thanked for all of them with one word.
_ONE_TALK: Final = timedelta(hours=1)


def in_its_claim(tx: Tx, request: PaymentRequest, heard: Heard, thread: Thread) -> Heard:
    """Read a day that is named while a claim is checked as the day on which was paid, where it can be."""
    just_now = bool(set(thread.last[:1]) & CLAIMED)
    if request.status != Status.CHECKING or not says_when(heard.reading, after_claim=just_now):
        return heard
    language = heard.reading.language
    claim = f"{_PAID.get(language, 'al betaald')} "
    reading = understand(f"{claim}{heard.text}", None, now=tx.now, language=language)
    if reading.intents != (Intent.ALREADY_PAID,) or reading.clarify:
        return heard
    spans = [
        replace(span, start=span.start - len(claim), end=span.end - len(claim))
        for span in reading.spans
        if span.start >= len(claim)
    ]
    return replace(heard, reading=replace(reading, spans=tuple(spans)))


def said_once(tx: Tx, request: PaymentRequest, decision: Decision) -> Decision:
    """Return `decision` without its answer when that was given a moment ago; a day is always said back."""
    if decision.act is not Act.ADD or decision.facts:
        return decision
    query = select(Outgoing.id).where(
        Outgoing.request_id == request.id,
        Outgoing.template.in_(NOTED),
        Outgoing.created_at > tx.now - _ONE_TALK,
    )
    return replace(decision, answer=None) if tx.session.scalar(query.limit(1)) else decision


def add(tx: Tx, request: PaymentRequest, decision: Decision, actor: str) -> None:
    """Put what was added on the timeline, one line for each thing; the words are in the conversation."""
    if request.status == Status.DISPUTED:
        note(tx, request, "dispute_detail", actor)
        return
    for reason, day in (decision.detail or {"more": ""}).items():
        note(tx, request, "claim_detail", actor, reason=reason, **({"date": day} if day else {}))
