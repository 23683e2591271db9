"""News about messages locks in the one order that holds everywhere: their requests first, by their ids."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy.exc import OperationalError

from bot.stories import together
from bot.stories.said import APART, requests_of
from core.db import Tx
from messages.outbox import Outgoing
from payments.requests import PaymentRequest, locked


def about(row: Outgoing) -> Collection[str]:
    """Return the ids of every request that a message is about or whose money its link takes."""
    told = str(row.facts.get(APART, "")).split()
    return {row.request_id, *requests_of(row), *told, *together.ids_of(row)}


def in_hand(tx: Tx, row: Outgoing) -> PaymentRequest:
    """Lock every request that `row` is about and then `row`, read anew; return the request it belongs to."""
    locks = {ident: locked(tx, ident) for ident in sorted(about(row))}
    tx.session.refresh(row, with_for_update=True)
    return locks[row.request_id]


def lock_requests(tx: Tx, outgoing_ids: Sequence[str]) -> None:
    """Lock every request that these messages are about, before the first of them is taken in hand."""
    ids: set[str] = set()
    for outgoing_id in outgoing_ids:
        try:
            row = tx.session.get(Outgoing, outgoing_id)
            ids |= {*about(row)} if row is not None else set()
        except OperationalError:
            raise
        except Exception:  # noqa: BLE001, S112 - what cannot be read is dealt with when it is taken in hand
            continue
    for ident in sorted(ids):
        locked(tx, ident)
