"""What an owner can do with logins and keys from the shell, without reading the database."""

from __future__ import annotations

import pytest
from flask import Flask

from core.db import Database
from core.errors import Invalid
from tests.web.api.caller import Caller
from tests.web.front import Staff, Visitor
from web.accounts.command import api_key, user

EMAIL = "aysha@shop.example"
FIRST = "vier woorden zonder verband"
SECOND = "een heel ander paar woorden"


def _hire(database: Database, role: str = "agent", password: str = FIRST) -> None:
    user(database, None, EMAIL, "", name="Aysha", role=role, password=password)


def _do(database: Database, deed: str, email: str = EMAIL, password: str = "") -> None:
    user(database, None, email, deed, name="", role="agent", password=password)


def _new_key(database: Database, capsys: pytest.CaptureFixture[str], name: str) -> str:
    api_key(database, None, name, revoke=False)
    return capsys.readouterr().out.strip().rpartition(" ")[2]


@pytest.mark.parametrize(("role", "admin_deeds"), [("agent", 403), ("owner", 404)])
def test_somebody_who_is_made_logs_in_with_the_rights_of_the_role(
    database: Database, staff: Staff, visitor: Visitor, role: str, admin_deeds: int
) -> None:
    _hire(database, role)
    assert visitor.login(EMAIL, FIRST).status_code == 303
    assert visitor.post("/admin/requests/pr_x/withdraw").status_code == admin_deeds


def test_who_is_disabled_is_out_at_once_and_comes_in_no_more(
    database: Database, staff: Staff, visitor: Visitor
) -> None:
    _hire(database)
    visitor.login(EMAIL, FIRST)
    _do(database, "disable", email=" Aysha@Shop.example")
    assert visitor.get("/desk").status_code == 303
    assert visitor.login(EMAIL, FIRST).status_code == 401


def test_a_new_password_ends_the_old_one_and_lets_a_disabled_agent_in_again(
    database: Database, staff: Staff, site: Flask
) -> None:
    _hire(database)
    before = Visitor(site)
    before.login(EMAIL, FIRST)
    _do(database, "disable")
    _do(database, "reset", password=SECOND)
    assert before.get("/desk").status_code == 303
    assert Visitor(site).login(EMAIL, FIRST).status_code == 401
    assert Visitor(site).login(EMAIL, SECOND).status_code == 303


def test_a_bad_new_password_changes_nothing(database: Database, staff: Staff, visitor: Visitor) -> None:
    _hire(database)
    with pytest.raises(Invalid, match="password"):
        _do(database, "reset", password="kort")
    assert visitor.login(EMAIL, FIRST).status_code == 303


@pytest.mark.parametrize("deed", ["disable", "reset"])
def test_a_mistyped_address_is_told_before_a_password_is_asked(
    database: Database, staff: Staff, deed: str
) -> None:
    with pytest.raises(Invalid, match="email: belongs to nobody"):
        _do(database, deed)


def test_making_somebody_who_is_there_points_to_what_was_meant(database: Database, staff: Staff) -> None:
    _hire(database)
    with pytest.raises(Invalid, match="--reset for a new password"):
        _hire(database, password="")


def test_who_there_are_is_listed_with_their_role_and_what_became_of_them(
    database: Database, staff: Staff, capsys: pytest.CaptureFixture[str]
) -> None:
    _hire(database)
    _do(database, "disable")
    capsys.readouterr()
    _do(database, "", email="")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert lines[-1].startswith(f"{EMAIL}  Aysha  agent at Fietshuis Jansen  since ")
    assert "disabled" in lines[-1]
    assert "disabled" not in "".join(lines[:-1])


def test_a_second_key_works_beside_the_first_until_it_is_revoked(
    database: Database, site: Flask, staff: Staff, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = Caller(site, staff.api_key), Caller(site, _new_key(database, capsys, "webwinkel"))
    assert [first.get().status_code, second.get().status_code] == [200, 200]
    api_key(database, None, " webwinkel ", revoke=True)
    assert [first.get().status_code, second.get().status_code] == [200, 401]


def test_a_revoked_name_can_be_given_to_a_new_key_and_the_list_tells_both(
    database: Database, site: Flask, staff: Staff, capsys: pytest.CaptureFixture[str]
) -> None:
    old = _new_key(database, capsys, "webwinkel")
    with pytest.raises(Invalid, match="name: is another key's"):
        _new_key(database, capsys, "webwinkel")
    api_key(database, None, "webwinkel", revoke=True)
    new = _new_key(database, capsys, "webwinkel")
    assert [Caller(site, key).get().status_code for key in (old, new)] == [401, 200]
    api_key(database, None, "", revoke=False)
    told = capsys.readouterr().out
    assert [line.split()[0] for line in told.splitlines()] == ["boekhouding", "webwinkel", "webwinkel"]
    assert told.count("revoked") == 1
    assert new not in told


def test_a_name_that_is_no_keys_revokes_nothing(database: Database, site: Flask, staff: Staff) -> None:
    with pytest.raises(Invalid, match="name: is no key's"):
        api_key(database, None, "boekhoudin", revoke=True)
    assert Caller(site, staff.api_key).get().status_code == 200
