"""Whatever order news of a message comes in, its status only goes forward, and no reason queues twice."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.stories import receipts
from bot.stories.outcome import Outcome, record
from bot.stories.say import Words, say
from core.clock import ManualClock
from core.crypto import Keyring
from core.db import Database, Tx
from core.ids import SeededIds
from messages import outbox
from messages.channels import Failure, NotSent, Receipt
from messages.outbox import RANK, Outgoing, Sending
from payments.requests import locked
from tests.databases import SqliteFactory
from tests.making import Shop

_CHANNEL: Any = SimpleNamespace(name="sms", can_find=True)
_WORLD: Any = SimpleNamespace(channels={"sms": _CHANNEL})
_FAILED = {"failure": Failure.OTHER_CHANNEL, "code": "30003"}

news = st.sampled_from(
    [
        *(("receipt", status) for status in ("sent", "delivered", "read", "failed")),
        ("answer", "sid"),
        *(("answer", failure) for failure in Failure),
        ("old answer", "sid"),
        ("old answer", Failure.UNKNOWN),
        ("recover", ""),
        ("reason", "request"),
        ("reason", "thanks"),
    ]
)


@pytest.fixture
def one_database(sqlite_factory: SqliteFactory, clock: ManualClock, keyring: Keyring) -> Iterator[Database]:
    with sqlite_factory.fresh() as url:
        database = Database(url, clock, keyring, SeededIds(1))
        yield database
        database.close()


def test_statuses_never_go_back_and_names_never_repeat(one_database: Database) -> None:
    """Trap 14. The one road back is a refusal that says nothing was done, and only to the queue."""

    @settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
    @given(heard=st.lists(news, max_size=10))
    def check(heard: list[tuple[str, str]]) -> None:
        request_id = Shop(one_database)(addresses={"sms": "+31612345678"}).request_id
        row_id = one_database.run(_claimed, request_id)
        before = Sending.CLAIMED
        for what, how in heard:
            one_database.run(_hear, request_id, row_id, what, how)
            after = one_database.read(lambda tx: Sending(tx.session.get_one(Outgoing, row_id).status))
            refused = (what, how) == ("answer", Failure.LATER) and before == Sending.CLAIMED
            if refused:
                assert after == Sending.QUEUED
                one_database.run(_claim_again, row_id)
                after = Sending.CLAIMED
            else:
                assert RANK[after] >= RANK[before], (what, how)
            before = after
        names = one_database.read(_names, request_id)
        assert len(names) == len(set(names))

    check()


def _claimed(tx: Tx, request_id: str) -> str:
    row = say(tx, locked(tx, request_id), Words("request", "request"))
    assert row is not None
    outbox.claim(tx, row)
    return row.id


def _claim_again(tx: Tx, row_id: str) -> None:
    outbox.claim(tx, tx.session.get_one(Outgoing, row_id))


def _hear(tx: Tx, request_id: str, row_id: str, what: str, how: str) -> None:
    row = tx.session.get_one(Outgoing, row_id)
    match what:
        case "receipt":
            details: Any = _FAILED if how == "failed" else {}
            receipts.apply(tx, _CHANNEL, Receipt("SM1", how, outgoing_id=row_id, **details))
        case "reason":
            say(tx, locked(tx, request_id), Words("thanks" if how == "thanks" else "request", how))
        case "recover":
            record(tx, _WORLD, Outcome(row_id, row.attempt, error=NotSent(Failure.UNKNOWN, "sender lost")))
        case _:
            attempt = row.attempt - 1 if what == "old answer" else row.attempt
            error = None if how == "sid" else NotSent(Failure(how), "code")
            record(tx, _WORLD, Outcome(row_id, attempt, provider_id="SM1", error=error))


def _names(tx: Tx, request_id: str) -> list[str]:
    return list(tx.session.scalars(select(Outgoing.name).where(Outgoing.request_id == request_id)))
