"""When the first part of a plan is paid, told apart from the day of the last part or of each one."""

import re
from datetime import timedelta

from bot.understanding.dates.find import Found
from bot.understanding.dates.settle import settle
from bot.understanding.draft import Draft
from bot.understanding.lexicon import words
from bot.understanding.reading import Ask, Context
from bot.understanding.rhythm import interval_of
from bot.understanding.roles import AGREED, roles

_SHARES = words("helft half rest restant deel part 1/2 1/3 1/4 2/3 3/4")
_AT_ONCE = words("nu now meteen direct alvast vandaag today")


def _part_later(draft: Draft) -> bool:
    """ "De helft nu, de helft eind december": the day is that of the last part, not of the first."""
    said = {token.word for token in draft.heard.tokens}
    return bool(_AT_ONCE & said) and bool(_SHARES & said)


_BOTH = 2
# Within this the second half falls when the second part of a plan does.
_A_MONTH = timedelta(days=35)


def _two_halves(draft: Draft) -> bool:
    """ "De helft nu en volgende maand de andere helft" is in two, whenever the second one comes."""
    said = [token.word for token in draft.heard.tokens]
    halves = sum(word in ("helft", "half") for word in said)
    soon = all(_soon(draft, found) for found in draft.heard.moments)
    return soon and halves > 1 and draft.slots.get("instalments") == _BOTH


def _soon(draft: Draft, found: Found) -> bool:
    """Whether it falls within the month; "half now half next month" is no middle of that month."""
    day = settle(found.when, draft.now).first_day()
    month = _A_MONTH + timedelta(days=14 if draft.heard.tokens[found.first].word == "half" else 0)
    return day is not None and day <= draft.now.date() + month


def _day_each_month(draft: Draft, at: int) -> None:
    """ "Steeds de 27e", "5x via de 27e van elke maand": the day of the month for every part."""
    day = draft.heard.moments[at].when.day
    begins = draft.heard.moments[at].when.edge == "from"
    if day and not begins and "interval" in draft.slots and draft.heard.has("habit"):
        draft.slots["day_of_month"] = day


_FIRST_NOW = re.compile(r" (?:nu|now|meteen|direct) (?:en|and|,) (?:\S+ ){0,2}(?:@d|@day) ")


def _first_at_once(draft: Draft) -> bool:
    """ "In twee keer, nu en over een maand": the day is that of the second part."""
    text = f"{draft.heard.line.text} "
    return draft.slots.get("instalments") == _BOTH and _FIRST_NOW.search(text) is not None


def _named_for_later(draft: Draft) -> bool | None:
    """Whether the second part comes within the month, where the day named is not that of the first one."""
    if _first_at_once(draft):
        return all(_soon(draft, found) for found in draft.heard.moments)
    apart = len(draft.heard.moments) > 1 and _two_halves(draft)
    if not _part_later(draft) and not apart:
        return None
    return _two_halves(draft) and _part_later(draft)


_FIRST = words("eerste first 1e 1ste 1st")
_ON = words("de het the op on in per is komt betaal ik one termijn deel part payment")


def _only_the_first(draft: Draft, at: int) -> bool:
    """ "De eerste op 10 juni": the first part, and no first day of a month."""
    tokens, moments = draft.heard.tokens, draft.heard.moments
    if at + 1 >= len(moments) or moments[at].when.day != 1 or moments[at].when.month is not None:
        return False
    said = {token.word for token in tokens[moments[at].first : moments[at].last]}
    between = {token.word for token in tokens[moments[at].last : moments[at + 1].first]}
    follows = moments[at + 1].when
    exact = follows.day is not None or follows.on is not None or follows.weekday is not None
    return bool(_FIRST & said) and exact and between <= _ON


def put_start(draft: Draft) -> None:
    """The day on which the first part is paid, or the question when that is."""
    draft.used.update(at for at in range(len(draft.heard.moments)) if _only_the_first(draft, at))
    if draft.heard.moments and (soon := _named_for_later(draft)) is not None:
        draft.used.update(range(len(draft.heard.moments)))
        if not soon:
            draft.doubt(Ask.HOW_MANY)
        return
    for at, role in roles(draft.heard).items():
        quiet = draft.heard.has("pause") and draft.heard.moments[at].when.edge == "until"
        if role != AGREED or at in draft.used or quiet:
            continue
        moment = settle(draft.heard.moments[at].when, draft.now)
        day = moment.first_day()
        if moment.span is not None and day == draft.now.date():
            # "Deze maand lukt niet, kan het in vijven?": the month that runs is no beginning.
            draft.used.add(at)
            continue
        draft.mark(at, "start_date")
        _day_each_month(draft, at)
        if moment.doubt is not None or day is None:
            draft.doubt(moment.doubt or Ask.WHEN, *moment.choices)
        elif "start_date" not in draft.slots:
            draft.slots["start_date"] = day.isoformat()


_THE_FIRST = words("de the eerste first 1e voor for van of")


def is_the_first(draft: Draft, found: Found) -> bool:
    """ "Stuur de link voor de eerste", of a plan that was proposed: its first part, no first of a month."""
    said = {token.word for token in draft.heard.tokens[found.first : found.last]}
    bare = found.when.day == 1 and found.when.month is None and draft.context is Context.PLAN
    return bare and said <= _THE_FIRST


_STARTS = words("start starten starting starts begin beginnen beginning begint ingangsdatum")
_BEGINS = words(
    """
    start starten starting starts started begin beginnen beginning begint ingang ingangsdatum ingaand
    eerste first vanaf from eerst
    """
)


def begins_then(draft: Draft) -> bool:
    """ "Prima, maar de eerste op 1 maart", of a plan that was proposed: all of it as it is, from that day."""
    heard = draft.heard
    if draft.context not in (Context.PLAN, Context.DONE) or draft.intents or len(heard.moments) != 1:
        return False
    if heard.has("deny", "in_full", "ready", "promise_day", "then_pays", "pay_now", "already_paid", "wait"):
        return False
    if {"@m", "@n"} & set(heard.line.words) or interval_of(heard):
        return False
    found = heard.moments[0]
    said = {token.word for token in heard.tokens}
    if draft.context is Context.DONE:  # something was arranged, and it may have been a plan
        told = bool(_STARTS & said)
    else:
        told = heard.has("affirm") or bool(_BEGINS & said)
    return told and found.when.has_day() and found.when.edge not in ("until", "before", "by")
