"""What a link gives away, and what looking at it leaves behind."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.clock import ManualClock
from core.db import Tx
from payments.links import PayLink
from tests.web.pay.house import PERSON, House, rows, text

# As they introduce themselves, from their makers' pages.
PREVIEWS = (
    "WhatsApp/2.23.20.0",
    "WhatsApp/2.2413.51 N",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "TelegramBot (like TwitterBot)",
    "Twitterbot/1.0",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (iPhone) AppleWebKit/536.26 (compatible; BingPreview/1.0b)",
    "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
    "curl/8.5.0",
    "",
)
# Browsers inside apps are people.
PEOPLE = (
    PERSON,
    "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36",
    "Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 Mobile/15E148 [FBAN/FBIOS;FBAV/480.0]",
    "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
)


@pytest.fixture
def house(lone_house: House) -> House:
    """What is tested here is the same on every database."""
    return lone_house


def test_unknown_revoked_and_malformed_links_are_one_and_the_same(house: House) -> None:
    def revoke(tx: Tx) -> None:
        tx.session.get_one(PayLink, revoked).revoked_at = tx.now

    revoked = house.link("reminder-1")
    house.world.db.run(revoke)
    tokens = (
        revoked,
        "A" * 24,
        "a",
        "x" * 3000,
        "%2e%2e",
        "' OR 1=1 --",
        "é",
        house.token[:-1],
        house.token.swapcase(),
    )
    for path in ("", "/done", "/later", "/question", "/real", "/not-me", "/else", "/else/stop"):
        answers = [house.client().get(f"/p/{token}{path}") for token in tokens]
        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.text for answer in answers}) == 1
        assert len({str(sorted(answer.headers)) for answer in answers}) == 1
    for path in ("/pay", "/later", "/question", "/not-me"):
        answers = [house.client().post(f"/p/{token}{path}") for token in tokens]
        assert {(answer.status_code, answer.text) for answer in answers} == {(404, answers[0].text)}


def test_a_token_cannot_be_guessed(house: House) -> None:
    assert len(house.token) * 6 >= 128
    assert house.link("reminder-1") != house.token


def test_an_unknown_link_says_what_to_do(house: House) -> None:
    answer = house.client().get("/p/unknown")
    assert "Open de link in uw bericht nog een keer." in answer.text
    english = house.client().get("/p/unknown", headers={"Accept-Language": "en-GB"})
    assert "This link doesn&#39;t work" in english.text


@pytest.mark.parametrize("digits", ["0b6e4", "0b6e4g", "0B6E4F", "}{x:y}", "000000.css"])
def test_a_colour_that_is_none_gives_no_stylesheet(house: House, digits: str) -> None:
    assert house.client().get(f"/p/theme/{digits}.css").status_code == 404


@pytest.mark.parametrize("color", ["", "red", "#12", "#0b6e4f"])
def test_a_shop_without_a_proper_colour_gets_the_house_colour(house: House, color: str) -> None:
    house.change_shop(color=color)
    assert "/p/theme/0b6e4f.css" in house.client().get(house.page).text
    assert house.client().get(f"/q/{house.token}.png").status_code == 200


# --- Looking leaves no trace but one ----------------------------------------------------------------


def test_a_hundred_looks_leave_one_event_and_no_checkout(house: House) -> None:
    before = rows(house)
    client = house.client()
    for _ in range(20):
        for path in ("", "/done", "/later", "/real", "/not-me"):
            client.get(house.page + path)
    assert house.kinds() == ["opened"]
    assert rows(house) == before + 1


def test_who_comes_back_later_opens_it_again(house: House, clock: ManualClock) -> None:
    for _ in range(2):
        house.client().get(house.page)
        house.client().get(house.page)
        clock.advance(timedelta(minutes=11))
    assert house.kinds() == ["opened", "opened"]


@pytest.mark.parametrize("agent", PREVIEWS)
def test_a_program_that_previews_a_link_has_not_opened_it(house: House, agent: str) -> None:
    assert house.client(agent).get(house.page).status_code == 200
    assert house.kinds() == []


@pytest.mark.parametrize("agent", PEOPLE)
def test_a_person_opens_it_in_any_browser(house: House, agent: str) -> None:
    house.client(agent).get(house.page)
    assert house.kinds() == ["opened"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"X-Purpose": "preview"},
        {"X-Moz": "prefetch"},
    ],
)
def test_a_browser_that_fetches_ahead_has_not_opened_it(house: House, headers: dict[str, str]) -> None:
    house.client().get(house.page, headers=headers)
    house.client().head(house.page)
    assert house.kinds() == []


def test_the_page_is_there_also_when_the_opening_cannot_be_noted(house: House) -> None:
    refuse = "CREATE TRIGGER full_up BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'full'); END"
    with house.world.db.engine.begin() as connection:
        connection.exec_driver_sql(refuse)
    answer = house.client().get(house.page)
    assert answer.status_code == 200
    assert "Betaal € 42,50" in text(answer.text)
    assert house.kinds() == []
