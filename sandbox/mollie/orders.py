"""Reads and checks what a merchant sends to Mollie, as strictly as Mollie does."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from sandbox.mollie.errors import MollieRefusal, invalid
from sandbox.mollie.facts import Amount, Order

_EXACT: Final = re.compile(r"(\d{1,9})\.(\d{2})")
_METHODS: Final = frozenset({"ideal"})
_SEQUENCES: Final = frozenset({"oneoff", "first", "recurring"})
LONGEST_DESCRIPTION: Final = 255
LARGEST_METADATA: Final = 1024
LARGEST_AMOUNT: Final = 5_000_000

Json = Mapping[str, Any]


def read_json(body: bytes) -> Json:
    """Return the JSON object in a body. Raises MollieRefusal (400) when it is something else."""
    try:
        parsed = json.loads(body or b"{}")
    except ValueError as error:
        raise MollieRefusal(400, "The request body is not valid JSON") from error
    if not isinstance(parsed, dict):
        raise MollieRefusal(400, "The request body is not a JSON object")
    return parsed


def read_order(body: Json) -> Order:
    """Read the body of create-payment. Raises MollieRefusal (422) naming the first wrong field."""
    description = body.get("description")
    if not description or not isinstance(description, str):
        raise invalid("The 'description' field is missing", "description")
    sequence = body.get("sequenceType") or "oneoff"
    if sequence not in _SEQUENCES:
        raise invalid("The sequence type is invalid", "sequenceType")
    if not body.get("redirectUrl") and sequence != "recurring":
        raise invalid("The 'redirectUrl' field is missing", "redirectUrl")
    return Order(
        amount=read_amount(body),
        description=description[:LONGEST_DESCRIPTION],
        redirect_url=read_url(body, "redirectUrl"),
        cancel_url=read_url(body, "cancelUrl"),
        webhook_url=read_url(body, "webhookUrl"),
        method=_read_method(body.get("method")),
        metadata=_read_metadata(body.get("metadata")),
        locale=body.get("locale"),
        sequence_type=sequence,
    )


# Mollie lets these be replaced afterwards (update-payment).
_CHANGEABLE: Final = {
    "description": "description",
    "redirectUrl": "redirect_url",
    "cancelUrl": "cancel_url",
    "webhookUrl": "webhook_url",
    "metadata": "metadata",
    "locale": "locale",
}


def read_changes(body: Json) -> dict[str, Any]:
    """Read the body of update-payment as changes to an Order."""
    for name in ("redirectUrl", "cancelUrl", "webhookUrl"):
        read_url(body, name)
    _read_metadata(body.get("metadata"))
    return {ours: body[theirs] for theirs, ours in _CHANGEABLE.items() if theirs in body}


def read_amount(body: Json) -> Amount:
    """Read `amount`: a string with exactly two decimals, in euros, as iDEAL takes nothing else."""
    amount = body.get("amount")
    if not isinstance(amount, dict):
        raise invalid("The 'amount' field is missing", "amount")
    value, currency = amount.get("value"), amount.get("currency")
    match = _EXACT.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise invalid("The amount contains an invalid value", "amount.value")
    if currency != "EUR":
        raise invalid("The amount contains an invalid currency", "amount.currency")
    cents = int(match[1]) * 100 + int(match[2])
    if cents < 1:
        raise invalid("The amount is lower than the minimum", "amount")
    if cents > LARGEST_AMOUNT:
        raise invalid("The amount is higher than the maximum", "amount")
    return Amount(cents, currency)


def read_url(body: Json, name: str) -> str | None:
    """Read an optional address. A webhook on this machine is fine here; Mollie itself cannot reach one."""
    url = body.get(name)
    if url is None or url == "":
        return None
    parts = urlsplit(url) if isinstance(url, str) else urlsplit("")
    if not parts.scheme or not (parts.netloc or parts.path):
        raise invalid(f"The {name} is invalid", name)
    return str(url)


def _read_method(method: object) -> str | None:
    """One method is preset; several, or none, leave the choice to the payer."""
    named = method if isinstance(method, list) else [method] if method else []
    if any(name not in _METHODS for name in named):
        raise invalid("The payment method is invalid", "method")
    return str(named[0]) if len(named) == 1 else None


def _read_metadata(metadata: object) -> object:
    if metadata is not None and len(json.dumps(metadata)) > LARGEST_METADATA:
        raise invalid("The metadata is too large; the limit is 1 kB", "metadata")
    return metadata
