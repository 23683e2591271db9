"""What an answer that a payer waits for holds: all reminders, and of the chosen days those it is about."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.clock import ManualClock
from core.db import Database, Tx
from payments.answers import OWED, held, promise_answer
from payments.attention import raise_attention
from payments.requests import locked
from payments.timeline import note
from tests.making import Owed, Shop

ABOUT_ONE = ["disputed", "claims_paid"]
ABOUT_ALL = ["hardship", "bereaved"]
ON_A_CHOSEN_DAY = ["promise-due", "promise-due-no-day", "pause-over-all", "instalment-due"]


@pytest.fixture
def bill(shop: Shop) -> Owed:
    return shop(asked_days_ago=1)


@pytest.fixture
def other(shop: Shop, bill: Owed) -> Owed:
    """Another bill of the same payer."""
    return shop(bill.merchant_id, bill.payer_id, reference="1043", asked_days_ago=1)


def tells(tx: Tx, owed: Owed, subject: str) -> None:
    """The payer says something about a bill that a person will answer."""
    request = locked(tx, owed.request_id)
    raise_attention(request, subject)
    promise_answer(tx, request, subject)


def why(database: Database, owed: Owed, template: str) -> str | None:
    """Why the message `template` about a bill waits."""
    found = database.read(lambda tx: held(tx, locked(tx, owed.request_id), template))
    return found.reason if found is not None else None


@pytest.mark.parametrize("subject", ABOUT_ONE)
@pytest.mark.parametrize("template", ON_A_CHOSEN_DAY)
def test_a_claim_or_dispute_about_one_bill_holds_no_day_that_was_chosen_for_another(
    bill: Owed, other: Owed, database: Database, subject: str, template: str
) -> None:
    database.run(tells, bill, subject)
    assert why(database, bill, template) == OWED
    assert why(database, other, template) is None


@pytest.mark.parametrize("subject", ABOUT_ALL)
@pytest.mark.parametrize("template", ON_A_CHOSEN_DAY)
def test_need_or_mourning_told_about_one_bill_holds_the_days_chosen_for_all(
    bill: Owed, other: Owed, database: Database, subject: str, template: str
) -> None:
    database.run(tells, bill, subject)
    assert [why(database, one, template) for one in (bill, other)] == [OWED, OWED]


@pytest.mark.parametrize("subject", [*ABOUT_ONE, *ABOUT_ALL, "asks_a_person"])
def test_no_other_bill_is_reminded_of_while_an_answer_is_owed_but_a_new_one_is_told(
    bill: Owed, other: Owed, database: Database, subject: str
) -> None:
    database.run(tells, bill, subject)
    assert [why(database, one, "reminder-1") for one in (bill, other)] == [OWED, OWED]
    assert why(database, other, "request") is None


@pytest.mark.parametrize("subject", [*ABOUT_ONE, *ABOUT_ALL])
def test_a_day_chosen_since_is_kept(bill: Owed, database: Database, clock: ManualClock, subject: str) -> None:
    database.run(tells, bill, subject)
    clock.advance(timedelta(minutes=1))
    database.run(lambda tx: note(tx, locked(tx, bill.request_id), "promised", "payer", date="2026-11-27"))
    assert why(database, bill, "promise-due") is None
    assert why(database, bill, "reminder-1") == OWED
