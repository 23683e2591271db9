"""Twice the same amount, each with its day: "40 vandaag en 40 volgende maand" is a plan in two."""

from datetime import date

from bot.understanding.draft import Draft
from bot.understanding.gate import is_light
from bot.understanding.lexicon import words
from bot.understanding.reading import HALF, REST, Intent, TwoParts
from bot.understanding.two_parts import two_parts

# What comes in, was paid before or is asked about is no offer.
_NO_OFFER = words(
    """
    krijg krijgen kreeg ontvang verdien get gets got receive earn earned cost costs kost kosten owe
    was were is are heb had have has paid betaald betaalde waarom why hoezo how hoe niet not never geen no
    """
)
# What may be said beside the two amounts; any other word may make them something else than payments.
_BESIDE = words("^ $ @n @m @d @day give geef geven other another andere nog eens direct alvast")
_A_WEEK, _A_MONTH = range(6, 9), range(25, 36)


def two_equal_amounts(draft: Draft) -> bool:
    """Fills in a plan of two when that is all that is said; False for anything else."""
    said = set(draft.heard.line.words)
    if set(draft.intents) - {Intent.CANT_PAY} or _NO_OFFER & said or draft.heard.has("income"):
        return False
    if any(word and not is_light(word) for word in said - _BESIDE):
        return False
    told = two_parts(draft.heard, draft.now)
    if told is None or told.first.share in (HALF, REST) or told.first.share != told.second.share:
        return False
    draft.withdraw(Intent.CANT_PAY)
    draft.add(Intent.INSTALMENTS)
    draft.slots["instalments"] = 2
    draft.slots["instalment_amount"] = told.first.share
    if told.first.when[0] == told.first.when[1]:
        draft.slots["start_date"] = told.first.when[0]
    if (interval := _interval(told)) is not None:
        draft.slots["interval"] = interval
    for at in range(len(draft.heard.moments)):
        draft.mark(at, "start_date")
    return True


def _interval(told: TwoParts) -> str | None:
    """How often, where the second day is a week or a month from the first one."""
    first, (begins, ends) = date.fromisoformat(told.first.when[0]), map(date.fromisoformat, told.second.when)
    days = {(day - first).days for day in (begins, ends)}
    if begins != ends:
        return "month" if min(days) <= _A_MONTH[-1] and max(days) >= _A_MONTH[0] else None
    return "week" if days <= set(_A_WEEK) else "month" if days <= set(_A_MONTH) else None
