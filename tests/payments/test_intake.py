"""A new request is checked as a whole, and creating it twice creates it once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core.db import Database
from core.errors import Invalid, Refused
from core.money import Money
from payments.intake import NotMobile, accept, accepted, phone_number, read
from tests.making import Shop

TODAY = date(2026, 11, 23)
WHOLE: dict[str, Any] = {
    "reference": "1042",
    "description": "Reparatie fiets",
    "amount": {"value": "42.50", "currency": "EUR"},
    "due_date": "2026-12-01",
    "send_at": "2026-11-25T09:00",
    "payer": {
        "name": "Anna de Vries",
        "phone": "+31612345678",
        "language": "nl",
        "formality": "u",
        "channels": ["whatsapp", "sms"],
    },
}


def wrong_fields(raw: object) -> list[str]:
    with pytest.raises(Invalid) as raised:
        read(raw, TODAY)
    return sorted(problem.field for problem in raised.value.problems)


def test_what_the_documentation_shows_is_accepted() -> None:
    new = read(WHOLE, TODAY)
    assert new.amount == Money(4250)
    assert new.due_date == date(2026, 12, 1)
    assert new.send_at is not None
    assert new.send_at.isoformat() == "2026-11-25T09:00:00"
    assert new.payer.phone == "+31612345678"


def test_everything_that_is_wrong_is_told_at_once() -> None:
    payer = {"phone": "12", "language": "de", "channels": []}
    raw = {
        "amount": {"value": "0.00"},
        "due_date": "soon",
        "send_at": "whenever",
        "payer": payer,
        "colour": "red",
    }
    assert wrong_fields(raw) == [
        "amount",
        "colour",
        "description",
        "due_date",
        "payer.channels",
        "payer.language",
        "payer.phone",
        "reference",
        "send_at",
    ]


@pytest.mark.parametrize("raw", [None, [], "text", 5])
def test_what_is_no_request_at_all_is_told_as_such(raw: object) -> None:
    assert wrong_fields(raw) == ["body"]


@pytest.mark.parametrize(
    "amount",
    [
        {"value": "42.505"},  # a careless reader would make this 42 thousand
        {"value": "1.042,50"},
        {"value": "42,50"},
        {"value": 42.5},
        {"value": 42},
        {"value": "-42.50"},
        {"value": "50000.01"},
        {"value": "42.50", "currency": "USD"},
        {"currency": "EUR"},
        None,
        42.5,
    ],
)
def test_an_amount_that_is_not_exact_is_refused(amount: object) -> None:
    assert wrong_fields(WHOLE | {"amount": amount}) == ["amount"]


def test_a_person_may_write_an_amount_as_people_do() -> None:
    assert read(WHOLE | {"amount": "€ 1.042,50"}, TODAY).amount == Money(104250)


@pytest.mark.parametrize("line", ["", "   ", "a\u202eb", "a\x00b", "\u2066x"])
def test_text_that_could_trick_a_reader_is_refused(line: str) -> None:
    assert wrong_fields(WHOLE | {"description": line}) == ["description"]


def test_text_is_kept_on_one_line() -> None:
    assert read(WHOLE | {"description": " Reparatie\n fiets\t"}, TODAY).description == "Reparatie fiets"


@pytest.mark.parametrize("send_at", ["2026-11-22T09:00", "2026-11-25T09:00+01:00", "2026-02-30T09:00"])
def test_a_moment_that_is_past_zoned_or_nonexistent_is_refused(send_at: str) -> None:
    assert wrong_fields(WHOLE | {"send_at": send_at}) == ["send_at"]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0612345678", "+31612345678"),
        ("06-12 34 56 78", "+31612345678"),
        ("0031612345678", "+31612345678"),
        ("+32470123456", "+32470123456"),
        ("+1 202 555 0123", "+12025550123"),
    ],
)
def test_a_number_is_kept_as_providers_write_it(written: str, number: str) -> None:
    assert phone_number(written) == number


@pytest.mark.parametrize("written", ["", "12", "0600000", "+99912345678", "anna"])
def test_a_number_that_cannot_exist_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="is not a"):
        phone_number(written)


@pytest.mark.parametrize(
    "written", ["020 794 0800", "0900 1234", "0800 0432", "085 011 0100", "088 123 4567", "+3222345678"]
)
def test_a_number_that_gets_no_messages_is_refused_with_why(written: str) -> None:
    with pytest.raises(NotMobile, match="not a mobile number"):
        phone_number(written)
    assert wrong_fields(WHOLE | {"payer": {"name": "Anna", "phone": written}}) == ["payer.phone"]


def test_the_same_call_twice_makes_one_request_and_another_call_is_refused(
    database: Database, shop: Shop
) -> None:
    mine, yours = shop(), shop()
    assert database.read(accepted, mine.merchant_id, "key-1", WHOLE) is None
    database.run(accept, mine.merchant_id, "key-1", WHOLE, mine.request_id)
    reordered = dict(reversed(WHOLE.items()))
    assert database.read(accepted, mine.merchant_id, "key-1", reordered) == mine.request_id
    with pytest.raises(Refused, match="used before"):
        database.read(accepted, mine.merchant_id, "key-1", WHOLE | {"reference": "1043"})
    assert database.read(accepted, yours.merchant_id, "key-1", WHOLE) is None


@pytest.mark.parametrize("field", ["due_date", "expires_on", "send_at"])
@pytest.mark.parametrize("number", [0, 20261201, 1.5])
def test_a_bare_number_is_never_taken_for_a_date(field: str, number: float) -> None:
    assert wrong_fields({**WHOLE, field: number}) == [field]


@pytest.mark.parametrize(
    ("field", "day"),
    [
        ("due_date", "0202-12-01"),
        ("due_date", "2062-12-01"),
        ("send_at", "9999-12-31T23:59"),
        ("expires_on", "9999-12-31"),
    ],
)
def test_a_year_that_must_be_a_slip_of_the_finger_is_refused(field: str, day: str) -> None:
    assert wrong_fields(WHOLE | {field: day}) == [field]
