"""Amounts in a wish to pay in parts: how much each time, and by week or by month."""

import re

from bot.understanding.dates.settle import settle
from bot.understanding.draft import Draft
from bot.understanding.intents.how_many import times_an_amount
from bot.understanding.intents.too_much import too_much
from bot.understanding.lexicon.classes import CLASSES
from bot.understanding.reading import Ask
from bot.understanding.rhythm import interval_of, is_odd
from bot.understanding.tokens import Token

# "Tientje of twee".
_EITHER = re.compile(r" (?:@m|van @n) (?:of|or|a|tot|to|-) @[mn] ")
_EACH = re.compile(
    r" (?:(?:of|van|elk|each|à) @m|@m (?:per (?:keer|termijn|deel|time|part)|each|elk|a time)|per keer @m) "
)


def money(word: str) -> str | None:
    """ "€ 12,50" or "50 euro" as "12.50", "50.00"; None when it cannot be read."""
    digits = re.sub(r"[^\d.,]", "", word).rstrip(".,")
    match = re.fullmatch(r"(\d{1,3}(?:[.,]\d{3})+|\d+)(?:[.,](\d{1,2}))?", digits)
    if not match:
        return None
    return f"{int(re.sub('[.,]', '', match[1]))}.{(match[2] or '0').ljust(2, '0')}"


def put_rhythm(draft: Draft, rhythm: str | None) -> str | None:
    """How often it is paid, or the question; the interval, when there is one that plans have."""
    interval = interval_of(draft.heard)
    if rhythm is not None:
        interval = interval or (None if rhythm == "odd" else rhythm)
        draft.used.update(range(len(draft.heard.moments)))
    if rhythm == "month":
        days = [found.when for found in draft.heard.moments if found.when.day]
        if len(days) == 1:
            if days[0].edge != "from":
                draft.slots["day_of_month"] = days[0].day
            if (first := settle(days[0], draft.now).day) is not None:
                draft.slots["start_date"] = first.isoformat()
    if is_odd(draft.heard) or rhythm == "odd":
        draft.used.update(range(len(draft.heard.moments)))
        draft.doubt(Ask.HOW_OFTEN)
    elif interval:
        draft.slots["interval"] = interval
    return interval


def put_amount(draft: Draft, rhythm: str | None) -> None:
    """The amount of a part or of the whole, and how often it is paid."""
    text = draft.heard.line.text
    interval = put_rhythm(draft, rhythm)
    amounts = [(token, money(token.word)) for token in draft.heard.tokens if token.kind == "money"]
    if _EITHER.search(text):
        draft.doubt(Ask.HOW_MANY)
    if (left := too_much(draft.heard)) is not None:
        amounts = [(token, money(str(token.tags.get("int", token.word)))) for token in left]
        if not amounts:
            draft.doubt(Ask.HOW_MANY)
    elif not amounts and (interval or "instalments" in draft.slots or "instalments" in draft.heard.signals):
        amounts = _plain_amounts(draft)
    if len(amounts) != 1 or amounts[0][1] is None:
        return
    each = (
        rhythm is not None or interval is not None or "instalments" in draft.slots or _EACH.search(f"{text} ")
    )
    slot = "instalment_amount" if each else "amount"
    draft.slots[slot] = amounts[0][1]


def put_amount_paid(draft: Draft) -> None:
    """ "45 euro overgemaakt": the amount that is said to have been paid, when only one is named."""
    amounts = {money(token.word) for token in draft.heard.tokens if token.kind == "money"}
    if len(amounts) == 1 and None not in amounts:
        draft.slots["amount"] = amounts.pop()


_PER = ("per", "a", "elke", "iedere", "every", "each", "pm", "pw", "maandelijks", "wekelijks")
_EVERY = {f"{each} {unit}" for each in (*_PER, "in de") for unit in ("maand", "week", "month")}
_EACH_OF = re.compile(rf"(?:{'|'.join(CLASSES['part'].split())}) (?:van|of|elk|à|a)")
_TIMES = (["@n", "x"], ["@n", "keer"], ["@n", "times"], ["@n", "maal"])
_SPARES = (["spare"], ["afford"], ["missen"])
_SPARED = ("missen",)
_CAN_SPARE = (
    ["kan", "ik", "missen"],
    ["kunnen", "we", "missen"],
    ["i", "can", "spare"],
    ["i", "can", "afford"],
)
_IN_THE = (["in", "de", "week"], ["in", "de", "maand"], ["om", "de", "week"], ["om", "de", "maand"])


_OFTEN = (["wekelijks"], ["maandelijks"], ["weekly"], ["monthly"])
_IN_PARTS = (["stukjes"], ["stukken"], ["delen"], ["termijnen"], ["bedragen"], ["porties"])


def _plain_amounts(draft: Draft) -> list[tuple[Token, str | None]]:
    words = draft.heard.line.words[1:-1]
    if times_an_amount(draft.heard) is not None and "x" in words:
        token = draft.heard.tokens[draft.heard.places[words.index("x") - 1][0]]
        return [(token, money(str(token.tags.get("int", token.word))))]
    found: list[tuple[Token, str | None]] = []
    for at, word in enumerate(words):
        after = words[at + 1] if at + 1 < len(words) else ""
        before = " ".join(words[max(0, at - 2) : at])
        # "3 a 4 termijnen" is a choice of two counts.
        choice = after in ("a", "à", "of", "or") and words[at + 2 : at + 3] == ["@n"]
        per = (after in _PER and not choice) or before in _EVERY or words[at + 1 : at + 4] in _IN_THE
        counted = at > 2 and "@n" in words[max(0, at - 4) : at - 2]
        each = counted and _EACH_OF.fullmatch(" ".join(words[at - 2 : at]))
        each = None if words[at - 1 : at] == ["of"] and draft.language == "nl" else each
        times = words[max(0, at - 2) : at] in _TIMES
        times = times and not before.endswith(" of")
        times = times or (words[at - 1 : at] in (["@d"], ["@day"]) and words[at - 2] in _PER)
        per = per or words[at + 1 : at + 4] in _CAN_SPARE or words[at - 1 : at] in _OFTEN
        per = per or (words[at - 1 : at] == ["van"] and words[at - 2 : at - 1] in _IN_PARTS)
        if word == "@n" and (per or each or times or words[at - 1 : at] in _SPARES or after in _SPARED):
            token = draft.heard.tokens[draft.heard.places[at][0]]
            found.append((token, money(str(token.tags.get("int", token.word)))))
    return found
