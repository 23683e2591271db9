"""Stop, and the wrong person."""

import re

from bot.understanding.courtesy import is_courtesy
from bot.understanding.dates.find import lasting
from bot.understanding.draft import Draft
from bot.understanding.gate import says_more_than, words_of
from bot.understanding.hear import Heard
from bot.understanding.intents.naming import names
from bot.understanding.intents.people import channel_wanted
from bot.understanding.lexicon import words
from bot.understanding.promised import promised
from bot.understanding.reading import Ask, Context, Intent


def read_wrong_person(draft: Draft) -> None:
    """ "Ik ben niet Anna" is somebody else; "ik ben niet zuinig" may be anything, so it is asked."""
    heard = draft.heard
    if heard.has("wrong_person"):
        draft.add(Intent.WRONG_PERSON, "wrong_person")
    elif heard.has("not_me") and (sure := names(heard)) is not None:
        if sure and not _speaks_for_them(heard):
            draft.add(Intent.WRONG_PERSON, "not_me")
        elif not sure and not heard.has("human", "hardship", "cant_pay", "dispute"):
            draft.add(Intent.OTHER, "not_me")
            draft.doubt(Ask.NOT_ME)
    elif heard.has("who_is") and names(heard, "who_is"):
        draft.add(Intent.WRONG_PERSON, "who_is")
        draft.doubt(Ask.NOT_ME)


def _speaks_for_them(heard: Heard) -> bool:
    """ "I'm not Jan but his wife, we pay friday": somebody of the same house."""
    said = set(heard.line.words)
    return heard.has("promise_day") and bool({"maar", "but"} & said) and bool({"we", "wij"} & said)


def read_stop(draft: Draft) -> None:
    """Opt-out by an exact word or a phrase, minus negation, minus a promise."""
    heard = draft.heard
    again = _says_it_again(draft)
    if heard.has("no_opt_out") or (_sighs_and_pays(heard) and not again):
        return
    if again or _agrees_to_stop(draft):
        draft.add(Intent.OPT_OUT, "opt_out", "stop_clause", "annoyed")
    elif heard.has("opt_out"):
        _read_phrase(draft)
    elif heard.has("stop_clause", "annoyed") and heard.has("was_paying"):
        # "Stop, wait, I was about to pay": a stop that holds up the payment, and no end to messages.
        draft.add(Intent.PAY_NOW, "was_paying")
        draft.doubt(Ask.PAY_NOW)
    elif heard.has("stop_clause"):
        draft.add(Intent.OPT_OUT, "stop_clause")
        if _promises(draft) or (_goes_on(heard) and not heard.has("hardship", "cant_pay")):
            draft.doubt(Ask.STOP_WHAT)
    elif heard.has("annoyed") and not _promises(draft):
        draft.add(Intent.OPT_OUT, "annoyed")
        draft.doubt(Ask.STOP_WHAT)


def _says_it_again(draft: Draft) -> bool:
    """ "Ja stop, ik betaal vrijdag" answers our question whether to stop, whatever stands beside it."""
    asked = draft.context is Context.CONFIRM_OPTOUT and not _NO & set(draft.heard.line.words)
    stops = draft.heard.has("opt_out", "stop_clause", "annoyed") or bool(_STOP & set(draft.heard.line.words))
    return asked and stops and not means_pause(draft) and not draft.heard.has("other_way", "was_paying")


def _agrees_to_stop(draft: Draft) -> bool:
    """ "YES leave me alone", asked whether all messages must stop."""
    agrees = any(match.first == 0 for match in draft.heard.signals.get("affirm", ()))
    return agrees and draft.context is Context.CONFIRM_OPTOUT and draft.heard.has("annoyed")


_ALONE = words("laat laten me mij ons us met rust leave let alone in peace be gewoon nou toch just , nu")


def _sighs_and_pays(heard: Heard) -> bool:
    """ "Leave me alone, I'll pay friday": what is asked for is quiet until the day that is promised."""
    said = heard.line.words[1:-1]
    alone = {said[at] for at in words_of(heard, "opt_out", "annoyed", "stop_clause")}
    return bool(alone) and alone <= _ALONE and bool(promised(heard).told)


_NO = words("nee neen no nope niet not dont never")
_STOP = words("stop stoppen stopt")


def _read_phrase(draft: Draft) -> None:
    heard = draft.heard
    if heard.has("stops_else", "human") or _elsewhere(draft) or means_pause(draft):
        return
    draft.add(Intent.OPT_OUT, "opt_out")
    if _promises(draft) or heard.has("stays", "q_link", "income"):
        draft.doubt(Ask.STOP_WHAT)


def _goes_on(heard: Heard) -> bool:
    """ "Stop, dief!": something else comes after the stop."""
    last = max(match.last for match in heard.signals["stop_clause"])
    rest = heard.line.words[last + 1 :]
    return says_more_than(heard, 0, "stop_clause") and any(not is_courtesy(word) for word in rest)


def _elsewhere(draft: Draft) -> bool:
    """ "Geen sms meer, app me maar": another channel, and no end to all messages."""
    heard = draft.heard
    return heard.has("change_channel", "other_way") and channel_wanted(heard.line.words) is not None


_UNTIL = words("tot totdat until till")


_THEN = re.compile(
    r" (?:tot (?:die tijd|dan|die dag)|until then|till then|ondertussen|in the meantime|meanwhile) "
)


def until_then(heard: Heard) -> bool:
    """ "Vrijdag betaal ik, stuur tot die tijd niks": quiet until the day that was named."""
    return bool(heard.moments) and _THEN.search(f"{heard.line.text} ") is not None


def means_pause(draft: Draft) -> bool:
    """ "Stuur deze maand niks meer" and "stop tot 1 januari" have an end, so they pause."""
    heard = draft.heard
    ends = ("until", "before") if heard.has("opt_out") else ("until",)
    if heard.has("until_income") or any(
        found.when.edge in ends and found.when.has_day() for found in heard.moments
    ):
        return True
    if until_then(heard) or (heard.has("resume") and heard.moments):
        return True
    # "Stop, ik heb gisteren al betaald": the day is that of the payment, and no end of a rest.
    days = len(heard.moments) > len(promised(heard).told) and not heard.has("already_paid", "settled_then")
    lasts = days or lasting(heard.tokens, draft.now) is not None
    return heard.has("pause") and (lasts or bool(_UNTIL & set(heard.line.words)))


def _promises(draft: Draft) -> bool:
    return bool(draft.heard.moments) or draft.heard.has("pay_now", "pay_bare", "promise", "already_paid")
