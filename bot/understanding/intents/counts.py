"""In how many parts, told by a bare number or by another number than was proposed."""

import re
from collections.abc import Sequence

from bot.understanding.draft import Draft
from bot.understanding.gate import says_more_than
from bot.understanding.hear import Heard
from bot.understanding.intents.how_many import leaves_open
from bot.understanding.lexicon import words
from bot.understanding.lexicon.classes import CLASSES
from bot.understanding.reading import Ask, Context, Intent
from bot.understanding.rhythm import each_while, interval_of, is_odd
from bot.understanding.tokens import Token

COUNT = re.compile(
    r"@n (?:gelijke |maandelijkse |wekelijkse |losse |kleine |kleinere "
    r"|equal |monthly |weekly |smaller |small |easy |separate )?"
    r"(?:keer|keren|betaling|maandelijkse|bedragen|x|maal|times|termijn|deel|delen|part|payment|inst|stuk|gedeelte|maand|portie|schijf|lots|lumps|keerkes|"
    r"beurten|goes|schijven|terms|chunk|tranche|x @m|keer @m)"
)
_MOST = 60
# A bare "25" after "in how many parts?" is as likely an amount or a day.
_MOST_BARE = 12


# "Maak van die 4 delen maar 2", "geen 3 maar 4 keer": the number that is wanted instead of another.
_PARTS = rf"(?:(?:{'|'.join(CLASSES['part'].split())}) )?"
_CHANGED = (
    re.compile(
        rf" (?:van|from|of) (?:die |de |dat |these |the |those )?@n {_PARTS}"
        r"(?:maar |liever |dan |toch )?(?:naar|maar|to|into|tot)? ?(@n)"
    ),
    re.compile(rf" (?:geen|niet|not|no) @n {_PARTS},? ?(?:maar|but) (@n)"),
    re.compile(rf" (@n) {_PARTS},? ?(?:niet|not|geen) @n"),
    # "Twee termijnen is te zwaar, maak er zes van".
    re.compile(
        rf" @n {_PARTS}(?:(?!@n)\S+ ){{1,6}}(?:maak|make|doe|liever|rather) "
        r"(?:er |it )?(?:maar |dan |toch )?(@n) "
    ),
)


_BOTH = 2
_FROM_TO = re.compile(
    rf" (?:van|from) @n {_PARTS}(?:naar|to) @n "
    rf"(?:{'|'.join(CLASSES['part'].split())}|please|graag|aub|[|,@])"
)


def _from_to(heard: Heard) -> int | None:
    """ "From 6 to 3 please", which as a time would be three minutes to."""
    said = ["@n" if "int" in token.tags else token.word for token in heard.tokens]
    counts = [token.tags["int"] for token in heard.tokens if "int" in token.tags]
    told = len(counts) == _BOTH and _FROM_TO.search(f" {' '.join(said)} |")
    return int(str(counts[-1])) if told else None


def changed_count(heard: Heard) -> int | None:
    """The number of parts that is wanted instead of the other one that is named."""
    if (raised := _from_to(heard)) is not None:
        return raised
    text = heard.line.text
    if text.split().count("@n") != _BOTH:
        return None
    for pattern in _CHANGED:
        if found := pattern.search(text):
            at = len(text[: found.start(1)].split()) - 1
            number = heard.tokens[heard.places[at][0]].tags.get("int")
            return number if isinstance(number, int) else None
    return None


_AS_MANY = words("maximaal maximum max mogelijk possible most meeste zoveel")


def as_many_as_may(draft: Draft) -> bool:
    """ "Zo veel mogelijk keer", "wat kan er maximaal?": as many parts as there may be."""
    said = set(draft.heard.line.words)
    if draft.intents or draft.heard.moments or not _AS_MANY & said or "@n" in said or "@m" in said:
        return False
    draft.add(Intent.INSTALMENTS)
    draft.doubt(Ask.HOW_MANY)
    return True


# "15 a week" says how much, not in how many parts.
_BY_TURN = re.compile(
    r" @n (?:a|per|every|each|elke|iedere) (?:week|month|maand) "
    r"| (?:every|each|elke|iedere|per) (?:week|month|maand) @n "
)


def other_rhythm(draft: Draft) -> bool:
    """ "Every two weeks rather", where a plan is spoken of: a rhythm that no plan has."""
    asked = draft.context in (Context.PLAN, Context.ASK_N) and not draft.intents
    amounts = {"@m", "@n"} & set(draft.heard.line.words)
    if not asked or amounts or not (is_odd(draft.heard) or each_while(draft.heard)):
        return False
    draft.add(Intent.INSTALMENTS)
    draft.used.update(range(len(draft.heard.moments)))
    draft.doubt(Ask.HOW_OFTEN)
    return True


