"""Tells when a short form is a day or a month: "vr" in "tot vr", "may" in "12 may"."""

from bot.understanding.courtesy import is_courtesy
from bot.understanding.lexicon import words
from bot.understanding.lexicon.calendar_words import SHORT_MONTHS, SHORT_WEEKDAYS, WEEKDAYS
from bot.understanding.tokens import Token

# What must stand before, or after, a short form such as "vr" or "may" for it to be a date.
_SHORT_AFTER = frozenset(
    [
        "op",
        "on",
        "tot",
        "vanaf",
        "van",
        "pas",
        "uiterlijk",
        "komende",
        "aanstaande",
        "as",
        "deze",
        "dit",
        "this",
        "next",
        "volgende",
        "coming",
        "tm",
        "until",
        "till",
        "by",
        "before",
        "after",
        "na",
        "voor",
        "in",
        "of",
        "eind",
        "begin",
        "half",
        "mid",
        "medio",
        "and",
        "en",
        "from",
        "-",
        "of",
        "every",
        "late",
        "early",
        "end",
        "or",
        "maar",
        "nee",
    ]
)
MOSTLY_WORDS = words("do zo za we su may march mar ma vrij sun sat wed")
# "Zo dan" and "za wel" answer nothing.
_FILLERS = words("dan wel maar hoor toch nou he")
_SHORT_BEFORE = frozenset(["tm", "-", "as"])


def _cues(before: Token, token: Token) -> bool:
    """Whether the word in front makes a short name a day or a month: "voor vr", "week ma", "do mon"."""
    if token.word in SHORT_WEEKDAYS and before.word in ("week", "wk"):
        return True
    if (before.word, token.word) == ("maar", "zo"):
        return False  # "doe maar zo" agrees
    told = before.word in ("do", "yours") and token.word in ("mon", "tue", "thu", "fri", "sat", "sun")
    return told or before.word in _SHORT_AFTER or "dir" in before.tags


SHORT = frozenset((*SHORT_WEEKDAYS, *SHORT_MONTHS))


def promote_short(tokens: list[Token], at: int) -> None:
    """Makes "vr" a weekday and "may" a month where their neighbours say so."""
    token = tokens[at]
    if _is_no_day(tokens, at):
        return
    table = SHORT_WEEKDAYS if token.word in SHORT_WEEKDAYS else SHORT_MONTHS
    if token.kind != "word" or token.word not in table:
        return
    before = tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    numbered = any(
        near is not None and _is_day(near)
        for near in ((before, after) if table is SHORT_MONTHS else (after,))
    )
    if token.word == "do" and _is_english_do(tokens, at):
        return
    if token.word == "do" and "dm" not in (after.tags if after else {}):
        # English "do": a Thursday before a number only when a month follows that.
        numbered = numbered and at + 2 < len(tokens) and "month" in tokens[at + 2].tags
    cued = before is not None and _cues(before, token)
    followed = after is not None and (
        after.word in _SHORT_BEFORE
        or (after.word == "week" and token.word not in MOSTLY_WORDS)
        or bool({"part", "month"} & after.tags.keys())
        or (not at and after.word in ("around", "about", "rond", "tegen", "om", "at", "works", "fine", "ok"))
    )
    named = table is SHORT_MONTHS and after is not None and after.word == "the"
    followed = followed or (named and "ord" in (*tokens, token)[min(at + 2, len(tokens))].tags)
    paired = after is not None and after.word in ("of", "or", "en", "and") and at + 2 < len(tokens)
    paired = paired and tokens[at + 2].word in (*SHORT_WEEKDAYS, *WEEKDAYS)
    alone = paired or len([near for near in tokens if not is_courtesy(near.word)]) == 1
    filled = token.word in MOSTLY_WORDS and any(near.word in _FILLERS for near in tokens)
    if (table is SHORT_MONTHS or filled) and alone:
        return
    told = table is SHORT_WEEKDAYS and _stands_as_day(tokens, at)
    if numbered or cued or alone or followed or told:
        token.tags["month" if table is SHORT_MONTHS else "weekday"] = table[token.word]
    elif token.word not in MOSTLY_WORDS:
        token.tags["maybe"] = True


def _is_no_day(tokens: list[Token], at: int) -> bool:
    """ "The sun" shines; and "18u of zo" is about then, but "za of zo" Saturday or Sunday."""
    said = [token.word for token in tokens[max(0, at - 2) : at + 1]]
    if said[-1] in ("zon", "sun"):
        return said[-2:-1] in (["de"], ["the"])
    day_before = said[0] in SHORT_WEEKDAYS or said[0] in WEEKDAYS
    return said[-2:] == ["of", "zo"] and not (len(said) > len(["of", "zo"]) and day_before)


_DOES_WHAT = words("it this that so the my your you i we not a all both")
_ENGLISH_MONTHS = words("january february march may june july august october")
_ENGLISH = words(
    "yes please thanks thank will would could should can may i you we they to lets gladly yeah yep"
)


def _is_english_do(tokens: list[Token], at: int) -> bool:
    """ "Yes please do", "i'll log in and do it": no Thursday."""
    done = at + 1 < len(tokens) and tokens[at + 1].word in _DOES_WHAT | _ENGLISH_MONTHS
    return done or any(token.word in _ENGLISH for token in tokens[max(0, at - 2) : at + 2])


_SURE = words("mon tue thu fri wed sat sun vr vri wo woe di")
_WHO = words("ik i u we wij jullie you")
_DOES = words("betaal betalen pay doe regel maak stort maar even pas wel nog will shall can settle send zal")
# In Flemish "ma" is "but", and "zo" and English "do" are said of no day.
_NEVER = words("zo do ma we may")


def _stands_as_day(tokens: list[Token], at: int) -> bool:
    """ "Wed next week", "thurs, actually no, fri", "als ik ma betaal", "mon i will settle it"."""
    word = tokens[at].word
    before = tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    second = tokens[at + 2] if at + 2 < len(tokens) else None
    starts = before is None or before.kind == "punct"
    if word in _SURE and _is_done_on(tokens, at):
        return True
    if word == "do" and starts and after is not None and after.word in _SUITS:
        return True
    if word in _NEVER - {"ma"} or after is None:
        return word in _SURE and after is None and _turns(before)
    if before is not None and before.word in _WHO and after.word in _DOES:
        return True
    if word in _NEVER:
        return False
    week = second is not None and second.tags.get("unit") == "week"
    if "dir" in after.tags and week:
        return True
    acts = after.word in ("i", "ik", "we") and second is not None and second.word in _DOES
    return starts and (acts or (after.word in _DOES and second is not None and second.word in _WHO))


_DOING = words("do doing pay paying settle settling transfer transferring send sending sort sorting")


def _is_done_on(tokens: list[Token], at: int) -> bool:
    """ "Doing it sat", "will pay wed thanks"."""
    rest = tokens[at + 1 :]
    if any(not (token.kind == "punct" or is_courtesy(token.word)) for token in rest[:1]):
        return False
    return bool(_DOING & {token.word for token in tokens[max(0, at - 2) : at]})


_SUITS = words("graag lukt past schikt liefst")
_TURNS = words("no nee actually eigenlijk liever rather then dan instead toch")


def _turns(before: Token | None) -> bool:
    return before is not None and (before.kind == "punct" or before.word in _TURNS)


def _is_day(token: Token) -> bool:
    if token.word in ("een", "one", "a"):
        return False
    number = token.tags.get("int", token.tags.get("ord"))
    if isinstance(number, int):
        return 1 <= number <= 31
    return bool({"dm", "ymd", "clock"} & token.tags.keys())
