"""The whole story of a request as a conversation: bubbles of both sides, and what happened in between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import select

from bot.stories.said import told_about
from core.db import Tx
from messages.inbox import Incoming
from messages.outbox import Outgoing, Sending
from payments.answers import OWED
from payments.requests import PaymentRequest
from payments.timeline import Event, timeline
from web.admin.why import why
from web.telling import sentence, word
from web.wording import Words

# Told by the state under the bubble itself.
_IN_THE_BUBBLE: Final = frozenset({"delivered", "read"})
_UNDER_WAY: Final = (Sending.QUEUED, Sending.CLAIMED, Sending.UNKNOWN, Sending.FAILED)
_GRAVE: Final = frozenset(
    {"failed", "unreachable", "unknown", "not_found", "chargeback", "surplus", "withheld"}
)
_FOR_SEVERAL_SHOPS: Final = frozenset({"which-merchant"})


@dataclass(frozen=True)
class Part:
    """One part: `side` is ours, theirs, or line for what happened in between; `state` goes under a bubble.

    `why`: the payer's own words from which was read what was meant.
    """

    side: str
    at: str
    text: str
    state: str = ""
    grave: bool = False
    why: str = ""


def conversation(tx: Tx, request: PaymentRequest, w: Words, today: date) -> list[Part]:
    """Return every part in the order in which it happened."""
    events = timeline(tx, request.id)
    sent = {row.id: row for row in _said(tx, request)}
    heard = {row.id: row for row in _heard(tx, request, events)}
    parts: list[tuple[datetime, int, Part]] = []
    told = {str(event.data.get("outgoing")) for event in events if event.kind == "sent"}
    for event, place in _in_order(events):
        if event.kind not in _IN_THE_BUBBLE:
            parts.append((event.at, place, _part(event, sent, heard, w, today)))
    after_all = 2 * events[-1].id + 2 if events else 0
    for row in sent.values():
        elsewhere = row.request_id != request.id and row.sent_at is not None
        if row.id not in told and (elsewhere or row.status in _UNDER_WAY):
            at = row.sent_at or row.claimed_at or row.created_at
            parts.append((at, after_all, _bubble(row, at, w, today)))
    return [part for _, _, part in sorted(parts, key=lambda found: found[:2])]


def _in_order(events: Sequence[Event]) -> Iterator[tuple[Event, int]]:
    """Give each event its place: what was understood comes right after what was heard, then what it did."""
    heard = 0
    for event in events:
        heard = event.id if event.kind == "heard" else heard
        yield event, 2 * heard + 1 if event.kind == "understood" and heard else 2 * event.id


def _said(tx: Tx, request: PaymentRequest) -> Sequence[Outgoing]:
    """What we said of this request, also where it was said of others of the payer's in the same message."""
    query = select(Outgoing).where(Outgoing.payer_id == request.payer_id, Outgoing.action == "send")
    return [row for row in tx.session.scalars(query.order_by(Outgoing.id)) if request.id in told_about(row)]


def _heard(tx: Tx, request: PaymentRequest, events: Sequence[Event]) -> Sequence[Incoming]:
    """What the payer said of this request, also where it was said of another at the same time."""
    ids = {str(event.data["incoming"]) for event in events if event.data.get("incoming")}
    query = select(Incoming).where(Incoming.id.in_(ids), Incoming.payer_id == request.payer_id)
    return tx.session.scalars(query).all()


def _part(
    event: Event, sent: Mapping[str, Outgoing], heard: Mapping[str, Incoming], w: Words, today: date
) -> Part:
    """A message becomes a bubble where it happened; anything else is a line."""
    said = sent.get(str(event.data.get("outgoing"))) if event.kind == "sent" else None
    if said is not None:
        return _bubble(said, event.at, w, today)
    words_of_payer = heard.get(str(event.data.get("incoming")))
    if words_of_payer is not None and words_of_payer.body:
        channel = word(w, "channel", words_of_payer.channel or "web")
        return Part(
            "theirs", w.moment(event.at, today), words_of_payer.body, channel, why=why(words_of_payer, w)
        )
    return Part("line", w.moment(event.at, today), sentence(event, w, today), grave=event.kind in _GRAVE)


def _bubble(row: Outgoing, at: datetime, w: Words, today: date) -> Part:
    owed = row.status == Sending.QUEUED and row.error == OWED
    how = "queued_answer_owed" if owed else row.status
    state = w(f"sending.{how}", due=w.moment(row.due_at, today))
    # What was asked on behalf of several shops names them all, and no shop sees another's.
    said = row.body or row.facts.get("typed") if row.template not in _FOR_SEVERAL_SHOPS else None
    text = (said or word(w, "template", row.template)).replace("€ ", "€\u00a0")
    grave = row.status in {Sending.UNKNOWN, Sending.FAILED}
    return Part("ours", w.moment(at, today), text, f"{word(w, 'channel', row.channel)} · {state}", grave)
