"""What opens a payer's page is nowhere to be read in the database, whatever channel it went over."""

from __future__ import annotations

import re
from datetime import timedelta

from sqlalchemy import text

from core.db import Base, Tx
from tests.house import ANNA, House


def test_no_column_of_any_table_shows_a_link_a_number_a_name_or_what_was_said(house: House) -> None:
    whatsapp = house.ask(channels=["whatsapp"])
    telegram = house.ask(channels=["telegram"], send_at="2026-11-23T10:05")
    house.joins_telegram(telegram)
    house.move(timedelta(minutes=6))
    house.says("kan ik vrijdag betalen?", "whatsapp")
    house.pays(telegram)
    bodies = "\n".join(house.bodies(whatsapp) + house.bodies(telegram))
    tokens = set(re.findall(r"/p/([\w-]+)", bodies))
    assert len(tokens) >= 2

    stored = house.world.db.read(_everything)
    for secret in (*tokens, ANNA.lstrip("+"), "Anna", "de Vries", "kan ik", "Reparatie"):
        assert secret not in stored, secret
    assert house.merchant_id in stored, "the search itself works"


def _everything(tx: Tx) -> str:
    """Every value of every row as the database keeps it."""
    rows = []
    for table in Base.metadata.sorted_tables:
        rows += [str(tuple(row)) for row in tx.session.execute(text(f'SELECT * FROM "{table.name}"'))]  # noqa: S608 - our own table names
    return "\n".join(rows)
