"""Twilio's webhooks: checks that they are Twilio's, and reads what they say. Loads no client."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from twilio.request_validator import (
    SIGNATURE_HEADER,
    SIGNATURE_SETTINGS_HEADER,
    RequestValidator,
    get_signature_algorithm,
)

from core.config import Settings
from core.errors import Untrusted
from messages.channels import Envelope, Failure, Inbound, Knock, Receipt
from messages.channels.twilio_errors import meaning

STATUS_DOOR: Final = "/webhooks/twilio/status/"
WHATSAPP: Final = "whatsapp:"
_MOST_FIELDS: Final = 200
# Twilio's words for where a message stands, in ours. What is not listed tells nothing new.
STATUSES: Final[Mapping[str, str]] = {
    "accepted": "sent",
    "scheduled": "sent",
    "queued": "sent",
    "sending": "sent",
    "sent": "sent",
    "partially_delivered": "sent",
    "delivered": "delivered",
    "read": "read",
    "undelivered": "failed",
    "failed": "failed",
    "canceled": "failed",
}


class _Form(dict[str, list[str]]):
    """A form's fields; the validator asks `getlist` for those that come several times."""

    def getlist(self, name: str) -> list[str]:
        return self[name]


def verify(settings: Settings, knock: Knock) -> Sequence[Envelope]:
    """Return what a knock at either of Twilio's doors brought. Raises Untrusted."""
    form = _read_form(knock.body)
    if not _signed(settings.twilio_auth_token, knock, form):
        raise Untrusted("the signature is missing or wrong")
    fields = {name: values[0] for name, values in form.items()}
    if fields.get("AccountSid") != settings.twilio_account_sid:
        raise Untrusted("another account")
    sid, status = fields.get("MessageSid", ""), fields.get("MessageStatus", "")
    if not sid:
        raise Untrusted("not about a message")
    path = urlsplit(knock.url).path.partition(STATUS_DOOR)[2]
    payload = json.dumps({"form": fields, "path": path}, ensure_ascii=False)
    return [Envelope(f"{sid}:{status}" if status else sid, payload)]


def _read_form(body: bytes) -> _Form:
    try:
        # Empty fields are part of what is signed.
        return _Form(
            parse_qs(
                body.decode("ascii"), keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict"
            )
        )
    except ValueError as error:
        raise Untrusted("not a form") from error


def _signed(token: str, knock: Knock, form: _Form) -> bool:
    signature = knock.headers.get(SIGNATURE_HEADER.lower(), "")
    if not token or not signature:
        return False
    algorithm = get_signature_algorithm(knock.headers.get(SIGNATURE_SETTINGS_HEADER.lower(), ""))
    return bool(RequestValidator(token).validate(knock.url, form, signature, algorithm=algorithm))


def read(payload: str, *, prefix: str) -> Inbound | Receipt | None:
    """Make sense of a kept payload; None when it is for another channel than the one with `prefix`.

    Raises ValueError when it is none of ours.
    """
    form, path = _unpack(payload)
    receipt = "MessageStatus" in form
    payer = form.get("To" if receipt else "From", "")
    if not _ours(payer, prefix):
        return None
    return _receipt(form, path) if receipt else _inbound(form, payer.removeprefix(prefix))


def _unpack(payload: str) -> tuple[dict[str, str], str]:
    kept: Any = json.loads(payload)
    form = kept.get("form") if isinstance(kept, dict) else None
    if not isinstance(form, dict) or "MessageSid" not in form:
        raise ValueError("this payload is not Twilio's")
    return form, str(kept.get("path", ""))


def _ours(payer: str, prefix: str) -> bool:
    """Other channels of Twilio's have a prefix of their own (`messenger:`, `rcs:`); SMS has none."""
    return payer.startswith(prefix) and ":" not in payer.removeprefix(prefix)


def _receipt(form: Mapping[str, str], path: str) -> Receipt | None:
    status = STATUSES.get(form["MessageStatus"])
    if status is None:
        return None
    outgoing_id = path.partition("/")[0].partition(".")[0]
    return receipt(form["MessageSid"], status, form.get("ErrorCode", ""), outgoing_id)


def receipt(sid: str, status: str, code: str, outgoing_id: str) -> Receipt:
    """Return what Twilio tells about a message of ours; `code` is its error code, if any."""
    if status != "failed":
        return Receipt(sid, status, outgoing_id)
    # An error that came after the message was taken is about the delivery; what is not in the table
    # says nothing against another channel.
    says = meaning(int(code) if code.isdigit() else 0)
    failure = Failure.OTHER_CHANNEL if says.failure is Failure.UNKNOWN else says.failure
    return Receipt(sid, status, outgoing_id, failure, code or "no code", says.unusable)


def _inbound(form: Mapping[str, str], sender: str) -> Inbound:
    pressed = form.get("ButtonPayload") or form.get("ListId") or form.get("ButtonText") or ""
    return Inbound(
        kind="button" if pressed else "text",
        sender=sender,
        text=pressed or _words(form),
        event_id=form["MessageSid"],
        reply_to=form.get("OriginalRepliedMessageSid", ""),
    )


def _words(form: Mapping[str, str]) -> str:
    """What was said. Twilio knows opt-out words that a merchant set up there, and obeys them at once."""
    return "STOP" if form.get("OptOutType") == "STOP" else form.get("Body", "")
