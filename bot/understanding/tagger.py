"""Says of each token what it may stand for in the grammar of days: "27" a number, "vr" a weekday."""

from bot.understanding.courtesy import is_courtesy
from bot.understanding.lexicon import words
from bot.understanding.lexicon.calendar_words import (
    DIRECTIONS,
    MONTHS,
    PARTS,
    PLURALS,
    RELATIVE_DAYS,
    SHORT_MONTHS,
    SHORT_WEEKDAYS,
    STRETCHES,
    UNITS,
    WEEKDAYS,
)
from bot.understanding.lexicon.feasts import FEASTS, VAGUE_FEASTS
from bot.understanding.number_tags import number_tags
from bot.understanding.numbers import CARDINALS, HALVES, NOTES, ORDINALS, PLURAL_HOURS
from bot.understanding.short_forms import MOSTLY_WORDS, SHORT, promote_short
from bot.understanding.tokens import Token

_TABLES: tuple[tuple[str, dict[str, object]], ...] = tuple(
    (name, dict(table))
    for name, table in (
        ("weekday", WEEKDAYS),
        ("month", MONTHS),
        ("unit", UNITS),
        ("one_unit", {word: unit for word, unit in UNITS.items() if word not in PLURALS}),
        ("plural", PLURALS),
        ("part", PARTS),
        ("reldate", RELATIVE_DAYS),
        ("dir", DIRECTIONS),
        ("stretch", STRETCHES),
        ("int", CARDINALS),
        ("number", {word: number for word, number in CARDINALS.items() if number != 1}),
        ("pluralhour", PLURAL_HOURS),
        ("ord", ORDINALS),
        ("half", HALVES),
        ("feast", {word: word for word in FEASTS if " " not in word}),
        ("vaguefeast", dict.fromkeys(VAGUE_FEASTS, True)),
    )
)
_LEXICON: dict[str, dict[str, object]] = {}
for _name, _table in _TABLES:
    for _word, _value in _table.items():
        _LEXICON.setdefault(_word, {})[_name] = _value

KNOWN = frozenset(_LEXICON) | frozenset(NOTES) | {word for name in FEASTS for word in name.split()}
_LONG_FEASTS: dict[str, list[tuple[str, ...]]] = {}
for _feast in sorted((name for name in FEASTS if " " in name), key=len, reverse=True):
    _LONG_FEASTS.setdefault(_feast.split()[0], []).append(tuple(_feast.split()))

# Short forms written with a full stop that ends no sentence: "27 nov.", "vr.".
_DOTTED = frozenset((*MONTHS, *SHORT_WEEKDAYS, *SHORT_MONTHS)) - words("mei juni juli march may june july")

# "Half two" is half past two; Dutch "half twee" is an hour earlier.
_ENGLISH_HOURS = words("one two three four five six seven eight nine ten eleven twelve")


def tag(tokens: list[Token]) -> list[Token]:
    """The same tokens with their tags; many-word feasts and numbers become one token."""
    fused = _fuse(tokens)
    for token in fused:
        if token.kind == "word":
            if token.word in _LEXICON and not token.tags:
                token.tags.update(_LEXICON[token.word])
        else:
            token.tags.update(number_tags(token))
    _greet(fused)
    for at, token in enumerate(fused):
        if token.word in SHORT:
            promote_short(fused, at)
        elif token.word in _FRACTIONS and _of_the_bill(fused, at):
            token.tags.clear()
    return fused


_HELLOS = words("morning afternoon evening")
# "Evening, about 8" tells when.
_HOURS = words("int clock dotclock half")
_GOOD = words("good goede goeie goeden")


def _opens(token: Token) -> bool:
    return token.word in _GOOD or (is_courtesy(token.word) and token.word not in _HELLOS)


def _greet(tokens: list[Token]) -> None:
    """ "Morning, friday works" and "good evening. ..." name no part of a day."""
    at = next((n for n, token in enumerate(tokens) if not _opens(token)), 0)
    greets = at + 2 < len(tokens) and tokens[at].word in _HELLOS and tokens[at + 1].kind == "punct"
    if greets and not any(_HOURS & token.tags.keys() for token in tokens):
        tokens[at].tags.clear()


