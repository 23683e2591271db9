"""Not able to pay, and not agreeing that anything is owed."""

from bot.understanding.dates.settle import settle
from bot.understanding.draft import Draft
from bot.understanding.gate import words_of
from bot.understanding.hear import Heard
from bot.understanding.intents.claims import claims_paid
from bot.understanding.lexicon import words
from bot.understanding.lexicon.classes import CLASSES
from bot.understanding.promised import promised
from bot.understanding.reading import Context, Intent
from bot.understanding.roles import REFUSED, roles


def read_hardship(draft: Draft) -> None:
    """Distress, and "cannot pay" unless a day stands beside it on which it can."""
    heard = draft.heard
    if Intent.WRONG_PERSON in draft.intents:
        return
    if tells_besides(heard, "ill") and not _wishes_something(heard):
        draft.add(Intent.CANT_PAY, "ill")
    over = _is_over(heard) and not heard.has("cant_pay")
    if heard.has("hardship") and not over and not _pays_anyway(heard):
        draft.add(Intent.CANT_PAY, "hardship", "cant_pay")
    elif heard.has("cant_pay") and not heard.has("instalments") and not _names_a_day(draft):
        draft.add(Intent.CANT_PAY, "cant_pay")
    if Intent.CANT_PAY in draft.intents and not heard.has("promise_day"):
        draft.used.update(range(len(heard.moments)))


def tells_besides(heard: Heard, *signals: str) -> bool:
    """Whether these were heard in other words than those that name who looks after the payer's money."""
    return bool(words_of(heard, *signals) - words_of(heard, "to_helper"))


# What illness, mourning or debt care is only the reason for.
_WISHES = (
    *(
        "pause",
        "a_while",
        "promise_day",
        "then_pays",
        "promise",
        "wait",
        "resume",
        "instalments",
        "human",
        "to_helper",
    ),
    *("opt_out", "stop_clause", "annoyed", "change_channel", "dispute", "wants_link", "pay_now", "pay_day"),
    *("always", "settled_then", "q_costs", "q_deadline", "q_what_for", "q_who", "wrong_person"),
)


def _wishes_something(heard: Heard) -> bool:
    return heard.has(*_WISHES) or claims_paid(heard) or (bool(heard.moments) and heard.has("income"))


def _is_over(heard: Heard) -> bool:
    """ "Uit de schulden, stuur maar weer": a hard time is told of as behind, or a helper has paid."""
    return heard.has("resume") or claims_paid(heard)


# What one lives on, and a funeral to go to, explain a day; hunger and death do not.
_EXPLAINS = words(
    "leef leven van leefgeld bijstand uitkering aow begrafenis uitvaart crematie funeral cremation benefits"
)


def _pays_anyway(heard: Heard) -> bool:
    """ "Ik leef van de AOW, die komt de 23e, dan betaal ik": hardship that only tells why it is that day."""
    said = heard.line.words[1:-1]
    told = (
        heard.has("promise_day") or (heard.has("then_pays") and heard.has("income")) or promised(heard).last
    )
    words_said = {said[at].rstrip("~") for at in words_of(heard, "hardship")}
    return bool(heard.moments) and told and words_said <= _EXPLAINS


def _names_a_day(draft: Draft) -> bool:
    """A day to come, so not "deze maand" in "we zitten krap deze maand"."""
    words = draft.heard.line.words[1:-1]
    places = [n for n, word in enumerate(words) if word in ("@d", "@day")]
    if _broke_apart_from(draft.heard, places):
        return False
    for at, role in roles(draft.heard).items():
        if words[places[at] + 1 : places[at] + 3] == ["ook", "niet"]:
            continue
        moment = settle(draft.heard.moments[at].when, draft.now)
        runs = moment.span is not None and moment.span[0] <= draft.now.date()
        if role == REFUSED or not runs:
            return True
    return draft.heard.has("income")


def _broke_apart_from(heard: Heard, places: list[int]) -> bool:
    """ "Vrijdag gaat niet, ik heb geen cent": the day is refused, and no money is a clause of its own."""
    said = heard.line.words[1:-1]
    refused = [role == REFUSED for role in roles(heard).values()]
    return (
        bool(refused)
        and all(refused)
        and any(
            not any(match.first <= place < match.last for place in places)
            and any(sign in said[max(places) : match.first] for sign in ("|", ","))
            for match in heard.signals.get("cant_pay", ())
        )
    )


def read_dispute(draft: Draft) -> None:
    """Something is wrong with the bill, the goods or the work; or paying is refused."""
    heard = draft.heard
    refuses = "wont_pay" if _refuses(draft) else ""
    awaits = "condition" if heard.has("condition") and not _names_a_day(draft) else ""
    if heard.has("wait") and not heard.has("dispute"):
        awaits = ""
    if not (heard.has("dispute") or refuses or awaits) or Intent.WRONG_PERSON in draft.intents:
        return
    if not (refuses or awaits) and _own_trouble(heard):
        return
    if draft.context in (Context.PROPOSE, Context.PLAN) and heard.has("declines"):
        return
    draft.add(Intent.DISPUTE, "dispute", *filter(None, (refuses, awaits)))
    if not heard.has("promise_day"):
        draft.used.update(range(len(heard.moments)))


_BROKEN = words(
    f"""{CLASSES["defect"]} {CLASSES["nasty"]} stuk kapot kapotte broken broke defect defecte beschadigd
    gebroken gestolen stolen dicht closed fell"""
)
# Whose it is that broke, when the bill is about it.
_BOUGHT = words(
    """
    jullie uw your geleverd gekregen ontvangen bezorgd besteld gekocht nieuw nieuwe
    gerepareerd gemaakt bought delivered received ordered new repaired arrived aangekomen geld money refund
    """
)
_GOES_ON = (
    *("promise_day", "then_pays", "instalments", "cant_pay", "change_channel", "pause", "resume"),
    *("pay_now", "wants_link", "wait", "income"),
)


def _own_trouble(heard: Heard) -> bool:
    """ "Wasmachine stuk, ik betaal vrijdag": what broke is the payer's own, and only tells why."""
    said = heard.line.words[1:-1]
    if not heard.has(*_GOES_ON) or (_BOUGHT | _REFUSALS) & {word.rstrip("~") for word in said}:
        return False
    return all(
        any(word.rstrip("~") in _BROKEN for word in said[match.first : match.last])
        for match in heard.signals["dispute"]
    )


_REFUSALS = words(
    "weiger refuse klacht complaint eerst first until unless voordat totdat zolang pas tot not niet"
)


def _refuses(draft: Draft) -> bool:
    """ "Ik betaal niet", but not "ik ga vrijdag niet betalen", which is about the day."""
    words = draft.heard.line.words[1:-1]
    return any(
        not {"@d", "@day", ","} & set(words[match.first : match.last + 2])
        for match in draft.heard.signals.get("wont_pay", ())
    )
