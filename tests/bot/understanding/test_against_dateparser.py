"""Our reading of days beside that of dateparser: where the two disagree, and why, is written down."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import dateparser
import pytest
from dateparser.search import search_dates

from bot.understanding import understand
from tests.bot.understanding.expressions.notation import SENTENCES, rows, said

_WRITTEN_DOWN: Final = Path(__file__).parent / "against" / "dateparser.tsv"
_NO_DAY: Final = ("ask", "none")


def _settings(now: datetime) -> dict[str, object]:
    """What dateparser must know to read as a payer in the Netherlands writes: day first, and ahead."""
    return {"RELATIVE_BASE": now.replace(tzinfo=None), "PREFER_DATES_FROM": "future", "DATE_ORDER": "DMY"}


def _disagreements(language: str) -> Iterator[tuple[str, ...]]:
    """Both gave their best: they the bare phrase, which they read better than a sentence; we a sentence."""
    for now, expression, _ in rows(language):
        theirs = dateparser.parse(expression, languages=[language], settings=_settings(now))
        ours = said(understand(SENTENCES[language][0].format(expression), now=now))
        if theirs is None:
            continue
        their_day = theirs.date().isoformat()
        if their_day != ours[:10] or ".." in ours:
            yield language, f"{now:%Y-%m-%dT%H:%M}", expression, ours, their_day


def _written_down() -> dict[tuple[str, ...], str]:
    """Each line: language, moment, phrase, our reading, theirs; below the reason that explains it."""
    found, reason = {}, ""
    for line in _WRITTEN_DOWN.read_text("utf-8").splitlines():
        if line.startswith("# "):
            reason = line[2:]
        else:
            found[tuple(line.split("\t"))] = reason
    return found


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_day_that_another_parser_reads_otherwise_has_a_reason(language: str) -> None:
    found = set(_disagreements(language))
    explained = {row: reason for row, reason in _written_down().items() if row[0] == language}
    assert found - set(explained) == set(), "new: give each a place below its reason"
    assert set(explained) - found == set(), "no longer so: take these out"
    assert all(len(reason) > 20 for reason in explained.values())


@pytest.mark.parametrize("language", ["nl", "en"])
def test_on_the_same_sentences_we_are_right_more_often_and_wrong_less_often(language: str) -> None:
    ours, theirs = Counter[str](), Counter[str]()
    for now, expression, accepted in rows(language):
        sentence = SENTENCES[language][0].format(expression)
        ours[_verdict(said(understand(sentence, now=now)), accepted)] += 1
        found = search_dates(sentence, languages=[language], settings=_settings(now)) or []
        day = found[0][1].date().isoformat() if len(found) == 1 else "none"
        theirs[_verdict(day, [accept[:10] for accept in accepted])] += 1
    assert ours["right"] > theirs["right"]
    assert ours["wrong"] < theirs["wrong"]


def _verdict(answer: str, accepted: Sequence[str]) -> str:
    if answer in accepted:
        return "right"
    return "asked" if answer in _NO_DAY else "wrong"
