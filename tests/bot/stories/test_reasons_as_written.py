"""The timeline tells from which words something was understood: words that the payer wrote."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from messages.inbox import Incoming
from tests.house import House


@pytest.mark.parametrize(
    ("texts", "reasons"),
    [
        (["alles"], {"alles"}),
        (["ik betaal alles vrijdag"], {"vrijdag", "betaal alles vrijdag"}),
        (["pauze voor 1042 tot 4 december", "nee 15 december"], {"nee 15 december"}),
    ],
)
def test_only_words_that_were_written_are_quoted(
    small_house: House, texts: list[str], reasons: set[str]
) -> None:
    for what, amount in (("Reparatie fiets", "42.50"), ("Nieuwe band", "30.00")):
        small_house.ask(description=what, amount={"value": amount, "currency": "EUR"})
    small_house.settle()
    for text in texts:
        small_house.says(text)
    rows = small_house.world.db.read(lambda tx: list(tx.session.scalars(select(Incoming))))
    [row] = [row for row in rows if row.body == texts[-1]]
    quoted = {str(span["text"]) for span in (row.reading or {})["spans"]}
    assert quoted
    assert quoted <= reasons
