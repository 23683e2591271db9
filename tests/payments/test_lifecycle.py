"""Which status follows which, as a table; money is no verb."""

from __future__ import annotations

import pytest

from core.db import Database, Tx
from payments.guards import why_silent
from payments.ledger import Balance
from payments.lifecycle import LIFE, MEANING, OWING, Status, Verb, after
from payments.requests import PaymentRequest
from tests.making import Shop, today

# A row for every status, a column for every verb; what follows, or - when that cannot happen.
TABLE = """
             ask  promise  pause  divide      resume dispute  check    hardship bereave  cancel    expire
planned      open promised paused instalments open   disputed checking hardship bereaved cancelled expired
open         open promised paused instalments open   disputed checking hardship bereaved cancelled expired
promised     open promised paused instalments open   disputed checking hardship bereaved cancelled expired
paused       open promised paused instalments open   disputed checking hardship bereaved cancelled expired
instalments  -    -        -      instalments -      disputed checking hardship bereaved cancelled expired
disputed     -    promised -      instalments open   disputed checking hardship bereaved cancelled expired
checking     -    promised -      instalments open   disputed checking hardship bereaved cancelled expired
hardship     -    -        -      instalments open   -        -        hardship bereaved cancelled expired
bereaved     -    -        -      instalments open   -        -        hardship bereaved cancelled expired
charged_back -    -        -      -           -      disputed checking hardship bereaved cancelled expired
expired      -    -        -      -           -      -        -        -        -        cancelled -
paid         -    -        -      -           -      -        -        -        -        -         -
refunded     -    -        -      -           -      -        -        -        -        -         -
cancelled    -    -        -      -           -      -        -        -        -        -         -
"""
_HEAD, *_ROWS = [line.split() for line in TABLE.strip().splitlines()]
CASES = [(row[0], verb, follows) for row in _ROWS for verb, follows in zip(_HEAD, row[1:], strict=True)]


def test_the_table_is_whole() -> None:
    assert {verb for _, verb, _ in CASES} == set(Verb) == set(LIFE)
    assert {status for status, _, _ in CASES} == set(Status) == set(MEANING)


@pytest.mark.parametrize(("status", "verb", "follows"), CASES)
def test_what_can_happen_to_a_request(status: str, verb: str, follows: str) -> None:
    assert after(Status(status), Verb(verb)) == (None if follows == "-" else Status(follows))


def test_money_statuses_come_from_the_ledger_only() -> None:
    assert {following for _, following in LIFE.values()} & {"paid", "refunded", "charged_back"} == set()


def test_what_is_settled_is_owed_no_more() -> None:
    assert set(Status) - OWING == {Status.PAID, Status.REFUNDED, Status.CANCELLED, Status.EXPIRED}


@pytest.mark.parametrize("status", Status)
def test_only_who_owes_and_was_not_promised_rest_is_asked(status: Status, sqlite_database: Database) -> None:
    owed = Shop(sqlite_database)()

    def why(tx: Tx) -> str | None:
        request = tx.session.get_one(PaymentRequest, owed.request_id)
        request.status = status
        return why_silent(request, Balance("EUR", owed=4250), today(tx))

    askable = {Status.PLANNED, Status.OPEN, Status.PROMISED, Status.PAUSED, Status.INSTALMENTS}
    assert sqlite_database.run(why) == (None if status in askable else str(status))


@pytest.mark.parametrize(("verb", "kept"), [(Verb.PROMISE, True), (Verb.PAUSE, True), (Verb.DISPUTE, False)])
def test_the_day_of_a_promise_is_forgotten_when_something_else_happens(
    verb: Verb, kept: bool, sqlite_database: Database
) -> None:
    owed = Shop(sqlite_database)()

    def step(tx: Tx) -> bool:
        request = tx.session.get_one(PaymentRequest, owed.request_id)
        request.move(Verb.PROMISE)
        request.quiet_until = today(tx)
        assert request.move(verb)
        return request.quiet_until is not None

    assert sqlite_database.run(step) is kept


def test_what_cannot_happen_changes_nothing(sqlite_database: Database) -> None:
    owed = Shop(sqlite_database)()

    def step(tx: Tx) -> None:
        request = tx.session.get_one(PaymentRequest, owed.request_id)
        assert request.move(Verb.DISPUTE)
        request.quiet_until = today(tx)
        assert not request.move(Verb.ASK)
        assert request.status == Status.DISPUTED
        assert request.quiet_until == today(tx)

    sqlite_database.run(step)
