"""Telegram's webhook is believed only with the secret, and read for what a payer meant."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from core.errors import Untrusted
from messages.channels import Inbound, Knock
from messages.channels.telegram import Telegram
from tests.messages.channels.talking import SECRET, settings

SETTINGS = settings()
TELEGRAM = Telegram(SETTINGS)
URL = f"{SETTINGS.public_url}/webhooks/telegram"
ANNA = {"id": 77, "is_bot": False, "first_name": "Anna", "last_name": "de Vries"}
CHAT = {"id": 77, "type": "private", "first_name": "Anna"}


def message(**more: Any) -> dict[str, Any]:
    return {
        "update_id": 5001,
        "message": {"message_id": 12, "date": 1, "chat": CHAT, "from": ANNA, **more},
    }


def knock(update: object, secret: str = SECRET) -> Knock:
    return Knock(URL, {"x-telegram-bot-api-secret-token": secret}, json.dumps(update).encode())


def read(update: dict[str, Any]) -> object:
    (envelope,) = TELEGRAM.verify(knock(update))
    return TELEGRAM.read(envelope.payload)


def test_an_update_is_one_event_however_often_it_comes() -> None:
    events = [TELEGRAM.verify(knock(message(text="hoi")))[0].event_id for _ in range(2)]
    assert events == ["5001", "5001"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-telegram-bot-api-secret-token": ""},
        {"x-telegram-bot-api-secret-token": SECRET[:-1]},
        {"x-telegram-bot-api-secret-token": SECRET + "x"},
        {"x-telegram-bot-api-secret-token": "é" * len(SECRET)},
    ],
)
def test_an_update_without_the_secret_is_refused(headers: dict[str, str]) -> None:
    """Trap 10."""
    with pytest.raises(Untrusted):
        TELEGRAM.verify(Knock(URL, headers, json.dumps(message(text="STOP")).encode()))


def test_nothing_is_believed_while_no_secret_is_set() -> None:
    """Trap 10: an empty secret would match an empty header."""
    off = Telegram(settings(TELEGRAM_BOT_TOKEN="", TELEGRAM_WEBHOOK_SECRET=""))
    with pytest.raises(Untrusted):
        off.verify(Knock(URL, {"x-telegram-bot-api-secret-token": ""}, b'{"update_id": 1}'))


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"5", b"{}", b'{"update_id": "5"}', b'{"update_id": true}', b"\xff", b"[" * 100_000],
)
def test_what_is_not_an_update_is_refused(body: bytes) -> None:
    with pytest.raises(Untrusted):
        TELEGRAM.verify(Knock(URL, {"x-telegram-bot-api-secret-token": SECRET}, body))


def test_a_payers_words_are_brought_with_the_message_they_answer() -> None:
    replied = {"message_id": 9, "date": 1, "chat": CHAT, "text": "Wanneer?"}
    assert read(message(text="vrijdag & <niet> eerder", reply_to_message=replied)) == Inbound(
        "text",
        "77",
        "vrijdag & <niet> eerder",
        "5001",
        reply_to="9",
        sent_at=datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("/start a-b_C9", "a-b_C9"),
        ("/start@seintje_bot a-b_C9", "a-b_C9"),
        ("/start   a-b_C9  ", "a-b_C9"),
        ("/start", ""),
    ],
)
def test_a_deep_link_brings_its_token(text: str, token: str) -> None:
    inbound = read(message(text=text))
    assert isinstance(inbound, Inbound)
    assert (inbound.kind, inbound.start_token) == ("start", token)


@pytest.mark.parametrize("text", ["/started abc", "ik /start abc", "/start abc def"])
def test_other_words_are_no_start(text: str) -> None:
    inbound = read(message(text=text))
    assert isinstance(inbound, Inbound)
    assert (inbound.kind, inbound.start_token) == ("text", "")


def test_a_tapped_button_says_its_answer_and_can_be_acknowledged() -> None:
    tapped = {
        "update_id": 5002,
        "callback_query": {
            "id": "999",
            "from": ANNA,
            "chat_instance": "1",
            "data": "ik betaal vrijdag",
            "message": {"message_id": 9, "date": 1, "chat": CHAT, "text": "Wanneer?"},
        },
    }
    assert read(tapped) == Inbound(
        "button",
        "77",
        "ik betaal vrijdag",
        "5002",
        reply_to="9",
        answer_id="999",
    )


def membership(status: str, chat: dict[str, Any] = CHAT) -> dict[str, Any]:
    bot = {"id": 1, "is_bot": True, "first_name": "Seintje"}
    member: dict[str, Any] = {"user": bot, "status": status}
    if status == "kicked":
        member["until_date"] = 0
    before = {"user": bot, "status": "member"}
    change = {"chat": chat, "from": ANNA, "date": 1, "old_chat_member": before, "new_chat_member": member}
    return {"update_id": 5003, "my_chat_member": change}


@pytest.mark.parametrize(("status", "kind"), [("kicked", "blocked"), ("member", "unblocked")])
def test_blocking_and_unblocking_are_heard(status: str, kind: str) -> None:
    assert read(membership(status)) == Inbound(kind, "77", "", "5003")


@pytest.mark.parametrize(
    "content",
    [
        {"photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]},
        {"voice": {"file_id": "a", "file_unique_id": "b", "duration": 1}},
        {
            "sticker": {
                "file_id": "a",
                "file_unique_id": "b",
                "type": "regular",
                "width": 1,
                "height": 1,
                "is_animated": False,
                "is_video": False,
            }
        },
    ],
)
def test_a_picture_a_voice_or_a_sticker_is_a_message_without_words(content: dict[str, Any]) -> None:
    inbound = read(message(**content))
    assert isinstance(inbound, Inbound)
    assert (inbound.kind, inbound.text) == ("text", "")


def test_the_words_under_a_picture_count() -> None:
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
    inbound = read(message(photo=photo, caption="dit is het bewijs"))
    assert isinstance(inbound, Inbound)
    assert inbound.text == "dit is het bewijs"


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 1, "edited_message": message(text="toch niet")["message"]},
        {"update_id": 1, "poll_answer": {"poll_id": "1", "option_ids": [], "option_persistent_ids": []}},
        {"update_id": 1},
        message(text="hallo allemaal", chat={"id": -5, "type": "group", "title": "Familie"}),
        message(pinned_message={"message_id": 9, "date": 1, "chat": CHAT, "text": "x"}),
        membership("kicked", {"id": -5, "type": "group", "title": "Familie"}),
        membership("something-new"),
    ],
    ids=["edited", "poll", "empty", "group", "service", "group-membership", "unknown-status"],
)
def test_what_no_payer_said_to_us_is_passed_over(update: dict[str, Any]) -> None:
    assert read(update) is None


@pytest.mark.parametrize(
    "payload",
    ["", "{", "[]", "{}", "5", '{"update_id": 1, "message": 5}', '{"update_id": 1, "message": {"date": 1}}'],
)
def test_a_broken_payload_is_an_error_and_no_message(payload: str) -> None:
    with pytest.raises(ValueError):
        TELEGRAM.read(payload)
