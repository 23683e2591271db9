"""Story 1, second half: claim what is due, check every guard again, send it, record it, plan what follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from bot.stories import guard
from bot.stories.facts import parcel_for
from bot.stories.in_order import about, lock_requests
from bot.stories.outcome import Outcome, failed, record
from bot.stories.world import World
from core.db import Tx
from core.log import logger
from messages import outbox, qr
from messages.channels import Failure, NotSent, Parcel
from messages.outbox import Outgoing, Sending
from payments.attention import raise_attention
from payments.requests import PaymentRequest, free, locked
from payments.timeline import note

_log = logger(__name__)
_BATCH = 64
# Somebody works on a request that the message is about too, which takes no longer than a transaction.
_IN_HAND = timedelta(seconds=0.1)


@dataclass(frozen=True)
class Claimed:
    """A message that is ours to send: nobody else will."""

    channel: str
    action: str
    parcel: Parcel


@dataclass(frozen=True)
class Batch:
    """What one look at the outbox gave: messages to send, and moments at which others may go."""

    claimed: list[Claimed] = field(default_factory=list)
    waiting: list[datetime] = field(default_factory=list)


def claim_due(world: World, full: Sequence[str]) -> Batch:
    """Claim what is due; the commit is the durable mark that we are sending. `full` channels wait.

    Every request that a message is about is locked, also all that its link pays, so that the guards see what
    is paid or stopped meanwhile.
    """
    return world.db.run(_claim, world, full)


def _claim(tx: Tx, world: World, full: Sequence[str]) -> Batch:
    batch = Batch()
    for row_id, request_id in outbox.due(tx, _BATCH, full, PaymentRequest):
        try:
            with tx.session.begin_nested():
                row = tx.session.get_one(Outgoing, row_id)
                if not free(tx, about(row)):
                    batch.waiting.append(tx.now + _IN_HAND)
                    continue
                parcel = _claim_one(tx, world, row)
        except OperationalError:
            raise  # the database's trouble, not the message's: the whole batch comes again
        except Exception as error:  # noqa: BLE001 - one message that cannot be made must not hold up others
            _log.exception("message cannot be made", outgoing=row_id)
            _give_up(tx, row_id, request_id, type(error).__name__)
            continue
        if parcel is not None:
            batch.claimed.append(Claimed(row.channel, row.action, parcel))
        elif row.status == Sending.QUEUED:
            batch.waiting.append(row.due_at)
    return batch


def _claim_one(tx: Tx, world: World, row: Outgoing) -> Parcel | None:
    request = locked(tx, row.request_id)
    channel = world.channels.get(row.channel)
    if channel is None:
        failed(tx, request, row, NotSent(Failure.OTHER_CHANNEL, "channel_off"))
        return None
    if not _may_go(tx, row, request):
        return None
    free_at = outbox.wait_for_pace(tx, row, channel.pace)
    if free_at is not None:
        row.due_at = free_at
        return None
    outbox.claim(tx, row)
    row.error = None
    return parcel_for(tx, world, channel, row, request)


def _may_go(tx: Tx, row: Outgoing, request: PaymentRequest) -> bool:
    match guard.verdict(tx, row, request):
        case guard.Never(guard.UNUSABLE):
            # Found out since it was queued, by another message perhaps: the payer's next channel, then.
            failed(tx, request, row, NotSent(Failure.OTHER_CHANNEL, guard.UNUSABLE))
            return False
        case guard.Never(reason):
            row.status, row.error = Sending.WITHHELD, reason
            note(tx, request, "withheld", template=row.template, channel=row.channel, reason=reason)
            return False
        case guard.Wait(until, reason):
            if row.error != reason:
                note(tx, request, "waits", template=row.template, until=until.isoformat(), reason=reason)
            row.due_at, row.error = until, reason
            return False
        case None:
            return True


def _give_up(tx: Tx, row_id: str, request_id: str, error: str) -> None:
    """By its id alone, since the row itself may be what cannot be read."""
    gone = {"status": Sending.FAILED, "error": f"not made: {error}"}
    tx.session.execute(update(Outgoing).where(Outgoing.id == row_id).values(gone))
    request = locked(tx, request_id)
    raise_attention(request, "message_failed")
    note(tx, request, "failed", outgoing=row_id, code=error)


async def send(world: World, job: Claimed) -> Outcome:
    """Send a claimed message once and return what became of it."""
    channel, parcel = world.channels[job.channel], job.parcel
    try:
        if parcel.qr is not None and channel.uploads_images:
            parcel = replace(parcel, image=qr.png(*parcel.qr))
        if job.action == "edit":
            await channel.edit(parcel)
            return Outcome(parcel.outgoing_id, parcel.attempt, provider_id=parcel.target_id)
        return Outcome(parcel.outgoing_id, parcel.attempt, provider_id=await channel.send(parcel))
    except NotSent as error:
        return Outcome(parcel.outgoing_id, parcel.attempt, error=error)
    except Exception as error:  # noqa: BLE001 - whatever an adapter trips over, the message may have gone
        _log.exception("adapter failed", channel=job.channel, outgoing=parcel.outgoing_id)
        return Outcome(
            parcel.outgoing_id, parcel.attempt, error=NotSent(Failure.UNKNOWN, type(error).__name__)
        )


def record_all(world: World, outcomes: list[Outcome]) -> None:
    """Write down what became of the messages, all in one transaction.

    One that cannot be written down stays claimed, and becomes unknown when its lease is over.
    """
    if outcomes:
        world.db.run(_record_all, world, outcomes)


def _record_all(tx: Tx, world: World, outcomes: list[Outcome]) -> None:
    lock_requests(tx, [outcome.outgoing_id for outcome in outcomes])
    for outcome in outcomes:
        try:
            with tx.session.begin_nested():
                record(tx, world, outcome)
        except OperationalError:
            raise
        except Exception:  # noqa: BLE001 - one outcome must not hold up the others
            _log.exception("outcome cannot be recorded", outgoing=outcome.outgoing_id)


def recover(world: World) -> int:
    """Messages whose sender was lost become unknown, never queued again; return how many."""
    return world.db.run(_recover, world)


def _recover(tx: Tx, world: World) -> int:
    rows = outbox.overdue(tx, _BATCH)
    lost = NotSent(Failure.UNKNOWN, "sender lost")
    _record_all(tx, world, [Outcome(row_id, attempt, error=lost) for row_id, attempt in rows])
    return len(rows)
