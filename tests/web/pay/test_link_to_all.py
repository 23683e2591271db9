"""Paying all that is open from the page of one: the link goes to the payer's phone, and nowhere else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select, update

from bot.stories.also_open import payable_others
from bot.stories.deliver import claim_due
from bot.stories.link_to_all import Sent, send_link_to_all
from core.clock import ManualClock
from core.config import load
from core.db import Tx
from messages.channels.sms import Sms
from messages.channels.whatsapp import WhatsApp
from messages.outbox import Outgoing, Sending
from payments.links import opened_all
from payments.parties import Address
from payments.requests import PaymentRequest
from tests.browser import DESKTOP, PHONE, Visit
from tests.web.front import SETTINGS
from tests.web.pay.house import House, text
from tests.web.pay.test_calm import owes_more

BUTTON = "Stuur mij een link om alles samen te betalen"


@pytest.fixture(autouse=True)
def by_sms(request: pytest.FixtureRequest) -> None:
    """The shop writes by SMS."""
    name = "served" if "served" in request.fixturenames else "house"
    channels = request.getfixturevalue(name).world.channels
    channels["sms"] = Sms(load(SETTINGS))


def asks(house: House) -> str:
    return text(house.client().post(f"{house.page}/all", follow_redirects=True).text)


def sent(house: House) -> list[Outgoing]:
    query = select(Outgoing).where(Outgoing.template == "pay-link-all").order_by(Outgoing.id)
    return house.world.db.read(lambda tx: list(tx.session.scalars(query)))


def change_addresses(house: House, **changes: object) -> None:
    def step(tx: Tx) -> None:
        for address in tx.session.scalars(select(Address)):
            for name, value in changes.items():
                setattr(address, name, value)

    house.world.db.run(step)


def test_a_link_to_all_goes_to_the_payers_phone_and_the_page_names_nothing(house: House) -> None:
    other = owes_more(house)
    page = asks(house)
    assert "De link is onderweg" in page
    for secret in ("Nieuwe band", "1043", "30,00", "+31"):
        assert secret not in page
    [row] = sent(house)
    assert row.asked
    assert str(row.facts["pays"]).split() == sorted([house.owed.request_id, other.request_id])


def test_tapped_twice_it_goes_once_and_the_page_says_so(house: House, clock: ManualClock) -> None:
    owes_more(house)
    asks(house)
    assert "De link is al verstuurd" in asks(house)
    assert len(sent(house)) == 1
    clock.advance(timedelta(days=1))
    assert "De link is onderweg" in asks(house)


def test_with_nothing_else_open_there_is_no_button_and_nothing_to_send(house: House) -> None:
    assert BUTTON not in text(house.client().get(house.page).text)
    assert "Betaal € 42,50" in asks(house)
    assert sent(house) == []


@pytest.mark.parametrize("status", ["hardship", "disputed", "paid"])
def test_where_quiet_is_kinder_nothing_is_sent(house: House, status: str) -> None:
    owes_more(house, status=status)
    asks(house)
    assert sent(house) == []


def test_after_a_stop_there_is_no_button_and_nothing_is_sent(house: House, clock: ManualClock) -> None:
    owes_more(house)
    change_addresses(house, opted_out_at=clock.now())
    assert BUTTON not in text(house.client().get(house.page).text)
    assert "Betaal € 42,50" in asks(house)
    assert sent(house) == []


def test_where_we_may_not_write_first_the_page_says_what_to_write(house: House) -> None:
    owes_more(house)
    house.world.channels["whatsapp"] = WhatsApp(load(SETTINGS))  # type: ignore[index]  # a plain one here
    del house.world.channels["sms"]  # type: ignore[attr-defined]  # idem
    assert "Antwoord op ons bericht: ik wil alles betalen." in asks(house)
    assert sent(house) == []


@pytest.mark.parametrize("status", ["hardship", "bereaved", "disputed", "checking"])
def test_what_is_told_before_it_goes_keeps_it_back(house: House, status: str) -> None:
    owes_more(house)
    asks(house)
    house.change(status=status)
    assert claim_due(house.world, []).claimed == []
    assert [(row.status, row.error) for row in sent(house)] == [("withheld", status)]


def test_a_stop_before_it_goes_keeps_it_back(house: House, clock: ManualClock) -> None:
    owes_more(house)
    asks(house)
    change_addresses(house, opted_out_at=clock.now())
    assert claim_due(house.world, []).claimed == []
    assert [(row.status, row.error) for row in sent(house)] == [("withheld", "opted_out")]


def test_what_is_told_while_the_tap_waits_its_turn_counts(house: House) -> None:
    other = owes_more(house)

    def told_first(tx: Tx) -> Sent:
        mine = opened_all(tx, house.token)[1][0]
        seen_before = payable_others(tx, mine)
        die = update(PaymentRequest).where(PaymentRequest.id == other.request_id).values(status="bereaved")
        tx.session.execute(die.execution_options(synchronize_session=False))
        sent_now = send_link_to_all(tx, house.world, house.token)
        assert len(seen_before) == 1
        return sent_now

    assert house.world.db.run(told_first) is Sent.NOTHING
    assert sent(house) == []


@pytest.mark.parametrize("became", [Sending.FAILED, Sending.WITHHELD])
def test_one_that_did_not_go_was_not_sent_and_can_be_asked_for_again(house: House, became: Sending) -> None:
    owes_more(house)
    for _ in range(2):
        assert "De link is onderweg" in asks(house)

        def fails(tx: Tx) -> None:
            for row in tx.session.scalars(select(Outgoing)):
                row.status = became

        house.world.db.run(fails)
    assert "De link is onderweg" in asks(house)
    assert "De link is al verstuurd" in asks(house)
    assert len(sent(house)) == len({row.name for row in sent(house)}) == 3


@pytest.mark.browser
@pytest.mark.parametrize("size", [(320, 568), PHONE, DESKTOP])
@pytest.mark.parametrize("colors", ["light", "dark"])
def test_the_button_is_quieter_than_the_one_that_pays(
    served: House, visit: Visit, size: tuple[int, int], colors: str
) -> None:
    owes_more(served)
    page = visit(size, colors)
    page.goto(f"{served.world.settings.public_url}{served.page}")
    button = page.get_by_role("button", name=BUTTON)
    assert button.evaluate("e => getComputedStyle(e).backgroundColor") == "rgba(0, 0, 0, 0)"
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    button.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("De link is onderweg")
    page.reload()
    page.get_by_role("link", name="Terug").click()
    expect(page.get_by_role("button", name="Betaal € 42,50")).to_be_visible()
