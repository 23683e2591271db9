"""What a bot can rely on: messages, photos, edits and buttons, through python-telegram-bot itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter

from core.clock import ManualClock
from sandbox.people import Person
from sandbox.server import Running
from tests.sandbox.telegram.conftest import Telling

PAY = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("Betaal", url="http://127.0.0.1:8000/p/abc")],
        [InlineKeyboardButton("Vrijdag", callback_data="friday")],
    ]
)


def test_the_bot_knows_itself(telling: Telling) -> None:
    me = telling(lambda bot: bot.get_me())
    assert (me.id, me.is_bot, me.username) == (123456789, True, "seintje_bot")


def test_a_wrong_token_is_refused(sandbox: Running) -> None:
    with pytest.raises(InvalidToken):
        Telling(sandbox, "123456789:verkeerd")(lambda bot: bot.get_me())


def test_a_message_arrives_with_its_marks_and_buttons(telling: Telling, anna: Person) -> None:
    message = telling(
        lambda bot: bot.send_message(
            77,
            "Hoi <b>Anna &lt;3</b> 🙏 <a href='http://127.0.0.1/p/abc'>betaal</a>",
            parse_mode="HTML",
            reply_markup=PAY,
        )
    )
    assert message.text == "Hoi Anna <3 🙏 betaal"
    assert [(e.type, message.parse_entity(e)) for e in message.entities] == [
        ("bold", "Anna <3"),
        ("text_link", "betaal"),
    ]
    assert message.reply_markup == PAY
    assert message.chat.id == 77
    assert message.date.isoformat() == "2026-11-23T09:00:00+00:00"


def test_the_bot_cannot_write_first(telling: Telling, sandbox: Running) -> None:
    sandbox.world.people.register(Person("Bo", telegram_id=78))
    with pytest.raises(BadRequest, match="Chat not found"):
        telling(lambda bot: bot.send_message(78, "Hoi"))


def test_the_bot_cannot_write_to_someone_who_blocked_it(
    telling: Telling, sandbox: Running, anna: Person
) -> None:
    sandbox.world.telegram.block(77)
    with pytest.raises(Forbidden, match="blocked by the user"):
        telling(lambda bot: bot.send_message(77, "Hoi"))
    sandbox.world.telegram.unblock(77)
    assert telling(lambda bot: bot.send_message(77, "Hoi")).text == "Hoi"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (" ", "Message text is empty"),
        ("a" * 4097, "Message is too long"),
        ("1 < 2", "can't parse entities: unsupported start tag"),
        ("<b>Hoi", "can't find end tag corresponding to start tag"),
        ("Hoi</b>", "unexpected end tag"),
        ("<b><i>Hoi</b></i>", "unmatched end tag"),
        ("<script>x</script>", "unsupported start tag"),
    ],
)
def test_a_text_that_telegram_would_refuse_is_refused(
    telling: Telling, anna: Person, text: str, complaint: str
) -> None:
    with pytest.raises(BadRequest) as caught:
        telling(lambda bot: bot.send_message(77, text, parse_mode="HTML"))
    assert complaint.lower() in caught.value.message.lower()


def test_4096_letters_still_fit(telling: Telling, anna: Person) -> None:
    assert len(telling(lambda bot: bot.send_message(77, "a" * 4096)).text or "") == 4096


def test_a_button_carries_at_most_64_bytes(telling: Telling, anna: Person) -> None:
    def send(data: str) -> Any:
        markup = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data=data)]])
        return telling(lambda bot: bot.send_message(77, "Kies", reply_markup=markup))

    assert send("é" * 32)
    with pytest.raises(BadRequest, match=r"(?i)button_data_invalid"):
        send("é" * 33)


def test_a_photo_is_uploaded_once_and_sent_again_by_its_id(
    telling: Telling, anna: Person, qr_png: bytes, sandbox: Running
) -> None:
    async def story(bot: Bot) -> tuple[Any, Any, bytes]:
        first = await bot.send_photo(77, qr_png, caption="Scan <i>mij</i>", parse_mode="HTML")
        again = await bot.send_photo(77, first.photo[-1].file_id)
        file = await bot.get_file(again.photo[-1].file_id)
        return first, again, bytes(await file.download_as_bytearray())

    first, again, content = telling(story)
    assert first.caption == "Scan mij"
    assert first.photo[-1].file_id == again.photo[-1].file_id
    assert first.photo[0].width < first.photo[-1].width
    assert content == qr_png
    picture = sandbox.world.telegram.picture(first.photo[-1].file_id)
    assert picture is not None
    assert sandbox.world.media.scan(picture.media.id) == "http://127.0.0.1:8000/p/abc123"


def test_what_is_no_picture_is_refused(telling: Telling, anna: Person) -> None:
    with pytest.raises(BadRequest, match=r"(?i)image_process_failed"):
        telling(lambda bot: bot.send_photo(77, b"geen plaatje"))
    with pytest.raises(BadRequest, match=r"(?i)wrong file identifier"):
        telling(lambda bot: bot.send_photo(77, "AgACAgQnergens"))


def test_a_message_can_be_changed_but_not_into_itself(telling: Telling, anna: Person) -> None:
    async def story(bot: Bot) -> Any:
        sent = await bot.send_message(77, "€ 42,50", reply_markup=PAY)
        changed = await bot.edit_message_text("Betaald", 77, sent.message_id)
        with pytest.raises(BadRequest, match=r"(?i)message is not modified"):
            await bot.edit_message_text("Betaald", 77, sent.message_id)
        with pytest.raises(BadRequest, match=r"(?i)message to edit not found"):
            await bot.edit_message_text("Betaald", 77, 999)
        with pytest.raises(BadRequest, match=r"(?i)no caption in the message"):
            await bot.edit_message_caption(77, sent.message_id, caption="x")
        return changed

    changed = telling(story)
    assert (changed.text, changed.reply_markup) == ("Betaald", None)
    assert changed.edit_date is not None


def test_buttons_and_captions_can_be_changed(telling: Telling, anna: Person, qr_png: bytes) -> None:
    async def story(bot: Bot) -> tuple[Any, Any]:
        sent = await bot.send_photo(77, qr_png, caption="Scan mij", reply_markup=PAY)
        bare = await bot.edit_message_reply_markup(77, sent.message_id)
        words = await bot.edit_message_caption(77, sent.message_id, caption="Betaald")
        with pytest.raises(BadRequest, match=r"(?i)no text in the message"):
            await bot.edit_message_text("x", 77, sent.message_id)
        return bare, words

    bare, words = telling(story)
    assert bare.reply_markup is None
    assert words.caption == "Betaald"


def test_a_tap_is_answered_in_time_or_not_at_all(
    telling: Telling, sandbox: Running, anna: Person, clock: ManualClock
) -> None:
    sent = telling(lambda bot: bot.send_message(77, "Wanneer?", reply_markup=PAY))
    query = sandbox.world.telegram.press(77, sent.message_id, "friday")
    assert telling(lambda bot: bot.answer_callback_query(query, "Genoteerd"))
    clock.advance(timedelta(seconds=151))
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        telling(lambda bot: bot.answer_callback_query(query))


def test_too_many_messages_to_one_chat_are_put_off_when_strict(
    telling: Telling, sandbox: Running, anna: Person, clock: ManualClock
) -> None:
    object.__setattr__(sandbox.world.settings, "telegram_strict", True)
    telling(lambda bot: bot.send_message(77, "een"))
    with pytest.raises(RetryAfter) as caught:
        telling(lambda bot: bot.send_message(77, "twee"))
    assert caught.value.retry_after == timedelta(seconds=1)
    clock.advance(timedelta(seconds=1))
    assert telling(lambda bot: bot.send_message(77, "twee")).text == "twee"


def test_commands_actions_and_an_answer_to_a_message_are_accepted(
    telling: Telling, sandbox: Running, anna: Person
) -> None:
    async def story(bot: Bot) -> Any:
        assert await bot.set_my_commands([BotCommand("hulp", "Wat kan ik zeggen?")])
        assert await bot.send_chat_action(77, "typing")
        return await bot.send_message(77, "Prima", reply_to_message_id=1)

    assert telling(story).reply_to_message.text == "/start"
    assert sandbox.world.telegram.commands[0]["command"] == "hulp"
