"""Claims that something was done, told apart from wishes, conditions and questions about it."""

import re

from bot.understanding.hear import Heard
from bot.understanding.lexicon import words


def claims_paid(heard: Heard) -> bool:
    """Whether the payer says it was paid: not "nog niet", not "als ik betaald word", no question.

    Nor that something else was paid, or that nobody knows ("weet niet of hij heeft betaald").
    """
    unsaid = heard.has("not_paid", "asks_paid", "paid_later", "paid_else", "joke") or _until_paid(heard)
    unsaid = unsaid or _after_all_not(heard) or _wondered_at(heard)
    return (heard.has("already_paid") or _settled_before(heard)) and not unsaid


_WONDERS = re.compile(r" @q (?:\| |@q )*(?:nee|neen|no|nope|niet|not|nog niet)[ ,]")


def _wondered_at(heard: Heard) -> bool:
    """ "Al betaald?? Nee joh, nog niet": our own word, asked and denied."""
    said = heard.line.words[1:-1]
    claims = heard.signals.get("already_paid", ())
    asked = [claim for claim in claims if said[claim.last : claim.last + 1] == ["@q"]]
    return bool(claims) and len(asked) == len(claims) and _WONDERS.search(heard.line.text) is not None


# "Toch nog niet betaald" takes it back; "toch al betaald" says it once more.
_AFTER_ALL_NOT = re.compile(r" (?:toch|actually|eigenlijk) (?:\S+ )?(?:niet|geen|not|never) ")


def _after_all_not(heard: Heard) -> bool:
    return _AFTER_ALL_NOT.search(heard.line.text) is not None and not heard.has("asks_paid")


# "Waarom staat er nog niet betaald?" is about what others say of it.
_OF_OTHERS = words("volgens staat staan waarom why jullie you your says systeem system hoezo bericht message")


def says_unpaid(heard: Heard) -> bool:
    """Whether the payer says that it was not paid, or still has to be: "toch nog niet betaald"."""
    said = set(heard.line.words)
    if claims_paid(heard) or heard.has("asks_paid", "paid_else", "hearsay", "joke") or _OF_OTHERS & said:
        return False
    mine = heard.has("not_paid") and bool(_FIRST & said) and not heard.moments
    return heard.has("unpaid") or mine or (heard.has("already_paid") and _after_all_not(heard))


_FIRST = words("ik i we wij")
_UNTIL = words("till until til tot totdat")


def _until_paid(heard: Heard) -> bool:
    """ "25 a week till it's cleared"."""
    said = heard.line.words[1:-1]
    claims = heard.signals.get("already_paid", ())
    return bool(claims) and all(_UNTIL & set(said[max(0, claim.first - 2) : claim.last]) for claim in claims)


_BEFORE = words(
    "vanmorgen vanochtend vannacht gisteren eergisteren gisteravond gistermiddag yesterday "
    "afgelopen vorige verleden last"
)


def _settled_before(heard: Heard) -> bool:
    """ "Vanmorgen geregeld via de app" tells of what was done, and "morgen geregeld" of what will be."""
    over = any(heard.tokens[found.first].word in _BEFORE for found in heard.moments)
    return over and heard.has("settled_then")
