"""A request with a reminder to come, for tests of the pages about it."""

from __future__ import annotations

import pytest

from core.db import Database
from payments.plans import plan_reminder
from payments.requests import locked
from tests.making import Owed, Shop
from tests.web.front import Staff


@pytest.fixture
def owed(shop: Shop, staff: Staff, database: Database) -> Owed:
    """A request that was asked for yesterday, with a reminder to come."""
    owed = shop(merchant_id=staff.merchant_id, asked_days_ago=1)
    database.run(lambda tx: plan_reminder(tx, locked(tx, owed.request_id)))
    return owed
