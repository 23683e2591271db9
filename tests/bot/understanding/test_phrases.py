"""What the notation of phrases means, told once more by a matcher too slow and too plain to be wrong."""

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding.phrases import Line, Match, PhraseBook

CLASSES = {"pay": "betaal betalen", "not": "niet geen betaal", "end": "| , nu"}
GAPS = {"..": 2, "...": 5}
OPENINGS, CLOSINGS = ("^", "^^"), ("$", "$$")
EDGES = (*OPENINGS, *CLOSINGS)
BREAKS = {"|", ","}


def _fits(part: str, word: str) -> bool:
    """Whether a word of the reply is what a part such as "ik|ber*|<pay>|@d" asks for."""
    for option in part.split("|"):
        if option.startswith("<") and word in CLASSES[option[1:-1]].split():
            return True
        if option.endswith("*") and word.startswith(option[:-1]):
            return True
        if word == option or (option, word) == ("@d", "@day") or (option == "@w" and word.endswith("~")):
            return True
    return part == "|" == word


def _ends(parts: Sequence[str], words: Sequence[str], at: int) -> Iterator[int]:
    """Where the parts, said from ``at`` on, may be over: the best place first."""
    if not parts:
        yield at
    elif parts[0] in EDGES:
        if _is_edge(parts[0], words, at):
            yield from _ends(parts[1:], words, at)
    else:
        for size in _sizes(parts[0], words, at):
            yield from _ends(parts[1:], words, at + size)


def _sizes(part: str, words: Sequence[str], at: int) -> Iterator[int]:
    """How many words a part may take: the best number first."""
    if part in GAPS:
        for size in range(GAPS[part] + 1):
            if at + size <= len(words) and BREAKS.isdisjoint(words[at : at + size]):
                yield size
    else:
        if at < len(words) and _fits(part.strip("[]"), words[at]):
            yield 1
        if part == "," or part.startswith("["):
            yield 0


def _is_edge(edge: str, words: Sequence[str], at: int) -> bool:
    if edge in OPENINGS:
        return at == 0 or (edge == "^" and words[at - 1] in BREAKS)
    after = at + (words[at : at + 1] == ["@q"])
    return after == len(words) or (edge == "$" and words[after] in BREAKS)


def _heard_slowly(signal: str, parts: Sequence[str], words: Sequence[str]) -> Iterator[Match]:
    free = 0
    for start in range(len(words)):
        end = next(_ends(parts, words, start), None)
        if end is not None and start >= free:
            yield Match(signal, start, end)
            free = end


SAID = ("ik", "betaal", "betalen", "niet", "geen", "berichten", "nu", "@d", "@day", "@n", "anna~", ",", "|")
LINES = st.lists(st.sampled_from(("xyz", *SAID)), max_size=14)
SURE = st.sampled_from(
    ["ik", "betaal", "<pay>", "<not>|nu", "ik|@d", "ber*|nu", "@n", "|", "niet|geen|<pay>", "<end>", "ik|@w"]
)
OTHERS = st.one_of(
    SURE, st.sampled_from(["[nu]", "[<not>]", "[ik|nu]", "[,]", ",", "@w", "..", "...", "[betaal]"])
)


@st.composite
def phrases(draw: st.DrawFn) -> list[str]:
    """The parts of any phrase that can be said."""
    inside = [draw(SURE), *draw(st.lists(OTHERS, max_size=5)), draw(SURE)]
    opening, closing = (draw(st.sampled_from(["", *edges])) for edges in (OPENINGS, CLOSINGS))
    parts = [opening, *inside[draw(st.integers(0, 1)) :], closing]
    if not opening and parts[1] in GAPS:
        del parts[1]
    return [part for part in parts if part]


def _sayable(parts: list[str]) -> bool:
    words = [part for part in parts if part not in EDGES]
    sure = [part for part in words if part[0] != "[" and part not in ("@w", ",", "|", *GAPS)]
    return bool(sure) and (words[0] not in GAPS or parts[0] in OPENINGS)


