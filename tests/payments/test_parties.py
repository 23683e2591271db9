"""People: stop means stop, for everyone at an address, and at one merchant only."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.clock import ManualClock
from core.db import Database, Tx
from payments.directory import payer_for, payers_with_phone
from payments.intake import NewPayer
from payments.parties import Address, Merchant, Payer, at_address, opt_in, opt_out
from tests.making import PHONE, Owed, Shop

OTHER_PHONE = "+31687654321"


def stop(database: Database, owed: Owed) -> bool:
    return database.run(lambda tx: opt_out(tx, tx.session.get_one(Payer, owed.payer_id)))


def usable(database: Database, owed: Owed) -> dict[str, bool]:
    def step(tx: Tx) -> dict[str, bool]:
        payer = tx.session.get_one(Payer, owed.payer_id)
        return {address.channel: address.usable for address in payer.addresses}

    return database.read(step)


def test_stop_on_one_channel_is_stop_on_every_channel(database: Database, shop: Shop) -> None:
    owed = shop(addresses={"whatsapp": PHONE, "sms": PHONE, "telegram": "77"})
    assert stop(database, owed)
    assert usable(database, owed) == {"whatsapp": False, "sms": False, "telegram": False}


def test_stopping_twice_is_stopping_once(database: Database, shop: Shop, clock: ManualClock) -> None:
    owed = shop()
    assert stop(database, owed)
    since = clock.now()
    clock.advance(timedelta(days=1))
    assert not stop(database, owed)
    assert {address.opted_out_at for address in database.read(at_address, "sms", PHONE)} == {since}


def test_stop_holds_for_every_name_at_the_address_on_all_their_channels(
    database: Database, shop: Shop
) -> None:
    anna = shop()
    twin = shop(anna.merchant_id, payer_name="A. de Vries", addresses={"sms": PHONE, "telegram": "77"})
    stranger = shop(anna.merchant_id, payer_name="Bram Bakker", addresses={"sms": OTHER_PHONE})
    stop(database, anna)
    assert usable(database, twin) == {"sms": False, "telegram": False}
    assert usable(database, stranger) == {"sms": True}


def test_stop_at_one_merchant_is_not_stop_at_another(database: Database, shop: Shop) -> None:
    here, there = shop(), shop(merchant_name="Bakkerij Smit")
    stop(database, here)
    assert usable(database, there) == {"whatsapp": True, "sms": True}


def test_who_wants_messages_again_gets_them_with_the_consent_that_was_given(
    database: Database, shop: Shop, clock: ManualClock
) -> None:
    owed = shop()
    stop(database, owed)
    clock.advance(timedelta(days=1))
    database.run(lambda tx: opt_in(tx, tx.session.get_one(Payer, owed.payer_id), "reply"))
    assert usable(database, owed) == {"whatsapp": True, "sms": True}
    [address] = database.read(at_address, "sms", PHONE)
    assert (address.consent_source, address.consent_at) == ("reply", clock.now())


def test_an_address_that_does_not_exist_stays_unusable_after_opting_in(
    database: Database, shop: Shop
) -> None:
    owed = shop(addresses={"sms": PHONE})

    def step(tx: Tx) -> None:
        [address] = at_address(tx, "sms", PHONE)
        address.unusable_at, address.unusable_why = tx.now, "21211"
        opt_in(tx, address.payer, "reply")

    database.run(step)
    assert usable(database, owed) == {"sms": False}


def test_an_address_is_found_with_every_merchant_and_only_on_its_own_channel(
    database: Database, shop: Shop
) -> None:
    here, there = shop(), shop()
    found = database.read(at_address, "sms", PHONE)
    assert {address.merchant_id for address in found} == {here.merchant_id, there.merchant_id}
    assert database.read(at_address, "telegram", PHONE) == []
    assert database.read(at_address, "sms", OTHER_PHONE) == []


def get_to_know(database: Database, merchant_id: str, **fields: object) -> Payer:
    def step(tx: Tx) -> Payer:
        merchant = tx.session.get_one(Merchant, merchant_id)
        return payer_for(tx, merchant, NewPayer.model_validate(fields), "agreement")

    return database.run(step)


@pytest.mark.parametrize(
    ("name", "phone", "same"),
    [
        ("Anna de Vries", PHONE, True),
        ("anna  DE vries", "06-12345678", True),
        ("Bram de Vries", PHONE, False),
        ("Anna de Vries", OTHER_PHONE, False),
    ],
)
def test_the_same_name_and_phone_is_the_same_person(
    database: Database, shop: Shop, name: str, phone: str, same: bool
) -> None:
    owed = shop()
    payer = get_to_know(database, owed.merchant_id, name=name, phone=phone)
    assert (payer.id == owed.payer_id) is same


def test_a_payer_of_one_merchant_is_a_stranger_to_another(database: Database, shop: Shop) -> None:
    here, there = shop(), shop()
    payer = get_to_know(database, there.merchant_id, name="Anna de Vries", phone=PHONE)
    assert payer.id == there.payer_id != here.payer_id
    assert [found.id for found in database.read(payers_with_phone, here.merchant_id, PHONE)] == [
        here.payer_id
    ]


def test_who_stopped_stays_stopped_under_another_name(database: Database, shop: Shop) -> None:
    owed = shop()
    stop(database, owed)
    payer = get_to_know(database, owed.merchant_id, name="Mevrouw De Vries", phone=PHONE)
    assert payer.id != owed.payer_id

    def addresses(tx: Tx) -> list[Address]:
        return tx.session.get_one(Payer, payer.id).addresses

    assert {address.usable for address in database.read(addresses)} == {False}
