"""What a new payment request needs, checked in one place for the API, the desk and the shell alike."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

import phonenumbers
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Tx, UtcDateTime
from core.errors import Invalid, Problem, Refused
from core.money import Money
from payments.parties import Merchant

CHANNELS = ("whatsapp", "sms", "telegram")
_REGION = "NL"
_MOST_YEARS = (
    10  # further away is a slip of the finger, and near the end of the calendar nothing can be planned
)


# Left out is what gets no SMS: landlines, 0800, 0900, 085, 088. A business may use WhatsApp on such a number,
# but one number is kept for both, and SMS is what a payer is reached by when WhatsApp fails. Some countries
# do not tell a mobile number from a landline, and those are taken.
_GETS_MESSAGES: Final = (
    phonenumbers.PhoneNumberType.MOBILE,
    phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    phonenumbers.PhoneNumberType.PERSONAL_NUMBER,
    phonenumbers.PhoneNumberType.UNKNOWN,
)


class NotMobile(ValueError):
    """The number exists, and cannot get an SMS."""


def phone_number(text: str) -> str:
    """Return a number in E.164. Raises ValueError when it cannot exist, NotMobile when it gets no SMS."""
    try:
        number = phonenumbers.parse(text, _REGION)
    except phonenumbers.NumberParseException:
        raise ValueError("is not a phone number; write it as +31612345678 or 0612345678") from None
    if not phonenumbers.is_valid_number(number):
        raise ValueError("is not a number that exists; check the digits")
    if phonenumbers.number_type(number) not in _GETS_MESSAGES:
        raise NotMobile("is not a mobile number, so that no SMS gets there")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _amount(raw: object) -> Money:
    if isinstance(raw, Money):
        money = raw
    else:
        value, currency = (
            (raw.get("value"), raw.get("currency", "EUR")) if isinstance(raw, dict) else (raw, "EUR")
        )
        if currency != "EUR":
            raise ValueError("must be in EUR, since iDEAL | Wero takes nothing else")
        if not isinstance(value, str):
            raise ValueError('must be text such as "42.50", never a number')  # noqa: TRY004 - pydantic reports only ValueError
        money = Money.exact(value) if isinstance(raw, dict) else Money.parse(value)
    if not 1 <= money.cents <= 50_000_00:
        raise ValueError("must be at least 0.01 and at most 50000.00")
    return money


def _written(raw: object) -> object:
    """A bare number would be taken for seconds since 1970, which nobody means."""
    if isinstance(raw, int | float):
        raise ValueError("must be written out, such as 2026-12-01")  # noqa: TRY004 - pydantic reports only ValueError
    return raw


def _line(text: str) -> str:
    clean = " ".join(text.split())
    if not clean or any(not ch.isprintable() for ch in clean):
        raise ValueError("must be a line of ordinary text")
    return clean


Line = Annotated[str, AfterValidator(_line)]


class NewPayer(BaseModel):
    """The person who owes, as a merchant's system knows them; or `id`, of one we know already."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    id: str | None = None
    name: Annotated[Line, Field(max_length=80)] | None = None
    phone: Annotated[str, AfterValidator(phone_number)] | None = None
    language: Literal["nl", "en"] | None = None
    formality: Literal["u", "je"] | None = None
    channels: list[Literal["whatsapp", "sms", "telegram"]] | None = Field(default=None, min_length=1)


