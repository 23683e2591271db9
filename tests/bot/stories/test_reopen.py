"""After "wrong person" only the shop's owner opens a number again, and no more than was closed by it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.decide import Act, Decision
from bot.stories.carry_out import carry_out
from bot.stories.pay_page import look
from bot.stories.reopen import reopen
from core.db import Tx
from core.errors import Invalid, Missing, Refused
from payments.links import PayLink
from payments.parties import opt_out
from payments.requests import locked
from tests.bot.stories.watching import CHAT, addresses, asked, chat, outgoing, phone
from tests.house import House


@pytest.fixture
def house(small_house: House) -> House:
    return small_house


def opens(house: House, request_id: str, why: str = "told_us") -> None:
    house.world.db.run(reopen, house.merchant_id, request_id, why, "Jan Jansen")
    house.settle()


def closed(house: House) -> str:
    """A request whose payer's number somebody disowned."""
    return asked(house, "verkeerd nummer, ik ben Anna niet")


def closed_with_a_chat(house: House) -> str:
    """A request whose payer reads Telegram too, and whose number somebody disowned a few minutes ago."""
    request = asked(house)
    house.joins_telegram(request)
    house.says("verkeerd nummer, ik ben Anna niet")
    house.move(timedelta(minutes=5))
    return request


def opened_for_one_of_two(house: House) -> tuple[str, str]:
    """Requests of two customers at one number that was disowned, and is open again for the first."""
    anna = house.ask()
    bram = house.ask(name="Bram Bos", reference="2000")
    house.settle()
    house.says("verkeerd nummer")
    opens(house, anna)
    return anna, bram


def test_the_asking_goes_on_the_next_day_and_the_timeline_says_who_and_why(house: House) -> None:
    request = closed(house)
    said = len(phone(house))
    opens(house, request)
    assert house.request(request).attention is None
    event = house.events(request)[-1]
    assert (event.kind, event.actor, event.data) == ("reopened", "Jan Jansen", {"reason": "told_us"})
    assert len(phone(house)) == said
    house.move(timedelta(days=4))
    assert len(phone(house)) == said + 1
    house.says("kan ik maandag 7 december betalen?")
    assert house.request(request).status == "promised"


def tokens(house: House, request_id: str) -> list[str]:
    return [row.token for row in outgoing(house, request_id) if row.token]


def leads_nowhere(house: House, token: str) -> bool:
    try:
        house.world.db.read(look, token)
    except Missing:
        return True
    return False


def test_the_link_that_the_payer_has_works_again(house: House) -> None:
    request = closed(house)
    links = tokens(house, request)
    assert links
    assert all(leads_nowhere(house, token) for token in links)
    opens(house, request)
    assert not any(leads_nowhere(house, token) for token in links)


def test_links_of_another_customer_at_the_same_number_stay_dead(house: House) -> None:
    _, bram = opened_for_one_of_two(house)
    assert tokens(house, bram)
    assert all(leads_nowhere(house, token) for token in tokens(house, bram))


def test_a_link_that_was_revoked_by_itself_stays_dead(house: House) -> None:
    request = asked(house)
    [token] = tokens(house, request)

    def revoke(tx: Tx) -> None:
        tx.session.get_one(PayLink, token).revoked_at = tx.now

    house.world.db.run(revoke)
    house.move(timedelta(minutes=5))
    house.says("verkeerd nummer, ik ben Anna niet")
    opens(house, request)
    assert leads_nowhere(house, token)


def test_a_stop_of_the_payers_own_stays_a_stop(house: House) -> None:
    request = asked(house)
    house.world.db.run(lambda tx: opt_out(tx, locked(tx, request).payer))
    house.move(timedelta(hours=1))
    house.world.db.run(lambda tx: carry_out(tx, locked(tx, request), Decision(Act.BLOCK, None)))
    said = len(phone(house))
    opens(house, request)
    house.move(timedelta(days=10))
    assert len(phone(house)) == said


def reachable(house: House, request_id: str) -> dict[str, bool]:
    return house.world.db.read(
        lambda tx: {a.channel: a.usable for a in locked(tx, request_id).payer.addresses}
    )


@pytest.mark.parametrize("words", ["STOP", "stop met die berichten"])
def test_a_stop_after_wrong_number_outlasts_the_reopening(house: House, words: str) -> None:
    request = closed(house)
    house.move(timedelta(minutes=5))
    house.says(words)
    said = len(phone(house))
    opens(house, request)
    assert not any(reachable(house, request).values())
    house.move(timedelta(days=10))
    assert len(phone(house)) == said
    house.says("START")
    assert reachable(house, request)["sms"]


def test_a_stop_on_telegram_after_wrong_person_by_sms_outlasts_the_reopening(house: House) -> None:
    request = closed_with_a_chat(house)
    house.says("stop", "telegram", str(CHAT))
    before = consents(house)
    opens(house, request)
    assert reachable(house, request)["telegram"] is False
    assert consents(house) == before
    said = len(chat(house))
    house.move(timedelta(days=10))
    assert len(chat(house)) == said


def test_a_chat_that_is_blocked_after_wrong_number_stays_stopped(house: House) -> None:
    request = closed_with_a_chat(house)
    house.hands.block("telegram", str(CHAT))
    house.sandbox.world.postman.wait_until_idle()
    house.settle()
    opens(house, request)
    assert reachable(house, request)["telegram"] is False


def test_the_shop_vouches_for_the_number_and_a_chat_keeps_its_own_consent(house: House) -> None:
    request = asked(house)
    house.joins_telegram(request)
    before = consents(house)["telegram"]
    house.says("verkeerd nummer, ik ben Anna niet")
    opens(house, request)
    assert all(reachable(house, request).values())
    assert consents(house)["sms"] == "reopened by the shop"
    assert consents(house)["telegram"] == before != "reopened by the shop"


def consents(house: House) -> dict[str, str]:
    return {channel: address.consent_source for channel, address in addresses(house).items()}


def test_another_customer_at_the_same_number_stays_closed(house: House) -> None:
    anna, bram = opened_for_one_of_two(house)
    assert not house.world.db.read(lambda tx: locked(tx, anna).payer.is_closed)
    assert house.world.db.read(lambda tx: locked(tx, bram).payer.is_closed)


def test_it_takes_a_reason_and_something_that_is_closed(house: House) -> None:
    request = closed(house)
    with pytest.raises(Invalid):
        opens(house, request, "because")
    opens(house, request)
    with pytest.raises(Refused):
        opens(house, request)
