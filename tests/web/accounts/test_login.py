"""Logging in and out: who gets in, for how long, and who never does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from core.clock import ManualClock
from core.db import Database, Tx
from tests.web.front import PASSWORD, Staff, Visitor
from web.accounts.models import User
from web.accounts.people import disable_user


def test_an_owner_comes_in_at_the_overview_and_an_agent_at_the_desk(site: Flask, staff: Staff) -> None:
    assert Visitor(site).login(staff.owner).location == "/admin"
    assert Visitor(site).login(staff.agent).location == "/desk"


def test_who_asks_for_a_page_gets_it_after_logging_in(visitor: Visitor, staff: Staff) -> None:
    asked = visitor.get("/admin?q=1042")
    assert (asked.status_code, asked.location) == (303, "/login?next=/admin?q%3D1042")
    visitor.get(asked.location)
    answer = visitor.post("/login", email=staff.agent, password=PASSWORD, next="/admin?q=1042")
    assert answer.location == "/admin?q=1042"


@pytest.mark.parametrize(
    "evil",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "/desk//evil.example",
        "/desk/../../evil",
        "/desk@evil.example",
        "/desk\r\nLocation: https://evil.example",
        "/desk?next=//evil.example",
        "javascript:alert(1)",
        "/logout",
        "/deskevil",
        " /desk",
        "/desk\t",
        "http:/desk",
        "///evil.example",
        "/%2fevil.example",
    ],
)
def test_a_login_never_leads_to_somebody_elses_page(visitor: Visitor, staff: Staff, evil: str) -> None:
    visitor.get("/login")
    answer = visitor.post("/login", email=staff.agent, password=PASSWORD, next=evil)
    assert answer.location == "/desk"


def test_a_wrong_password_and_an_unknown_address_are_told_apart_by_nothing(
    visitor: Visitor, staff: Staff
) -> None:
    wrong = visitor.login(staff.owner, "een heel ander wachtwoord")
    nobody = staff.owner.replace("owner", "nobod")
    unknown = visitor.login(nobody, "een heel ander wachtwoord")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.text.replace(staff.owner, "") == unknown.text.replace(nobody, "")


def test_the_e_mail_address_stays_typed_after_a_mistake_and_the_password_does_not(
    visitor: Visitor, staff: Staff
) -> None:
    page = visitor.login(staff.owner, "een heel ander wachtwoord").text
    assert f'value="{staff.owner}"' in page
    assert "een heel ander wachtwoord" not in page


def test_the_cookie_is_bound_to_our_host_and_out_of_reach_of_scripts(visitor: Visitor, staff: Staff) -> None:
    cookie = visitor.login(staff.owner).headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    for property_ in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert property_ in cookie
    assert "Domain" not in cookie


def test_a_token_from_before_the_login_opens_nothing_after_it(
    site: Flask, visitor: Visitor, staff: Staff
) -> None:
    visitor.get("/login")
    before = visitor.token
    visitor.post("/login", email=staff.owner, password=PASSWORD)
    assert visitor.token != before
    thief = Visitor(site)
    thief.client.set_cookie("__Host-session", before, domain="betalen.fietshuis.example", secure=True)
    assert thief.get("/desk").status_code == 303


def test_a_token_that_was_kept_opens_nothing_after_logging_out(
    site: Flask, visitor: Visitor, staff: Staff
) -> None:
    visitor.login(staff.owner)
    kept = visitor.token
    assert visitor.post("/logout").location == "/login"
    thief = Visitor(site)
    thief.client.set_cookie("__Host-session", kept, domain="betalen.fietshuis.example", secure=True)
    assert thief.get("/desk").status_code == 303
    assert visitor.get("/desk").status_code == 303


def test_logging_in_again_ends_the_session_from_before(site: Flask, visitor: Visitor, staff: Staff) -> None:
    visitor.login(staff.owner)
    kept = visitor.token
    visitor.login(staff.owner)
    thief = Visitor(site)
    thief.client.set_cookie("__Host-session", kept, domain="betalen.fietshuis.example", secure=True)
    assert thief.get("/desk").status_code == 303


def test_a_disabled_user_is_out_at_once_and_stays_out(
    site: Flask, visitor: Visitor, staff: Staff, database: Database
) -> None:
    visitor.login(staff.agent)
    assert visitor.get("/desk").status_code == 200

    def disable(tx: Tx) -> None:
        disable_user(tx, tx.session.query(User).filter(User.email_index == staff.agent).one())

    database.run(disable)
    assert visitor.get("/desk").status_code == 303
    assert Visitor(site).login(staff.agent).status_code == 401


def test_a_session_ends_after_twelve_idle_hours_and_after_seven_days(
    visitor: Visitor, staff: Staff, clock: ManualClock
) -> None:
    visitor.login(staff.agent)
    for _ in range(15):
        clock.advance(timedelta(hours=11))
        assert visitor.get("/desk").status_code == 200
    clock.advance(timedelta(hours=4))
    assert visitor.get("/desk").status_code == 303
    visitor.login(staff.agent)
    clock.advance(timedelta(hours=12))
    assert visitor.get("/desk").status_code == 303


def test_after_five_wrong_passwords_even_the_right_one_waits(
    visitor: Visitor, staff: Staff, clock: ManualClock
) -> None:
    for _ in range(5):
        assert visitor.login(staff.owner, "een heel ander wachtwoord").status_code == 401
    refused = visitor.login(staff.owner)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 15 * 60
    assert "minuten" in refused.text
    clock.advance(timedelta(minutes=15))
    assert visitor.login(staff.owner).status_code == 303


def test_who_knows_the_password_is_never_kept_out_by_having_used_it_often(site: Flask, staff: Staff) -> None:
    for _ in range(7):
        assert Visitor(site).login(staff.owner).status_code == 303


def test_guessing_for_many_accounts_from_one_place_is_stopped(visitor: Visitor, staff: Staff) -> None:
    visitor.get("/login")
    answers = [
        visitor.post("/login", email=f"nobody-{number}@shop.example", password="x" * 12).status_code
        for number in range(31)
    ]
    assert answers == [401] * 30 + [429]


def test_a_form_of_another_site_cannot_log_anybody_in(site: Flask, staff: Staff) -> None:
    visitor = Visitor(site)
    answer = visitor.post("/login", email=staff.owner, password=PASSWORD)
    assert answer.status_code == 403
