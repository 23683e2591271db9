"""How the page looks and sounds, as far as a number or a word can tell."""

from __future__ import annotations

import gzip
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import Money
from messages.qr import Rgb
from tests.web.pay.house import House
from web.pay import theme
from web.pay.pages import style
from web.pay.words import COPY, Words, visible, voice

VOICES = ("nl_u", "nl_je", "en")
CSS = style().decode()
TEXTS = [(name, key) for name in VOICES for key in voice(name)]
# Words that press or shame, and words that nobody says aloud.
BANNED = (
    r"aanmaning|schuld|laatste kans|dringend|onmiddellijk|incasso|deurwaarder|achterstallig|gelieve|verzuim"
    r"|voldoen|terstond|spoed|verplicht|final notice|urgent|last chance|overdue|debt|immediately|collection"
    r"|legal|penalty|warning|must\b|asap|!\s"
)
FACTS: dict[str, object] = {
    "nudge": date(2026, 11, 30),
    "merchant": "Fietshuis Jansen",
    "phone": "030 123 45 67",
    "reference": "1042",
    "method": "iDEAL | Wero",
    "psp": "Mollie",
    "most": 500,
    "count": 2,
    "number": 2,
    "larger": 2,
    "until": date(2026, 12, 7),
    **dict.fromkeys(
        (
            "total",
            "remaining",
            "due",
            "part",
            "next",
            "last",
            "received",
            "surplus",
            "refunded",
            "paid",
            "others",
        ),
        Money(4250),
    ),
    **dict.fromkeys(("date", "latest", "next_day", "next_nudge"), date(2026, 11, 27)),
}


@pytest.fixture
def house(lone_house: House) -> House:
    """What is tested here is the same on every database."""
    return lone_house


def raw(name: str, key: str) -> str:
    return voice(name)[key].fill(lambda place: f"{{{place}}}")


def test_every_voice_has_the_same_texts_with_the_same_facts() -> None:
    for name in VOICES[1:]:
        assert voice(name).keys() == voice("nl_u").keys()
    for key, line in voice("nl_u").items():
        for name in VOICES[1:]:
            assert set(voice(name)[key].places) == set(line.places), (name, key)


@pytest.mark.parametrize(("name", "key"), TEXTS)
def test_no_text_presses_or_shames_and_every_sentence_is_short(name: str, key: str) -> None:
    words = raw(name, key)
    assert not re.findall(BANNED, words, re.IGNORECASE)
    for sentence in re.split(r"(?<=[.?!:])\s+", words):
        assert len(sentence.split()) <= 16, sentence


@pytest.mark.parametrize("key", voice("nl_u"))
def test_u_and_je_are_never_mixed(key: str) -> None:
    assert not re.search(r"\b(je|jij|jou|jouw)\b", raw("nl_u", key), re.IGNORECASE)
    assert not re.search(r"\b(u|uw)\b", raw("nl_je", key), re.IGNORECASE)


@pytest.mark.parametrize(("language", "formality"), [("nl", "u"), ("nl", "je"), ("en", "u"), ("en", "je")])
def test_every_text_can_be_said_with_the_facts_of_a_page(language: str, formality: str) -> None:
    words = Words(language, formality, date(2026, 11, 23))
    for key in voice("nl_u"):
        assert "{" not in words.say(key, **FACTS)


def test_every_text_is_used_somewhere() -> None:
    room = COPY.parent
    code = " ".join(p.read_text() for p in [*room.glob("*.py"), *room.glob("templates/pay/*.html")])
    made = r"\.title$|\.text$|\.surplus$|_title$|_text$|^note\.(changed|refused|unavailable)$"
    made += r"|\.(link|submit)$|^(said|answered|channel)\.|^parts\.(month|week)"
    unused = [key for key in voice("nl_u") if f'"{key}"' not in code and not re.search(made, key)]
    assert unused == []


@given(st.text())
def test_what_is_shown_holds_nothing_that_cannot_be_seen(name: str) -> None:
    assert not re.search(
        r"[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", visible(name)
    )


def tokens(*, dark: bool) -> dict[str, Rgb]:
    """The colour tokens of pay.css in light or dark."""
    blocks = re.findall(r":root\{([^}]*)\}", CSS)
    found = dict(re.findall(r"--([a-z-]+):(#[0-9a-f]{6})(?=[;}])", blocks[1 if dark else 0] + ";"))
    return {name: rgb(value) for name, value in found.items()}


def rgb(color: str) -> Rgb:
    red, green, blue = bytes.fromhex(color.removeprefix("#"))
    return red, green, blue


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_all_text_can_be_read_on_whatever_it_stands(dark: bool) -> None:
    colors = tokens(dark=dark)
    for ground in ("ground", "card", "soft"):
        for ink in ("ink", "quiet", "wrong"):
            assert theme.contrast(colors[ink], colors[ground]) >= 4.5, (ink, ground)
    assert theme.contrast(colors["accent"], colors["card"]) >= 4.5
    assert theme.contrast(colors["on-accent"], colors["accent"]) >= 4.5
    assert theme.contrast(colors["edge"], colors["card"]) >= 3


def test_the_theme_is_measured_against_the_grounds_of_the_stylesheet() -> None:
    light, dark = tokens(dark=False), tokens(dark=True)
    assert light["ground"] == theme.LIGHT_GROUND
    assert dark["card"] == theme.DARK_GROUND
    assert light.keys() == dark.keys()


@given(st.binary(min_size=3, max_size=3))
def test_any_colour_of_a_shop_becomes_one_that_can_be_read(color: bytes) -> None:
    light, dark = theme.on_light(color.hex()), theme.on_dark(color.hex())
    assert theme.contrast(light, theme.LIGHT_GROUND) >= 4.5
    assert theme.contrast(light, (255, 255, 255)) >= 4.5
    assert theme.contrast(dark, theme.DARK_GROUND) >= 4.5


def test_a_colour_that_stands_out_already_is_left_alone() -> None:
    assert theme.on_light("0b6e4f") == (0x0B, 0x6E, 0x4F)
    assert "--accent:#0b6e4f" in theme.stylesheet("0b6e4f")


def test_the_whole_page_is_far_below_fifty_kilobytes(house: House) -> None:
    client = house.client()
    total = 0
    html = client.get(house.page).text
    for address in [house.page, *re.findall(r'(?:href|src)="(/(?:p/static|p/theme|q)/[^"]+)"', html)]:
        answer = client.get(address)
        assert answer.status_code == 200, address
        total += len(answer.data)
    assert total < 16_000
    assert len(gzip.compress(html.encode())) < 2_000


def test_the_stylesheet_may_be_kept_because_its_address_changes_with_it(house: House) -> None:
    html = house.client().get(house.page).text
    assert re.search(r"/p/static/pay\.css\?v=[0-9a-f]{12}", html)


def test_what_moves_stays_still_for_who_asked_for_that() -> None:
    calm = re.sub(r"@media \(prefers-reduced-motion:no-preference\)\{.*?\n\}\n", "", CSS, flags=re.S)
    assert "animation" not in calm.replace("@keyframes", "")
    assert "transition" not in calm
