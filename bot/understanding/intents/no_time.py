"""Moments that are named beside a promise, and in which nothing can be paid."""

from datetime import timedelta

from bot.understanding.dates.find import Found
from bot.understanding.dates.settle import settle
from bot.understanding.draft import Draft
from bot.understanding.intents.first_part import is_the_first
from bot.understanding.lexicon import words
from bot.understanding.reading import Intent

# "Februari heb ik betaald", "de factuur van september": as the next one these lie this far ahead.
_FAR = timedelta(days=250)
_IN_A_MONTH = words(
    "in tot until till eind begin half end early late halverwege mid pas na after volgend next"
)


def tells_no_time(draft: Draft, at: int) -> bool:
    """A month that has gone by, or "dit jaar" beside income that is waited for: no time to pay in."""
    found = draft.heard.moments[at]
    when, today = found.when, draft.now.date()
    said = {token.word for token in draft.heard.tokens[max(0, found.first - 1) : found.last]}
    if is_the_first(draft, found) or _arrives_then(draft, found):
        return True
    if draft.heard.has("income") and {"jaar", "year"} & said and {"dit", "this"} & said:
        return True
    tags = {tag for token in draft.heard.tokens[found.first : found.last] for tag in token.tags}
    if "month" not in tags or tags & {"int", "ord"} or when.year is not None or _IN_A_MONTH & said:
        return False
    day = settle(when, draft.now).first_day()
    return day is not None and day - today > _FAR


_ARRIVES = words("arrive arrives arriving land lands binnen aankomen aankomt bijgeschreven")


def _arrives_then(draft: Draft, found: Found) -> bool:
    """ "Should arrive tomorrow, payed this morning": when the money is there, and no promise."""
    near = draft.heard.tokens[max(0, found.first - 3) : found.last + 3]
    return Intent.ALREADY_PAID in draft.intents and bool(_ARRIVES & {token.word for token in near})
