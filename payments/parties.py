"""The people: merchants, their payers, and the addresses at which a payer wants to be reached."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any, Final

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from core.calendar import DecentHours
from core.crypto import BlindIndex, Encrypted
from core.db import Base, Tx, UtcDateTime
from core.grams import BlindGrams
from payments.policy import Policy

# Why nothing goes to an address where somebody said that they are not the payer.
WRONG_PERSON: Final = "wrong_person"
# Dutch numbers are looked for as they are dialled here as well.
_DUTCH: Final = "+31"


class Merchant(Base):
    """The creditor; the tenant. Every row belongs to one."""

    __tablename__ = "merchant"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    color: Mapped[str] = mapped_column(String(7), default="#0b6e4f")
    phone: Mapped[str] = mapped_column(String(30), default="")
    website: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(2), default="nl")
    formality: Mapped[str] = mapped_column(String(2), default="u")
    opens: Mapped[str] = mapped_column(String(5), default="07:00")
    closes: Mapped[str] = mapped_column(String(5), default="20:00")
    rules: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())

    @property
    def policy(self) -> Policy:
        return Policy.of(self.rules)

    @property
    def hours(self) -> DecentHours:
        return DecentHours(time.fromisoformat(self.opens), time.fromisoformat(self.closes))

    def next_turn(self, instant: datetime) -> datetime:
        """Return `instant` when it is decent to ask then, else the merchant's hour on the next decent day."""
        return self.hours.next(instant, self.policy.ask_time)


class Payer(Base):
    """The person who owes, within one merchant.

    `channel` is the one that they chose themselves, `pay_day` the day of the month on which money comes in.
    """

    __tablename__ = "payer"
    __table_args__ = (UniqueConstraint("merchant_id", "id"), Index(None, "merchant_id", "name_index"))

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    merchant_id: Mapped[str] = mapped_column(ForeignKey("merchant.id"))
    name: Mapped[str] = mapped_column(Encrypted("payer.name"))
    name_index: Mapped[str] = mapped_column(BlindIndex("payer.name"))
    language: Mapped[str] = mapped_column(String(2))
    formality: Mapped[str] = mapped_column(String(2))
    channel: Mapped[str | None] = mapped_column(String(12))
    pay_day: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    grams: Mapped[str] = mapped_column(BlindGrams("payer.name"), server_default="")

    merchant: Mapped[Merchant] = relationship()
    addresses: Mapped[list[Address]] = relationship(
        order_by="Address.position", back_populates="payer", overlaps="payer"
    )

    @validates("name")
    def _can_be_found(self, _key: str, name: str) -> str:
        self.grams = name
        return name

    @property
    def is_closed(self) -> bool:
        """Whether somebody at a number of the payer said that they are not the payer."""
        return any(address.is_a_strangers for address in self.addresses)


