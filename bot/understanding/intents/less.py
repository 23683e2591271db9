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
    r"(?:(?:euro|eur|zijn|worden|kunnen|betalen|van|instead|then|please|aub|alsjeblieft|alstublieft|graag|dan|maken|maakt|pls)"
    r" )*(?:@q|\||,|omdat|want|because|since|dan kan|then i|betaal (?:ik|we)"
    r"|(?:and|en|then|so|dus|if so) (?:(?:dan|then) )?(?:i|ik|we|wij|betaal)|(?:i|we) (?:will )?pay)"
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
# "40 betaal ik en meer niet", "I'll pay 40 now and that's it", "€ 30, meer niet".
_NO_MORE = re.compile(
    r" (@n|@m) (?:(?:betaal|betalen|ik|we|nu|now|today|vandaag|euro|eur|i|pay|will|and|en|,) )*"
    r"(?:meer niet|niet meer|niks meer|(?:no|nothing) more|not (?:a (?:cent|penny) )?more"
    r"|that is (?:it|all)|dat is (?:het|alles)|dat was het|(?:en|and) klaar) \| "
)
# "Meer dan 30 betaal ik niet", "I'm not paying more than 30".
_AT_MOST = re.compile(
    r" (?:not (?:pay|paying|going to pay) (?:\S+ )?more than (?P<en>@n|@m)"
    r"|(?:niet meer|meer) dan (?P<nl>@n|@m) (?:euro )?(?:betaal|geef) ik(?: \S+)?(?: niet)?"
    r"|betaal (?:\S+ ){0,2}?niet meer dan (?P<be>@n|@m)) "
)
_PAYS = re.compile(r" (?:betaal|betalen|pay|paying|geef) ")
# "Te duur, kan er iets af?", "mag er 10 euro af?", "can you take something off?"
_OFF = re.compile(
    rf" {_CAN} (?:(?!@|\||,)\S+ ){{0,3}}?(?:iets|wat|@n|@m|een beetje)"
    rf" (?:euro )?(?:(?:van )?(?:(?:de|het|die|dat|mijn) )?{_BILL} )?(?:af|vanaf|eraf) "
    r"|(?:take|knock|get) (?:something|anything|some|a bit|@n|@m)(?: (?:money|euro|euros))? off "
)
# "Als u er 50 van maakt betaal ik nu".
_IF_YOU = re.compile(r" (?:als (?:u|je|jullie|ge) er|if you (?:can )?make it) (@n|@m) ")
# What is less of it has nothing to do with the amount of the bill.
_ELSE = words(
    f"{CLASSES['msg']} {CLASSES['part']} als if vaak often maand month week tijd time per each elke"
    " rest resterende overige"
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
    if (made := _IF_YOU.search(text)) is not None:
        return _amount(heard, text, made.start(1))
    if _ELSE & set(heard.line.words):
        return None
    found = _TO_AN_AMOUNT.search(text)
    if found is not None:
        return _amount(heard, text, found.start(1))
    if (at := _refuses_more(text)) is not None:
        return _amount(heard, text, at)
    return "" if _LESS.search(text) or _DISCOUNT.search(text) or _OFF.search(text) else None


def _refuses_more(text: str) -> int | None:
    """Where the amount stands that somebody pays, and nothing above it."""
    if (most := _AT_MOST.search(text)) is not None:
        return most.start(most.lastgroup or 0)
    found = _NO_MORE.search(text)
    return found.start(1) if found is not None and _PAYS.search(text) else None


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


def only_less(draft: Draft) -> None:
    """ "Make it 50 and I pay now" pays nothing and divides nothing before a person said yes to it."""
    asked = Intent.QUESTION in draft.intents and draft.context not in _IN_PARTS
    if asked and asks_less(draft.heard) is not None:
        draft.withdraw(Intent.PAY_NOW, Intent.INSTALMENTS)


def lean_to_less(draft: Draft) -> None:
    """A wish for less that is said outright outweighs what the words lean to; a stop never gives way."""
    gives_way = draft.guessed and not _STAYS & set(draft.intents) and draft.context not in _IN_PARTS
    text = f"{draft.heard.line.text} ".replace("~", "")
    outright = _refuses_more(text) is not None or _OFF.search(text) is not None
    if not gives_way or not outright or asks_less(draft.heard) is None:
        return
    whole = draft.heard.span(0, len(draft.heard.places), str(Intent.QUESTION))
    draft.guess([Intent.QUESTION], [whole])
    draft.guessed = False
    draft.slots["topic"] = "other"


_STAYS = {Intent.OPT_OUT, Intent.WRONG_PERSON, Intent.CANT_PAY, Intent.ALREADY_PAID}
