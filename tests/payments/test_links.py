"""Pay links: nobody can guess one, nobody can read one in the database, and a revoked one is unknown."""

from __future__ import annotations

import base64

import pytest
from sqlalchemy import text

from core.crypto import Keyring
from core.db import Database, Tx
from core.errors import Missing
from payments.links import Links, PayLink, carried, opened, opened_all
from payments.requests import PaymentRequest
from tests.making import Owed, Shop


@pytest.fixture
def links(keyring: Keyring) -> Links:
    return Links("https://pay.example.nl", keyring)


def mint(database: Database, links: Links, owed: Owed, purpose: str = "request") -> str:
    return database.run(
        lambda tx: links.mint(tx, tx.session.get_one(PaymentRequest, owed.request_id), purpose)
    )


def test_a_link_opens_its_own_request(database: Database, shop: Shop, links: Links) -> None:
    mine, yours = shop(), shop()
    tokens = {mint(database, links, owed): owed for owed in (mine, yours)}
    for token, owed in tokens.items():
        link, request = database.read(opened, token)
        assert (link.request_id, request.id) == (owed.request_id, owed.request_id)


def test_a_link_holds_more_chance_than_anybody_can_try(database: Database, shop: Shop, links: Links) -> None:
    tokens = [mint(database, links, shop()) for _ in range(20)]
    raw = [base64.urlsafe_b64decode(token) for token in tokens]
    assert all(len(one) * 8 >= 128 for one in raw)
    assert len({one[:4] for one in raw}) == 20
    assert all(token.replace("-", "").replace("_", "").isalnum() for token in tokens)


def test_without_the_key_of_this_installation_a_link_cannot_be_made(links: Links) -> None:
    other = Links(links.public_url, Keyring((("k1", bytes(32)),)))
    assert other.token("req_1", "request") != links.token("req_1", "request")


def test_every_message_has_a_link_of_its_own_and_making_it_twice_makes_one(
    database: Database, shop: Shop, links: Links
) -> None:
    owed = shop()
    assert mint(database, links, owed, "request") == mint(database, links, owed, "request")
    assert mint(database, links, owed, "request") != mint(database, links, owed, "reminder-1")
    assert database.read(lambda tx: tx.session.query(PayLink).count()) == 2


def test_the_database_never_tells_a_link(database: Database, shop: Shop, links: Links) -> None:
    token = mint(database, links, shop())
    with database.engine.connect() as connection:
        [row] = connection.execute(text("SELECT * FROM pay_link")).all()
    assert token not in repr(row)
    fingerprint = row[0]
    with pytest.raises(Missing):
        database.read(opened, fingerprint)


@pytest.mark.parametrize("token", ["", "unknown", "a" * 5000, "'; DROP TABLE pay_link; --"])
def test_an_unknown_link_is_missing(database: Database, token: str) -> None:
    with pytest.raises(Missing, match="no such pay link"):
        database.read(opened, token)


def test_a_revoked_link_looks_like_an_unknown_one(database: Database, shop: Shop, links: Links) -> None:
    token = mint(database, links, shop())

    def revoke(tx: Tx) -> None:
        opened(tx, token)[0].revoked_at = tx.now

    database.run(revoke)
    with pytest.raises(Missing, match="no such pay link"):
        database.read(opened, token)


def test_a_link_and_its_qr_code_are_below_our_own_address(links: Links) -> None:
    assert links.url("abc") == "https://pay.example.nl/p/abc"
    assert links.image_url("abc") == "https://pay.example.nl/q/abc.png"


def test_a_link_can_lead_to_several_requests_and_is_made_once(
    database: Database, shop: Shop, links: Links
) -> None:
    first = shop()
    ids = [first.request_id, shop(first.merchant_id, first.payer_id).request_id]

    def mint_all(tx: Tx, purpose: str) -> str:
        return links.mint_all(tx, [tx.session.get_one(PaymentRequest, one) for one in ids], purpose)

    token = database.run(mint_all, "all-1")
    assert database.run(mint_all, "all-1") == token
    assert database.run(mint_all, "all-2") != token
    _, requests = database.read(opened_all, token)
    assert [request.id for request in requests] == ids
    alone = database.read(opened_all, mint(database, links, first))[1]
    assert [request.id for request in alone] == ids[:1]


def test_who_is_shown_the_door_loses_the_links_to_several_requests_too(
    database: Database, shop: Shop, links: Links
) -> None:
    first = shop()
    second = shop(first.merchant_id, first.payer_id)
    own = mint(database, links, second, "api")
    sent = mint(database, links, second, "request")

    def mint_all(tx: Tx) -> str:
        ids = (first.request_id, second.request_id)
        return links.mint_all(tx, [tx.session.get_one(PaymentRequest, one) for one in ids], "all-1")

    both = database.run(mint_all)

    def found(tx: Tx) -> set[str]:
        return {link.purpose for link in carried(tx, second.request_id, by=["request"])}

    assert database.read(found) == {"request", "all-1"}
    assert len({own, sent, both}) == 3
