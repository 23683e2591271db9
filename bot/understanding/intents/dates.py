"""A day to pay on: "ik betaal vrijdag", "kan het volgende week?", or a wish to wait without a day."""

import re

from bot.understanding.clauses import (
    asks_of_others,
    asks_the_reader,
    moments_with,
    only_explained,
)
from bot.understanding.dates.settle import settle
from bot.understanding.draft import Draft
from bot.understanding.gate import only_suits, partly_read, says_more_than, speaks_of_else, words_of
from bot.understanding.hear import Heard
from bot.understanding.intents.anchors import put_anchor
from bot.understanding.intents.asking import doubt_that_day
from bot.understanding.intents.bare_numbers import number_answers
from bot.understanding.intents.next_one import put_the_next_one
from bot.understanding.intents.no_time import tells_no_time
from bot.understanding.intents.one_day import SHIFTS, one_moment, refused_before
from bot.understanding.intents.paying import came_in, pays_at_once, pays_now_apart, wants_link
from bot.understanding.lexicon import words
from bot.understanding.promised import promised
from bot.understanding.reading import Ask, Context, Intent
from bot.understanding.roles import AGREED, REFUSED, roles

_ENOUGH = {
    Intent.OPT_OUT,
    Intent.WRONG_PERSON,
    Intent.ALREADY_PAID,
    Intent.PAUSE,
    Intent.RESUME,
    Intent.SET_PAY_DAY,
    Intent.INSTALMENTS,
    Intent.CANT_PAY,
    Intent.DISPUTE,
}


# What makes a day one to pay on; a day in a text about something else is only mentioned.
_CUES = ("promise_day", "promise", "wait", "income", "pay_cue", "ask_again")


def _put_if_payable(draft: Draft, agreed: list[int]) -> None:
    """A day counts when the reply is about paying, or when what else it says explains the day."""
    heard = draft.heard
    if _only_asked(draft, agreed):
        return
    if asks_of_others(heard) and not draft.intents:
        draft.add(Intent.QUESTION)
        draft.slots["topic"] = "other"
        return
    if set(draft.intents) == {Intent.CHANGE_CHANNEL} and not (
        heard.has(*_CUES) or promised(heard).days() & set(agreed)
    ):
        return
    elsewhere = speaks_of_else(heard)
    small = not (elsewhere or says_more_than(heard, 1)) or only_suits(heard)
    if draft.intents or heard.has(*_CUES) or small or _explained(heard) or _answers(heard, agreed):
        put_days(draft, agreed)
    elif heard.has("happens_then") or _stops_something(heard):
        draft.doubt(Ask.WHEN)
    elif elsewhere and asks_the_reader(heard):
        draft.add(Intent.QUESTION)
        draft.slots["topic"] = "other"
    elif not _is_over(draft, agreed) and "@url" not in heard.line.words:
        _propose(draft, agreed)


def _answers(heard: Heard, agreed: list[int]) -> bool:
    """ "Ik tik het vrijdag af", "bank is closed today. Tomorrow ok?": whatever else is said."""
    told = promised(heard)
    if _stops_something(heard) or moments_with(heard, "happens_then") & told.days():
        return False
    return bool(told.told & set(agreed)) or (told.last and bool(told.bare & set(agreed)))


_STOPS = words("stop stopt stoppen stopping")


def _explained(heard: Heard) -> bool:
    """ "Stop it, you make me laugh, friday ok" explains nothing, whatever it is that must stop."""
    return only_explained(heard) and not _stops_something(heard)


def _stops_something(heard: Heard) -> bool:
    return bool(_STOPS & set(heard.line.words)) and not heard.has("no_opt_out")


def _propose(draft: Draft, agreed: list[int]) -> None:
    """A day beside words that may be about anything: is that the day on which it is paid?"""
    put_days(draft, agreed)
    doubt_that_day(draft)


def _is_over(draft: Draft, agreed: list[int]) -> bool:
    """Whether the only days spoken of lie behind us, or are a mere "vandaag" in small talk."""
    moments = [settle(draft.heard.moments[at].when, draft.now) for at in agreed]
    return all(
        moment.doubt is Ask.PAST_DATE
        or (moment.day == draft.now.date() and moment.part is None and moment.clock is None)
        for moment in moments
    )


# "Hoeveel moet ik vrijdag dan?" asks what is due that day, and promises nothing.
_HOW_MUCH_THEN = re.compile(
    r" (?:hoeveel|wat|how much|what) (?:moet|moest|wordt|betaal|is|must|do|does|should|will|would|is)"
    r"(?: (?!(?:en|and|maar|but|of|or|@d|@day) )[^ ,|]+){0,4} @d(?:ay)? "
)
_OWED_THEN = re.compile(
    r" how much (?:do|should|must|will|would) i (?:\S+ to )?(?:pay|owe) (?:on |then )?@d(?:ay)? "
)


