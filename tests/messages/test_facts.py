"""Facts as they are kept and as they are made harmless."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import Money
from messages.facts import clean, pack, unpack

facts = st.dictionaries(
    st.text(max_size=10),
    st.one_of(
        st.text(),
        st.integers(),
        st.dates(),
        st.builds(Money, st.integers(), st.sampled_from(["EUR", "USD"])),
    ),
)


@given(facts)
def test_every_fact_comes_back_from_json_as_it_went(given_facts: dict[str, object]) -> None:
    assert unpack(json.loads(json.dumps(pack(given_facts)))) == given_facts


@pytest.mark.parametrize("value", [1.5, True, None, ["x"], {"a": 1}, datetime(2026, 11, 27, tzinfo=UTC)])
def test_what_is_not_a_fact_is_not_kept(value: object) -> None:
    with pytest.raises(TypeError, match=r"x: a .* is not a fact"):
        pack({"x": value})


@pytest.mark.parametrize("value", [{"cents": "1"}, {"date": 3}, [1], None, 1.5])
def test_what_is_not_a_kept_fact_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="not a stored fact"):
        unpack({"x": value})


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("name", "  Anna\n\tde  Vries ", "Anna de Vries"),
        ("name", "Anna\u202e\u2066 de\u200b Vries\x00", "Anna de Vries"),
        ("name", "Anna https://evil.example/p?x=1 de Vries", "Anna de Vries"),
        ("name", "*Anna* `de` ~Vries~", "Anna de Vries"),
        ("name", "Zoe\u0308", "Zoë"),
        ("description", "Bestelling bij winkel.nl, m²", "Bestelling bij winkel nl, m2"),
        ("description", "10.5 km. Band", "10.5 km. Band"),
        ("merchant", "bol.example", "bol.example"),
        ("merchant", "Winkel https://winkel.example", "Winkel"),
        ("reference", "2026.FA_12/3", "2026.FA_12/3"),
        ("link", "https://x.example/p/a_b-c", "https://x.example/p/a_b-c"),
    ],
)
def test_a_fact_becomes_one_harmless_line(name: str, text: str, line: str) -> None:
    assert clean(name, text, plain=False) == line


@pytest.mark.parametrize("plain", [False, True])
def test_what_a_colleague_typed_keeps_its_lines(plain: bool) -> None:
    typed = "Dag Anna,\n\n Kijk op https://evil.example even.\nGroet"
    assert clean("typed", typed, plain=plain) == "Dag Anna,\n\nKijk op even.\nGroet"


def test_a_long_name_is_cut_and_shows_that_it_is() -> None:
    assert clean("name", "Anna " * 30, plain=False) == "Anna " * 11 + "Anna…"
    assert clean("name", "Anna " * 30, plain=True) == "Anna Anna Anna Anna An..."


@given(st.text(), st.sampled_from(["name", "description", "merchant", "reference"]), st.booleans())
def test_cleaning_twice_is_cleaning_once(text: str, name: str, plain: bool) -> None:
    once = clean(name, text, plain=plain)
    assert clean(name, once, plain=plain) == once


def test_days_and_amounts_are_plain_json() -> None:
    assert pack({"date": date(2026, 11, 27), "paid": Money(2000)}) == {
        "date": {"date": "2026-11-27"},
        "paid": {"cents": 2000, "currency": "EUR"},
    }


@pytest.mark.parametrize("plain", [False, True])
def test_a_list_that_a_colleague_typed_keeps_its_stars_and_nothing_is_stressed(plain: bool) -> None:
    typed = "Neem mee:\n* de bon\n* uw *oude* sleutel\n*let op*"
    assert clean("typed", typed, plain=plain) == "Neem mee:\n* de bon\n* uw oude sleutel\nlet op"
