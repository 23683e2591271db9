"""One answer about two requests is true of each at the moment at which it goes, whatever came in between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
import requests
from sqlalchemy import select

from bot.stories import hear
from bot.stories.paid import reported
from core.db import Tx
from payments.checkouts import Checkout
from payments.lifecycle import Verb
from payments.requests import locked
from payments.shares import locked_requests
from tests.bot.stories.test_each_its_own import two
from tests.bot.stories.test_two_words_in_a_row import brings
from tests.bot.stories.watching import cancel, outgoing, phone
from tests.house import ANNA, House

DAYS = "de ketting vrijdag, de remblokken 1 december"
HALF_CLEAR = "de ketting vrijdag, de remblokken volgende woensdag"


def heard(house: House, text: str) -> None:
    """The words are worked off, and the answer to them waits to be sent."""
    house.hands.say("sms", ANNA, text, "")
    house.sandbox.world.postman.wait_until_idle()
    hear.hear(house.world)


def is_paid(house: House, *ids: str) -> None:
    """The payer paid with a link that they had, and the bank says so, before anything else happens."""
    for one in ids:
        payment = house.tap(one)
        requests.post(
            f"{house.sandbox.url}/bank/{payment}",
            data={"status": "paid"},
            allow_redirects=False,
            timeout=5,
        )
        house.sandbox.world.postman.wait_until_idle()
        house.world.db.run(_written, house, payment, house.world.psp.report(payment))


def _written(tx: Tx, house: House, payment: str, report: object) -> None:
    checkout = tx.session.scalars(select(Checkout).where(Checkout.psp_id == payment)).one()
    locked_requests(tx, checkout.id)
    assert reported(tx, house.world, checkout.id, report)  # type: ignore[arg-type]  # what the PSP just said


def stands_with_a_person(house: House, request_id: str, verb: Verb) -> None:
    """Somebody said so elsewhere, on the page or on the phone."""

    def move(tx: Tx) -> None:
        assert locked(tx, request_id).move(verb)

    house.world.db.run(move)


def disputes(house: House, request_id: str) -> None:
    stands_with_a_person(house, request_id, Verb.DISPUTE)


def about_both(house: House) -> list[str]:
    """The words of ours on the phone that tell of each in a line."""
    return [body.replace("\u00a0", " ") for body in phone(house) if "genoteerd" in body]


@pytest.mark.parametrize(
    ("text", "kept", "gone"),
    [
        ("nee, de ketting zaterdag", "remblokken (nota 1043): dinsdag 1 december", "vrijdag"),
        ("nee, de remblokken doe ik op 3 december", "ketting (nota 1042): vrijdag 27 november", "1 december"),
    ],
)
def test_a_line_that_was_corrected_does_not_go_and_the_other_one_does(
    house: House, text: str, kept: str, gone: str
) -> None:
    chain, brakes = two(house)
    brings(house, DAYS, text)
    corrected = {house.request(chain).quiet_until, house.request(brakes).quiet_until}
    assert corrected != {date(2026, 11, 27), date(2026, 12, 1)}
    [body] = about_both(house)
    assert kept in body
    assert gone not in body
    withheld = [event for one in (chain, brakes) for event in house.events(one) if event.kind == "withheld"]
    assert [event.data["reason"] for event in withheld] == ["corrected"]


def test_when_both_are_corrected_only_the_last_word_is_answered(house: House) -> None:
    chain, brakes = two(house)
    brings(house, DAYS, "nee de ketting zaterdag, de remblokken 2 december")
    [body] = about_both(house)
    assert "zaterdag 28 november" in body
    assert "woensdag 2 december" in body
    assert house.request(chain).quiet_until == date(2026, 11, 28)
    assert house.request(brakes).quiet_until == date(2026, 12, 2)


def test_a_line_that_stays_is_about_its_own_request_alone(house: House) -> None:
    chain, brakes = two(house)
    brings(house, DAYS, "nee, de ketting zaterdag")
    [left] = [row for one in (chain, brakes) for row in outgoing(house, one) if row.template == "each-own"]
    assert left.request_id == brakes
    assert left.facts["together"] == brakes


def test_the_clear_half_stays_when_the_question_about_the_other_is_overtaken(house: House) -> None:
    _, brakes = two(house)
    brings(house, HALF_CLEAR, "nee, de remblokken doe ik op 3 december")
    assert house.request(brakes).quiet_until == date(2026, 12, 3)
    [body] = about_both(house)
    assert "De ketting (nota 1042): vrijdag 27 november" in body
    assert "Welke dag" not in body
    assert "Over Nieuwe remblokken" not in body


def test_the_question_stays_when_the_clear_half_is_corrected(house: House) -> None:
    chain, _ = two(house)
    brings(house, HALF_CLEAR, "nee, de ketting zaterdag")
    assert house.request(chain).quiet_until == date(2026, 11, 28)
    assert about_both(house) == []
    assert any("Welke dag" in body and "Nieuwe remblokken" in body for body in phone(house))


def test_the_link_goes_with_the_line_that_says_what_it_pays(house: House) -> None:
    chain, _ = two(house)
    brings(house, "de ketting betaal ik nu, de remblokken 1 december", "nee, de ketting zaterdag")
    [body] = about_both(house)
    assert "remblokken (nota 1043): dinsdag 1 december" in body
    assert "/p/" not in body
    assert house.request(chain).quiet_until == date(2026, 11, 28)


def test_what_was_paid_meanwhile_is_not_said_to_be_payable_now(house: House) -> None:
    chain, _ = two(house)
    heard(house, "de ketting betaal ik nu, de remblokken 1 december")
    is_paid(house, chain)
    house.settle()
    [body] = about_both(house)
    assert "De ketting (nota 1042): betaald" in body
    assert "nu te betalen" not in body
    assert "/p/" not in body
    assert "remblokken (nota 1043): dinsdag 1 december" in body


def test_the_link_pays_what_is_left_of_what_was_to_be_paid_now(house: House) -> None:
    chain, _ = two(house)
    lamp = house.ask(description="Achterlicht", amount={"value": "15.00", "currency": "EUR"})
    house.settle()
    heard(house, "de ketting nu betalen, het achterlicht nu betalen, de remblokken 1 december")
    is_paid(house, chain)
    house.settle()
    [body] = about_both(house)
    assert "De ketting (nota 1042): betaald" in body
    assert "Achterlicht (nota 1044): € 15,00, nu te betalen" in body
    assert house.request(lamp).status == "open"


@pytest.mark.parametrize("meanwhile", [is_paid, cancel])
def test_no_message_is_promised_for_what_is_settled_meanwhile(
    house: House, meanwhile: Callable[[House, str], None]
) -> None:
    chain, _ = two(house)
    heard(house, DAYS)
    meanwhile(house, chain)
    house.settle()
    [body] = about_both(house)
    assert "vrijdag 27 november" not in body
    assert "remblokken (nota 1043): dinsdag 1 december" in body


def test_an_answer_of_which_nothing_is_true_any_more_is_withheld(house: House) -> None:
    chain, brakes = two(house)
    heard(house, DAYS)
    cancel(house, chain)
    cancel(house, brakes)
    house.settle()
    assert about_both(house) == []
    assert ("each-own", "withheld") in house.heard(chain)


def test_the_day_that_was_agreed_is_not_told_once_it_was_corrected(house: House) -> None:
    two(house)
    for words in (DAYS, "wat hadden we afgesproken?"):
        heard(house, words)
    brings(house, "nee, de ketting zaterdag")
    [told] = [body for body in phone(house) if "Zo staat het nu" in body]
    assert "remblokken (nota 1043): dinsdag 1 december" in told.replace("\u00a0", " ")
    assert "ketting" not in told
    assert any("zaterdag 28 november" in body for body in phone(house))


@pytest.mark.parametrize("meanwhile", [disputes, cancel])
def test_what_was_agreed_is_told_as_it_is_when_it_goes(
    house: House, meanwhile: Callable[[House, str], None]
) -> None:
    _, brakes = two(house)
    heard(house, "de ketting vrijdag")
    heard(house, "wat hadden we afgesproken?")
    meanwhile(house, brakes)
    house.settle()
    [told] = [body for body in phone(house) if "Zo staat het nu" in body]
    assert "ketting (nota 1042): vrijdag 27 november" in told.replace("\u00a0", " ")
    assert "nog niets afgesproken" not in told


@pytest.mark.parametrize("verb", [Verb.DISPUTE, Verb.HARDSHIP, Verb.BEREAVE])
def test_what_a_person_looks_at_meanwhile_is_not_said_to_be_payable_now(house: House, verb: Verb) -> None:
    chain, _ = two(house)
    heard(house, "de ketting betaal ik nu, de remblokken 1 december")
    stands_with_a_person(house, chain, verb)
    house.settle()
    [body] = about_both(house)
    assert "remblokken (nota 1043): dinsdag 1 december" in body.replace("\u00a0", " ")
    assert "ketting" not in body
    assert "/p/" not in body


def test_when_a_person_looks_at_all_that_was_to_be_paid_now_nothing_is_sent(house: House) -> None:
    both = two(house)
    heard(house, "de ketting betaal ik nu, de remblokken betaal ik nu")
    for one in both:
        stands_with_a_person(house, one, Verb.BEREAVE)
    before = len(phone(house))
    house.settle()
    assert phone(house)[before:] == []


def test_who_wants_to_pay_now_what_they_disputed_before_gets_the_link(house: House) -> None:
    chain, _ = two(house)
    stands_with_a_person(house, chain, Verb.DISPUTE)
    heard(house, "de ketting betaal ik nu, de remblokken 1 december")
    house.settle()
    [body] = about_both(house)
    assert "nu te betalen" in body
    assert "/p/" in body
