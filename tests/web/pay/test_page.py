"""What a payer sees behind a pay link, in every state that a request can be in."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
import zxingcpp
from PIL import Image

from core.clock import ManualClock
from core.db import Tx
from payments.parties import Payer
from tests.web.pay.house import House, record, seen, text

FRIDAY = date(2026, 11, 27)


def test_a_payer_sees_who_how_much_and_what_for_before_the_button(house: House) -> None:
    page = seen(house)
    for part in (
        "Betaal aan Fietshuis Jansen",
        "€ 42,50",
        "Reparatie fiets",
        "1042",
        "dinsdag 1 december",
        "Betaal € 42,50",
    ):
        assert part in page
    assert page.index("Fietshuis Jansen") < page.index("€ 42,50") < page.index("Reparatie fiets")
    assert page.count("Betaal € 42,50") == 1


def test_the_button_names_the_method_as_it_is_called_now(house: House) -> None:
    assert "iDEAL | Wero" in seen(house)


def test_four_quiet_links_stand_below_the_button(house: House) -> None:
    html = house.client().get(house.page).text
    for path in ("later", "question", "real", "not-me"):
        assert f'href="{house.page}/{path}"' in html
    assert html.count("<button") == 1


@pytest.mark.parametrize(
    ("language", "formality", "line"),
    [
        ("nl", "u", "U gaat naar Mollie en daarna naar uw eigen bank."),
        ("nl", "je", "Je gaat naar Mollie en daarna naar je eigen bank."),
        ("en", "u", "You go to Mollie and then to your own bank."),
    ],
)
def test_the_page_speaks_as_the_payer_does(house: House, language: str, formality: str, line: str) -> None:
    def speak(tx: Tx) -> None:
        payer = tx.session.get_one(Payer, house.owed.payer_id)
        payer.language, payer.formality = language, formality

    house.world.db.run(speak)
    answer = house.client().get(house.page)
    assert line in text(answer.text)
    assert f'<html lang="{language}">' in answer.text


def test_a_chosen_language_stays_on_every_page_of_the_link_and_after_the_bank(house: House) -> None:
    client = house.client()
    assert "Pay €42.50" in text(client.get(f"{house.page}?lang=en").text)
    for path in ("", "/later", "/question", "/real", "/done"):
        assert '<html lang="en">' in client.get(house.page + path).text


def test_a_page_sets_no_cookie_for_somebody_who_chose_nothing(house: House) -> None:
    client = house.client()
    for path in ("", "/later", "/question", "/real", "/not-me", "/else", "/else/stop", "?lang=xx"):
        assert "Set-Cookie" not in client.get(house.page + path).headers


def test_somebody_who_promised_a_day_can_still_pay_now(house: House) -> None:
    house.change(status="promised", quiet_until=FRIDAY)
    page = seen(house)
    assert "U zou vrijdag 27 november betalen. Nu kan ook." in page
    assert "Betaal € 42,50" in page


@pytest.mark.parametrize(
    ("status", "line"),
    [
        ("paused", "Tot vrijdag 27 november laten we u met rust."),
        ("disputed", "Een collega kijkt ernaar."),
        ("checking", "We kijken uw betaling na."),
        ("hardship", "Geldfit (0800-8115)"),
    ],
)
def test_who_waits_for_us_reads_a_calm_line_and_may_pay(house: House, status: str, line: str) -> None:
    house.change(status=status, quiet_until=FRIDAY)
    page = seen(house)
    assert line in page
    assert "Betaal € 42,50" in page


def test_a_day_that_has_passed_is_not_held_against_anybody(house: House, clock: ManualClock) -> None:
    house.change(status="promised", quiet_until=FRIDAY)
    clock.advance(timedelta(days=10))
    page = seen(house)
    assert "27 november" not in page
    assert "Graag uiterlijk" not in page
    assert "Betaaldatum" in page


def test_a_part_payment_leaves_the_rest_to_pay(house: House) -> None:
    record(house, "payment", 2000)
    page = seen(house)
    assert "We hebben € 20,00 ontvangen." in page
    assert "Betaal € 22,50" in page
    assert "Hele bedrag € 42,50" in page


def test_a_paid_request_has_thanks_and_no_button(house: House) -> None:
    record(house, "payment", 4250)
    house.change(status="paid")
    answer = house.client().get(house.page)
    assert "€ 42,50 is betaald. U hoeft niets meer te doen." in text(answer.text)
    assert "<button" not in answer.text


def test_who_paid_too_much_reads_that_it_comes_back(house: House) -> None:
    record(house, "payment", 4250)
    record(house, "payment", 4250, "tr_2")
    house.change(status="paid")
    assert "Er is € 42,50 te veel betaald. Dat krijgt u terug." in seen(house)


def test_a_refund_says_how_much_came_back(house: House) -> None:
    record(house, "payment", 4250)
    record(house, "refund", -4250)
    house.change(status="refunded")
    page = seen(house)
    assert "We hebben € 42,50 aan u terugbetaald." in page
    assert "Betaal €" not in page


def test_a_reversed_payment_leads_to_a_person_without_a_word_of_blame(house: House) -> None:
    house.change_shop(phone="030 123 45 67")
    house.change(status="charged_back")
    answer = house.client().get(house.page)
    assert "We overleggen graag even met u." in text(answer.text)
    assert 'href="tel:0301234567"' in answer.text
    assert "<button" not in answer.text


def test_a_withdrawn_request_says_that_nothing_is_owed(house: House) -> None:
    house.change(status="cancelled", cancelled_at=house.clock.now())
    page = seen(house)
    assert "Fietshuis Jansen heeft dit betaalverzoek ingetrokken. U hoeft niets te betalen." in page
    assert "Betaal €" not in page


def test_money_that_came_after_a_withdrawal_is_owned_up_to(house: House) -> None:
    record(house, "payment", 4250)
    house.change(status="paid", cancelled_at=house.clock.now())
    assert "U heeft al € 42,50 betaald. Dat krijgt u terug." in seen(house)


@pytest.mark.parametrize("change", [{"status": "expired"}, {"expires_on": date(2026, 11, 22)}])
def test_an_expired_link_says_so_and_whom_to_ask(house: House, change: dict[str, object]) -> None:
    house.change(**change)
    answer = house.client().get(house.page)
    assert "Met deze link kunt u niet meer betalen." in text(answer.text)
    assert f'href="{house.page}/question"' in answer.text
    assert "<button" not in answer.text


def test_names_and_descriptions_cannot_bring_markup_or_turn_a_line_around(house: House) -> None:
    house.change(description="<b>fiets</b> {{7*7}} \u202egpj.exe\u200b", reference="<i>")
    house.change_shop(name="<script>alert(1)</script>")
    html = house.client().get(house.page).text
    assert "<script" not in html
    assert "&lt;b&gt;fiets&lt;/b&gt; {{7*7}} gpj.exe" in html
    assert "\u202e" not in html


def test_a_request_without_a_number_or_a_description_leaves_them_out(house: House) -> None:
    house.change(reference="", description="")
    page = seen(house)
    assert "Nota" not in page
    assert "Voor " not in page


def test_the_title_says_nothing_that_shames(house: House) -> None:
    html = house.client().get(house.page).text
    assert "<title>Betalen aan Fietshuis Jansen</title>" in html


def test_the_qr_code_leads_to_this_very_page(house: House) -> None:
    answer = house.client().get(f"/q/{house.token}.png")
    assert answer.mimetype == "image/png"
    read = zxingcpp.read_barcodes(Image.open(io.BytesIO(answer.data)).convert("L"))
    assert [code.text for code in read] == [house.world.links.url(house.token)]
