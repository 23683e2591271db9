"""A Mollie to talk to: the sandbox's, or one that answers what a test tells it to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.clock import ManualClock
from tests.payments.psp.canned import Canned, canned_server
from tests.payments.psp.stands import MollieStand, mollie_stand


@pytest.fixture
def stand(clock: ManualClock) -> Iterator[MollieStand]:
    with mollie_stand(clock) as made:
        yield made


@pytest.fixture
def canned() -> Iterator[Canned]:
    with canned_server() as server:
        yield server
