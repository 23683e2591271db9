"""What we said lately to whoever writes from one place, and which requests it was about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, or_, select

from core.db import Tx
from messages.outbox import Outgoing, Sending

# The fact that names the requests that one answer was about.
TOGETHER: Final = "together"
# The fact that names the requests that an answer told about besides its own, in lines of their own.
APART: Final = "apart"
# The message in which each of several requests has a line of its own.
EACH: Final = "each-own"
# The one that tells what was agreed about each, in lines as well.
AGREED: Final = "agreed-each"
_ANSWER: Final = "answer"
_FAR_ENOUGH: Final = 12
_NEVER_HEARD: Final = (Sending.WITHHELD, Sending.FAILED)


@dataclass(frozen=True)
class Place:
    """Where a payer writes: the channel, the plain value of the address, and whose it may be."""

    channel: str
    value: str
    payer_ids: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """What we said to whoever writes from `place`, the latest first, on any channel."""

    place: Place
    rows: Sequence[Outgoing]

    @property
    def here(self) -> list[Outgoing]:
        """What was said on the channel and at the address where the payer writes now."""
        return [row for row in self.rows if (row.channel, row.to) == (self.place.channel, self.place.value)]


def said_at(tx: Tx, place: Place) -> Said:
    """Return what the payer got from us or is about to get; not what waits for its moment."""
    query = (
        select(Outgoing)
        .where(
            Outgoing.payer_id.in_(place.payer_ids),
            Outgoing.action == "send",
            Outgoing.status.not_in(_NEVER_HEARD),
            or_(Outgoing.claimed_at.is_not(None), Outgoing.asked),
        )
        .order_by(func.coalesce(Outgoing.claimed_at, Outgoing.created_at).desc(), Outgoing.id.desc())
        .limit(_FAR_ENOUGH)
    )
    return Said(place, tx.session.scalars(query).all())


def pointed_at(tx: Tx, place: Place, provider_id: str) -> Outgoing | None:
    """Return the message of ours that the payer answers or taps, by its id at the provider."""
    if not provider_id:
        return None
    query = select(Outgoing).where(
        Outgoing.channel == place.channel,
        Outgoing.provider_id == provider_id,
        Outgoing.payer_id.in_(place.payer_ids),
        Outgoing.action == "send",
    )
    return tx.session.scalars(query).first()


def name_of_answer(incoming_id: str) -> str:
    """Return the name of the message that answers a payer's word: there is one."""
    return f"{_ANSWER}:{incoming_id}"


def answers_to(row: Outgoing) -> str:
    """Return the id of the payer's word that a message answers; empty when we spoke first."""
    reason, _, incoming = row.name.partition("@")[0].partition(":")
    return incoming if reason == _ANSWER else ""


def requests_of(row: Outgoing) -> tuple[str, ...]:
    """Return the ids of the requests that a message was about: one, or those that were answered together."""
    return tuple(str(row.facts.get(TOGETHER) or row.request_id).split())


def units_of(row: Outgoing) -> tuple[tuple[str, ...], ...]:
    """Return the requests that a message was about, those that it said the same of together."""
    about = requests_of(row)
    return tuple((ident,) for ident in about) if row.template == EACH else (about,)


def told_about(row: Outgoing) -> frozenset[str]:
    """Return the ids of all the requests of which a message says something, or asks which is meant."""
    asked = " ".join(str(option.get("about", "")) for option in row.options or ())
    named = " ".join(str(row.facts.get(name, "")) for name in (TOGETHER, APART))
    return frozenset({row.request_id, *named.split(), *asked.split()})


def moment_of(row: Outgoing) -> datetime:
    """Return when the payer got a message, or will."""
    return row.claimed_at or row.created_at
