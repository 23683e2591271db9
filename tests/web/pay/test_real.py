"""`/real`: what a code from a message proves, and what it does not."""

from __future__ import annotations

import pytest

from core.db import Tx
from payments.proofs import prove
from payments.requests import locked
from tests.web.pay.house import House, record, text


def code_of(house: House) -> str:
    def make(tx: Tx) -> str:
        return prove(tx, house.world.links.keyring, locked(tx, house.owed.request_id))

    return house.world.db.run(make)


def check(house: House, code: str) -> tuple[int, str]:
    answer = house.client().post("/real", data={"code": code})
    return answer.status_code, text(answer.text)


def test_a_code_of_ours_names_its_invoice_and_where_to_pay_and_vouches_for_no_message(house: House) -> None:
    status, page = check(house, code_of(house))
    assert status == 200
    assert "Deze code is van ons. Hij hoort bij nota ••42 van Fietshuis Jansen." in page
    assert "Klopt dat met uw papieren?" in page
    assert f"Betaal alleen op dit adres. Zo begint het: {house.world.settings.public_url}/p/" in page
    assert "bericht komt van" not in page
    assert "1042" not in page


@pytest.mark.parametrize(
    ("status", "line"),
    [
        ("paid", "hoort bij een verzoek van Fietshuis Jansen dat al betaald is."),
        ("cancelled", "dat niet meer loopt."),
        ("expired", "dat niet meer loopt."),
        ("refunded", "dat niet meer loopt."),
    ],
)
def test_a_code_says_yes_no_longer_than_there_is_something_to_pay(
    house: House, status: str, line: str
) -> None:
    code = code_of(house)
    if status == "paid":
        record(house, "payment", 4250)
    house.change(status=status)
    _, page = check(house, code)
    assert line in page
    assert "Deze code is van ons" not in page
    assert "42" not in page
    assert house.world.settings.public_url not in page


def test_a_code_that_was_never_given_is_not_ours(house: House) -> None:
    status, page = check(house, "ABCDEFGH")
    assert status == 404
    assert "Deze code kennen we niet." in page
