"""What a webhook can rely on from Telegram: the secret, the order, and another try until it is accepted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest

from core.clock import ManualClock
from sandbox.faults import Fault
from sandbox.people import Person
from sandbox.server import Running
from tests.sandbox.ears import Ear
from tests.sandbox.telegram.conftest import Telling


def updates(ear: Ear) -> list[Update]:
    """What was heard, read by the official library."""
    return [Update.de_json(heard.json, None) for heard in ear.heard]


def test_start_carries_the_payload_of_the_deep_link(sandbox: Running, ear: Ear) -> None:
    anna = sandbox.world.people.register(Person("Anna de Vries", telegram_id=77))
    sandbox.world.telegram.start(anna, "abc_123")
    (heard,) = ear.wait_for(1)
    (update,) = updates(ear)
    assert heard.path == "/webhooks/telegram"
    assert heard.headers["X-Telegram-Bot-Api-Secret-Token"] == "kerfstok"
    assert update.message is not None
    assert update.message.text == "/start abc_123"
    assert update.message.entities[0].type == "bot_command"
    assert update.message.from_user is not None
    assert update.message.from_user.full_name == "Anna de Vries"
    assert update.message.chat.type == "private"


def test_updates_of_one_chat_come_in_order_with_growing_numbers(
    sandbox: Running, anna: Person, ear: Ear
) -> None:
    for number in range(5):
        sandbox.world.telegram.say(77, f"bericht {number}")
    ear.wait_for(6)
    heard = updates(ear)
    assert [u.message.text for u in heard[1:] if u.message] == [f"bericht {n}" for n in range(5)]
    numbers = [u.update_id for u in heard]
    assert numbers == list(range(numbers[0], numbers[0] + 6))


def test_a_refused_update_holds_up_the_next_one_of_the_same_chat(
    sandbox: Running, anna: Person, ear: Ear, clock: ManualClock
) -> None:
    ear.answers.extend([500, 500])
    sandbox.world.telegram.say(77, "eerst")
    sandbox.world.telegram.say(77, "dan")
    ear.wait_for(3)
    sandbox.world.postman.wait_until_idle()
    assert len(ear.heard) == 3
    clock.advance(timedelta(seconds=2))
    ear.wait_for(5)
    texts = [u.message.text for u in updates(ear) if u.message]
    assert texts == ["/start", "eerst", "eerst", "eerst", "dan"]


def test_retry_after_is_honoured(sandbox: Running, anna: Person, ear: Ear, clock: ManualClock) -> None:
    ear.answers.append((503, {"Retry-After": "30"}))
    sandbox.world.telegram.say(77, "hallo")
    ear.wait_for(2)
    sandbox.world.postman.wait_until_idle()
    clock.advance(timedelta(seconds=29))
    sandbox.world.postman.wait_until_idle()
    assert len(ear.heard) == 2
    clock.advance(timedelta(seconds=1))
    ear.wait_for(3)


def test_a_tap_that_nobody_took_is_dropped_after_two_and_a_half_minutes(
    telling: Telling, sandbox: Running, anna: Person, ear: Ear, clock: ManualClock
) -> None:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Vrijdag", callback_data="friday")]])
    sent = telling(lambda bot: bot.send_message(77, "Wanneer?", reply_markup=markup))
    ear.answers.extend([500] * 20)
    sandbox.world.telegram.press(77, sent.message_id, "friday")
    for _ in range(12):
        sandbox.world.postman.wait_until_idle()
        clock.advance(timedelta(seconds=60))
    sandbox.world.postman.wait_until_idle()
    assert sandbox.world.telegram.updates.pending == 0
    ear.answers.clear()
    before = len(ear.heard)
    sandbox.world.telegram.press(77, sent.message_id, "friday")
    query = updates_after(ear, before + 1)[-1].callback_query
    assert query is not None
    assert query.data == "friday"
    assert query.message is not None
    assert query.message.message_id == sent.message_id


def updates_after(ear: Ear, count: int) -> list[Update]:
    ear.wait_for(count)
    return updates(ear)


def test_a_button_that_is_not_there_cannot_be_tapped(sandbox: Running, anna: Person) -> None:
    with pytest.raises(Exception, match="button not found"):
        sandbox.world.telegram.press(77, 1, "friday")


def test_blocking_and_unblocking_are_told(sandbox: Running, anna: Person, ear: Ear) -> None:
    sandbox.world.telegram.block(77)
    sandbox.world.telegram.unblock(77)
    members = [u.my_chat_member for u in updates_after(ear, 3) if u.my_chat_member]
    assert [m.new_chat_member.status for m in members] == ["kicked", "member"]


def test_updates_wait_while_there_is_no_webhook(
    telling: Telling, sandbox: Running, anna: Person, ear: Ear
) -> None:
    ear.heard.clear()

    async def story(bot: Bot) -> tuple[int, str]:
        await bot.delete_webhook()
        sandbox.world.telegram.say(77, "is daar iemand?")
        waiting = (await bot.get_webhook_info()).pending_update_count
        await bot.set_webhook(f"{ear.url}/webhooks/anders", secret_token="nieuw", allowed_updates=["message"])
        return waiting, (await bot.get_webhook_info()).url

    assert telling(story) == (1, f"{ear.url}/webhooks/anders")
    (heard,) = ear.wait_for(1)
    assert heard.path == "/webhooks/anders"
    assert heard.headers["X-Telegram-Bot-Api-Secret-Token"] == "nieuw"
    sandbox.world.telegram.block(77)
    sandbox.world.postman.wait_until_idle()
    assert len(ear.heard) == 1


def test_a_webhook_elsewhere_must_be_https(telling: Telling) -> None:
    with pytest.raises(BadRequest, match=r"(?i)https"):
        telling(lambda bot: bot.set_webhook("http://seintje.example/webhooks/telegram"))


def test_a_duplicated_update_does_not_repeat_or_skip_the_next_one(
    sandbox: Running, anna: Person, ear: Ear
) -> None:
    ear.heard.clear()
    sandbox.world.plan.add([Fault("telegram", "duplicate", "update", times=3)])
    for number in range(4):
        sandbox.world.telegram.say(77, f"bericht {number}")
    sandbox.world.postman.wait_until_idle()
    texts = [u.message.text for u in updates_after(ear, 7) if u.message]
    assert [texts.count(f"bericht {n}") for n in range(4)] == [2, 2, 2, 1]
    assert list(dict.fromkeys(texts)) == [f"bericht {n}" for n in range(4)]


def test_an_update_under_way_follows_the_webhook_when_it_moves(
    telling: Telling, sandbox: Running, anna: Person, ear: Ear, clock: ManualClock
) -> None:
    ear.heard.clear()
    ear.answers.extend([500, 500])
    sandbox.world.telegram.say(77, "hallo")
    ear.wait_for(2)
    sandbox.world.postman.wait_until_idle()
    telling(lambda bot: bot.set_webhook(f"{ear.url}/webhooks/anders"))
    ear.wait_for(3)
    clock.advance(timedelta(minutes=5))
    sandbox.world.postman.wait_until_idle()
    assert [heard.path for heard in ear.heard] == ["/webhooks/telegram"] * 2 + ["/webhooks/anders"]


def test_a_deleted_message_is_gone_and_its_number_is_not_used_again(
    telling: Telling, sandbox: Running, anna: Person
) -> None:
    async def story(bot: Bot) -> tuple[int, int]:
        first = await bot.send_message(77, "weg")
        await bot.delete_message(77, first.message_id)
        return first.message_id, (await bot.send_message(77, "nieuw")).message_id

    first, second = telling(story)
    assert second == first + 1
    assert first not in sandbox.world.telegram.chat(77).notes