def bare_count(draft: Draft) -> bool:
    """ "4" and "vier keer graag" after "in hoeveel keer?"; a large number may be an amount or a day."""
    said = numbers(draft) or _in_one_word(draft.heard)
    if draft.heard.has("counts_people", "counts_else"):
        return False
    if (changed := changed_count(draft.heard)) is not None:
        said = [changed]
    either = len(said) == _BOTH or leaves_open(draft.heard)
    if either and not draft.heard.moments and not draft.heard.has("instalments"):
        draft.add(Intent.INSTALMENTS)
        draft.doubt(Ask.HOW_MANY)
        return True
    if len(said) != 1 or draft.heard.moments:
        return False
    broke = draft.heard.has("cant_pay", "hardship") and not _otherwise(draft.heard)
    if broke or set(draft.intents) - {Intent.CANT_PAY} or _BY_TURN.search(f"{draft.heard.line.text} "):
        return False
    draft.withdraw(Intent.CANT_PAY)
    draft.add(Intent.INSTALMENTS)
    large = said[0] > _MOST_BARE and not COUNT.search(draft.heard.line.text)
    if large or says_more_than(draft.heard, 3, "instalments"):
        draft.doubt(Ask.HOW_MANY)
    if not large:
        put_count(draft, said[0])
        put_interval(draft)
    return True


_STARTS = words("beginnen begin begint start starten starting beginning vanaf from eerste first ingaand")


def count_and_start(draft: Draft) -> bool:
    """ "Twee, maar pas na de 15e beginnen" after "in hoeveel keer?": the number stands in front."""
    heard = draft.heard
    said = heard.line.words[1:3]
    starts = bool(heard.moments) and bool(_STARTS & {token.word for token in heard.tokens})
    found = numbers(draft, beside_days=True)
    if said[:1] != ["@n"] or said[1] not in (",", "|", "maar", "but") or len(found) != 1 or not starts:
        return False
    if not 1 < found[0] <= _MOST_BARE or draft.intents:
        return False
    draft.add(Intent.INSTALMENTS)
    put_count(draft, found[0])
    put_interval(draft)
    return True


_ELSE = words("anders otherwise else")


def _otherwise(heard: Heard) -> bool:
    """ "In twaalven, anders red ik het niet": what would happen if it were not so."""
    said = heard.line.words[1:-1]
    matches = [match for name in ("cant_pay", "hardship") for match in heard.signals.get(name, ())]
    return all(_ELSE & set(said[max(0, match.first - 2) : match.last]) for match in matches)


_ONE_WORD = {"twice": 2, "tweemaal": 2, "thrice": 3, "driemaal": 3, "viermaal": 4}


def _in_one_word(heard: Heard) -> list[int]:
    """ "Twice is fine"."""
    return [_ONE_WORD[word] for word in heard.line.words if word in _ONE_WORD]


def put_interval(draft: Draft) -> None:
    """ "Monthly, 4x": how often, where it is said beside in how many parts."""
    interval = interval_of(draft.heard)
    if interval is not None:
        draft.slots["interval"] = interval


_OTHER_COUNT = re.compile(
    r" in @n (?:[|@]|in plaats|instead|rather|alsjeblieft|graag|aub|please)"
    r"| (?:maak er|make it|make that) (?:dan |maar |liever |toch |gewoon |just )*@n "
    r"(?!@|euro|p[mw]|am|per|a |by)"
    r"| @n (?:maand|maanden|mnd|months|keer|times|termijnen|weken|wk|delen)(?: lang)? "
)


def other_count(draft: Draft) -> bool:
    """ "Doe maar 6 maanden" or "kan het ook in 5?" after a plan was proposed."""
    changed = changed_count(draft.heard)
    if changed is not None and "@m" not in draft.heard.line.words:
        if not draft.heard.has("hardship"):
            draft.withdraw(Intent.CANT_PAY)
        if not says_more_than(draft.heard, 2):
            draft.withdraw(Intent.DISPUTE)
        draft.used.update(range(len(draft.heard.moments)) if _from_to(draft.heard) else ())
        draft.add(Intent.INSTALMENTS)
        put_count(draft, changed)
        return True
    words = [token.word if "int" not in token.tags else "@n" for token in draft.heard.tokens]
    said = numbers(draft)
    if len(said) != 1 or said[0] > _MOST or not _OTHER_COUNT.search(f" {' '.join(words)} |"):
        return False
    draft.add(Intent.INSTALMENTS)
    put_count(draft, said[0])
    for at, found in enumerate(draft.heard.moments):
        if any("int" in token.tags for token in draft.heard.tokens[found.first : found.last]):
            draft.used.add(at)
    return True


def numbers(draft: Draft, *, beside_days: bool = False) -> list[int]:
    """The whole numbers said; ``beside_days`` leaves out those that are part of a moment."""
    days = {at for found in draft.heard.moments for at in range(found.first, found.last)}
    return [
        int(str(token.tags["int"]))
        for at, token in enumerate(draft.heard.tokens)
        if "int" in token.tags
        and token.word not in ("een", "one", "a", "ene")
        and not (beside_days and at in days)
        and not _is_instead(draft.heard.tokens[:at])
    ]


def _is_instead(before: Sequence[Token]) -> bool:
    """ "In drie ipv vijf": the five is what is not wanted."""
    said = [token.word for token in before]
    compared = bool(_RATHER & set(said)) and bool(_THAN & set(said[-2:]))
    return compared or said[-2:] in (["plaats", "van"], ["instead", "of"], ["rather", "than"])


_RATHER = words("liever rather beter better")
_THAN = words("dan than")


def put_count(draft: Draft, number: int) -> None:
    """Fill the slot for the number of parts, or ask when nobody pays in so many."""
    if 2 <= number <= _MOST:
        draft.slots["instalments"] = number
    else:
        draft.doubt(Ask.HOW_MANY)