def _only_asked(draft: Draft, agreed: list[int]) -> bool:
    """ "Wat is er op 3 november gekocht?": the day is part of the question."""
    if draft.intents != [Intent.QUESTION]:
        return False
    told = draft.heard.has("promise_day")
    text = f"{draft.heard.line.text} "
    if _OWED_THEN.search(text) or (not told and _HOW_MUCH_THEN.search(text)):
        return True
    small_talk = not draft.heard.has(*_CUES) and _is_over(draft, agreed)
    return small_talk or (not told and _all_over(draft, agreed))


def _all_over(draft: Draft, agreed: list[int]) -> bool:
    settled = [settle(draft.heard.moments[at].when, draft.now) for at in agreed]
    return all(moment.doubt is Ask.PAST_DATE for moment in settled)


def read_dates(draft: Draft) -> None:
    """Fills the day slots and adds ``reschedule`` when the day is one to pay on."""
    heard = draft.heard
    found = roles(heard)
    agreed = [] if pays_now_apart(heard) else agreed_days(draft)
    if agreed and not {Intent.OPT_OUT, Intent.WRONG_PERSON} & set(draft.intents):
        _put_if_payable(draft, agreed)
        return
    if _ENOUGH & set(draft.intents) or ((not found or pays_now_apart(heard)) and pays_at_once(heard)):
        return
    if refused := [at for at, role in found.items() if role == REFUSED and at not in draft.used]:
        _refused(draft, refused[-1])
    elif heard.has("income") and not heard.has("asks_paid") and not came_in(heard):
        draft.add(Intent.RESCHEDULE, "income")
        put_anchor(draft)
        draft.doubt(Ask.PAY_DAY)
    elif heard.has("unpaid") and not draft.intents and not heard.has("pay_now", "pay_bare", "wait"):
        draft.add(Intent.OTHER, "unpaid")
        draft.doubt(Ask.WHEN)
    elif not number_answers(draft) and _waits(draft):
        draft.add(Intent.RESCHEDULE, "wait", "promise")
        draft.doubt(Ask.WHEN)


def _refused(draft: Draft, last: int) -> None:
    """Not on that day; on which one then, unless it is the week or month behind it."""
    if put_the_next_one(draft, last):
        return
    if draft.heard.has("pay_now") and not draft.heard.has("not_now", "cant_pay"):
        return
    draft.add(Intent.RESCHEDULE)
    draft.doubt(Ask.WHEN)


def _waits(draft: Draft) -> bool:
    heard = draft.heard
    asked = draft.context in (Context.PROPOSE, Context.PLAN, Context.CONFIRM_OPTOUT)
    turns = {"maar", "but"} & set(heard.line.words)
    answers = asked and heard.has("deny", "affirm") and not turns
    promises = heard.has("promise") and not heard.has("pay_now", "pay_bare")
    return not (draft.intents or answers or _softens(heard)) and (heard.has("wait") or promises)


# "Mag ik de link nog even?" waits for nothing.
_SOFT = words("nog een keer keertje even eens eventjes weer again")


def _softens(heard: Heard) -> bool:
    """Whether the only words of waiting are courtesies beside a wish for the link."""
    said = {heard.line.words[at + 1] for at in words_of(heard, "wait", "promise")}
    return said <= _SOFT and wants_link(heard)


def agreed_days(draft: Draft) -> list[int]:
    """The moments that are wanted and say something else than what was heard already, by their place."""
    found = [at for at, role in roles(draft.heard).items() if role == AGREED and at not in draft.used]
    return [at for at in found if not tells_no_time(draft, at)]


def put_days(draft: Draft, agreed: list[int]) -> None:
    """To be paid at these moments, by their place in ``heard.moments``; or the question which."""
    draft.put_moment(one_moment(draft, agreed))
    for at in agreed:
        draft.mark(at, "date")
    if partly_read(draft.heard) or draft.heard.has("unsure") or _from_the_proposal(draft, agreed):
        draft.doubt(Ask.WHICH_DAY)
    if draft.ask in (Ask.WHICH_DAY, Ask.WHEN):
        for slot in ("date", "datetime"):
            draft.slots.pop(slot, None)
    if Intent.HUMAN not in draft.intents or promised(draft.heard).told & set(agreed):
        draft.add(Intent.RESCHEDULE)
    if draft.heard.has("income"):
        put_anchor(draft)


_FOLLOWS = words("erop erna daarop daarna after")


def _takes_leave(draft: Draft) -> bool:
    """ "Tot maandag!", when all is arranged."""
    moments = draft.heard.moments
    return moments[0].when.edge == "until" and not says_more_than(draft.heard, 0)


_PROPOSED = (Context.PROPOSE, Context.DONE)


def _from_the_proposal(draft: Draft, agreed: list[int]) -> bool:
    """ "Een dagje later" after a proposal counts from that day, which is not known here."""
    if refused_before(draft, agreed) is not None:
        return False
    if draft.context is Context.DONE and _takes_leave(draft):
        return True
    ends = (draft.heard.moments[at].last - 1 for at in agreed)
    later = any(draft.heard.tokens[end].word in SHIFTS | _FOLLOWS for end in ends)
    timed = all(not draft.heard.moments[at].when.has_day() for at in agreed)
    return draft.context in _PROPOSED and (later or timed)
