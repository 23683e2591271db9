"""Whole conversations, from webhook to phone, on both databases; each is a text that anybody can read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from core.clock import ManualClock
from core.crypto import Keyring
from core.db import Database, Tx
from core.ids import SeededIds
from messages.outbox import Outgoing, Sending
from payments.checkouts import Checkout
from payments.plans import Step
from tests.databases import KEYRING, Factory
from tests.dialogues.playing import BEGIN, Play, anna
from tests.dialogues.scripts import lines, scripts, title
from tests.house import House, open_house

_NUMBERS: dict[Path, int] = {path: place for place, path in enumerate(scripts(), start=1)}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def shared_house(request: pytest.FixtureRequest) -> Iterator[House]:
    """One house for all dialogues on one kind of database; everybody in them has a phone of their own."""
    name = "sqlite_factory" if request.param == "sqlite" else "postgres_factory"
    factory: Factory = request.getfixturevalue(name)
    clock, keyring = ManualClock(BEGIN), Keyring(KEYRING.keys)
    with factory.fresh() as url:
        database = Database(url, clock, keyring, SeededIds(20261123))
        with open_house(database, clock) as house:
            yield house
        database.close()


@pytest.mark.parametrize("path", scripts(), ids=lambda path: path.stem)
def test_a_dialogue_goes_as_it_is_written(path: Path, shared_house: House) -> None:
    place = _NUMBERS[path]
    number, chat = f"+316{20_000_000 + place}", 700_000_000 + place
    shared_house.sandbox.world.people.register(anna(number, chat))
    try:
        Play(shared_house, number, chat).play(lines(path))
    finally:
        shared_house.clock.advance(timedelta(days=1))
        shared_house.world.db.run(_nothing_is_left)


def _nothing_is_left(tx: Tx) -> None:
    """The next dialogue begins on the same Monday, and nobody else's plan may go on in it."""
    tx.session.execute(update(Step).where(Step.state == "planned").values(state="dropped"))
    tx.session.execute(update(Checkout).values(next_check_at=None))
    waiting = update(Outgoing).where(Outgoing.status == Sending.QUEUED)
    tx.session.execute(waiting.values(status=Sending.WITHHELD))


def test_there_are_enough_of_them_on_every_channel() -> None:
    texts = [path.read_text(encoding="utf-8") for path in scripts()]
    assert len(texts) >= 40
    for channel in ("whatsapp", "sms", "telegram"):
        assert sum(f"via {channel}" in text for text in texts) >= 8


@pytest.mark.parametrize("path", scripts(), ids=lambda path: path.stem)
def test_every_dialogue_says_first_what_it_shows(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("# ")
    assert len(title(path)) > 10
