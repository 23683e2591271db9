"""What came in, as turns in conversations: in the order in which it was said, by one person in a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select

from bot.stories.world import World
from bot.understanding import Context, Intent, understand
from bot.understanding.asides import corrects
from core.db import Tx
from messages import inbox
from messages.channels import Channel, Inbound, Receipt
from messages.inbox import Incoming

_BATCH: Final = 50
_Order = tuple[datetime, int, str]
# Words that may be the first half of a sentence, or say nothing that the next ones change.
_UNFINISHED: Final = frozenset(
    {Intent.OTHER, Intent.AFFIRM, Intent.DENY, Intent.PAY_NOW, Intent.THANKS, Intent.QUESTION}
)
# A yes or no to one of these is an answer by itself.
_YES_OR_NO: Final = frozenset({Context.PROPOSE, Context.PLAN, Context.CONFIRM_OPTOUT})
_SAYS: Final = frozenset({Intent.AFFIRM, Intent.DENY})
# Heard at once, whatever comes behind it.
_AT_ONCE: Final = frozenset({Intent.OPT_OUT, Intent.WRONG_PERSON})


@dataclass(frozen=True)
class Brought:
    """What an inbox row brought, and by which channel."""

    row: Incoming
    channel: Channel
    what: Inbound | Receipt

    @property
    def order(self) -> _Order:
        """When it was said: by the provider's time, and else by when it came."""
        what = self.what
        if not isinstance(what, Inbound) or what.sent_at is None:
            return self.row.received_at, 0, self.row.id
        return what.sent_at, int(what.event_id) if what.event_id.isdigit() else 0, self.row.id

    @property
    def speaker(self) -> tuple[str, str, str] | None:
        """Who typed it, in answer to what; None for anything but words."""
        what = self.what
        if not isinstance(what, Inbound) or what.kind != "text":
            return None
        return self.channel.name, what.sender, what.reply_to


def opened(channels: Mapping[str, Channel], row: Incoming) -> Brought | None:
    """Return what `row` brought; None when it is nothing for us. Raises ValueError when it is broken."""
    for channel in channels.values():
        if channel.provider == row.door and (what := channel.read(row.payload)) is not None:
            return Brought(row, channel, what)
    return None


def waiting(tx: Tx, world: World) -> list[list[str]]:
    """Return the ids of what still has to be worked off; what one person typed in a row stands together."""
    turns: dict[object, list[tuple[_Order, str]]] = {}
    query = select(Incoming).where(Incoming.id.in_(inbox.due(tx, _BATCH))).order_by(Incoming.id)
    for row in tx.session.scalars(query):
        brought = _if_readable(world, row)
        if brought is None or brought.speaker is None:
            turns[row.id] = [((row.received_at, 0, row.id), row.id)]
        else:
            turns.setdefault(brought.speaker, []).append((brought.order, row.id))
    return [[row_id for _, row_id in sorted(turn)] for turn in turns.values()]


def _if_readable(world: World, row: Incoming) -> Brought | None:
    """What cannot be read fails on its own, when it is worked off."""
    try:
        return opened(world.channels, row)
    except Exception:  # noqa: BLE001 - a poisoned row must not hold up the others
        return None


def one_sentence(texts: Sequence[str], move: Context | None, now: datetime, language: str) -> str | None:
    """Return `texts`, typed in a row, as one sentence; None when each stands on its own.

    What corrects an earlier word takes its place, so it is not read together with it.
    """
    alone = [understand(text, move, now=now, language=language) for text in texts]
    if any(_AT_ONCE & set(reading.intents) for reading in alone) or any(map(corrects, texts[1:])):
        return None
    if not all(reading.clarify or set(reading.intents) <= _UNFINISHED for reading in alone[:-1]):
        return None
    if move in _YES_OR_NO and any(set(reading.intents) <= _SAYS for reading in alone[:-1]):
        return None
    joined = " ".join(texts)
    half = Intent.OTHER in alone[0].intents or (alone[0].guessed and alone[0].clarify)
    return joined if half or not understand(joined, move, now=now, language=language).clarify else None


def said_later(channels: Mapping[str, Channel], one: Brought, rows: Iterable[Incoming]) -> list[Incoming]:
    """Return those of `rows` that were said after `one`, though they were worked off before it."""
    others = (opened(channels, row) for row in rows)
    return [other.row for other in others if other is not None and other.order > one.order]
