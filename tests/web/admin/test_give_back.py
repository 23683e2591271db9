"""What was paid too much goes back with one tap of the owner, once, and what is not sure is said."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from bot.stories.world import World
from core.db import Database
from core.errors import OutcomeUnknown, Refused, SeintjeError, Unavailable
from payments.refunds import Refund
from tests.making import Owed
from tests.web.admin.test_overview import pay
from tests.web.front import QuietPsp, Staff, Visitor


def gives_back(visitor: Visitor, owed: Owed, cents: str = "4250") -> int:
    return visitor.post(f"/admin/requests/{owed.request_id}/give-back", cents=cents).status_code


def _paid_twice(database: Database, owed: Owed) -> None:
    pay(database, owed.request_id, "42.50", "tr_1", "paid")
    pay(database, owed.request_id, "42.50", "tr_2", "paid")


def _psp(world: World) -> QuietPsp:
    assert isinstance(world.psp, QuietPsp)
    return world.psp


def test_surplus_goes_back_with_one_tap_and_never_twice(
    owner: Visitor, owed: Owed, database: Database, world: World
) -> None:
    _paid_twice(database, owed)
    assert "Geef €\u00a042,50 terug" in owner.get(f"/admin/requests/{owed.request_id}").text
    assert gives_back(owner, owed) == 303
    assert gives_back(owner, owed) == 409
    assert _psp(world).refunds == [("tr_2", 4250)]
    assert "terug</button>" not in owner.get(f"/admin/requests/{owed.request_id}").text


def test_two_taps_at_the_same_moment_give_back_once(
    site: Flask, owner: Visitor, staff: Staff, owed: Owed, database: Database, world: World
) -> None:
    from concurrent.futures import ThreadPoolExecutor

    _paid_twice(database, owed)

    def tap(_number: int) -> int:
        other = Visitor(site, csrf=owner.csrf)
        other.client.set_cookie(
            "__Host-session", owner.token, domain="betalen.fietshuis.example", secure=True
        )
        return gives_back(other, owed)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(tap, range(4))) == [303, 409, 409, 409]
    assert len(_psp(world).refunds) == 1


@pytest.mark.parametrize("cents", ["", "1", "8500", "-4250", "4250.0", "veel"])
def test_only_the_amount_that_was_shown_goes_back(
    owner: Visitor, owed: Owed, database: Database, world: World, cents: str
) -> None:
    _paid_twice(database, owed)
    assert gives_back(owner, owed, cents) == 409
    assert _psp(world).refunds == []


@pytest.mark.parametrize(
    ("trouble", "status", "says", "stored"),
    [
        (OutcomeUnknown("timeout"), 502, "Doe het niet nog een keer", "unknown"),
        (Unavailable("down"), 503, "Er is niets teruggegeven: de bank antwoordt niet", "refused"),
        (Refused("no"), 409, "de bank staat dit niet toe", "refused"),
    ],
)
def test_a_refund_that_does_not_end_well_says_what_is_known(  # noqa: PLR0917 - given by name
    owner: Visitor,
    owed: Owed,
    database: Database,
    world: World,
    trouble: SeintjeError,
    status: int,
    says: str,
    stored: str,
) -> None:
    _paid_twice(database, owed)
    _psp(world).trouble = trouble
    answer = owner.post(f"/admin/requests/{owed.request_id}/give-back", cents="4250")
    assert answer.status_code == status
    assert says in answer.text
    assert database.read(lambda tx: list(tx.session.scalars(select(Refund.status)))) == [stored]
    offered = "Geef €\u00a042,50 terug" in answer.text
    assert offered == (stored == "refused")


def test_an_agent_reads_along_without_the_owners_buttons(
    agent: Visitor, owed: Owed, database: Database
) -> None:
    _paid_twice(database, owed)
    page = agent.get(f"/admin/requests/{owed.request_id}").text
    for button in ("Pauzeer", "Trek in", "terug</button>", "Bekeken"):
        assert button not in page