_FRACTIONS = frozenset(["1/2", "1/3", "1/4", "2/3", "3/4"])
_OF_THE_BILL = words("nu now deel part van of meteen direct alvast eerst vooraf upfront")


def _of_the_bill(tokens: list[Token], at: int) -> bool:
    """ "1/3 nu en de rest later" is a third of the bill, not the first of March."""
    around = {token.word for token in (*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2])}
    return bool(_OF_THE_BILL & around)


def _fuse(tokens: list[Token]) -> list[Token]:
    fused: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.word not in _MAY_FUSE and not token.word[:1].isdigit():
            fused.append(token)
            at += 1
            continue
        size, tags = _many_words(tokens, at)
        if token.word == "." and token.glued and fused and _shortened(fused[-1].word, tokens[at + 1 :]):
            at += 1
            continue
        if token.word == "en" and token.glued and fused and fused[-1].kind == "num":
            # "In 3en" is in three.
            at += 1
            continue
        if size > 1 or "euros" in tags:
            words = " ".join(part.word for part in tokens[at : at + size])
            last = tokens[at + size - 1]
            kind = "money" if "euros" in tags else "word"
            words = f"{tags.pop('euros')} euro" if kind == "money" else words
            token = Token(words, token.start, last.end, kind, token.glued, tags)
        fused.append(token)
        at += size
    return fused


def _shortened(word: str, following: list[Token]) -> bool:
    """Whether a full stop belongs to a short form: "27 nov.", and "zo." only before a number."""
    if word in MOSTLY_WORDS:
        return bool(following) and following[0].kind in ("num", "ord", "dm", "pair", "dmy")
    return word in _DOTTED


_TENS = words("twenty thirty forty fifty")
_WORKING = words("working business work")
# What may be more than a token by itself, besides numbers.
_MAY_FUSE = frozenset((*_LONG_FEASTS, *CARDINALS, *NOTES, *_TENS, *_WORKING, *words(". en from half")))


def _many_words(tokens: list[Token], at: int) -> tuple[int, dict[str, object]]:
    word = tokens[at].word
    for feast in _LONG_FEASTS.get(word, ()):
        if tuple(token.word for token in tokens[at : at + len(feast)]) == feast:
            return len(feast), {"feast": " ".join(feast)}
    following = tokens[at + 1].word if at + 1 < len(tokens) else ""
    if (money := _money_in_words(word, following)) is not None:
        return money
    if [token.word for token in tokens[at : at + 3]] == ["from", "now", "on"]:
        return 3, {}
    if word in _WORKING and following in ("day", "days"):
        return 2, {"unit": "workday"}
    if word == "half" and following in _ENGLISH_HOURS:
        return 2, {"clock": (CARDINALS[following], 30, False)}
    tags = _joined(f"{word}-{following}") if word in _TENS else {}
    return (2, tags) if tags else (1, {})


def _joined(word: str) -> dict[str, object]:
    """ "Twenty five" and "twenty fifth"."""
    if word in CARDINALS:
        return {"int": CARDINALS[word]}
    return {"ord": ORDINALS[word]} if word in ORDINALS else {}


def _money_in_words(word: str, following: str) -> tuple[int, dict[str, object]] | None:
    """ "Vijftig euro", "2 tientjes", "tientje"; but "tientjes" alone is no amount."""
    number = int(word) if word.isascii() and word.isdigit() and len(word) < 4 else CARDINALS.get(word)
    if number is not None and following in NOTES:
        return 2, {"euros": number * NOTES[following]}
    if word in NOTES and not word.endswith("s"):
        return 1, {"euros": NOTES[word]}
    if word in CARDINALS and following in ("euro", "euros", "eur", "eurootjes"):
        return 2, {"euros": CARDINALS[word]}
    return None
