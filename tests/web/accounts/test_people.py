"""Merchants, users and keys: what is wrong with them is told at once, and passwords are never kept."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from core.db import Database
from core.errors import Invalid
from web.accounts.models import ApiKey
from web.accounts.people import create_api_key, create_merchant, create_user, open_shop

_GOOD = "vier woorden zonder verband"


def test_a_shop_opens_with_an_owner_and_a_key_that_is_shown_once(database: Database) -> None:
    look = {"phone": "020 123 45 67", "website": "https://fietshuis.example", "color": "#0b6e4f"}
    key = database.run(open_shop, "Fietshuis Jansen", "Jansen@Fietshuis.example", _GOOD, look)
    assert key.startswith("sk_")
    assert len(key) == 46
    with database.engine.connect() as connection:
        keys = str(list(connection.execute(text("SELECT * FROM api_key"))))
        users = str(list(connection.execute(text("SELECT * FROM user_account"))))
    stored = keys + users
    assert key not in stored
    assert _GOOD not in stored
    assert "jansen@fietshuis.example" not in stored.lower()
    assert "$argon2id$v=19$m=19456,t=2," in stored


def test_everything_that_is_wrong_with_a_new_shop_is_told_at_once(database: Database) -> None:
    look = {"website": "javascript:alert(1)", "color": "green", "phone": "bel maar", "logo": "x"}
    with pytest.raises(Invalid) as wrong:
        database.run(open_shop, " ", "niet-een-adres", "kort", look)
    fields = {problem.field for problem in wrong.value.problems}
    assert fields == {"merchant", "name", "email", "password", "website", "color", "phone", "logo"}


@pytest.mark.parametrize("password", ["elfletters!", "aaaaaaaaaaaaaaaa", "x" * 201, "jan@shop.example"])
def test_a_password_that_is_easy_to_guess_is_not_taken(database: Database, password: str) -> None:
    merchant = database.run(create_merchant, "Fietshuis")
    with pytest.raises(Invalid, match="password"):
        database.run(create_user, merchant, "jan@shop.example", "Jan", password)


def test_an_address_belongs_to_one_user_however_it_is_written(database: Database) -> None:
    merchant = database.run(create_merchant, "Fietshuis")
    database.run(create_user, merchant, "jan@shop.example", "Jan", _GOOD)
    with pytest.raises(Invalid, match="belongs to another user"):
        database.run(create_user, merchant, " JAN@Shop.example ", "Jan", _GOOD)


def test_nobody_gets_a_role_that_does_not_exist(database: Database) -> None:
    merchant = database.run(create_merchant, "Fietshuis")
    with pytest.raises(Invalid, match="role"):
        database.run(create_user, merchant, "jan@shop.example", "Jan", _GOOD, "admin")


def test_a_key_has_a_name_by_which_it_can_be_told_from_others(database: Database) -> None:
    merchant = database.run(create_merchant, "Fietshuis")
    with pytest.raises(Invalid, match="name"):
        database.run(create_api_key, merchant, "\n")
    database.run(create_api_key, merchant, "boekhouding")
    assert database.read(lambda tx: [key.name for key in tx.session.query(ApiKey)]) == ["boekhouding"]