class NewRequest(BaseModel):
    """What is asked for. `send_at` is local time without a zone; absent, it is now."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, arbitrary_types_allowed=True)

    reference: Annotated[Line, Field(max_length=60)]
    description: Annotated[Line, Field(max_length=140)]
    amount: Annotated[Money, BeforeValidator(_amount)]
    due_date: Annotated[date | None, BeforeValidator(_written)] = None
    expires_on: Annotated[date | None, BeforeValidator(_written)] = None
    send_at: Annotated[datetime | None, BeforeValidator(_written)] = None
    payer: NewPayer


_SAY: Mapping[str, str] = {
    "missing": "is missing.",
    "extra_forbidden": "is not a field we know; leave it out.",
    "string_type": "must be text.",
    "string_too_long": "is too long: at most {max_length} characters.",
    "date_from_datetime_parsing": "must be a date such as 2026-12-01.",
    "date_parsing": "must be a date such as 2026-12-01.",
    "date_type": "must be a date such as 2026-12-01.",
    "datetime_parsing": "must be a local time such as 2026-11-25T09:00.",
    "datetime_from_date_parsing": "must be a local time such as 2026-11-25T09:00.",
    "datetime_type": "must be a local time such as 2026-11-25T09:00.",
    "literal_error": "must be one of {expected}.",
    "model_type": "must be an object with fields.",
    "model_attributes_type": "must be an object with fields.",
    "list_type": "must be a list.",
    "too_short": "must name at least one.",
}


def read(raw: object, today: date) -> NewRequest:
    """Check `raw`, a mapping as in the API. Raises Invalid with every field that is wrong."""
    try:
        new = NewRequest.model_validate(raw)
    except ValidationError as error:
        raise Invalid(_problem(found) for found in error.errors()) from None
    problems = list(_rules(new, today))
    if problems:
        raise Invalid(problems)
    return new


def _problem(found: Mapping[str, Any]) -> Problem:
    field = ".".join(str(part) for part in found["loc"]) or "body"
    if found["type"] == "value_error":
        return Problem(field, f"{found['ctx']['error']}.")
    say = _SAY.get(found["type"])
    return Problem(field, say.format(**found.get("ctx", {})) if say else f"{found['msg']}.")


def _rules(new: NewRequest, today: date) -> list[Problem]:
    problems = []
    if new.payer.id is None and not new.payer.name:
        problems.append(Problem("payer.name", "is missing."))
    if new.payer.id is None and not new.payer.phone:
        problems.append(Problem("payer.phone", "is missing.", "Without it nobody can be reached."))
    if new.send_at is not None and new.send_at.tzinfo is not None:
        problems.append(
            Problem("send_at", "must be local time, without a zone.", "Such as 2026-11-25T09:00.")
        )
    elif new.send_at is not None and new.send_at.date() < today:
        problems.append(Problem("send_at", "lies in the past.", "Leave it out to send now."))
    if new.expires_on is not None and new.expires_on <= today:
        problems.append(Problem("expires_on", "lies in the past.", "Leave it out, or name a later day."))
    days = {"due_date": new.due_date, "send_at": new.send_at, "expires_on": new.expires_on}
    problems += [
        Problem(field, "is more than ten years away.", "Check the year.")
        for field, day in days.items()
        if day is not None and abs(day.year - today.year) > _MOST_YEARS
    ]
    return problems


class Accepted(Base):
    """A create call that was honoured, by its idempotency key, so that repeating it changes nothing."""

    __tablename__ = "accepted"

    merchant_id: Mapped[str] = mapped_column(ForeignKey("merchant.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    request_id: Mapped[str] = mapped_column(ForeignKey("payment_request.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime())


def fingerprint(raw: object) -> str:
    """Return a digest that is equal for equal input."""
    return hashlib.sha256(json.dumps(raw, sort_keys=True, default=str).encode()).hexdigest()


def accepted(tx: Tx, merchant_id: str, key: str, raw: object) -> str | None:
    """Return the request that this key made before, or None.

    Raises Refused when the key was used for something else. From here on the merchant's other calls wait
    until this transaction is over, so that the same call twice at once makes one request of one payer.
    """
    merchant = select(Merchant.id).where(Merchant.id == merchant_id)
    tx.session.execute(merchant.with_for_update(key_share=True))
    before = tx.session.get(Accepted, (merchant_id, key))
    if before is None:
        return None
    if before.fingerprint != fingerprint(raw):
        raise Refused("this Idempotency-Key was used before, with other content; use a new key")
    return before.request_id


def accept(tx: Tx, merchant_id: str, key: str, raw: object, request_id: str) -> None:
    """Remember that `key` made `request_id`."""
    made = Accepted(merchant_id=merchant_id, key=key, request_id=request_id, at=tx.now)
    made.fingerprint = fingerprint(raw)
    tx.session.add(made)
    tx.session.flush()