class Address(Base):
    """One way to reach a payer: a channel and a value, with consent, opt-out and the last time heard.

    `value` is a phone number in E.164 for WhatsApp and SMS and a chat id for Telegram.
    """

    __tablename__ = "address"
    __table_args__ = (
        ForeignKeyConstraint(["merchant_id", "payer_id"], ["payer.merchant_id", "payer.id"]),
        UniqueConstraint("payer_id", "channel", "value_index"),
        Index(None, "channel", "value_index"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    merchant_id: Mapped[str] = mapped_column(String(40))
    payer_id: Mapped[str] = mapped_column(String(40))
    channel: Mapped[str] = mapped_column(String(12))
    value: Mapped[str] = mapped_column(Encrypted("address.value"))
    value_index: Mapped[str] = mapped_column(BlindIndex("address.value"))
    position: Mapped[int] = mapped_column(default=0)
    consent_source: Mapped[str] = mapped_column(String(40))
    consent_at: Mapped[datetime] = mapped_column(UtcDateTime())
    opted_out_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    unusable_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    unusable_why: Mapped[str | None] = mapped_column(String(80))
    last_inbound_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    grams: Mapped[str] = mapped_column(BlindGrams("address.value"), server_default="")

    payer: Mapped[Payer] = relationship(back_populates="addresses", overlaps="addresses")

    @validates("value")
    def _can_be_found(self, _key: str, value: str) -> str:
        self.grams = f"{value} 0{value[len(_DUTCH) :]}" if value.startswith(_DUTCH) else value
        return value

    @property
    def is_a_strangers(self) -> bool:
        """Whether somebody there said that they are not the payer."""
        return self.unusable_why == WRONG_PERSON

    @property
    def usable(self) -> bool:
        return self.opted_out_at is None and self.unusable_at is None


def at_address(tx: Tx, channel: str, value: str) -> list[Address]:
    """Return every address, of any merchant, with this channel and plain value."""
    query = tx.session.query(Address).filter(Address.channel == channel, Address.value_index == value)
    return query.order_by(Address.id).all()


def opt_out(tx: Tx, payer: Payer) -> bool:
    """Stop every message to `payer`, and to whoever shares an address with them at this merchant.

    Who shares an address may well be the same person under another name, so all of theirs stop too. A stop
    that stands keeps its moment, except where "wrong person" closed a number: said after that, it is a stop
    of its own, which has to outlast the closing. Returns whether anything was still open to messages.
    """
    theirs = _sharing(tx, payer)
    was_open = any(address.opted_out_at is None for address in theirs)
    for address in theirs:
        if address.opted_out_at is None or address.payer.is_closed:
            address.opted_out_at = tx.now
    return was_open


def _sharing(tx: Tx, payer: Payer) -> list[Address]:
    """Every address of everybody who shares a value with `payer` at this merchant."""
    values = [address.value for address in payer.addresses]
    sharing = select(Address.payer_id).where(
        Address.merchant_id == payer.merchant_id, Address.value_index.in_(values)
    )
    return tx.session.query(Address).filter(Address.payer_id.in_(sharing)).all()


def block(tx: Tx, payer: Payer) -> list[str]:
    """Stop as `opt_out` does, for a stranger at the payer's addresses: no word from there opens them again.

    What it stops and what it closes bear the same moment, by which `reopen` tells it from a stop of the
    payer's own. Returns the ids of all payers with such an address.
    """
    for address in _sharing(tx, payer):
        address.opted_out_at = address.opted_out_at or tx.now
    values = {address.value for address in payer.addresses}
    sharing = tx.session.query(Address).filter(
        Address.merchant_id == payer.merchant_id, Address.value_index.in_(values)
    )
    strangers = sharing.all()
    for address in strangers:
        if not address.is_a_strangers:
            address.unusable_at, address.unusable_why = tx.now, WRONG_PERSON
    return sorted({address.payer_id for address in strangers})


def reopen(tx: Tx, payer: Payer, source: str) -> bool:
    """Undo what `block` did to the payer's own addresses; return whether any of them can be written to now.

    Whoever stopped before or after it stays stopped. `source` is how we know that a number is theirs; a chat
    keeps the consent that it has, since only the payer could open it.
    """
    closings = {address.unusable_at for address in payer.addresses if address.is_a_strangers}
    for address in payer.addresses:
        if address.opted_out_at in closings:
            address.opted_out_at = None
        if address.is_a_strangers:
            address.unusable_at = address.unusable_why = None
            if address.usable and address.channel != "telegram":
                address.consent_at, address.consent_source = tx.now, source
    return any(address.usable for address in payer.addresses)


def opt_in(tx: Tx, payer: Payer, source: str) -> list[str]:
    """Undo an opt-out at the payer's own word; return the ids of all payers who can be reached again.

    A stop counted for whoever shares a value with the payer, and so does the way back: a shared number
    opens for everybody. What only others have stays closed, since nobody with it said a word. So does what
    is a stranger's: only a person can tell that it is the payer's after all.
    """
    values = {address.value for address in payer.addresses}
    sharing = tx.session.query(Address).filter(
        Address.merchant_id == payer.merchant_id, Address.value_index.in_(values)
    )
    ours = [address for address in sharing if not address.is_a_strangers]
    opened = [address for address in ours if address.opted_out_at or address.payer_id == payer.id]
    for address in opened:
        address.opted_out_at = None
        address.consent_at = tx.now
        address.consent_source = source
    return sorted({address.payer_id for address in opened})
