"""A week or month that is refused for the one behind it: "niet deze week, volgende"."""

from datetime import date, timedelta

from bot.understanding.dates.arithmetic import month_range
from bot.understanding.dates.settle import settle
from bot.understanding.draft import Draft
from bot.understanding.lexicon import words
from bot.understanding.reading import Intent

_FOLLOWING = words("volgende next following erop daarop erna daarna")
_AROUND = words(", . ! - ; maar but de the die wel then dan doe doen liever rather pas graag please aub one")
_REFUSED = (["niet"], ["not"], ["no"])
_A_WEEK = 7


def put_the_next_one(draft: Draft, refused: int) -> bool:
    """Fills in the week or month behind the refused one when nothing else is said; else False."""
    found = draft.heard.moments[refused]
    if len(draft.heard.moments) != 1 or found.when.grain not in ("week", "month"):
        return False
    after = [token.word for token in draft.heard.tokens[found.last :]]
    rest = [word for word in (after[1:] if after[:1] in _REFUSED else after) if word not in _AROUND]
    last = settle(found.when, draft.now).last_day()
    if len(rest) != 1 or rest[0] not in _FOLLOWING or last is None:
        return False
    draft.add(Intent.RESCHEDULE)
    draft.slots["date_range"] = [day.isoformat() for day in _behind(last, found.when.grain)]
    draft.mark(refused, "date")
    return True


def _behind(last: date, grain: str) -> tuple[date, date]:
    first = last + timedelta(days=1)
    return (
        (first, last + timedelta(days=_A_WEEK)) if grain == "week" else month_range(first.year, first.month)
    )
