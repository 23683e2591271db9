"""Everything in one go, instead of in parts."""

import re
from typing import Final

from bot.understanding.draft import Draft
from bot.understanding.intents.counts import COUNT, numbers
from bot.understanding.intents.how_many import told_count
from bot.understanding.lexicon import words
from bot.understanding.reading import Context, Intent
from bot.understanding.rhythm import is_odd, once_each, recurs

SPREADS: Final = re.compile(
    r" (?:emi|emis|plan|scheme|spread|divide|split|spreid\w*|gespreid\w*|verspreid\w*|uitsmeren|verdel\w*"
    r"|verdeel\w*|afbetal\w*|afbetaal\w*|aflos\w*|uitgesmeerd|smeer|smeren|opsplits\w*|splits\w*|opgesplitst|opdelen"
    r"|verspreiden|over doen|over te doen|opknippen|in delen|in termijnen|in stukjes|lang een deel) "
)
_NOT = words("niet not geen no")
_OTHERWISE = {
    *(Intent.OPT_OUT, Intent.ALREADY_PAID, Intent.DISPUTE),
    *(Intent.WRONG_PERSON, Intent.CANT_PAY, Intent.SET_PAY_DAY),
}


# "As soon as my holiday money gets in I pay it all" is not now.
_WAITS = words("soon when once zodra als wanneer na if until till tot pas later")


def all_at_once(draft: Draft) -> bool:
    """ "Toch maar in 1 keer", where parts were spoken of: the whole amount is meant, now or on a day."""
    heard = draft.heard
    if draft.context not in (Context.ASK_N, Context.PLAN) and _rather_parts(draft):
        return False
    if "@m" in heard.line.words or _OTHERWISE & set(draft.intents):
        return False
    again = recurs(heard) is not None or once_each(heard) is not None or is_odd(heard)
    waits = heard.has("income", "not_now") or bool(_WAITS & set(heard.line.words))
    return not again and not waits and not heard.has("already_paid", "cant_pay") and _named_once(draft)


_TOO_MUCH = words(
    "te too lot teveel gortig zwaar veel much delen termijnen parts instalments stukken stukjes"
)


def _rather_parts(draft: Draft) -> bool:
    """ "In 1 keer is me te gortig", "het bedrag is veel in 1 x": where no parts were spoken of before."""
    day = draft.context in (Context.ASK_WHEN, Context.ASK_TIME)
    spreads = SPREADS.search(f"{draft.heard.line.text} ") is not None
    return (
        day or spreads or (told_count(draft.heard) or 0) > 1 or bool(_TOO_MUCH & set(draft.heard.line.words))
    )


def rather_at_once(draft: Draft) -> bool:
    """ "Nee bedankt, in een keer": no parts, unless it is the one go that does not work."""
    heard = draft.heard
    if "@m" in heard.line.words:
        return False
    if heard.has("no_parts") and not numbers(draft):
        return True
    spread = SPREADS.search(f"{heard.line.text} ") and max(numbers(draft), default=0) > 1
    if spread or (told_count(heard) or 0) > 1:
        return False
    return _named_once(draft)


def _named_once(draft: Draft) -> bool:
    """Whether one go is named, and not refused."""
    heard = draft.heard
    said = heard.line.words[1:-1]
    counted = set(numbers(draft, beside_days=True)) == {1} and COUNT.search(heard.line.text) is not None
    once = counted and not _NOT & set(said)
    # "Geen termijnen" refuses parts, and promises nothing yet.
    in_full = any(
        not _NOT & set(said[max(0, match.first - 4) : match.last + 2])
        for match in heard.signals.get("in_full", ())
    )
    return (once or in_full) and not heard.has("not_at_once")
