"""A table adds up to what is printed in it, whatever the order and the signs of its weights."""

import pytest

from bot.understanding.leanings import ALWAYS, Leanings, chance
from bot.understanding.printed import Printed

LINES = (
    f"{ALWAYS}\tdeny=-2.0",
    "nee\tdeny=4.5\tpause=-0.7",
    "graag\tpause=-16.0\tdeny=-0.1",
    "ja\tother=3.0",
)
MEANINGS = ("pause", "deny")


def test_the_weights_of_each_meaning_are_added_up_apart_from_the_others() -> None:
    table = Printed(LINES, MEANINGS)
    assert table.totals(("nee", "graag")) == [-16.7, 4.4]
    assert table.totals(("graag", "unheard of", "nee")) == [-16.7, 4.4]
    assert table.totals(()) == [0.0, 0.0]


def test_a_row_can_be_read_by_itself_and_a_word_without_one_leans_nowhere() -> None:
    table = Printed(LINES, MEANINGS)
    assert table["nee"] == (-0.7, 4.5)
    assert table.weight("nee", 1) == 4.5
    assert table.weight("unheard of", 0) == 0.0
    assert "unheard of" not in table
    assert set(table) == {ALWAYS, "nee", "graag", "ja"}
    with pytest.raises(KeyError):
        table["unheard of"]


def test_a_printed_table_gives_the_chances_that_its_weights_give() -> None:
    found = frozenset(("nee", "graag"))
    printed = Leanings(MEANINGS, Printed(LINES, MEANINGS))
    plain = Leanings(MEANINGS, {ALWAYS: (0.0, -2.0), "nee": (-0.7, 4.5), "graag": (-16.0, -0.1)})
    assert printed.of(found) == pytest.approx(plain.of(found))
    assert printed.of(frozenset()) == {"pause": chance(0.0), "deny": chance(-2.0)}
