"""Personal data at rest: sealed, found again without being readable, and re-keyed without loss."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import inspect, text

from core.clock import ManualClock
from core.crypto import Keyring
from core.db import Database
from core.errors import Misconfigured
from core.ids import Ids
from messages import inbox
from payments.links import Links, opened
from payments.parties import Payer, at_address
from payments.requests import PaymentRequest
from tests.making import PHONE, Shop

OLD, NEW = ("old", bytes(32)), ("new", bytes(range(32)))


def b64(key: bytes) -> str:
    return base64.b64encode(key).decode()


@given(st.text(), st.text(min_size=1))
def test_what_was_sealed_opens_again_as_it_was(words: str, purpose: str) -> None:
    keyring = Keyring((NEW,))
    sealed = keyring.encrypt(words, purpose)
    assert keyring.decrypt(sealed, purpose) == words
    assert len(words) < 4 or words not in sealed


def test_the_same_words_never_look_the_same(keyring: Keyring) -> None:
    assert len({keyring.encrypt("Anna", "payer.name") for _ in range(100)}) == 100


def test_what_was_sealed_for_one_column_does_not_open_in_another(keyring: Keyring) -> None:
    sealed = keyring.encrypt("Anna", "payer.name")
    with pytest.raises(Misconfigured, match=r"payment_request\.description"):
        keyring.decrypt(sealed, "payment_request.description")


@pytest.mark.parametrize("place", [3, 10, -10, -1])
def test_a_changed_letter_is_noticed(keyring: Keyring, place: int) -> None:
    sealed = list(keyring.encrypt("Anna de Vries", "payer.name"))
    sealed[place] = "A" if sealed[place] != "A" else "B"
    with pytest.raises(Misconfigured, match=r"payer\.name"):
        keyring.decrypt("".join(sealed), "payer.name")


@pytest.mark.parametrize("sealed", ["k1.", "k1.AAAA", "k1.!", "k1.é"])
def test_what_was_never_sealed_does_not_open(keyring: Keyring, sealed: str) -> None:
    with pytest.raises(Misconfigured):
        keyring.decrypt(sealed, "payer.name")


def test_after_a_new_key_old_words_open_and_new_words_use_it() -> None:
    before = Keyring((OLD,))
    after = Keyring((NEW, OLD))
    assert after.decrypt(before.encrypt("Anna", "payer.name"), "payer.name") == "Anna"
    assert after.encrypt("Anna", "payer.name").startswith("new.")
    with pytest.raises(Misconfigured, match="'new' is not there"):
        before.decrypt(after.encrypt("Anna", "payer.name"), "payer.name")


def test_after_a_new_key_people_and_links_are_found_as_before() -> None:
    before, after = Keyring((OLD,)), Keyring((NEW, OLD))
    assert before.digest("index:address.value", PHONE) == after.digest("index:address.value", PHONE)
    links = [Links("https://pay.example.nl", keyring) for keyring in (before, after)]
    assert links[0].token("req_1", "thanks") == links[1].token("req_1", "thanks")


def test_fingerprints_for_different_purposes_have_nothing_in_common(keyring: Keyring) -> None:
    assert keyring.digest("a", "b") != keyring.digest("b", "a") != keyring.digest("a\0", "b")
    assert len(keyring.digest("a", "b", 18)) == 18


@pytest.mark.parametrize(
    ("written", "names"),
    [
        (b64(NEW[1]), ["k1"]),
        (f"{b64(NEW[1])},{b64(OLD[1])}", ["k2", "k1"]),
        (f"new:{b64(NEW[1])},old:{b64(OLD[1])}", ["new", "old"]),
        (f" new:{b64(NEW[1])} , {b64(OLD[1])} ,", ["new", "k1"]),
        (base64.urlsafe_b64encode(bytes([251] * 32)).decode().rstrip("="), ["k1"]),
    ],
)
def test_keys_are_read_newest_first_and_old_ones_keep_their_names(written: str, names: list[str]) -> None:
    assert [name for name, _ in Keyring.parse(written).keys] == names


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("", "is empty"),
        (" , ", "is empty"),
        (b64(bytes(31)), "32 bytes"),
        (b64(bytes(33)), "32 bytes"),
        ("not base64 at all!", "32 bytes"),
        (f"a.b:{b64(NEW[1])}", "name of a key"),
        (f"k1:{b64(NEW[1])},{b64(OLD[1])}", "same name"),
    ],
)
def test_a_key_that_cannot_be_used_is_named_and_never_shown(written: str, wrong: str) -> None:
    with pytest.raises(Misconfigured, match=wrong) as raised:
        Keyring.parse(written)
    assert b64(NEW[1]) not in str(raised.value)


def test_a_row_is_read_and_found_after_the_key_was_rotated(
    database_url: str, clock: ManualClock, ids: Ids
) -> None:
    before = Database(database_url, clock, Keyring((OLD,)), ids)
    owed = Shop(before)()
    before.close()
    after = Database(database_url, clock, Keyring((NEW, OLD)), ids)
    request = after.read(lambda tx: tx.session.get_one(PaymentRequest, owed.request_id))
    assert request.description == "Reparatie fiets"
    assert len(after.read(at_address, "sms", PHONE)) == 1
    found = after.read(lambda tx: tx.session.query(Payer).filter_by(name_index="anna de vries").one())
    assert found.name == "Anna de Vries"
    after.close()


def test_nothing_personal_can_be_read_in_the_database_itself(database: Database, shop: Shop) -> None:
    owed = shop()
    links = Links("https://pay.example.nl", Keyring((NEW,)))
    database.run(inbox.store, "telegram", "1", '{"text": "kan ik vrijdag betalen?"}')
    token = database.run(
        lambda tx: links.mint(tx, tx.session.get_one(PaymentRequest, owed.request_id), "request")
    )
    assert database.read(opened, token)[1].id == owed.request_id
    for canary in ("Anna de Vries", "anna de vries", PHONE, "612345678", "Reparatie", "vrijdag", token):
        assert canary.encode() not in _everything(database), canary


def _everything(database: Database) -> bytes:
    """All that somebody with a copy of the database could read: the files of SQLite, PostgreSQL's rows."""
    if database.engine.dialect.name == "sqlite":
        path = Path(str(database.engine.url.database))
        return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    with database.engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        rows = [connection.execute(text(f'SELECT "{name}"::text FROM "{name}"')).all() for name in tables]  # noqa: S608 - names from the catalogue
    return repr(rows).encode()
