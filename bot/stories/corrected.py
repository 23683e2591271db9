"""Two words in a row give one outcome, the last: what the first one did is taken back, and not counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from bot.stories import own_lines
from bot.stories.said import EACH, answers_to
from bot.stories.understood import Heard
from bot.understanding import Context, Intent, understand
from bot.understanding.asides import corrected, corrects
from core.db import Tx
from messages.inbox import Incoming
from messages.outbox import Outgoing, Sending
from payments.requests import PaymentRequest
from payments.timeline import Event, note

# A word that follows so soon on another corrects it.
FRESH: Final = timedelta(minutes=10)
_PROMISED: Final = frozenset({"promised", "part_moved"})
_PAUSED: Final = "paused"
_COUNTED: Final = _PROMISED | {_PAUSED}
_DIVIDED: Final = "divided"
_DEEDS: Final = (*_PROMISED, _PAUSED, _DIVIDED, "resumed", "check", "dispute", "hardship", "bereaved")
_NUMBER: Final = re.compile(r"(?:in\s+)?\d+(?:\s*(?:keer|x|times|parts))?\W*", re.IGNORECASE)
# What is no longer true, or no longer asked, once a later word was answered.
_OVERTAKEN: Final = frozenset(
    {"promise-noted", "promise-noted-rest", "pause-noted", "pause-noted-rest", "plan-noted"}
    | {
        "plan-noted-later",
        "plan-noted-later-rest",
        "part-moved",
        "part-moved-rest",
        "pay-link",
        "pay-link-all",
        "pay-link-rest",
        "parts-not-so",
        "part-now",
        "resumed",
        "resumed-part",
        "menu",
        "claim-back",
    }
    | {"which-request"}
    | {
        "which-merchant",
        "ask-when",
        "ask-which-day",
        "ask-date-again",
        "ask-day",
        "ask-day-until",
        "ask-back",
        "ask-until",
        "ask-question",
    }
    | {"ask-how-many", "ask-part-day", "parts-other", "parts-other-weekly", "parts-start", "promise-too-far"}
    | {"pause-too-long", "date-past", "part-too-far", "no-parts"}
)
_WISHES: Final = frozenset(
    {Intent.RESCHEDULE, Intent.PAUSE, Intent.INSTALMENTS, Intent.PAY_NOW, Intent.RESUME}
)
_GIVES_WAY: Final = _WISHES | {Intent.AFFIRM, Intent.DENY, Intent.OTHER}
# Said only together with what they stand below.
_BELONGS: Final = frozenset(
    {"about-request", "for-all", "not-for-all", "pay-here", "start-later", "parts-shifted"} | {"about-one"}
)


def counts(tx: Tx, request: PaymentRequest) -> tuple[int, int]:
    """Return how often was promised and paused, without what a new word would take the place of."""
    deed = _uncounted(tx, request)
    promised = request.times_promised - (deed in _PROMISED)
    return max(promised, 0), max(request.times_paused - (deed == _PAUSED), 0)


def take_back(tx: Tx, request: PaymentRequest) -> None:
    """Let what was agreed a moment ago not count: something else comes in its place."""
    request.times_promised, request.times_paused = counts(tx, request)


def fresh_deed(tx: Tx, request: PaymentRequest) -> str:
    """Return the kind of what the payer last did to `request`, when a new word would correct it."""
    query = select(Event).where(
        Event.request_id == request.id, Event.actor == "payer", Event.kind.in_(_DEEDS)
    )
    last = tx.session.scalars(query.order_by(Event.id.desc()).limit(1)).first()
    return last.kind if last is not None and tx.now - last.at < FRESH else ""


def _uncounted(tx: Tx, request: PaymentRequest) -> str:
    """Return the kind of the last deed when a new word only corrects it, and else an empty text.

    The time runs from the deed that was counted: a correction of a correction gives no time of its own, or a
    day could be put off for ever, a few minutes at a time.
    """
    query = select(Event).where(
        Event.request_id == request.id, Event.actor == "payer", Event.kind.in_(_DEEDS)
    )
    counted, kind = None, ""
    for deed in tx.session.scalars(query.order_by(Event.id)):
        kind = deed.kind
        if kind not in _COUNTED:
            counted = None
        elif counted is None or deed.at - counted >= FRESH:
            counted = deed.at
    return kind if counted is not None and tx.now - counted < FRESH else ""


def rest_moved(tx: Tx, request: PaymentRequest) -> timedelta:
    """Return how far the rest that runs in a plan has moved its parts; nothing when something came since."""
    query = select(Event).where(
        Event.request_id == request.id, Event.kind.in_((*_PROMISED, _PAUSED, _DIVIDED, "resumed"))
    )
    last = tx.session.scalars(query.order_by(Event.id.desc()).limit(1)).first()
    days = int(last.data.get("days", 0)) if last is not None and last.kind == _PAUSED else 0
    return timedelta(days=days)


def in_its_sense(tx: Tx, request: PaymentRequest, heard: Heard, language: str) -> Heard:
    """Read a bare correction as what it corrects: "nee 4" after a plan, "nee 15 december" after a pause."""
    deed = fresh_deed(tx, request)
    words = corrected(heard.text)
    if deed not in {_PAUSED, _DIVIDED} or not corrects(heard.text) or not words:
        return heard
    if deed == _DIVIDED and _NUMBER.fullmatch(words):
        return replace(heard, reading=understand(words, Context.ASK_N, now=tx.now, language=language))
    if deed == _PAUSED and _only_a_day(heard, words):
        until = {"en": f"pause until {words}"}.get(language, f"pauze tot {words}")
        return replace(heard, reading=understand(until, None, now=tx.now, language=language))
    return heard


def _only_a_day(heard: Heard, words: str) -> bool:
    if heard.reading.intents != (Intent.RESCHEDULE,):
        return False
    spans = [heard.text[span.start : span.end] for span in heard.reading.spans if span.led_to == "date"]
    return " ".join(words.split()).casefold() in {" ".join(span.split()).casefold() for span in spans}


def is_overtaken(
    tx: Tx,
    request: PaymentRequest,
    heard: Heard,
    later: Callable[[Sequence[Incoming]], Sequence[Incoming]],
) -> bool:
    """Whether a later wish was worked off already: providers deliver out of order, and the last one counts.

    `later` gives which of some inbox rows were said after this word.
    """
    if heard.picked is not None or not set(heard.reading.intents) <= _GIVES_WAY:
        return False
    query = select(Incoming).where(
        Incoming.request_id == request.id,
        Incoming.state == "done",
        Incoming.received_at > tx.now - FRESH,
        Incoming.reading.is_not(None),
        Incoming.channel.is_not(None),
    )
    wishes = [
        row for row in tx.session.scalars(query) if _WISHES & set((row.reading or {}).get("intents", ()))
    ]
    return bool(later(wishes))


def withdraw_unsent(tx: Tx, requests: Sequence[PaymentRequest], answer_to: str) -> None:
    """Withhold what we were about to answer to an earlier word, now that `answer_to` is answered.

    Where one answer tells of each of several requests in a line, only the lines of `requests` are taken out.
    What a worker has in hand is on its way, and stays.
    """
    by_id = {request.id: request for request in requests}
    query = (
        select(Outgoing)
        .where(
            Outgoing.payer_id.in_({request.payer_id for request in requests}),
            Outgoing.status == Sending.QUEUED,
            Outgoing.asked,
            Outgoing.created_at > tx.now - FRESH,
        )
        .with_for_update(skip_locked=True)
    )
    for row in tx.session.scalars(query).all():
        if answers_to(row) in {"", answer_to}:
            continue
        if row.request_id in by_id and row.template in _OVERTAKEN:
            note(tx, by_id[row.request_id], "withheld", template=row.template, reason="corrected")
            _withdraw(tx, row)
        lines = row.template if row.template in own_lines.OF_LINES else EACH
        for ident in own_lines.take_out(tx, row, by_id):
            note(tx, by_id[ident], "withheld", template=lines, reason="corrected")


def _withdraw(tx: Tx, row: Outgoing) -> None:
    """What else was asked in the same breath is answered still."""
    rest = [name for name in row.also or () if name not in _BELONGS]
    if not rest:
        row.status, row.error = Sending.WITHHELD, "corrected"
        return
    row.template, row.also, row.options = rest[0], rest[1:] or None, None
    own_lines.stand_alone(tx, row)
