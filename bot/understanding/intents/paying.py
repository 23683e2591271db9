"""Paid already, and paying now."""

import re
from datetime import timedelta

from bot.understanding.clauses import moments_with
from bot.understanding.dates.settle import settle
from bot.understanding.draft import Draft
from bot.understanding.gate import says_more_than, words_of
from bot.understanding.hear import Heard
from bot.understanding.intents.amounts import put_amount_paid
from bot.understanding.intents.claims import claims_paid
from bot.understanding.lexicon import words
from bot.understanding.promised import promised
from bot.understanding.reading import Ask, Intent
from bot.understanding.roles import AGREED, roles


def read_paid(draft: Draft) -> None:
    """A claim that it was paid, with the day when it says so; never "nog niet betaald"."""
    heard = draft.heard
    if heard.has("hearsay") and heard.has("already_paid") and not heard.has("promise_day"):
        # "Mijn vrouw zegt dat het betaald is": somebody else's word; with the day of it, it can be looked up.
        draft.add(Intent.ALREADY_PAID, "already_paid")
        if heard.moments:
            put_paid(draft)
        else:
            draft.doubt(Ask.IS_PAID)
        return
    if not claims_paid(heard) or _still_to_come(draft):
        return
    draft.add(Intent.ALREADY_PAID, "already_paid", "settled_then")
    put_paid(draft)


def put_paid(draft: Draft) -> None:
    """When and how much was paid, as far as it was told; a part of it is asked about."""
    heard = draft.heard
    if heard.has("paid_part"):
        draft.doubt(Ask.HOW_MANY)
    else:
        put_amount_paid(draft)
    claimed = moments_with(heard, "already_paid")
    ahead = promised(heard).told - claimed
    wished = bool(roles(heard)) and heard.has("always")
    for at in sorted(claimed or (() if wished else roles(heard).keys() - ahead)):
        moment = settle(heard.moments[at].when, draft.now, past=True)
        day = moment.first_day()
        dated = moment.doubt is None and day is not None and moment.span is None
        if dated and day is not None and day <= draft.now.date():
            draft.slots["paid_date"] = day.isoformat()
            draft.mark(at, "paid_date")
        if moment.doubt is Ask.CONTRADICTION and at in claimed:
            draft.doubt(Ask.WHICH_DAY)
        draft.used.add(at)


# "1 december is het overgemaakt", said in November: the day ahead is meant, not that of last year.
_LONG_AGO = timedelta(days=180)


def _still_to_come(draft: Draft) -> bool:
    """ "Morgen is het betaald", "friday it's done": promises. "I paid tomorrow" is no English for one."""
    if draft.language == "en":
        return _DONE_THEN.search(f"{draft.heard.line.text} ") is not None
    return any(role == AGREED and _lies_ahead(draft, at) for at, role in roles(draft.heard).items())


_DONE_THEN = re.compile(r" @d(?:ay)? (?:it|this|that|everything) is (?:all )?(?:done|sorted|settled|fixed) ")


def _lies_ahead(draft: Draft, at: int) -> bool:
    when = draft.heard.moments[at].when
    if not when.has_day() or at not in moments_with(draft.heard, "already_paid"):
        return False
    if when.edge in ("before", "by") and "@d" in draft.heard.line.words:
        return settle(when, draft.now).doubt is None
    back, ahead = settle(when, draft.now, past=True), settle(when, draft.now)
    if back.doubt is Ask.CONTRADICTION:
        return ahead.doubt is None
    day = back.first_day()
    return day is not None and draft.now.date() - day > _LONG_AGO


_BLOCKS = {
    Intent.OPT_OUT,
    Intent.DISPUTE,
    Intent.CANT_PAY,
    Intent.ALREADY_PAID,
    Intent.WRONG_PERSON,
    Intent.RESCHEDULE,
    Intent.INSTALMENTS,
    Intent.PAUSE,
}


# "Vanaf nu elke 1e afrekenen" is no payment now.
_FROM_NOW = re.compile(r" (?:vanaf nu|van nu af|from now) ")
_NOW = words("nu now gelijk meteen direct")


def _only_from_now(heard: Heard) -> bool:
    return bool(_FROM_NOW.search(heard.line.text)) and sum(word in _NOW for word in heard.line.words) == 1


def _says_only_that(heard: Heard) -> bool:
    return not says_more_than(heard, 1, "pay_bare")


