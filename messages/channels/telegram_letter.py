"""Puts a message in Telegram's form: HTML, a caption under the picture, buttons within their limits."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from messages.channels import Button, Failure, NotSent, Parcel

LONGEST_CAPTION: Final = 1024  # UTF-16 units, after the HTML is read
LONGEST_ANSWER: Final = 64  # bytes
_STRONG: Final = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+)(?<=\S)\*(?![\w*])")


def as_html(body: str) -> str:
    """Return plain words as HTML: everything is escaped, and `*words*` become bold."""
    return _STRONG.sub(r"<b>\1</b>", html.escape(body))


def fits_caption(body: str) -> bool:
    return len(body.encode("utf-16-le")) // 2 <= LONGEST_CAPTION


def words(parcel: Parcel, *, official: bool) -> str:
    """The message's words, with the addresses of buttons that Telegram would refuse."""
    refused = [
        button.url for button in parcel.buttons if button.url and not _allowed(button.url, official=official)
    ]
    return "\n".join([parcel.body, *(url for url in refused if url not in parcel.body)])


def keyboard(buttons: Sequence[Button], *, official: bool) -> InlineKeyboardMarkup | None:
    """One button a row, so that labels are never cut. Raises NotSent (NEVER) for an answer over 64 bytes."""
    rows = [
        [_button(button)] for button in buttons if not button.url or _allowed(button.url, official=official)
    ]
    return InlineKeyboardMarkup(rows) if rows else None


def _button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.label, url=button.url)
    # The library does not check this, and Telegram would refuse the whole message without saying which.
    if not 1 <= len(button.answer.encode()) <= LONGEST_ANSWER:
        raise NotSent(Failure.NEVER, f"answer of a button is not 1 to {LONGEST_ANSWER} bytes")
    return InlineKeyboardButton(button.label, callback_data=button.answer)


def _allowed(url: str, *, official: bool) -> bool:
    """The real Telegram refuses buttons to loopback addresses, and warns for those without TLS."""
    return not official or urlsplit(url).scheme == "https"
