"""Finding a payer again, or getting to know a new one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select

from core.db import Tx
from core.errors import Invalid, Problem
from payments.parties import Address, Merchant, Payer

if TYPE_CHECKING:
    from payments.intake import NewPayer  # pydantic, which the worker can do without

_BY_PHONE = ("whatsapp", "sms")


def payer_for(tx: Tx, merchant: Merchant, new: NewPayer, source: str) -> Payer:
    """Return the payer that is meant: the same phone and name is the same person.

    Raises Invalid when `new.id` is not one of this merchant's payers.
    """
    payer = _known(tx, merchant, new)
    if payer is None:
        payer = _add_payer(tx, merchant, new)
    payer.language = new.language or payer.language
    payer.formality = new.formality or payer.formality
    if new.phone:
        for channel in _BY_PHONE:
            add_address(tx, payer, channel, new.phone, source)
    return payer


def _known(tx: Tx, merchant: Merchant, new: NewPayer) -> Payer | None:
    if new.id is not None:
        payer = tx.session.get(Payer, new.id)
        if payer is None or payer.merchant_id != merchant.id:
            raise Invalid([Problem("payer.id", "is not a payer of yours.", "Leave it out to add a new one.")])
        return payer
    with_phone = payers_with_phone(tx, merchant.id, new.phone or "")
    return next((payer for payer in with_phone if _same_name(payer.name, new.name or "")), None)


def _same_name(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()


def payers_with_phone(tx: Tx, merchant_id: str, phone: str) -> Sequence[Payer]:
    """Return the merchant's payers who are reached at `phone` (E.164)."""
    query = (
        select(Payer)
        .join(Address, Address.payer_id == Payer.id)
        .where(Address.merchant_id == merchant_id, Address.value_index == phone)
        .distinct()
        .order_by(Payer.id)
    )
    return tx.session.scalars(query).all()


def _add_payer(tx: Tx, merchant: Merchant, new: NewPayer) -> Payer:
    name = new.name or new.phone or ""
    payer = Payer(
        id=tx.new_id("pay"),
        merchant_id=merchant.id,
        name=name,
        name_index=name.casefold(),
        language=new.language or merchant.language,
        formality=new.formality or merchant.formality,
        created_at=tx.now,
    )
    tx.session.add(payer)
    tx.session.flush()
    return payer


def add_address(tx: Tx, payer: Payer, channel: str, value: str, source: str) -> Address:
    """Add a way to reach `payer`, or return it when it is known.

    Somebody who opted out stays opted out: at this value, under whatever name they come back, and at a new
    value as well. Who opens it by their own deed, such as Start, has it opened explicitly.
    """
    query = select(Address).where(Address.merchant_id == payer.merchant_id, Address.value_index == value)
    same_value = tx.session.scalars(query).all()
    for known in same_value:
        if known.payer_id == payer.id and known.channel == channel:
            return known
    address = Address(
        id=tx.new_id("adr"),
        merchant_id=payer.merchant_id,
        payer_id=payer.id,
        channel=channel,
        value=value,
        value_index=value,
        position=len(payer.addresses),
        consent_source=source,
        consent_at=tx.now,
        opted_out_at=next((a.opted_out_at for a in (*same_value, *payer.addresses) if a.opted_out_at), None),
    )
    payer.addresses.append(address)
    tx.session.flush()
    return address
