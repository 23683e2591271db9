"""Paying in parts: how many, how much, how often and from when."""

import re
from datetime import timedelta

from bot.understanding.dates.settle import settle
from bot.understanding.draft import Draft
from bot.understanding.gate import says_more_than
from bot.understanding.intents.amounts import put_amount, put_rhythm
from bot.understanding.intents.counts import (
    COUNT,
    as_many_as_may,
    bare_count,
    changed_count,
    count_and_start,
    numbers,
    other_count,
    other_rhythm,
    put_count,
)
from bot.understanding.intents.pay_day import put_anchor
from bot.understanding.lexicon import words
from bot.understanding.reading import Ask, Context, Intent
from bot.understanding.rhythm import only_rhythm, recurs
from bot.understanding.roles import AGREED, roles


def read_instalments(draft: Draft) -> None:
    """In how many parts, how much each, how often and from when, as far as it was said."""
    heard = draft.heard
    if _answers_how_many(draft):
        return
    rhythm = recurs(heard)
    if not _wants_parts(draft, rhythm):
        return
    put_parts(draft, rhythm)
    if draft.context is Context.PLAN and heard.has("affirm") and not _TURNS & set(heard.line.words):
        draft.add(Intent.AFFIRM, "affirm")
    if heard.has("income"):
        put_anchor(draft)
    unclear = (
        heard.has("refuses_parts") and "instead" not in heard.line.words
    ) or Intent.DISPUTE in draft.intents
    if unclear or heard.has("paid_part"):
        draft.doubt(Ask.HOW_MANY)


def put_parts(draft: Draft, rhythm: str | None) -> None:
    """In how many parts, of how much, at which rhythm and from when; or the question in how many."""
    draft.add(Intent.INSTALMENTS, "instalments")
    _count(draft)
    put_amount(draft, rhythm)
    _start(draft)
    if not {"instalments", "instalment_amount"} & draft.slots.keys():
        draft.doubt(Ask.HOW_MANY)


def _answers_how_many(draft: Draft) -> bool:
    """The answer to "in hoeveel keer?", or another number than was proposed."""
    asked = draft.context is Context.ASK_N
    if asked and (bare_count(draft) or as_many_as_may(draft)):
        return True
    planned = asked or draft.context is Context.PLAN
    if asked and count_and_start(draft):
        _start(draft)
        return True
    if not planned or not (other_rhythm(draft) or other_count(draft)):
        return False
    if (again := recurs(draft.heard)) is not None:
        put_rhythm(draft, again)
    _start(draft)
    return True


_TURNS = words("maar liever but rather instead toch niet not no nee mits if als")
# "Leefgeld 60 per week" is what comes in; an offer says what can go out.
_OFFERS = words(
    """
    kan kunnen zou mag wil betalen betaal aflossen missen regeling betalingsregeling termijnen afbetalen
    keer delen can could pay plan instalments installments afford spare manage
    grens max maximaal maximum haalbaar limit
    """
)
_NOT = words("niet not geen no")
# "How am i supposed to pay from 40 a week?": what there is to live on.
_LIVES_ON = re.compile(
    r" (?:from|van|on|met|with) (?:just |only |maar |slechts )?@[mn] (?:per|a|in de) (?:week|maand|month) "
)
_LIVES = re.compile(
    r" (?:leef|leven|rondkomen|rond komen|live|living|survive|get by|scrape by) "
    r"(?:\S+ ){0,2}@[mn] (?:per|a|in de) "
)
_PAYS = words("pay paying repay settle clear spread pays")


def _wants_parts(draft: Draft, rhythm: str | None) -> bool:
    """Whether parts are asked for, and not all at once, once, or as one detail of a complaint."""
    heard = draft.heard
    decided = {Intent.OPT_OUT, Intent.ALREADY_PAID, Intent.SET_PAY_DAY} & set(draft.intents)
    asked = heard.has("instalments") or rhythm is not None or _pays_over(draft)
    if decided or not asked or _rather_at_once(draft) or _tells_how_often(draft):
        return False
    if Intent.CANT_PAY in draft.intents and not _OFFERS & set(heard.line.words):
        return False
    text = heard.line.text
    if _LIVES.search(text) or (heard.has("cant_pay") and _LIVES_ON.search(text)):
        return False
    detail = Intent.DISPUTE in draft.intents and not numbers(draft)
    return not detail or "@m" in heard.line.words


def _tells_how_often(draft: Draft) -> bool:
    """ "Late every week", "no messages for a month": a rhythm or a while, and no parts to pay in."""
    heard = draft.heard
    said = set(heard.line.words)
    if "@m" in said or "@n" in said or not heard.has("instalments"):
        return False
    told = bool(_OFFERS & said) or not says_more_than(heard, 1, "instalments")
    answers = draft.context in (Context.ASK_N, Context.PLAN)
    return only_rhythm(heard) and (heard.has("pause") or not (told or answers))


