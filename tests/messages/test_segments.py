"""Segments as phones count them, against hand-made cases and against a slower count of our own."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from messages.segments import GSM, GSM_TWICE, PRICES, Measure, cost, measure, to_gsm


@pytest.mark.parametrize(
    ("text", "encoding", "segments"),
    [
        ("", "GSM-7", 1),
        ("a" * 160, "GSM-7", 1),
        ("a" * 161, "GSM-7", 2),
        ("a" * 306, "GSM-7", 2),
        ("a" * 307, "GSM-7", 3),
        ("€" * 80, "GSM-7", 1),
        ("€" * 81, "GSM-7", 2),
        # The euro sign would be torn apart by the end of the first segment, so it moves to the next.
        ("a" * 152 + "€" + "a" * 152, "GSM-7", 3),
        ("a" * 151 + "€" + "a" * 153, "GSM-7", 2),
        ("é" * 160, "GSM-7", 1),
        ("ë" + "a" * 69, "UCS-2", 1),
        ("ë" + "a" * 70, "UCS-2", 2),
        ("ë" * 134, "UCS-2", 2),
        ("ë" * 135, "UCS-2", 3),
        ("🙂" * 35, "UCS-2", 1),
        ("🙂" * 36, "UCS-2", 2),
        ("🙂" * 66, "UCS-2", 2),
        ("🙂" * 67, "UCS-2", 3),
        ("‘", "UCS-2", 1),
        ("\u00a0", "UCS-2", 1),
        ("^{}\\[~]|€\f" * 16, "GSM-7", 3),
    ],
)
def test_hand_counted_texts(text: str, encoding: str, segments: int) -> None:
    measured = measure(text)
    assert (measured.encoding, measured.segments) == (encoding, segments)


def slow_count(text: str) -> int:
    """The same rule told differently: fill one segment after another with whole letters."""
    gsm = set(text) <= GSM | GSM_TWICE
    letters = [("\x1b" + c if c in GSM_TWICE else c) if gsm else c for c in text]
    units = [len(c) if gsm else len(c.encode("utf-16-le", "surrogatepass")) // 2 for c in letters]
    alone, joined = (160, 153) if gsm else (70, 67)
    if sum(units) <= alone:
        return 1
    segments = [0]
    for unit in units:
        if segments[-1] + unit > joined:
            segments.append(0)
        segments[-1] += unit
    return len(segments)


texts = st.text(alphabet=st.sampled_from("aé€[ë🙂’ \n"), max_size=700)


@given(st.one_of(texts, st.text(max_size=400), st.text(alphabet="ab€|", max_size=700)))
@example("€" * 153)
def test_segments_are_never_counted_too_low(text: str) -> None:
    measured = measure(text)
    assert measured.segments == slow_count(text)
    units = sum(1 + (c in GSM_TWICE) for c in text) if measured.encoding == "GSM-7" else len(text)
    assert measured.segments * (160 if measured.encoding == "GSM-7" else 70) >= units


@given(st.text(max_size=300))
def test_written_in_the_sms_alphabet_any_text_costs_no_more_than_gsm(text: str) -> None:
    assert measure(to_gsm(text)).encoding == "GSM-7"


@given(st.text(alphabet=sorted((GSM | GSM_TWICE) - {"\f"}), max_size=200))
def test_letters_of_the_sms_alphabet_are_left_alone(text: str) -> None:
    assert to_gsm(text) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Zoë, Daniël, geïnd, één", "Zoe, Daniel, geind, één"),
        ("‘t is “mooi” – toch…", '\'t is "mooi" - toch...'),
        ("Łukasz Šimić Nguyễn Ø Å ß", "Lukasz Simic Nguyen Ø Å ß"),
        ("Zoe\u0308 fee\u0308n", "Zoe feen"),
        ("€\u00a042,50", "€ 42,50"),
        ("œuvre ﬁets ½", "oeuvre fiets 12"),
        ("🙂", ""),
    ],
)
def test_other_letters_become_the_nearest(text: str, written: str) -> None:
    assert to_gsm(text) == written


def test_an_sms_is_paid_by_segment_and_a_chat_message_by_message() -> None:
    three = Measure("GSM-7", 3)
    assert cost("sms", three) == 3 * PRICES["sms"].micros
    assert cost("whatsapp", three) == PRICES["whatsapp"].micros
    assert cost("telegram", three) == 0


def test_every_channel_has_a_price_with_a_source() -> None:
    from messages.channels import REGISTRY

    assert REGISTRY.keys() <= PRICES.keys()
    assert all(price.source and price.micros >= 0 for price in PRICES.values())


def test_a_channel_without_a_price_costs_nothing() -> None:
    assert cost("pigeon", Measure("GSM-7", 1)) == 0
