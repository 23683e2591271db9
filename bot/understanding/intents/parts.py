"""Paying in parts: how many, how much, how often and from when."""

import re

from bot.understanding.draft import Draft
from bot.understanding.gate import says_more_than
from bot.understanding.intents.amounts import put_amount, put_rhythm
from bot.understanding.intents.anchors import put_anchor
from bot.understanding.intents.at_once import SPREADS, all_at_once, rather_at_once
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
from bot.understanding.intents.first_part import begins_then, put_start
from bot.understanding.intents.how_many import leaves_open, names_half, times_an_amount, told_count
from bot.understanding.intents.less import asks_less
from bot.understanding.intents.too_much import too_much
from bot.understanding.intents.two_amounts import two_equal_amounts
from bot.understanding.lexicon import words
from bot.understanding.reading import Ask, Context, Intent
from bot.understanding.rhythm import interval_of, once_each, only_rhythm, recurs


def read_instalments(draft: Draft) -> None:
    """In how many parts, how much each, how often and from when, as far as it was said."""
    heard = draft.heard
    if _pays_at_once(draft) or asks_less(heard) is not None or two_equal_amounts(draft):
        return
    if _answers_how_many(draft):
        return
    rhythm = recurs(heard)
    if not _wants_parts(draft, rhythm):
        return
    put_parts(draft, rhythm)
    if not _TURNS & set(heard.line.words):
        _agrees(draft)
    if heard.has("income"):
        put_anchor(draft)
    instead = "instead" in heard.line.words or bool(too_much(heard))
    unclear = (heard.has("refuses_parts") and not instead) or Intent.DISPUTE in draft.intents
    if unclear or heard.has("paid_part"):
        draft.doubt(Ask.HOW_MANY)


def _pays_at_once(draft: Draft) -> bool:
    """All in one go after all: now, unless a day is named."""
    at_once = all_at_once(draft)
    if at_once and not draft.heard.moments:
        draft.add(Intent.PAY_NOW, "in_full", "instalments")
    return at_once


def _agrees(draft: Draft) -> None:
    """A yes to a plan that was proposed, beside what is to be otherwise."""
    if draft.context is Context.PLAN and draft.heard.has("affirm"):
        draft.add(Intent.AFFIRM, "affirm")


def put_parts(draft: Draft, rhythm: str | None) -> None:
    """In how many parts, of how much, at which rhythm and from when; or the question in how many."""
    draft.add(Intent.INSTALMENTS, "instalments")
    _count(draft)
    put_amount(draft, rhythm)
    put_start(draft)
    if not {"instalments", "instalment_amount"} & draft.slots.keys():
        draft.doubt(Ask.HOW_MANY)


def _answers_how_many(draft: Draft) -> bool:
    """The answer to "in hoeveel keer?", or another number than was proposed."""
    asked = draft.context is Context.ASK_N
    if draft.heard.has("counts_else"):
        return False
    if asked and (bare_count(draft) or as_many_as_may(draft)):
        return True
    planned = asked or draft.context is Context.PLAN
    if planned and not draft.intents and (rhythm := once_each(draft.heard)) is not None:
        draft.add(Intent.INSTALMENTS, "instalments")
        put_rhythm(draft, rhythm)
        draft.doubt(Ask.HOW_MANY)
        return True
    if begins_then(draft):
        draft.add(Intent.INSTALMENTS)
        put_start(draft)
        _agrees(draft)
        return True
    if asked and count_and_start(draft):
        put_start(draft)
        return True
    if not planned or not (other_rhythm(draft) or other_count(draft)):
        return False
    if (again := recurs(draft.heard)) is not None:
        put_rhythm(draft, again)
    put_start(draft)
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
# "How am i supposed to pay from 40 a week?": what there is to live on.
_LIVES_ON = re.compile(
    r" (?:from|van|on|met|with) (?:just |only |maar |slechts )?@[mn] (?:per|a|in de) (?:week|maand|month) "
)
_LIVES = re.compile(
    r" (?:leef|leven|rondkomen|rond komen|live|living|survive|get by|scrape by) "
    r"(?:\S+ ){0,2}@[mn] (?:per|a|in de) "
)
_PAYS = words("do spread pay paying repay settle clear spread pays")


