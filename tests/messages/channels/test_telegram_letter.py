"""Telegram's form: escaped, bold where the copy says so, buttons within their limits."""

from __future__ import annotations

import pytest

from messages.channels import Button, Failure, NotSent
from messages.channels.telegram_letter import as_html, fits_caption, keyboard, words
from sandbox.telegram.entities import read_text
from tests.messages.channels.talking import parcel


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("Betaal *€ 42,50* vandaag", "Betaal <b>€ 42,50</b> vandaag"),
        ("*Fietshuis Jansen*: *factuur 1042*", "<b>Fietshuis Jansen</b>: <b>factuur 1042</b>"),
        ("<b>Jansen & Zn</b>", "&lt;b&gt;Jansen &amp; Zn&lt;/b&gt;"),
        ("*<i>Jansen</i>*", "<b>&lt;i&gt;Jansen&lt;/i&gt;</b>"),
        ("2*3*4 = 24", "2*3*4 = 24"),
        ("* niet * dit", "* niet * dit"),
        ("**dubbel**", "**dubbel**"),
        ("*niet\nover regels*", "*niet\nover regels*"),
    ],
)
def test_words_between_asterisks_are_bold_and_everything_else_is_plain(body: str, html: str) -> None:
    """Trap 24: a name with < or & in it must not break the message."""
    assert as_html(body) == html


@pytest.mark.parametrize("body", ["<>&\"'", "&amp;", "a < b > c", "*<*>*", "</b>", "*a*b*c*", "<*b*>"])
def test_whatever_a_name_contains_telegram_can_read_it_and_shows_it(body: str) -> None:
    """Trap 24."""
    shown = read_text(as_html(body), "HTML").text
    assert shown.replace("*", "") == body.replace("*", "")


def test_each_button_has_a_row_of_its_own() -> None:
    markup = keyboard(
        [Button("Vrijdag", "ik betaal vrijdag"), Button("Betalen", url="https://x.nl")], official=True
    )
    assert markup is not None
    rows = markup.to_dict()["inline_keyboard"]
    assert rows == [
        [{"text": "Vrijdag", "callback_data": "ik betaal vrijdag"}],
        [{"text": "Betalen", "url": "https://x.nl"}],
    ]


@pytest.mark.parametrize(
    "answer", ["", "a" * 65, "é" * 33, "ik betaal op woensdag éénentwintig oktober tweeduizendzesentwintig €"]
)
def test_an_answer_that_does_not_fit_fails_its_own_message_only(answer: str) -> None:
    """Trap 24: 64 bytes, not characters; the library does not check it."""
    with pytest.raises(NotSent) as caught:
        keyboard([Button("Tik", answer)], official=True)
    assert caught.value.failure is Failure.NEVER


def test_an_answer_of_exactly_64_bytes_fits() -> None:
    assert keyboard([Button("Tik", "é" * 32)], official=True)


def test_an_address_that_the_real_telegram_refuses_on_a_button_becomes_words() -> None:
    link = "http://127.0.0.1:8000/p/abc"
    letter = parcel("Betaal hier", buttons=(Button("Betalen", url=link),))
    assert words(letter, official=True) == f"Betaal hier\n{link}"
    assert keyboard(letter.buttons, official=True) is None
    assert words(letter, official=False) == "Betaal hier"
    assert keyboard(letter.buttons, official=False)


def test_an_address_that_is_in_the_words_already_is_not_said_twice() -> None:
    link = "http://127.0.0.1:8000/p/abc"
    letter = parcel(f"Betaal hier: {link}", buttons=(Button("Betalen", url=link),))
    assert words(letter, official=True) == letter.body


def test_a_caption_is_measured_as_telegram_does_in_utf16_units() -> None:
    assert fits_caption("a" * 1024)
    assert not fits_caption("a" * 1025)
    assert fits_caption("🚲" * 512)
    assert not fits_caption("🚲" * 513)
