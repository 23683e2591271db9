"""The one moment that a reply agrees to, out of all the days it names."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.understanding.away import comes_after, next_day
from bot.understanding.dates.ranges import fits
from bot.understanding.dates.settle import Moment, settle
from bot.understanding.dates.when import When, merge
from bot.understanding.draft import Draft
from bot.understanding.intents.bare_numbers import in_context
from bot.understanding.lexicon import words
from bot.understanding.promised import promised
from bot.understanding.reading import Ask, Context
from bot.understanding.roles import REFUSED, roles

_EACH = words("elke elk iedere ieder every each")
SHIFTS = words("later eerder earlier sooner extra langer longer")


def one_moment(draft: Draft, agreed: list[int]) -> Moment:
    """The moment agreed to; a doubt with its choices where several are left."""
    behind = _later_than(draft, agreed) or _counted_behind(draft, agreed)
    return _agreed_moment(draft, _promised(draft, _ahead(draft, agreed))) if behind is None else behind


def _agreed_moment(draft: Draft, agreed: list[int]) -> Moment:
    whens = [in_context(draft, draft.heard.moments[at].when) for at in agreed]
    if (whens[0].edge == "until" and comes_after(draft.heard)) or next_day(draft.heard):
        return _day_after(settle(whens[0], draft.now))
    if (refused := refused_before(draft, agreed)) is not None:
        return _shifted(draft, refused, agreed[0])
    together = _together(whens)
    if together is not None:
        moment = settle(together, draft.now)
        only_part = not together.has_day() and together.doubt is None and together.hour is None
        if only_part and draft.context is not Context.ASK_TIME:
            if _still_today(draft, together):
                return settle(replace(together, on=draft.now.date()), draft.now)
            draft.doubt(Ask.WHEN)
        return _within_the_week(together) or moment
    settled = [settle(when, draft.now) for when in whens]
    if (narrower := _narrower(settled)) is not None:
        return narrower
    choices = {day for moment in settled for day in moment.days()}
    return Moment(doubt=Ask.WHICH_DAY, choices=tuple(sorted(choices)))


def _together(whens: list[When]) -> When | None:
    """All that was said about one moment, or None when they are more than one."""
    together: When | None = whens[0]
    for when in whens[1:]:
        if together is not None and when != together:
            together = merge(together, when) if fits(together, when) else None
    return together


def _narrower(settled: list[Moment]) -> Moment | None:
    """One day named twice, or "pas in februari hoefde het, dus 1 februari": the day within the stretch."""
    if len({moment.first_day() for moment in settled}) == 1 and settled[0].doubt is None:
        return settled[0]
    first, last = settled[0], settled[-1]
    day = last.first_day() if last.doubt is None and last.span is None else None
    inside = first.span and day and first.span[0] <= day <= first.span[1]
    return last if inside and len(settled) == _PAIR else None


# Until these hours a part of the day is still to come.
_BEGINS = {"morning": 10, "noon": 12, "afternoon": 16, "evening": 21}
_DAY_UNKNOWN = (None, Context.REMINDER, Context.ASK_WHEN)


def _still_today(draft: Draft, when: When) -> bool:
    """ "Eind van de middag doe ik het", "na het eten": today's, while that is to come."""
    near = when.nearest and draft.context in _DAY_UNKNOWN and not draft.heard.has("habit", "wont_pay")
    return near and _NIGHT <= draft.now.hour < _BEGINS.get(when.part or "", 0)


_NIGHT = 4


def _within_the_week(when: When) -> Moment | None:
    """ "Can it wait till next week?" is any day of that week."""
    until_week = when.edge == "until" and when.grain == "week" and when.hour is None
    if not until_week or when.on is None or when.last is None:
        return None
    return Moment(span=(when.on, when.last), part=when.part, edge=when.edge)


_OTHERWISE = words("of or anders else otherwise misschien maybe desnoods")
_LATER = words("later erna daarna nadien afterwards")


def _later_than(draft: Draft, agreed: list[int]) -> Moment | None:
    """ "De 25e komt mijn loon, een dag later betaal ik": counted from the day before it; or the question."""
    last = draft.heard.moments[agreed[-1]]
    if draft.heard.tokens[last.last - 1].word not in _LATER:
        return None
    if refused_before(draft, agreed) is not None:
        return None
    alone = len(agreed) != _PAIR or draft.heard.tokens[last.first - 1].word in _OTHERWISE
    if not alone and draft.heard.moments[agreed[0]].when.has_day():
        return _shifted(draft, agreed[0], agreed[1])
    return Moment(doubt=Ask.WHICH_DAY) if last.when.edge == "later" else None