def _wants_parts(draft: Draft, rhythm: str | None) -> bool:
    """Whether parts are asked for, and not all at once, once, or as one detail of a complaint."""
    heard = draft.heard
    decided = {Intent.OPT_OUT, Intent.ALREADY_PAID, Intent.SET_PAY_DAY} & set(draft.intents)
    asked = heard.has("instalments") or rhythm is not None or _pays_over(draft)
    if decided or not asked or rather_at_once(draft) or _tells_how_often(draft):
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


def _around(draft: Draft, at: int) -> list[int]:
    """The moments in which this token stands."""
    return [n for n, found in enumerate(draft.heard.moments) if found.first <= at < found.last]


def _pays_over(draft: Draft) -> bool:
    """ "Pay it off over 5 months": in English that is no day five months from now."""
    tokens = draft.heard.tokens
    over = [found.first for found in draft.heard.moments if tokens[found.first].word == "over"]
    if draft.language != "en" or not over:
        return False
    return draft.heard.has("instalments") or any(token.word in _PAYS for token in tokens[: max(over)])


def _count(draft: Draft) -> None:
    if leaves_open(draft.heard):
        draft.doubt(Ask.HOW_MANY)
    elif (changed := changed_count(draft.heard)) is not None and "@m" not in draft.heard.line.words:
        put_count(draft, changed)
    elif (count := times_an_amount(draft.heard)) is not None:
        put_count(draft, count)
    elif _counted(draft) or _spread(draft):
        return
    elif (told := told_count(draft.heard)) is not None:
        put_count(draft, told)
    else:
        _count_apart(draft)


def _counted(draft: Draft) -> bool:
    """ "In 3 keer", "vier termijnen"."""
    words = draft.heard.line.words[1:-1]
    for at, word in enumerate(words[:-1]):
        if word == "@n" and COUNT.match(" ".join(words[at : at + 3])):
            number = draft.heard.tokens[draft.heard.places[at][0]].tags.get("int")
            if isinstance(number, int):
                put_count(draft, number)
                draft.spans.append(draft.heard.span(at, at + 2, "instalments"))
                return True
    return False


def _count_apart(draft: Draft) -> None:
    """ "In vieren", "termijnen? 4 bijvoorbeeld", "de helft nu"."""
    text = draft.heard.line.text
    into = _INTO.search(f"{text} |")
    several = [number for number in numbers(draft) if number > 1] or numbers(draft)
    if (into or _SAID_APART.search(f"{text} |")) and len(several) == 1:
        put_count(draft, several[0])
    elif Intent.DISPUTE not in draft.intents and names_half(draft.heard):
        draft.slots["instalments"] = 2


_INTO = re.compile(
    r" (?:in|into|over) @n "
    r"(?:[|,@]|betalen|graag|aub|doen|please|voldoen|verdelen|splitsen|wel|ook|(?:en|and|met) )"
)
# "In termijnen? 4 bijvoorbeeld".
_SAID_APART = re.compile(
    r" (?:like|say|zeg|zeggen|bijvoorbeeld|maybe|perhaps|[|,]) @n (?:@q |bijvoorbeeld |of so )?[|,]"
)
_BEGINS = words("over in na after vanaf from binnen within elke iedere every each per to tot until till om")


_WAITS = words("nodig need dan then daarna wachten wait uitstel geduld")


def _lasts(draft: Draft, at: int) -> bool:
    """ "Geef mij drie maanden de tijd met elke maand 35 euro": how long an amount is paid each time."""
    tokens = draft.heard.tokens
    begins = at > 0 and tokens[at - 1].word in _BEGINS
    waits = bool(_WAITS & {token.word for token in tokens})
    amount = "@m" in draft.heard.line.words and interval_of(draft.heard) is not None
    return amount and not (begins or waits)


def _spread(draft: Draft) -> bool:
    """ "Gespreid over 6 maanden", "pay over 6 months": as many parts as months or weeks."""
    tokens = draft.heard.tokens
    spreads = SPREADS.search(f"{draft.heard.line.text} ") or _pays_over(draft)
    for at, token in enumerate(tokens[:-1]):
        unit = tokens[at + 1].tags.get("unit")
        number = token.tags.get("int")
        if unit == "year" and spreads:
            # "Uitsmeren over een jaar" names no first day.
            draft.used.update(_around(draft, at))
        elif unit in ("month", "week") and isinstance(number, int):
            if not spreads and not _lasts(draft, at):
                return False
            put_count(draft, number)
            draft.slots["interval"] = unit
            draft.used.update(_around(draft, at))
            return True
    return False
