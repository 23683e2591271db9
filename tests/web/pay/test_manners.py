"""What the room gives away and lets in: headers, policies, forms of other sites."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Response
from werkzeug.test import TestResponse

from core.db import Database
from core.ids import SeededIds
from tests.databases import KEYRING
from tests.web.pay.house import PERSON, House, make_app, rows, text
from web.pay.headers import policy, put_on
from web.site import create_site


@pytest.fixture
def house(lone_house: House) -> House:
    """What is tested here is the same on every database."""
    return lone_house


def every_answer(house: House) -> list[TestResponse]:
    client = house.client()
    paths = ("", "/pay", "/done", "/later", "/question", "/real", "/not-me", "/nonsense")
    got = [client.get(house.page + path) for path in paths]
    got += [client.get("/p/unknown"), client.get(f"/q/{house.token}.png"), client.get("/q/unknown.png")]
    got += [client.get("/p/static/pay.css"), client.get("/p/theme/0b6e4f.css"), client.get("/p/theme/no.css")]
    got.append(client.post(f"{house.page}/pay", headers={"Sec-Fetch-Site": "cross-site"}))
    got.append(client.post(f"{house.page}/pay"))
    return got


def test_every_answer_is_kept_out_of_indexes_frames_and_referrers(house: House) -> None:
    for answer in every_answer(house):
        headers = answer.headers
        assert headers["X-Robots-Tag"].startswith("noindex")
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]


def test_nothing_about_a_payer_is_kept_and_pictures_are(house: House) -> None:
    kept = "public, max-age=31536000, immutable"
    for answer in every_answer(house):
        picture = answer.status_code == 200 and answer.mimetype != "text/html"
        assert answer.headers["Cache-Control"] == (kept if picture else "no-store")


def test_the_room_keeps_its_own_manners_inside_the_whole_site(house: House) -> None:
    site = create_site(house.world).test_client()
    answer = site.get(house.page, headers={"User-Agent": PERSON})
    assert "Betaal € 42,50" in text(answer.text)
    assert answer.headers["Content-Security-Policy"] == policy(house.sandbox.url)
    assert site.post(f"{house.page}/pay").status_code == 303
    strange = site.get(f"{house.page}%00")
    assert (strange.status_code, strange.text) == (404, site.get("/p/unknown").text)


def test_a_form_may_lead_to_the_bank_and_nowhere_else(house: House) -> None:
    header = house.client().get(house.page).headers["Content-Security-Policy"]
    assert f"form-action 'self' {house.sandbox.url};" in header
    assert "form-action 'self';" in policy("")


def test_pages_run_no_script_and_carry_no_style_of_their_own(house: House) -> None:
    pages = [answer.text for answer in every_answer(house) if answer.mimetype == "text/html"]
    assert len(pages) > 8
    for page in pages:
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=|javascript:", page)


def test_browsers_are_told_to_stay_on_https_where_there_is_https(house: House) -> None:
    settings = replace(house.world.settings, public_url="https://pay.example.nl")
    assert "Strict-Transport-Security" in put_on(Response(), settings, "").headers
    assert "Strict-Transport-Security" not in put_on(Response(), house.world.settings, "").headers


@pytest.mark.parametrize("path", ["/pay", "/later", "/parts", "/question", "/not-me", "/else/stop"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://127.0.0.1:9.evil.example"},
    ],
)
def test_another_site_cannot_send_a_form_here(house: House, path: str, headers: dict[str, str]) -> None:
    before = rows(house)
    form = {"day": "2026-11-27", "text": "hallo"}
    answer = house.client().post(house.page + path, data=form, headers=headers)
    assert answer.status_code == 403
    assert "Open de link in uw bericht" in answer.text
    assert rows(house) == before


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9"},
    ],
)
def test_our_own_form_is_taken_whatever_the_browser_tells(house: House, headers: dict[str, str]) -> None:
    assert house.client().post(f"{house.page}/pay", headers=headers).status_code == 303


def test_a_database_that_does_not_answer_is_a_page_that_asks_to_wait(house: House) -> None:
    nowhere = Database("postgresql://nobody@127.0.0.1:1/none", house.clock, KEYRING, SeededIds(1))
    client = make_app(replace(house.world, db=nowhere)).test_client()
    for answer in (
        client.get(house.page),
        client.post(f"{house.page}/pay"),
        client.get(f"/q/{house.token}.png"),
    ):
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "30"
        assert "Het lukt nu even niet" in answer.text
