"""What a text costs to send: its SMS alphabet, its segments and the price that we expect."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

# The default alphabet of GSM 03.38, and the letters of its extension table, which take two places.
GSM: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_TWICE: Final = frozenset("^{}\\[~]|€\f")
_EITHER: Final = GSM | GSM_TWICE
_NEAR: Final = {
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "´": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"',
    "»": '"', "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "…": "...", "\u00a0": " ", "\t": " ",
    "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "œ": "oe",
    "Œ": "OE", "ẞ": "SS", "·": "-", "•": "-", "×": "x", "°": " gr.", "²": "2", "³": "3",
}  # fmt: skip

Encoding = Literal["GSM-7", "UCS-2"]
_ALONE: Final[Mapping[Encoding, int]] = {"GSM-7": 160, "UCS-2": 70}
_JOINED: Final[Mapping[Encoding, int]] = {"GSM-7": 153, "UCS-2": 67}


@dataclass(frozen=True)
class Measure:
    """How a text goes as SMS: the alphabet it needs and the number of segments, at least one."""

    encoding: Encoding
    segments: int


@dataclass(frozen=True)
class Price:
    """What we expect to pay: `micros` are millionths of a euro, per SMS segment or per message."""

    micros: int
    per_segment: bool
    source: str


# Estimates of November 2026, without VAT: set them to your own contract. Replies on WhatsApp within the
# payer's window may be free; the price here is that of an approved utility template.
PRICES: Final[Mapping[str, Price]] = {
    "sms": Price(80_000, per_segment=True, source="KPN SMS API, price list read 2026-09-20: € 0,08 per SMS"),
    "whatsapp": Price(55_000, per_segment=False, source="estimate: Meta's fee plus USD 0.005 for Twilio"),
    "telegram": Price(0, per_segment=False, source="bots send for nothing"),
}


def measure(body: str) -> Measure:
    """Count the SMS segments of `body` the way phones join them: no letter is split over two."""
    if _EITHER.issuperset(body):
        return _measure("GSM-7", [1 + (letter in GSM_TWICE) for letter in body])
    return _measure("UCS-2", [1 + (ord(letter) > 0xFFFF) for letter in body])


def _measure(encoding: Encoding, widths: list[int]) -> Measure:
    if sum(widths) <= _ALONE[encoding]:
        return Measure(encoding, 1)
    count, used = 1, 0
    for width in widths:
        if used + width > _JOINED[encoding]:
            count, used = count + 1, 0
        used += width
    return Measure(encoding, count)


def cost(channel: str, measured: Measure) -> int:
    """Return the expected price of a message in millionths of a euro; 0 for a channel without a price."""
    price = PRICES.get(channel)
    if price is None:
        return 0
    return price.micros * (measured.segments if price.per_segment else 1)


def to_gsm(text: str) -> str:
    """Write `text` in the SMS alphabet: its own letters stay, others become the nearest one or are lost."""
    return "".join(map(_near, unicodedata.normalize("NFC", text)))


def _near(letter: str) -> str:
    if letter in _EITHER:
        return letter
    if letter in _NEAR:
        return _NEAR[letter]
    bare = unicodedata.normalize("NFKD", letter)
    return "".join(part for part in bare if part in GSM)
