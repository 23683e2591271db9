"""A merchant's system that sends the same call twice at the same moment makes one request of one payer."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from bot.stories.ask import Asker, ask_for_payment
from core.db import Database, Tx
from payments.links import Links
from payments.parties import Payer
from payments.requests import PaymentRequest
from tests.databases import KEYRING
from tests.making import Shop

_LINKS = Links("https://betalen.fietshuis.example", KEYRING)
_RAW = {
    "reference": "1042",
    "description": "Reparatie fiets",
    "amount": {"value": "42.50", "currency": "EUR"},
    "payer": {"name": "Bo Nieuw", "phone": "+31687654321", "channels": ["sms"]},
}


def test_the_same_call_twice_at_once_is_one_request(database: Database, shop: Shop) -> None:
    merchant_id = shop().merchant_id
    before = _count(database)
    asker = Asker(merchant_id, "api", "merchant", key="once")
    with ThreadPoolExecutor(4) as threads:
        made = [threads.submit(database.run, ask_for_payment, _LINKS, asker, _RAW) for _ in range(8)]
        ids = {future.result(30).id for future in made}
    assert len(ids) == 1
    assert _count(database) == (before[0] + 1, before[1] + 1)


def test_two_calls_for_one_new_person_at_once_are_two_requests_of_one_payer(
    database: Database, shop: Shop
) -> None:
    merchant_id = shop().merchant_id
    before = _count(database)
    askers = [Asker(merchant_id, "api", "merchant", key=f"key-{number}") for number in range(6)]
    with ThreadPoolExecutor(4) as threads:
        made = [threads.submit(database.run, ask_for_payment, _LINKS, asker, _RAW) for asker in askers]
        assert len({future.result(30).id for future in made}) == 6
    assert _count(database) == (before[0] + 6, before[1] + 1)


def _count(database: Database) -> tuple[int, int]:
    """How many requests and payers there are."""

    def count(tx: Tx) -> tuple[int, int]:
        requests, payers = (
            tx.session.scalar(select(func.count()).select_from(table)) for table in (PaymentRequest, Payer)
        )
        return int(requests or 0), int(payers or 0)

    return database.read(count)