def _rather_at_once(draft: Draft) -> bool:
    """ "Nee bedankt, in een keer": no parts, unless it is the one go that does not work."""
    heard = draft.heard
    said = heard.line.words[1:-1]
    if "@m" in said:
        return False
    if heard.has("no_parts") and not numbers(draft):
        return True
    once = set(numbers(draft, beside_days=True)) == {1} or any(
        not _NOT & {*said[max(0, match.first - 4) : match.first], *said[match.last : match.last + 2]}
        for match in heard.signals.get("in_full", ())
    )
    return once and not heard.has("not_at_once")


def _pays_over(draft: Draft) -> bool:
    """ "Pay it off over 5 months": in English that is no day five months from now."""
    tokens = draft.heard.tokens
    over = [found.first for found in draft.heard.moments if tokens[found.first].word == "over"]
    return draft.language == "en" and bool(over) and any(token.word in _PAYS for token in tokens[: max(over)])


def _count(draft: Draft) -> None:
    if (changed := changed_count(draft.heard)) is not None and "@m" not in draft.heard.line.words:
        put_count(draft, changed)
        return
    words = draft.heard.line.words[1:-1]
    for at, word in enumerate(words[:-1]):
        if word == "@n" and COUNT.match(" ".join(words[at : at + 3])):
            token = draft.heard.tokens[draft.heard.places[at][0]]
            number = token.tags.get("int")
            if isinstance(number, int):
                put_count(draft, number)
                draft.spans.append(draft.heard.span(at, at + 2, "instalments"))
                return
    if _spread(draft):
        return
    text = draft.heard.line.text
    into = re.search(r" (?:in|into|over) @n (?:[|,@]|betalen|graag|aub|doen|please|voldoen)", f"{text} |")
    if (into or _SAID_APART.search(f"{text} |")) and len(numbers(draft)) == 1:
        put_count(draft, numbers(draft)[0])
    elif Intent.DISPUTE not in draft.intents and (" helft " in text or _TWO_HALVES.search(_plain(draft))):
        draft.slots["instalments"] = 2


def _plain(draft: Draft) -> str:
    """The words as typed: "half next month" is a moment by itself, and a half of the bill here."""
    return f" {' '.join(token.word for token in draft.heard.tokens)} "


_TWO_HALVES = re.compile(r" half (?:half|(?:\S+ ){1,4}half) ")
# "In termijnen? 4 bijvoorbeeld".
_SAID_APART = re.compile(
    r" (?:like|say|zeg|zeggen|bijvoorbeeld|maybe|perhaps|[|,]) @n (?:@q |bijvoorbeeld |of so )?[|,]"
)
_SPREADS = re.compile(
    r" (?:emi|emis|plan|scheme|spread|divide|split|spreid\w*|gespreid\w*|verspreid\w*|uitsmeren|verdel\w*"
    r"|verdeel\w*|afbetal\w*|afbetaal\w*|aflos\w*|uitgesmeerd) "
)


def _spread(draft: Draft) -> bool:
    """ "Gespreid over 6 maanden", "pay over 6 months": as many parts as months or weeks."""
    tokens = draft.heard.tokens
    spreads = _SPREADS.search(f"{draft.heard.line.text} ") or _pays_over(draft)
    for at, token in enumerate(tokens[:-1]):
        unit = tokens[at + 1].tags.get("unit")
        number = token.tags.get("int")
        if unit in ("month", "week") and isinstance(number, int):
            if not spreads:
                return False
            put_count(draft, number)
            draft.slots["interval"] = unit
            draft.used.update(range(len(draft.heard.moments)))
            return True
    return False


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
    days = [settle(found.when, draft.now).first_day() for found in draft.heard.moments]
    soon = all(day is not None and day <= draft.now.date() + _A_MONTH for day in days)
    return soon and halves > 1 and draft.slots.get("instalments") == _BOTH


def _day_each_month(draft: Draft, at: int) -> None:
    """ "Steeds de 27e", "5x via de 27e van elke maand": the day of the month for every part."""
    day = draft.heard.moments[at].when.day
    if day and "interval" in draft.slots and draft.heard.has("habit"):
        draft.slots["day_of_month"] = day


def _start(draft: Draft) -> None:
    apart = len(draft.heard.moments) > 1 and _two_halves(draft)
    if (_part_later(draft) or apart) and draft.heard.moments:
        draft.used.update(range(len(draft.heard.moments)))
        if not (_two_halves(draft) and _part_later(draft)):
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