_UNWILLING = {Intent.ALREADY_PAID, Intent.OPT_OUT, Intent.DISPUTE, Intent.CANT_PAY, Intent.WRONG_PERSON}
# "Waarom moet ik nu betalen?" is no wish to pay.
_ASKS_WHY = words("waarom why moet must hoezo welke welk hoe hoelang wie which how who")


# A link that does not work is told of, and what to do then is asked.
_FAILS = words(
    "werkt works working doet dead dood down verlopen expired kapot broken opent error lukt storing"
)


def wants_link(heard: Heard) -> bool:
    """Whether the link is asked for, to pay with; not whether it is only asked or told about."""
    if heard.has("wants_link") or (heard.has("new_one") and heard.has("q_link")):
        return True
    asked = heard.has("q_link", "maybe_q_link") and heard.has("ready", "pay_now")
    return asked and not heard.has("q_real", "cant_pay") and not _FAILS & set(heard.line.words)


def pays_at_once(heard: Heard) -> bool:
    """Whether a reply without a day wants to pay now, whatever else it says of income or of waiting."""
    told = heard.has("pay_now") or (wants_link(heard) and heard.has("ready"))
    if waits_for_income(heard):
        return False
    return told and not heard.has("not_now", "cant_pay", "not_paid", "promise", "wait")


_CAME_IN = re.compile(
    r" (?:is|zijn|staat|has) (?:nu |net |al |eindelijk |weer |just |finally )?"
    r"(?:binnen|gestort|er|bijgeschreven|come in|in|landed|arrived|here) "
)


def came_in(heard: Heard) -> bool:
    """ "Loon is binnen, geef de link maar": the money that was waited for is there."""
    waits = (_ONCE | _TILL) & set(heard.line.words) or heard.moments
    return not waits and heard.has("income") and _CAME_IN.search(f"{heard.line.text} ") is not None


_TILL = words("tot totdat till until pas na after niet not nog")
_AT_ONCE = words("nu now gauw second instant minute speak terstond")


def pays_now_apart(heard: Heard) -> bool:
    """ "Before my 9am I'd like this off my desk, paying as we speak": the time is not that of the payment."""
    if not heard.moments or moments_with(heard, "pay_now") or promised(heard).told:
        return False
    said = {heard.line.words[at + 1] for at in words_of(heard, "pay_now")}
    return bool(said & _AT_ONCE) and pays_at_once(heard)


_ONCE = words("zodra als wanneer once when nadat")


def waits_for_income(heard: Heard) -> bool:
    """ "Zodra de toeslag er is betaal ik gelijk": at once, but only after money came in."""
    said = heard.line.words[1:-1]
    return any(
        _ONCE & set(said[max(0, match.first - 2) : match.last]) for match in heard.signals.get("income", ())
    )


def _read_link(draft: Draft) -> None:
    """The link is asked for: to pay now, or beside a day or a claim only to have it."""
    if not _BLOCKS & set(draft.intents):
        draft.add(Intent.PAY_NOW, "wants_link", "new_one")
    elif not _UNWILLING & set(draft.intents) and Intent.QUESTION not in draft.intents:
        draft.add(Intent.QUESTION, "wants_link", "new_one")
        draft.slots["topic"] = "link"


def _then_pays_now(heard: Heard) -> bool:
    """ "Ik heb nog niks overgemaakt, maar ga er nu voor zitten"."""
    unpaid = max(match.last for match in heard.signals["not_paid"])
    return any(match.first >= unpaid for match in heard.signals.get("pay_now", ()))


def read_pay_now(draft: Draft) -> None:
    """Wants to pay at once; never beside anything that says otherwise."""
    heard = draft.heard
    if wants_link(heard):
        _read_link(draft)
        return
    unpaid = heard.has("not_paid") and not _then_pays_now(heard)
    if _BLOCKS & set(draft.intents) or unpaid or heard.has("cant_pay", "wait", "not_now"):
        return
    if waits_for_income(heard) and heard.has("pay_now"):
        return
    if _ASKS_WHY & set(heard.line.words) and " how about " not in heard.line.text:
        return
    if Intent.SET_PAY_DAY in draft.intents and _only_from_now(heard):
        return
    if heard.has("pay_now"):
        draft.add(Intent.PAY_NOW, "pay_now")
    elif heard.has("pay_bare") and Intent.QUESTION not in draft.intents and _says_only_that(heard):
        draft.add(Intent.PAY_NOW, "pay_bare")
