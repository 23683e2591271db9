"""A wish for a lower amount: "mag het ook 100 zijn?", "could it be a bit less?"; no wish to pay in parts."""

import re

from bot.understanding.draft import Draft
from bot.understanding.hear import Heard, once
from bot.understanding.intents.amounts import money
from bot.understanding.lexicon import words
from bot.understanding.lexicon.classes import CLASSES
from bot.understanding.reading import Ask, Context, Intent

# Up to this it may be a number of parts.
_MOST_PARTS = 12
_ENDS = (
    r"(?:(?:euro|eur|zijn|worden|kunnen|betalen|van|instead|then|please|aub|alsjeblieft|alstublieft|graag|dan|maken|pls)"
    r" )*(?:@q|\||,|omdat|want|because|since|dan kan|then i)"
)
_CAN = r"(?:kan|kun|kunt|kunnen|mag|mogen|zou|zouden|can|could|would|may|might|possible|mogelijk|kans|chance)"
_BILL = rf"(?:het|dit|dat|er|it|this|that|deze|die|{'|'.join(CLASSES['bill'].split())}|prijs|price)"
# "Can you make it 100?", "mag het ook 100 zijn?", "kunt u er 100 van maken?"
_TO_AN_AMOUNT = re.compile(
    rf" (?:{_CAN} (?:\S+ ){{0,3}}?{_BILL}|make (?:it|that|this)|maak er) "
    r"(?:(?:ook|be|maar|just|only|maybe|misschien|niet|dan|gewoon|u|je|jullie|worden|zijn) )*"
    rf"(@n|@m) {_ENDS} "
)
# "Kan het wat minder?", "is a lower amount possible?", "can you lower it?"
_LESS = re.compile(
    rf" {_CAN} (?:(?!@|\||,)\S+ ){{0,6}}?"
    r"(?:minder|lager|lagere|omlaag|goedkoper|verlagen|verlaagd|less|lower|lowered|cheaper|reduced|reduce) "
    rf"(?:(?:{_BILL}|the|my|mijn|de|bedrag|bit|a|by|met|iets) )*{_ENDS} "
)
_DISCOUNT = re.compile(
    rf" (?:{_CAN}|is|krijg|get|any) (?:(?!@|\||,)\S+ ){{0,4}}?(?:korting|kwijtschelding|discount) "
)
# What is less of it has nothing to do with the amount of the bill.
_ELSE = words(
    f"{CLASSES['msg']} {CLASSES['part']} als if vaak often maand month week tijd time per each elke"
)
_IN_PARTS = (Context.PLAN, Context.ASK_N)
_DECIDED = {
    *(Intent.OPT_OUT, Intent.WRONG_PERSON, Intent.CANT_PAY, Intent.DISPUTE),
    *(Intent.ALREADY_PAID, Intent.SET_PAY_DAY),
}


@once
def asks_less(heard: Heard) -> str | None:
    """The amount that is asked for instead ("100.00"), or nothing where none is named; None: not asked."""
    text = f"{heard.line.text} ".replace("~", "")
    if _ELSE & set(heard.line.words):
        return None
    found = _TO_AN_AMOUNT.search(text)
    if found is not None:
        return _amount(heard, text, found.start(1))
    return "" if _LESS.search(text) or _DISCOUNT.search(text) else None


def _amount(heard: Heard, text: str, at: int) -> str | None:
    """What stands at this character of the line, unless it may be a number of parts."""
    token = heard.tokens[heard.places[len(text[:at].split()) - 1][0]]
    if token.kind == "money":
        return money(token.word)
    number = token.tags.get("int")
    return money(str(number)) if isinstance(number, int) and number > _MOST_PARTS else None


def read_less(draft: Draft) -> None:
    """A question for a person; where parts are spoken of, it is about the amount of a part."""
    if _DECIDED & set(draft.intents) or asks_less(draft.heard) is None:
        return
    if draft.context in _IN_PARTS:
        draft.add(Intent.INSTALMENTS)
        draft.doubt(Ask.HOW_MANY)
    else:
        draft.add(Intent.QUESTION)
        draft.slots["topic"] = "other"
