"""Identifiers that sort by time and tokens that nobody can guess."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ids import Ids, OsIds, SeededIds

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
MOMENTS = st.integers(0, 2**36).map(lambda ms: NOW + timedelta(milliseconds=ms))


@given(MOMENTS, MOMENTS, st.integers(0, 2**32))
def test_ids_sort_by_the_time_they_were_made(one: datetime, other: datetime, seed: int) -> None:
    ids = SeededIds(seed)
    first, second = sorted([one, other])
    if second - first >= timedelta(milliseconds=1):
        assert ids.new("req", first) < ids.new("req", second)


def test_ids_made_in_the_same_moment_differ() -> None:
    ids = OsIds()
    assert len({ids.new("req", NOW) for _ in range(10_000)}) == 10_000


def test_an_id_tells_what_it_is_of_and_fits_its_column() -> None:
    made = OsIds().new("req", NOW)
    assert made.startswith("req_")
    assert len(made) == 30
    assert set(made.removeprefix("req_")) <= set("0123456789abcdefghjkmnpqrstvwxyz")


def test_chance_from_a_seed_repeats_itself_and_other_seeds_differ() -> None:
    def all_of(ids: Ids) -> list[object]:
        return [ids.new("req", NOW), ids.token(), ids.hex(7), ids.below(1000), ids.random_bytes(4)]

    assert all_of(SeededIds(1)) == all_of(SeededIds(1))
    assert all_of(SeededIds(1))[0] != all_of(SeededIds(2))[0]


def test_a_token_holds_at_least_128_bits_and_is_safe_in_an_address() -> None:
    tokens = {OsIds().token() for _ in range(1000)}
    assert len(tokens) == 1000
    for token in tokens:
        assert len(token) == 22  # 16 bytes, six bits a character
        assert token.replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize("length", [1, 2, 7, 40])
def test_hexadecimal_chance_has_the_length_that_was_asked_for(length: int) -> None:
    text = OsIds().hex(length)
    assert len(text) == length
    assert set(text) <= set("0123456789abcdef")


def test_every_number_below_a_limit_comes_up_and_none_above() -> None:
    ids = SeededIds(7)
    assert {ids.below(6) for _ in range(500)} == {0, 1, 2, 3, 4, 5}
