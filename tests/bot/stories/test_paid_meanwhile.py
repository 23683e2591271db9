"""A payment in the same instant in which one message for several requests is claimed; on PostgreSQL."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date

import pytest
import requests
from sqlalchemy import select

from bot.stories import deliver
from bot.stories.fall_due import fall_due
from bot.stories.paid import reported
from bot.stories.reconcile import to_ask
from core.db import Tx
from messages.outbox import Outgoing
from payments.checkouts import Checkout
from payments.requests import locked
from payments.shares import locked_requests
from tests.house import House

pytestmark = pytest.mark.parametrize("database_factory", ["postgresql"], indirect=True)
_FRIDAY = date(2026, 11, 27)
_A_MOMENT = 0.6


def together(*jobs: Callable[[], None]) -> None:
    """Run the jobs at the same time; raise what the first of them that failed raised."""
    errors: list[BaseException] = []

    def told(job: Callable[[], None]) -> None:
        try:
            job()
        except BaseException as error:  # noqa: BLE001 - raised below, in the test's own thread
            errors.append(error)

    threads = [threading.Thread(target=told, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


def at_the_bank(house: House, payment: str) -> None:
    """The payer pays; nobody asked the PSP about it yet."""
    answer = requests.post(
        f"{house.sandbox.url}/bank/{payment}", data={"status": "paid"}, allow_redirects=False, timeout=5
    )
    assert answer.status_code == 303
    house.sandbox.world.postman.wait_until_idle()


def queued(house: House, two: tuple[str, str]) -> None:
    """The one message about both waits to be claimed."""
    house.says("ik betaal alles vrijdag")
    house.clock.set(house.clock.now().replace(day=_FRIDAY.day, hour=8))
    fall_due(house.world)
    assert house.heard(two[0])[-1] == ("promise-due-all", "queued")


@pytest.mark.parametrize("paid", [0, 1])
def test_what_is_being_paid_in_that_instant_is_not_asked_for(
    house: House, two: tuple[str, str], paid: int
) -> None:
    queued(house, two)
    payment = house.tap(two[paid])
    at_the_bank(house, payment)
    to_ask(house.world, [])
    report = house.world.psp.report(payment)
    begun = threading.Event()

    def pay(tx: Tx) -> None:
        checkout = tx.session.scalars(select(Checkout).where(Checkout.psp_id == payment)).one()
        locked_requests(tx, checkout.id)
        begun.set()
        time.sleep(_A_MOMENT)  # the claim begins now, and nothing of the payment is written yet
        assert reported(tx, house.world, checkout.id, report)

    def claim() -> None:
        begun.wait()
        deliver.claim_due(house.world, [])

    together(lambda: house.world.db.run(pay), claim)
    assert house.heard(two[0])[-1][1] == "queued"  # the claim left what somebody worked on
    deliver.claim_due(house.world, [])
    query = select(Outgoing).where(Outgoing.template.startswith("promise-due"))
    [row] = house.world.db.read(lambda tx: list(tx.session.scalars(query)))
    said = str(row.body)
    assert (row.status, row.template) == ("claimed", "promise-due")
    assert house.request(two[1 - paid]).reference in said
    assert house.request(two[paid]).reference not in said
    assert "samen" not in said


def test_a_claim_waits_for_nobody_who_locks_the_other_way_round(house: House, two: tuple[str, str]) -> None:
    """Who locks both in the order of their ids, as a payment does, and a claim never block each other.

    What somebody works on is left, and claimed in the next round.
    """
    queued(house, two)
    first, last = sorted(two)
    holding = threading.Event()

    def crossing(tx: Tx) -> None:
        locked(tx, first)
        holding.set()
        time.sleep(_A_MOMENT)
        locked(tx, last)

    def claim() -> None:
        holding.wait()
        deliver.claim_due(house.world, [])

    together(lambda: house.world.db.run(crossing), claim)
    assert house.heard(two[0])[-1] == ("promise-due-all", "queued")
    deliver.claim_due(house.world, [])
    query = select(Outgoing.status).where(Outgoing.template == "promise-due-all")
    assert house.world.db.read(lambda tx: list(tx.session.scalars(query))) == ["claimed"]
