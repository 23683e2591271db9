"""Two who work on one request at the same moment: nobody waits for somebody who waits for them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from bot.stories import deliver, receipts
from bot.stories.fall_due import fall_due
from bot.stories.lower_amount import Less, lower
from bot.stories.outcome import Outcome, record
from core.clock import ManualClock
from core.db import Database, Tx
from core.ids import OsIds
from messages.channels import Failure, NotSent, Receipt
from messages.outbox import Outgoing, Sending
from payments import plans
from payments.parties import Payer
from payments.requests import locked
from tests.bot.stories.watching import outgoing
from tests.databases import KEYRING
from tests.house import House

pytestmark = pytest.mark.parametrize("database_factory", ["postgresql"], indirect=True)

Step = Callable[[Tx], object]


@pytest.fixture
def second(database_url: str, clock: ManualClock) -> Iterator[Database]:
    """The same database as another process has it open."""
    database = Database(database_url, clock, KEYRING, OsIds())
    yield database
    database.close()


class Meeting:
    """One transaction holds a request; another begins; then the first goes on. Counts how often each ran."""

    def __init__(self, first: Database, second: Database, request_id: str) -> None:
        self._first, self._second, self._request_id = first, second, request_id
        self._held = threading.Event()
        self.ran = [0, 0]
        self.errors: list[BaseException] = []

    def of(self, holder: Step, other: Step) -> None:
        jobs = [
            threading.Thread(target=self._run, args=(self._first, self._holding(holder))),
            threading.Thread(target=self._run, args=(self._second, self._meanwhile(other))),
        ]
        for job in jobs:
            job.start()
        for job in jobs:
            job.join()
        assert self.errors == []

    def _run(self, database: Database, step: Step) -> None:
        try:
            database.run(step)
        except BaseException as error:  # noqa: BLE001 - told to the test, which runs in another thread
            self.errors.append(error)

    def _holding(self, step: Step) -> Step:
        def held(tx: Tx) -> object:
            self.ran[0] += 1
            locked(tx, self._request_id)
            self._held.set()
            self._until_somebody_waits(tx)
            return step(tx)

        return held

    def _meanwhile(self, step: Step) -> Step:
        def meanwhile(tx: Tx) -> object:
            self._held.wait(timeout=10)
            self.ran[1] += 1
            return step(tx)

        return meanwhile

    def _until_somebody_waits(self, tx: Tx) -> None:
        """The other one has by then what it takes first, or waits for nothing at all."""
        waits = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
        for _ in range(10):
            if tx.session.scalar(waits):
                return
            threading.Event().wait(0.05)


def lowered(house: House, request_id: str, cents: int, was: int = 42_50) -> Step:
    less = Less(cents, was, "mistake", "Aysha")
    return lambda tx: lower(tx, house.world, house.merchant_id, request_id, less)


def test_an_amount_goes_down_while_a_worker_claims_the_message_about_it(
    house: House, second: Database
) -> None:
    request = house.ask()
    house.settle()
    house.world.db.run(lowered(house, request, 30_00))
    meeting = Meeting(house.world.db, second, request)
    claimed = list[int]()
    meeting.of(
        lowered(house, request, 20_00, was=30_00),
        lambda tx: claimed.append(len(deliver._claim(tx, house.world, []).claimed)),
    )
    assert meeting.ran == [1, 1]
    assert claimed == [0]
    house.settle()
    told = [(template, status) for template, status in house.heard(request) if template == "amount-lowered"]
    assert told == [("amount-lowered", "withheld"), ("amount-lowered", "delivered")]
    assert "€ 20,00" in house.bodies(request)[-1]


def test_a_day_is_named_while_a_worker_takes_the_step_of_that_moment(house: House, second: Database) -> None:
    request = house.ask(send_at="2026-11-25T09:00")
    house.clock.set(house.clock.now() + timedelta(days=2))

    def drop(tx: Tx) -> None:
        plans.drop_steps(tx, locked(tx, request))
        tx.session.flush()

    meeting = Meeting(house.world.db, second, request)
    meeting.of(drop, lambda tx: plans.due(tx, 200) and pytest.fail("somebody works on it"))
    assert meeting.ran == [1, 1]
    assert not fall_due(house.world)
    assert house.heard(request) == []


def test_what_goes_together_is_not_split_because_somebody_works_on_one_of_it(
    house: House, second: Database
) -> None:
    requests = [house.ask(), house.ask(description="Nieuwe band")]
    house.settle()
    house.says("ik betaal alles vrijdag")
    house.clock.set(house.clock.now().replace(day=27, hour=10))

    def takes(_: Tx) -> None:
        fall_due(house.world)

    Meeting(second, house.world.db, requests[1]).of(lambda _: None, takes)
    assert [house.heard(one)[-1][0] for one in requests].count("promise-due") == 0
    house.settle()
    asked = [template for one in requests for template, _ in house.heard(one) if "promise-due" in template]
    assert asked == ["promise-due-all"]


def test_nobody_waits_for_a_payer_to_see_whether_an_answer_is_late(house: House, second: Database) -> None:
    request = house.ask()
    house.settle()
    house.says("mag ik iemand spreken?")
    house.clock.set(house.clock.now().replace(day=25, hour=10))
    looks = threading.Thread(target=fall_due, args=(house.world,))
    in_hand = select(Payer.id).with_for_update(key_share=True)
    with second.engine.connect() as other, other.begin():
        other.execute(in_hand).all()
        looks.start()
        looks.join(timeout=5)
        waited = looks.is_alive()
    looks.join()
    assert not waited
    assert house.heard(request)[-1][0] != "answer-overdue"
    house.settle()
    assert [template for template, _ in house.heard(request)].count("answer-overdue") == 1


@pytest.mark.parametrize("news", ["outcome", "receipt"])
def test_news_of_a_message_comes_while_its_request_is_worked_on(
    house: House, second: Database, news: str
) -> None:
    request = house.ask()
    fall_due(house.world)
    assert len(deliver.claim_due(house.world, []).claimed) == 1
    row = outgoing(house, request)[0]
    channel = house.world.channels["sms"]

    def takes_back(tx: Tx) -> None:
        query = select(Outgoing).where(Outgoing.request_id == request)
        tx.session.scalars(query.with_for_update()).all()

    def comes(tx: Tx) -> None:
        if news == "receipt":
            receipts.apply(tx, channel, Receipt("SM1", "delivered", outgoing_id=row.id))
        else:
            record(tx, house.world, Outcome(row.id, 1, error=NotSent(Failure.LATER, "busy")))

    meeting = Meeting(house.world.db, second, request)
    meeting.of(takes_back, comes)
    assert meeting.ran == [1, 1]
    assert (
        outgoing(house, request)[0].status
        == {
            "receipt": Sending.DELIVERED,
            "outcome": Sending.QUEUED,
        }[news]
    )