@given(several=st.lists(phrases().filter(_sayable), min_size=1, max_size=6), words=LINES)
@settings(max_examples=600, deadline=None)
def test_phrases_mean_together_what_each_means_alone(several: list[list[str]], words: list[str]) -> None:
    book = PhraseBook(CLASSES, {f"signal {n}": " ".join(parts) for n, parts in enumerate(several)})
    alone = {match for n, parts in enumerate(several) for match in _heard_slowly(f"signal {n}", parts, words)}
    assert set(book.listen(Line(words))) == alone


@given(
    wanted=st.lists(
        st.sampled_from(["ik", "betaal", "<pay>", "ber*|nu", "@d", "<not>"]), min_size=1, max_size=3
    ),
    unwanted=st.lists(st.sampled_from(["nu", "<not>", "@n", "ber*"]), max_size=2),
    clauses=st.lists(st.lists(st.sampled_from(SAID[:-1]), min_size=1, max_size=7), min_size=1, max_size=3),
)
@settings(deadline=None)
def test_a_bag_is_heard_in_each_clause_that_holds_its_words_and_no_other(
    wanted: list[str], unwanted: list[str], clauses: list[list[str]]
) -> None:
    book = PhraseBook(CLASSES, {"bag": " ".join(["&", *wanted, *(f"!{part}" for part in unwanted)])})
    expected, start = [], 0
    for clause in clauses:
        places = [[at for at, word in enumerate(clause) if _fits(part, word)] for part in wanted]
        if all(places) and not any(_fits(part, word) for part in unwanted for word in clause):
            firsts = [found[0] for found in places]
            expected.append(Match("bag", start + min(firsts), start + max(firsts) + 1))
        start += len(clause) + 1
    assert list(book.listen(Line(" | ".join(map(" ".join, clauses)).split()))) == expected


def test_a_phrase_is_heard_with_the_words_that_may_be_left_out_and_in_the_narrowest_gap() -> None:
    book = PhraseBook(CLASSES, {"pays": "ik ... <pay> [nu]"})
    heard = list(book.listen(Line(["ik", "ga", "betalen", "nu", "ja", "ik", "moet", "betalen"])))
    assert heard == [Match("pays", 0, 4), Match("pays", 5, 8)]


@pytest.mark.parametrize(
    "phrase",
    [
        "ik <nobody>",
        "ik ^ betaal",
        "ik $ betaal",
        "ik $|betaal",
        "ik betaal ..",
        "... ik betaal",
        "^ $",
        "[ik] @w",
        "ik||jij",
        "ik [ga betalen",
        "[ik]|[jij] betaal",
        "ik @zomaar",
        "be* nu",
        "b*g nu",
        "! ik",
        "& !niet",
        "&",
        "& ik ..",
        "& ik [nu]",
    ],
)
def test_a_mistake_in_a_list_is_told_with_its_list_and_its_line(phrase: str) -> None:
    with pytest.raises(ValueError, match=r"^promise\.txt, line 3: "):
        PhraseBook(CLASSES, {"promise": f"# Says when.\nik betaal\n{phrase}\n"})


def test_what_people_type_fills_no_memory() -> None:
    book = PhraseBook(CLASSES, {"pays": "ik ... <pay> [nu]\nber* ... ik $"})
    for n in range(300):
        list(book.listen(Line([f"woord{n}", f"berg{n}", "ik", f"naam{n}~", "betaal"])))
    assert book.remembered < 60


def test_a_book_that_had_to_forget_hears_the_same() -> None:
    lines = [["ik", *words, "betaal", "nu"] for words in ([], ["niet"], ["xyz", ","], ["nu", "anna~"])]
    phrases = {"pays": "ik .. <pay> [nu] $", "names": "ik .. @w"}
    fresh = PhraseBook(CLASSES, phrases)
    forgetful = PhraseBook(CLASSES, phrases, most_remembered=3)
    for line in (*lines, *lines):
        assert list(forgetful.listen(Line(line))) == list(fresh.listen(Line(line)))
