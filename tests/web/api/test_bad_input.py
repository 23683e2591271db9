"""Bad input: which field, what was wrong, what to do, and nothing half done."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from core.db import Database
from tests.web.api.caller import BODY, Caller, problems

_PAYER: dict[str, Any] = dict(BODY["payer"])


def _payer(**changes: Any) -> dict[str, Any]:
    return {"payer": {**_PAYER, **changes}}


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "no reference": ({"reference": ""}, "reference"),
    "a reference of spaces": ({"reference": "   "}, "reference"),
    "a long reference": ({"reference": "x" * 61}, "reference"),
    "a number as reference": ({"reference": 1042}, "reference"),
    "a list as reference": ({"reference": ["1042"]}, "reference"),
    "a reference that hides a character": ({"reference": "10\u202e42"}, "reference"),
    "a null character": ({"reference": "10\x0042"}, "reference"),
    "half a character": ({"description": "\ud83d"}, "description"),
    "no description": ({"description": ""}, "description"),
    "a long description": ({"description": "x" * 141}, "description"),
    "an amount as a number": ({"amount": {"value": 42.5, "currency": "EUR"}}, "amount"),
    "an amount without a value": ({"amount": {"currency": "EUR"}}, "amount"),
    "an amount in words": ({"amount": {"value": "veel", "currency": "EUR"}}, "amount"),
    "nothing": ({"amount": {"value": "0.00", "currency": "EUR"}}, "amount"),
    "a negative amount": ({"amount": {"value": "-1.00", "currency": "EUR"}}, "amount"),
    "too much": ({"amount": {"value": "50000.01", "currency": "EUR"}}, "amount"),
    "a thousand in Dutch": ({"amount": {"value": "1.042", "currency": "EUR"}}, "amount"),
    "three decimals": ({"amount": {"value": "42.505", "currency": "EUR"}}, "amount"),
    "an exponent": ({"amount": {"value": "4e2", "currency": "EUR"}}, "amount"),
    "other digits": ({"amount": {"value": "４２.５０", "currency": "EUR"}}, "amount"),
    "dollars": ({"amount": {"value": "42.50", "currency": "USD"}}, "amount"),
    "a bare amount": ({"amount": 42}, "amount"),
    "a list as amount": ({"amount": []}, "amount"),
    "a day that does not exist": ({"due_date": "2026-02-30"}, "due_date"),
    "a day in Dutch order": ({"due_date": "01-12-2026"}, "due_date"),
    "a number as day": ({"due_date": True}, "due_date"),
    "an end in the past": ({"expires_on": "2026-11-22"}, "expires_on"),
    "a moment in the past": ({"send_at": "2026-11-22T09:00"}, "send_at"),
    "a moment with a zone": ({"send_at": "2026-11-25T09:00+01:00"}, "send_at"),
    "a moment in words": ({"send_at": "morgen"}, "send_at"),
    "a payer as text": ({"payer": "Anna"}, "payer"),
    "a payer without a name": (_payer(name=None), "payer.name"),
    "a payer without a number": (_payer(phone=None), "payer.phone"),
    "a long name": (_payer(name="x" * 81), "payer.name"),
    "a name with a line break that hides": (_payer(name="Anna\u2028de Vries\x07"), "payer.name"),
    "a number that does not exist": (_payer(phone="0612"), "payer.phone"),
    "a number in words": (_payer(phone="nul zes"), "payer.phone"),
    "a language we do not speak": (_payer(language="fr"), "payer.language"),
    "a formality that is none": (_payer(formality="jij"), "payer.formality"),
    "a channel that we do not have": (_payer(channels=["fax"]), "payer.channels.0"),
    "no channel at all": (_payer(channels=[]), "payer.channels"),
    "somebody elses payer": ({"payer": {"id": "pay_unknown"}}, "payer.id"),
    "a payer id with a null character": ({"payer": {"id": "pay\x00"}}, "payer.id"),
    "a field that we do not know": ({"ammount": "42.50"}, "ammount"),
    "a field within that we do not know": (_payer(mobile="0612345678"), "payer.mobile"),
}


def test_every_wrong_field_is_named_and_nothing_is_made(caller: Caller, database: Database) -> None:
    for what, (change, field) in BAD.items():
        fields = problems(caller.create(**change))
        assert fields == {field}, what
    for name in ("reference", "description", "amount", "payer"):
        without = {field: value for field, value in BODY.items() if field != name}
        assert problems(caller.send(without)) == {name}
    with database.engine.connect() as connection:
        for table in ("payment_request", "payer", "address", "event", "step", "outgoing", "accepted"):
            query = text(f"SELECT count(*) FROM {table}")  # noqa: S608 - names of our own tables
            assert connection.scalar(query) == 0, table


def test_all_wrong_fields_are_told_at_once(caller: Caller) -> None:
    answer = caller.create(
        reference="", amount={"value": "x", "currency": "EUR"}, payer={**_PAYER, "phone": "0612"}
    )
    assert problems(answer) == {"reference", "amount", "payer.phone"}
    assert "Nothing was done" in (answer.json or {})["detail"]


def test_each_problem_says_what_to_do(caller: Caller) -> None:
    errors = {
        error["field"]: f"{error['what']} {error['remedy']}"
        for error in (
            caller.create(amount={"value": 4, "currency": "EUR"}, payer={**_PAYER, "phone": "x"}).json or {}
        )["errors"]
    }
    assert '"42.50"' in errors["amount"]
    assert "+31612345678" in errors["payer.phone"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[1, 2",
        b"\xff\xfe",
        b"{'reference': 1}",
        b'{"reference": NaN}',
        b'{"reference": "1", "reference": "2"}',
        b'{"a":' * 5_000,
        b"9" * 5_000,
    ],
)
def test_what_is_not_json_is_told_so(caller: Caller, body: bytes) -> None:
    answer = caller.raw(body)
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert "JSON" in (answer.json or {})["detail"]


@pytest.mark.parametrize("body", [b"[]", b"null", b'"x"', b"1", b"{}", b"[" * 20 + b"]" * 20])
def test_json_that_is_no_request_is_told_field_by_field(caller: Caller, body: bytes) -> None:
    assert caller.raw(body).status_code == 422


def test_a_form_is_not_json(caller: Caller) -> None:
    answer = caller.raw(b"reference=1042", "application/x-www-form-urlencoded")
    assert (answer.status_code, answer.mimetype) == (415, "application/problem+json")


def test_too_much_is_refused_before_it_is_read(caller: Caller) -> None:
    answer = caller.raw(b'"' + b"x" * 70_000 + b'"')
    assert (answer.status_code, answer.mimetype) == (413, "application/problem+json")


@pytest.mark.parametrize("key", ["x" * 101, "sl\u00e9utel"])
def test_an_idempotency_key_that_cannot_be_kept_is_told_so(caller: Caller, key: str) -> None:
    assert problems(caller.create(key=key)) == {"Idempotency-Key"}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"status": "betaald"}, "status"),
        ({"limit": "0"}, "limit"),
        ({"limit": "101"}, "limit"),
        ({"limit": "1e2"}, "limit"),
        ({"limit": "²"}, "limit"),
        ({"limit": "-1"}, "limit"),
        ({"stauts": "paid"}, "stauts"),
    ],
)
def test_a_filter_that_cannot_be_is_told_so(caller: Caller, query: dict[str, str], field: str) -> None:
    assert problems(caller.get(**query)) == {field}


def test_another_method_is_told_which_ones_there_are(caller: Caller) -> None:
    client = caller.site.test_client()
    answer = client.delete(
        "/api/v1/payment-requests/x",
        headers={"Authorization": f"Bearer {caller.key}", "Host": "127.0.0.1"},
    )
    assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
    assert "GET" in answer.headers["Allow"]
