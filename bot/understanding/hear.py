"""What is heard in a reply before anything is decided: its words, its moments and its phrases."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache, wraps
from pathlib import Path
from typing import Any, TypeVar

from bot.understanding.courtesy import core
from bot.understanding.dates.find import Found, find
from bot.understanding.lexicon.classes import CLASSES
from bot.understanding.lexicon.languages import LANGUAGE_NAMES
from bot.understanding.phrases import Line, Match, PhraseBook, read_lists
from bot.understanding.reading import Span
from bot.understanding.spelling import Speller
from bot.understanding.tagger import KNOWN, tag
from bot.understanding.tokens import Token, tokenise

_ENDS = frozenset(".!;\n…")
_CHANNELS = " ".join(words for name, words in CLASSES.items() if name.startswith("channel_"))
BOOK = PhraseBook(
    CLASSES | {"anychannel": _CHANNELS, "anylanguage": " ".join(LANGUAGE_NAMES), "name": "anna"},
    read_lists(Path(__file__).parent / "lexicon" / "phrases"),
)
SPELLER = Speller((*(word for word in BOOK.words if not word.endswith("~")), *KNOWN))


@dataclass(frozen=True)
class Heard:
    """A reply taken apart. Positions in matches are positions in ``line``."""

    text: str
    tokens: Sequence[Token]
    moments: Sequence[Found]
    line: Line
    places: Sequence[tuple[int, int]]
    # What was found out about it by ``once``.
    known: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def signals(self) -> dict[str, list[Match]]:
        """All phrases heard, by signal."""
        signals: dict[str, list[Match]] = {}
        heard = [*BOOK.listen(self.line), *self._core_matches()]
        for match in dict.fromkeys(heard):
            signals.setdefault(match.signal, []).append(match)
        return _weighed(signals)

    def _core_matches(self) -> Iterator[Match]:
        """What is heard when the greeting in front and the politeness behind are left off."""
        words = self.line.words[1:-1]
        first, last = core(words)
        if first == 0 and last == len(words):
            return
        for match in BOOK.listen(Line(words[first:last])):
            yield Match(match.signal, match.first + first, match.last + first)

    def has(self, *names: str) -> bool:
        """Whether any of these signals was heard."""
        return not self.signals.keys().isdisjoint(names)

    def span(self, first: int, last: int, led_to: str) -> Span:
        """The characters behind the words ``[first, last)`` of the line."""
        tokens = self.tokens[self.places[first][0] : self.places[max(first, last - 1)][1]]
        start, end = tokens[0].start, max(token.end for token in tokens)
        return Span(start, end, self.text[start:end], led_to)

    def spans(self, signal: str, led_to: str) -> list[Span]:
        """Where a signal was heard."""
        return [
            self.span(match.first, match.last, led_to)
            for match in self.signals.get(signal, ())
            if match.first < len(self.places)
        ]


Known = TypeVar("Known")


def once(find_out: Callable[[Heard], Known]) -> Callable[[Heard], Known]:
    """Makes ``find_out`` look only when it is first asked about a reply; what it found may not be changed."""

    @wraps(find_out)
    def remembered(heard: Heard) -> Known:
        known = heard.known
        if find_out not in known:
            known[find_out] = find_out(heard)
        found: Known = known[find_out]
        return found

    return remembered


def hear(text: str, now: datetime) -> Heard:
    """Take a reply apart."""
    tokens = tag(SPELLER.plain(tokenise(text)))
    moments = find(tokens, now)
    words, places = _line(tokens, moments)
    return Heard(text, tokens, moments, Line(words), places)


def is_known(word: str) -> bool:
    """Whether a word, as typed, is one that the bot knows."""
    return not SPELLER.is_name(word)


def _line(tokens: Sequence[Token], moments: Sequence[Found]) -> tuple[list[str], list[tuple[int, int]]]:
    starts = {moment.first: moment for moment in moments}
    words: list[str] = []
    places: list[tuple[int, int]] = []
    at = 0
    while at < len(tokens):
        moment = starts.get(at)
        last = moment.last if moment else at + 1
        for word in (_moment_word(moment),) if moment else _words(tokens[at]):
            if word != "|" or (words and words[-1] != "|"):
                words.append(word)
                places.append((at, last))
        at = last
    while words and words[-1] == "|":
        words.pop()
        places.pop()
    return words, places


def _moment_word(moment: Found) -> str:
    when = moment.when
    said = (when.weekday, when.month, when.on, when.first, when.at, when.hour, when.part)
    bare = all(value is None for value in said) or (when.nearest and when.grain == "month")
    return "@day" if when.day and bare else "@d"


_MORE_THAN_PAYING = (
    *("q_amount", "q_what_for", "q_who", "q_real", "q_deadline", "q_costs", "q_how"),
    *("cant_pay", "wont_pay", "condition", "dispute", "wait", "not_paid", "instalments"),
)
# A signal does not count where the words also say something that weighs more.
_GIVES_WAY: dict[str, tuple[str, ...]] = {
    "wont_pay": ("condition", "cant_pay", "unpaid", "no_lack"),
    "condition": ("cant_pay",),
    "cant_pay": ("withheld", "no_lack", "no_method", "q_link", "what_is_left"),
    "hardship": ("withheld", "what_is_left", "no_lack", "q_deadline", "kin_ill"),
    "ill": ("kin_ill", "q_link", "no_lack"),
    "maybe_cant_pay": ("what_is_left", "no_lack", "q_deadline"),
    "only_if": ("if_ok",),
    "wait": ("cant_pay", "dispute", "moment_pays", "wants_link", "q_costs", "no_delay"),
    "deny": ("no_problem", "no_delay"),
    "pause": ("work_break", "resume"),
    "instalments": ("no_parts", "half_bad", "counts_else"),
    "change_channel": (
        *("opt_out", "annoyed", "no_opt_out", "human", "resume"),
        *("ask_again", "pause", "change_language"),
    ),
    "opt_out": ("a_while", "too_often", "other_way", "wants_link"),
    "already_paid": ("vows",),
    "dispute": ("income", "opt_out", "you_lack", "q_link", "q_real", "q_costs", "bad_luck", "channel_broken"),
    "q_deadline": ("unsure", "bill_date"),
    "asks_paid": ("sure_paid",),
    "not_paid": ("sure_paid",),
    "resume": ("q_link", "wants_link"),
    "wrong_person": ("dispute", "own_loss", "wrong_to_ask", "no_opt_out"),
    "not_me": ("dispute",),
    "human": ("opt_out", "no_human", "resume"),
    "maybe_human": ("no_human",),
    "income": ("cant_pay", "q_deadline"),
    "absent": ("own_loss",),
    "pay_now": _MORE_THAN_PAYING,
    "pay_bare": _MORE_THAN_PAYING,
    "q_other": ("q_how", "q_link", "affirm"),
    "q_real": ("q_deadline",),
    "q_how": ("instalments", "thanks", "wants_link"),
    "thanks": ("sarcasm",),
    "affirm": ("dispute", "deny", "wrong_person", "not_me"),
}


def _weighed(signals: dict[str, list[Match]]) -> dict[str, list[Match]]:
    kept: dict[str, list[Match]] = {}
    for signal, matches in signals.items():
        stronger = [match for name in _GIVES_WAY.get(signal, ()) for match in signals.get(name, ())]
        left = [
            match
            for match in matches
            if not any(match.first < other.last and other.first < match.last for other in stronger)
        ]
        if left:
            kept[signal] = left
    return kept


# A sigh before a promise takes nothing back from it.
_SIGH = re.compile(r"p+f+t?|p+h+|zucht|u+gh+|sigh|omg|tss+|amai")


_MARKS = {"money": ("@m",), **{kind: (f"@{kind}",) for kind in ("mail", "url", "tel", "iban", "tag")}}


_MAYBE = frozenset(("maybe",))


def _words(token: Token) -> tuple[str, ...]:
    if token.kind != "word":
        return _signs(token)
    if not token.tags or token.tags.keys() <= _MAYBE:
        return _spoken(token.word)
    counts = "int" in token.tags and token.word not in ("een", "one")
    return ("@n",) if counts else tuple(token.word.split())


@lru_cache(maxsize=8192)
def _spoken(word: str) -> tuple[str, ...]:
    """What a word that tells no time is in the line; a few thousand make up most of what people type."""
    if _SIGH.fullmatch(word):
        return ()
    return (f"{word}~",) if SPELLER.is_name(word) else tuple(word.split())


def _signs(token: Token) -> tuple[str, ...]:
    if token.word == "?":
        return ("@q", "|")
    if token.word in _ENDS:
        return ("|",)
    if token.kind == "punct":
        return (",",)
    if token.kind in _MARKS:
        return _MARKS[token.kind]
    return ("@n",) if token.kind == "num" or "int" in token.tags else tuple(token.word.split())