def refused_before(draft: Draft, agreed: list[int]) -> int | None:
    """ "Niet maandag maar een dag later": the place of the day that the other one counts from."""
    last = draft.heard.moments[agreed[0]].last - 1
    if len(agreed) != 1 or draft.heard.tokens[last].word not in SHIFTS | _LATER:
        return None
    refused = [at for at, role in roles(draft.heard).items() if role == REFUSED and at < agreed[0]]
    return refused[-1] if refused else None


def _shifted(draft: Draft, refused: int, later: int) -> Moment:
    """As long after the day refused as the other one is after today."""
    before = settle(draft.heard.moments[refused].when, draft.now)
    day = before.last_day() if before.span is None else None
    other = settle(draft.heard.moments[later].when, draft.now).day
    if day is None or other is None:
        return Moment(doubt=Ask.WHICH_DAY)
    return Moment(day=day + (other - draft.now.date()))


def _day_after(moment: Moment) -> Moment:
    """ "Ik zit tot 10 december in Spanje, daarna betaal ik": from the 11th on."""
    day = moment.last_day()
    if moment.doubt is not None or day is None:
        return moment
    return Moment(day=day + timedelta(days=1))


def _ahead(draft: Draft, agreed: list[int]) -> list[int]:
    """ "Deze week is krap, volgende week vrijdag": the week that runs is not the one meant."""
    later = []
    for at in agreed:
        moment = settle(draft.heard.moments[at].when, draft.now)
        over = moment.doubt is Ask.PAST_DATE and draft.heard.moments[at].when.hour is None
        if not over and (moment.span is None or moment.span[0] > draft.now.date()):
            later.append(at)
    return later or agreed


def _promised(draft: Draft, agreed: list[int]) -> list[int]:
    """ "Vrijdag naar de tandarts, dus zaterdag betaal ik": the day that is said to pay on."""
    once = [at for at in agreed if draft.heard.tokens[draft.heard.moments[at].first].word not in _EACH]
    agreed = once or agreed
    if len(agreed) < 2:
        return agreed
    told = sorted(promised(draft.heard).days() & set(agreed))
    if len(told) != 1:
        return _exact(draft, agreed)
    if (exact := _within_told(draft, told[0], agreed)) is not None:
        return exact
    hours = [at for at in agreed if not draft.heard.moments[at].when.has_day()]
    if told == hours:
        # "Loon komt de 24e, dezelfde avond boek ik het over": the evening of the one day that is named.
        return agreed if len(agreed) == _PAIR else told
    return sorted({*told, *hours})


def _within_told(draft: Draft, told: int, agreed: list[int]) -> list[int] | None:
    """ "Dat wordt volgende maand, de 5e": the month that is told, and the day in it."""
    period = draft.heard.moments[told].when
    after = [at for at in agreed if at > told and draft.heard.moments[at].when.has_day()]
    if len(after) != 1 or (period.first is None and period.edge != "before"):
        return None
    inside = period.edge is None and fits(period, draft.heard.moments[after[0]].when)
    return [told, *after] if inside else after


def _counted_behind(draft: Draft, agreed: list[int]) -> Moment | None:
    """ "After xmas, say the 28th", "na nieuwjaar, de 5e": the first such day behind the other one."""
    if len(agreed) != _PAIR:
        return None
    first, second = (draft.heard.moments[at].when for at in agreed)
    behind = first.grain == "after" or first.edge in ("after", "from")
    start = settle(first, draft.now)
    day = start.first_day()
    if not behind or day is None or start.doubt is not None or second != When(day=second.day):
        return None
    eve = datetime.combine(day - timedelta(days=1), time(12), draft.now.tzinfo)
    return settle(second, eve)


_PAIR = 2


def _exact(draft: Draft, agreed: list[int]) -> list[int]:
    """ "After xmas, the 27th": the day itself, and not the edge before it."""
    whens = draft.heard.moments
    plain = [at for at in agreed if whens[at].when.edge is None and whens[at].when.grain != "after"]
    first = draft.heard.moments[agreed[0]].when
    behind = first.grain == "after" or first.edge in ("after", "from", "until")
    return plain if behind and len(agreed) == 2 and plain == agreed[1:] else agreed
