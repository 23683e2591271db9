"""The one transaction boundary, on both databases."""

from __future__ import annotations

from core.db import Database
from payments.requests import PaymentRequest
from tests.making import Shop


def test_what_a_step_stored_is_there_for_the_next_step(database: Database, shop: Shop) -> None:
    owed = shop(amount="10.00")
    request = database.read(lambda tx: tx.session.get_one(PaymentRequest, owed.request_id))
    assert request.amount.value == "10.00"
    assert request.description == "Reparatie fiets"
