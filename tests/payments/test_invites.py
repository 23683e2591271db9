"""Invitations: a stranger who finds one afterwards gets nowhere with it."""

from __future__ import annotations

from datetime import timedelta

from core.clock import ManualClock
from core.db import Database, Tx
from payments.invites import invite, redeem
from payments.requests import locked
from tests.making import Shop


def test_an_invitation_joins_one_chat_once_within_a_week_on_its_own_channel(
    database: Database, shop: Shop, clock: ManualClock
) -> None:
    owed = shop()

    def new(tx: Tx) -> str:
        return invite(tx, locked(tx, owed.request_id), "telegram")

    def use(tx: Tx, token: str, channel: str = "telegram") -> str | None:
        request = redeem(tx, token, channel)
        return request.id if request else None

    token, late = database.run(new), database.run(new)
    assert token != late
    assert len(token) == 43
    assert database.run(use, token, "messenger") is None
    assert database.run(use, token) == owed.request_id
    assert database.run(use, token) is None
    assert database.run(use, "unknown") is None
    clock.advance(timedelta(days=7, seconds=1))
    assert database.run(use, late) is None
