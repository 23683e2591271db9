"""In how many parts, told by a bare number or by another number than was proposed."""

import re
from collections.abc import Sequence

from bot.understanding.draft import Draft
from bot.understanding.gate import says_more_than
from bot.understanding.lexicon import words
from bot.understanding.reading import Ask, Context, Intent
from bot.understanding.rhythm import each_while, is_odd
from bot.understanding.tokens import Token

COUNT = re.compile(
    r"@n (?:gelijke |maandelijkse |wekelijkse |losse |kleine |kleinere "
    r"|equal |monthly |weekly |smaller |small |easy |separate )?"
    r"(?:keer|keren|betaling|maandelijkse|bedragen|x|maal|times|termijn|deel|delen|part|payment|inst|stuk|gedeelte|maand|portie|"
    r"beurten|goes|schijven|terms|x @m|keer @m)"
)
_MOST = 60
# A bare "25" after "in how many parts?" is as likely an amount or a day.
_MOST_BARE = 12


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
_BY_TURN = re.compile(r" @n (?:a|per|every|each|elke|iedere) (?:week|month|maand) ")


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
    said = numbers(draft)
    if draft.heard.has("counts_people"):
        return False
    if len(said) == 2 and not draft.heard.moments and not draft.heard.has("instalments"):
        draft.add(Intent.INSTALMENTS)
        draft.doubt(Ask.HOW_MANY)
        return True
    if len(said) != 1 or draft.heard.moments:
        return False
    if draft.intents or _BY_TURN.search(draft.heard.line.text) or draft.heard.has("cant_pay", "hardship"):
        return False
    draft.add(Intent.INSTALMENTS)
    large = said[0] > _MOST_BARE and not COUNT.search(draft.heard.line.text)
    if large or says_more_than(draft.heard, 3, "instalments"):
        draft.doubt(Ask.HOW_MANY)
    if not large:
        put_count(draft, said[0])
    return True


_OTHER_COUNT = re.compile(
    r" in @n (?:[|@]|in plaats|instead|rather|alsjeblieft|graag|aub|please)"
    r"| @n (?:maanden|months|keer|times|termijnen|weken|delen) "
)


def other_count(draft: Draft) -> bool:
    """ "Doe maar 6 maanden" or "kan het ook in 5?" after a plan was proposed."""
    words = [token.word if "int" not in token.tags else "@n" for token in draft.heard.tokens]
    said = numbers(draft)
    if len(said) != 1 or not _OTHER_COUNT.search(f" {' '.join(words)} |"):
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
        and token.word not in ("een", "one", "a")
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
