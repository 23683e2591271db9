"""The overview names the day that stands: where the payer moved it, that one, with the old one beside it."""

from __future__ import annotations

from datetime import date, timedelta

from core.clock import ManualClock
from core.db import Database, Tx
from core.money import Money
from payments import instalments, plans, promises
from payments.lifecycle import Verb
from payments.parts import Part
from payments.requests import PaymentRequest, locked
from tests.making import Owed
from tests.web.front import Staff, Visitor

_MOVED = date(2026, 12, 4)


def promise(tx: Tx, /, owed: Owed) -> None:
    request = locked(tx, owed.request_id)
    request.move(Verb.PROMISE)
    plans.promise(tx, request, _MOVED)


def story(owner: Visitor, owed: Owed) -> str:
    return owner.get(f"/admin/requests/{owed.request_id}").text


def test_a_day_that_the_payer_moved_stands_with_the_old_one_beside_it(
    owner: Visitor, owed: Owed, database: Database
) -> None:
    assert "<dt>Betalen voor</dt><dd>1 dec 2026</dd>" in story(owner, owed)
    database.run(promise, owed)
    was = '<dt>Betalen voor</dt><dd>4 dec 2026<br><span class="quiet">was 1 dec 2026</span></dd>'
    assert was in story(owner, owed)
    row = owner.get("/admin").text
    assert "4 dec 2026" in row
    assert "1 dec 2026" not in row


def test_until_the_day_that_stands_nothing_is_late(
    owner: Visitor, owed: Owed, staff: Staff, database: Database, clock: ManualClock
) -> None:
    database.run(promise, owed)
    for days, late in ((11, False), (1, True)):  # the promised day itself, and the day after it
        clock.advance(timedelta(days=days))
        owner.login(staff.owner)
        assert (f"/admin/requests/{owed.request_id}" in owner.get("/admin?show=late").text) is late


def test_on_the_day_itself_it_stands_also_once_we_asked_and_after_that_the_old_one_does(
    owner: Visitor, owed: Owed, database: Database
) -> None:
    database.run(promise, owed)
    database.run(lambda tx: locked(tx, owed.request_id).move(Verb.ASK))
    assert "<dt>Betalen voor</dt><dd>4 dec 2026<br>" in story(owner, owed)
    database.run(lambda tx: promises.break_past(tx, locked(tx, owed.request_id), date(2026, 12, 5)))
    assert "<dt>Betalen voor</dt><dd>1 dec 2026</dd>" in story(owner, owed)


def test_in_parts_the_next_part_is_the_day_that_stands(
    owner: Visitor, owed: Owed, database: Database
) -> None:
    def divide(tx: Tx) -> None:
        request = tx.session.get_one(PaymentRequest, owed.request_id)
        request.status = "instalments"
        days = (date(2026, 12, 10), date(2027, 1, 10))
        parts = [Part(n, day, Money(21_25)) for n, day in enumerate(days, start=1)]
        instalments.start(tx, request, parts)

    database.run(divide)
    day = '<dt>Volgende termijn</dt><dd>10 dec 2026<br><span class="quiet">€\u00a021,25</span></dd>'
    assert day in story(owner, owed)
