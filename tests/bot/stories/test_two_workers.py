"""Any number of workers on one database: each message goes once, each payment counts once."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.stories import deliver, fall_due
from bot.stories.rounds import Rounds
from bot.stories.world import World
from core.calendar import AMSTERDAM
from core.db import Database, Tx
from core.ids import OsIds
from messages import channels
from messages.outbox import Outgoing
from payments.parties import Address, Merchant
from payments.requests import PaymentRequest, locked
from tests.bot.stories.watching import all_of, outgoing, why
from tests.databases import KEYRING
from tests.house import House

_PAYERS = 40


@pytest.fixture
def second(house: House, database_url: str) -> Iterator[World]:
    """Another worker's world: a connection pool and channels of its own, on the same database."""
    database = Database(database_url, house.clock, KEYRING, OsIds())
    world = World(
        settings=house.world.settings,
        clock=house.clock,
        db=database,
        links=house.world.links,
        psp=house.world.psp,
        channels=channels.enabled(house.world.settings),
        catalogue=house.world.catalogue,
    )
    yield world
    database.close()


def number(nth: int) -> str:
    return f"+316{20_000_000 + nth}"


def work(world: World, until: Callable[[], bool], failures: list[BaseException]) -> None:
    """Go round until there is nothing left, as a worker of its own."""

    async def rounds() -> None:
        worker = Rounds(world)
        await worker.open()
        try:
            while not until():
                await worker.round()
                await asyncio.sleep(0)
        finally:
            await worker.close()

    try:
        asyncio.run(rounds())
    except BaseException as error:  # noqa: BLE001 - told to the test, which runs in another thread
        failures.append(error)


def together(*jobs: Callable[[], None]) -> None:
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_two_workers_send_each_message_once(house: House, second: World, database_url: str) -> None:
    """Trap 1: a claim is one worker's, by the database."""
    asked = [house.ask(phone=number(nth), name=f"Payer {nth}") for nth in range(_PAYERS)]
    first = World(**{**second.__dict__, "channels": channels.enabled(second.settings)})
    deadline = time.monotonic() + 30

    def done() -> bool:
        left = [row for row in all_of(house, Outgoing) if row.status in {"queued", "claimed"}]
        return not left or time.monotonic() > deadline

    failures: list[BaseException] = []
    together(lambda: work(first, done, failures), lambda: work(second, done, failures))
    assert failures == []
    house.settle()
    sent = Counter(m.to for m in house.sandbox.world.twilio.everything() if m.direction == "outbound-api")
    assert sent == {number(nth): 1 for nth in range(_PAYERS)}
    assert {outgoing(house, request)[0].attempt for request in asked} == {1}


def test_one_person_asked_by_two_shops_at_once_gets_both_in_turn(house: House, second: World) -> None:
    """Two payers behind one number, claimed by two workers at the same moment: the chat keeps its pace."""
    other = house.world.db.run(_other_shop)
    house.ask()
    house.merchant_id, ours = other, house.merchant_id
    theirs = house.ask(name="A. de Vries", send_at="2026-11-23T10:05")
    house.clock.advance(timedelta(minutes=5))
    assert _one_after_the_other(house, second) == [1, 0]
    assert house.heard(theirs) == [("request", "queued")]
    house.move(timedelta(seconds=2))
    assert house.heard(theirs) == [("request", "delivered")]
    house.merchant_id = ours


def _one_after_the_other(house: House, second: World) -> list[int]:
    """The second worker takes a step and claims while the first has claimed, and has not committed yet."""
    claimed_one, claims = threading.Event(), list[int]()

    def slowly(tx: Tx) -> None:
        claims.append(len(deliver._claim(tx, house.world, []).claimed))
        claimed_one.set()
        time.sleep(0.5)

    def at_once() -> None:
        claimed_one.wait()
        fall_due.fall_due(second)
        claims.append(len(deliver.claim_due(second, []).claimed))

    together(lambda: house.world.db.run(slowly), at_once)
    return claims


def _other_shop(tx: Tx) -> str:
    merchant = Merchant(id=tx.new_id("mer"), name="Bakker Bart", created_at=tx.now)
    tx.session.add(merchant)
    return merchant.id


@pytest.mark.parametrize("database_factory", ["postgresql"], indirect=True)
def test_two_workers_ask_one_person_for_one_late_thing_a_day(house: House, second: World) -> None:
    """The second worker claims while the first has not committed; on SQLite there is one writer anyway."""
    one = house.ask(channels=["sms"], send_at="2026-11-24T10:00")
    two = house.ask(channels=["whatsapp"], send_at="2026-11-25T10:00")
    house.clock.set(datetime(2026, 11, 24, 10, tzinfo=AMSTERDAM))
    fall_due.fall_due(house.world)
    house.clock.set(datetime(2026, 11, 27, 10, tzinfo=AMSTERDAM))
    assert _one_after_the_other(house, second) == [1, 0]
    assert house.heard(one) == [("request", "claimed")]
    assert why(house, two, "waits") == ["one_a_day"]


@pytest.mark.parametrize("database_factory", ["postgresql"], indirect=True)
def test_a_deadlock_is_the_databases_trouble_not_the_messages(house: House, second: World) -> None:
    """PostgreSQL ends one of two transactions that wait for each other; it simply runs again."""
    one, two = house.ask(phone=number(1), name="One"), house.ask(phone=number(2), name="Two")
    holding, errors = threading.Event(), list[BaseException]()

    def crossing(tx: Tx) -> None:
        query = select(Address).join(PaymentRequest, PaymentRequest.payer_id == Address.payer_id)
        query = query.where(PaymentRequest.id == two, Address.channel == "sms")
        tx.session.scalars(query.with_for_update(of=Address)).one()
        holding.set()
        time.sleep(0.5)  # the claim has the first request by now, and waits for the second's address
        locked(tx, one)

    def claim() -> None:
        holding.wait()
        try:
            deliver.claim_due(house.world, [])
        except Exception as error:  # noqa: BLE001 - looked at below
            errors.append(error)

    def cross() -> None:
        try:
            second.db.run(crossing)
        except Exception as error:  # noqa: BLE001 - looked at below
            errors.append(error)

    together(claim, cross)
    assert errors == []
    assert [house.heard(request) for request in (one, two)] == [[("request", "claimed")]] * 2
