"""Telegram's webhook: checks that it is Telegram's, and reads what it says. Loads the client only to read."""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from core.config import Settings
from core.errors import Untrusted
from messages.channels import Envelope, Inbound, Knock

if TYPE_CHECKING:
    from telegram import ChatMemberUpdated, Message, Update

WEBHOOK: Final = "/webhooks/telegram"
SECRET_HEADER: Final = "x-telegram-bot-api-secret-token"  # noqa: S105 - the name of it
# What we ask for; the rest would only be thrown away.
UPDATES: Final = ("message", "callback_query", "my_chat_member")
_START: Final = re.compile(r"/start(?:@\w+)?(?:\s+(\S+))?\s*")
_MEMBERSHIP: Final = {"kicked": "blocked", "left": "blocked", "member": "unblocked"}


def verify(settings: Settings, knock: Knock) -> Sequence[Envelope]:
    """Return the update that a knock brought. Raises Untrusted."""
    secret, given = settings.telegram_webhook_secret, knock.headers.get(SECRET_HEADER, "")
    if not secret or not hmac.compare_digest(given.encode(), secret.encode()):
        raise Untrusted("the secret token is missing or wrong")
    try:
        payload = knock.body.decode()
        update = json.loads(payload)
    except (ValueError, RecursionError) as error:
        raise Untrusted("not JSON") from error
    number = update.get("update_id") if isinstance(update, dict) else None
    if not isinstance(number, int) or isinstance(number, bool):
        raise Untrusted("not an update")
    return [Envelope(str(number), payload)]


def read(payload: str) -> Inbound | None:
    """Make sense of a kept update; None when it is not from a payer. Raises ValueError when broken."""
    from telegram import Update

    update = json.loads(payload)
    try:
        return _understand(Update.de_json(update, None))
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"not an update: {error}") from error


def _understand(update: Update) -> Inbound | None:
    event_id = str(update.update_id)
    if update.my_chat_member:
        return _membership(update.my_chat_member, event_id)
    if update.callback_query:
        query = update.callback_query
        message = query.message
        # Private chats have their person's id; a button of a very old message comes without the message.
        if message is not None and message.chat.type != "private":
            return None
        return Inbound(
            kind="button",
            sender=str(query.from_user.id),
            text=query.data or "",
            event_id=event_id,
            reply_to=str(message.message_id) if message else "",
            answer_id=query.id,
        )
    return _message(update.message, event_id) if update.message else None


def _membership(change: ChatMemberUpdated, event_id: str) -> Inbound | None:
    kind = _MEMBERSHIP.get(change.new_chat_member.status)
    if kind is None or change.chat.type != "private":
        return None
    return Inbound(kind, str(change.chat.id), "", event_id)


def _message(message: Message, event_id: str) -> Inbound | None:
    """Pictures, stickers and voices count as a message without words, so that they get an answer too."""
    text = message.text or message.caption or ""
    if message.chat.type != "private" or not (text or message.effective_attachment):
        return None
    start = _START.fullmatch(text)
    replied = message.reply_to_message
    return Inbound(
        kind="start" if start else "text",
        sender=str(message.chat.id),
        text=text,
        event_id=event_id,
        reply_to=str(replied.message_id) if replied else "",
        start_token=(start[1] or "") if start else "",
        sent_at=message.date,
    )
