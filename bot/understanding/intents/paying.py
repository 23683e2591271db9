"""Paid already, and paying now."""

from bot.understanding.dates.settle import settle
from bot.understanding.draft import Draft
from bot.understanding.gate import says_more_than
from bot.understanding.hear import Heard
from bot.understanding.intents.claims import claims_paid
from bot.understanding.lexicon import words
from bot.understanding.reading import Ask, Intent
from bot.understanding.roles import roles


def read_paid(draft: Draft) -> None:
    """A claim that it was paid, with the day when it says so; never "nog niet betaald"."""
    heard = draft.heard
    if not claims_paid(heard):
        return
    draft.add(Intent.ALREADY_PAID, "already_paid")
    if heard.has("paid_part"):
        draft.doubt(Ask.HOW_MANY)
    for at in roles(heard):
        moment = settle(heard.moments[at].when, draft.now, past=True)
        day = moment.first_day()
        if moment.doubt is None and day is not None and moment.span is None:
            draft.slots["paid_date"] = day.isoformat()
            draft.mark(at, "paid_date")
        if moment.doubt is Ask.CONTRADICTION:
            draft.doubt(Ask.WHICH_DAY)
        draft.used.add(at)


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


def _says_only_that(heard: Heard) -> bool:
    return not says_more_than(heard, 1, "pay_bare")


# "Waarom moet ik nu betalen?" is no wish to pay.
_ASKS_WHY = words("waarom why moet must hoezo")


def read_pay_now(draft: Draft) -> None:
    """Wants to pay at once; never beside anything that says otherwise."""
    heard = draft.heard
    if _BLOCKS & set(draft.intents) or heard.has("cant_pay", "wait", "not_paid", "not_now"):
        return
    if _ASKS_WHY & set(heard.line.words):
        return
    if heard.has("pay_now"):
        draft.add(Intent.PAY_NOW, "pay_now")
    elif heard.has("pay_bare") and Intent.QUESTION not in draft.intents and _says_only_that(heard):
        draft.add(Intent.PAY_NOW, "pay_bare")
