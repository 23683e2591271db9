"""Paying in parts: how many, how much, how often and from when."""

import re

from bot.understanding.dates.settle import settle
from bot.understanding.draft import Draft
from bot.understanding.lexicon import words
from bot.understanding.reading import Ask, Context, Intent
from bot.understanding.rhythm import interval_of, is_odd, recurs
from bot.understanding.roles import AGREED, roles
from bot.understanding.tokens import Token

_EACH = re.compile(r" (?:of|van|elk|each|à) @m ")
_COUNT = re.compile(
    r"@n (?:gelijke |maandelijkse |wekelijkse |losse |equal |monthly |weekly )?"
    r"(?:keer|keren|betaling|maandelijkse|bedragen|x|maal|times|termijn|deel|delen|part|payment|inst|stuk|gedeelte|maand|portie|"
    r"beurten|goes|schijven|terms|x @m|keer @m)"
)
_MOST = 60
# A bare "25" after "in how many parts?" is as likely an amount or a day.
_MOST_BARE = 12


def read_instalments(draft: Draft) -> None:
    """In how many parts, how much each, how often and from when, as far as it was said."""
    heard = draft.heard
    if draft.context is Context.ASK_N and _bare_count(draft):
        return
    if draft.context in (Context.ASK_N, Context.PLAN) and _other_count(draft):
        return
    rhythm = recurs(heard)
    asked = heard.has("instalments") or rhythm is not None
    if not asked or Intent.OPT_OUT in draft.intents or _rather_at_once(draft):
        return
    if {Intent.ALREADY_PAID, Intent.SET_PAY_DAY} & set(draft.intents):
        return
    if Intent.CANT_PAY in draft.intents and not _OFFERS & set(heard.line.words):
        return
    if Intent.DISPUTE in draft.intents and not _numbers(draft) and "@m" not in heard.line.words:
        return
    draft.add(Intent.INSTALMENTS, "instalments")
    _count(draft)
    _amount(draft, rhythm)
    _start(draft)
    slots = draft.slots
    if "instalments" not in slots and "instalment_amount" not in slots:
        draft.doubt(Ask.HOW_MANY)


# "Leefgeld 60 per week" is what comes in; an offer says what can go out.
_OFFERS = words(
    """
    kan kunnen zou mag wil betalen betaal aflossen missen regeling betalingsregeling termijnen afbetalen
    keer delen can could pay plan instalments installments afford spare
    """
)
_NOT = words("niet not geen no")


def _rather_at_once(draft: Draft) -> bool:
    """ "Nee bedankt, in een keer": no parts, unless it is the one go that does not work."""
    said = draft.heard.line.words[1:-1]
    if draft.heard.has("no_parts") and not _numbers(draft) and "@m" not in said:
        return True
    for match in draft.heard.signals.get("at_once", ()):
        if not _NOT & set(said[max(0, match.first - 4) : match.last + 2]):
            return not {"@m"} & set(said)
    return False


def _bare_count(draft: Draft) -> bool:
    numbers = _numbers(draft)
    if len(numbers) == 2 and not draft.heard.moments and not draft.heard.has("instalments"):
        draft.add(Intent.INSTALMENTS)
        draft.doubt(Ask.HOW_MANY)
        return True
    if len(numbers) != 1 or (draft.heard.moments and not draft.heard.has("instalments")):
        return False
    draft.add(Intent.INSTALMENTS)
    if numbers[0] > _MOST_BARE and not draft.heard.has("instalments"):
        draft.doubt(Ask.HOW_MANY)
    else:
        _put_count(draft, numbers[0])
    return True


_OTHER_COUNT = re.compile(r" in @n [|@]| @n (?:maanden|months|keer|times|termijnen|weken|delen) ")


def _other_count(draft: Draft) -> bool:
    """ "Doe maar 6 maanden" or "kan het ook in 5?" after a plan was proposed."""
    words = [token.word if "int" not in token.tags else "@n" for token in draft.heard.tokens]
    numbers = _numbers(draft)
    if len(numbers) != 1 or not _OTHER_COUNT.search(f" {' '.join(words)} |"):
        return False
    draft.add(Intent.INSTALMENTS)
    _put_count(draft, numbers[0])
    draft.used.update(range(len(draft.heard.moments)))
    return True


def _numbers(draft: Draft) -> list[int]:
    return [
        int(str(token.tags["int"]))
        for token in draft.heard.tokens
        if "int" in token.tags and token.word not in ("een", "one", "a")
    ]


def _put_count(draft: Draft, number: int) -> None:
    if 2 <= number <= _MOST:
        draft.slots["instalments"] = number
    else:
        draft.doubt(Ask.HOW_MANY)


def _count(draft: Draft) -> None:
    words = draft.heard.line.words[1:-1]
    for at, word in enumerate(words[:-1]):
        if word == "@n" and _COUNT.match(" ".join(words[at : at + 3])):
            token = draft.heard.tokens[draft.heard.places[at][0]]
            number = token.tags.get("int")
            if isinstance(number, int):
                _put_count(draft, number)
                draft.spans.append(draft.heard.span(at, at + 2, "instalments"))
                return
    if _spread(draft):
        return
    text = draft.heard.line.text
    into = re.search(r" (?:in|into|over) @n (?:[|,@]|betalen|graag|aub|doen|please|voldoen)", f"{text} |")
    if into and len(_numbers(draft)) == 1:
        _put_count(draft, _numbers(draft)[0])
    elif Intent.DISPUTE not in draft.intents and (" helft " in text or " half half " in text):
        draft.slots["instalments"] = 2


_SPREADS = re.compile(r" (?:spread|spreid\w*|gespreid\w*|verspreid\w*|uitsmeren|verdel\w*|uitgesmeerd) ")


def _spread(draft: Draft) -> bool:
    """ "Gespreid over 6 maanden": as many parts as months or weeks."""
    tokens = draft.heard.tokens
    for at, token in enumerate(tokens[:-1]):
        unit = tokens[at + 1].tags.get("unit")
        number = token.tags.get("int")
        if unit in ("month", "week") and isinstance(number, int):
            if not _SPREADS.search(f"{draft.heard.line.text} "):
                return False
            _put_count(draft, number)
            draft.slots["interval"] = unit
            draft.used.update(range(len(draft.heard.moments)))
            return True
    return False


def money(word: str) -> str | None:
    """ "€ 12,50" or "50 euro" as "12.50", "50.00"; None when it cannot be read."""
    digits = re.sub(r"[^\d.,]", "", word).rstrip(".,")
    match = re.fullmatch(r"(\d{1,3}(?:[.,]\d{3})+|\d+)(?:[.,](\d{1,2}))?", digits)
    if not match:
        return None
    return f"{int(re.sub('[.,]', '', match[1]))}.{(match[2] or '0').ljust(2, '0')}"


def _amount(draft: Draft, rhythm: str | None) -> None:
    text = draft.heard.line.text
    interval = interval_of(draft.heard)
    if rhythm is not None:
        interval = interval or (None if rhythm == "odd" else rhythm)
        draft.used.update(range(len(draft.heard.moments)))
    if is_odd(draft.heard) or rhythm == "odd":
        draft.doubt(Ask.HOW_OFTEN)
    elif interval:
        draft.slots["interval"] = interval
    amounts = [(token, money(token.word)) for token in draft.heard.tokens if token.kind == "money"]
    if not amounts and interval:
        amounts = _plain_amounts(draft)
    if len(amounts) != 1 or amounts[0][1] is None:
        return
    each = rhythm is not None or interval is not None or "instalments" in draft.slots or _EACH.search(text)
    slot = "instalment_amount" if each else "amount"
    draft.slots[slot] = amounts[0][1]


_PER = ("per", "a", "elke", "iedere", "every", "each", "pm", "pw", "maandelijks", "wekelijks")
_EVERY = {f"{each} {unit}" for each in (*_PER, "in de") for unit in ("maand", "week", "month")}
_IN_THE = (["in", "de", "week"], ["in", "de", "maand"], ["om", "de", "week"], ["om", "de", "maand"])


def _plain_amounts(draft: Draft) -> list[tuple[Token, str | None]]:
    words = draft.heard.line.words[1:-1]
    found: list[tuple[Token, str | None]] = []
    for at, word in enumerate(words):
        after = words[at + 1] if at + 1 < len(words) else ""
        before = " ".join(words[max(0, at - 2) : at])
        if word == "@n" and (after in _PER or before in _EVERY or words[at + 1 : at + 4] in _IN_THE):
            token = draft.heard.tokens[draft.heard.places[at][0]]
            found.append((token, money(str(token.tags.get("int", token.word)))))
    return found


_SHARES = words("helft half rest restant deel part 1/2 1/3 1/4 2/3 3/4")
_AT_ONCE = words("nu now meteen direct alvast vandaag today")


def _part_later(draft: Draft) -> bool:
    """ "De helft nu, de helft eind december": the day is that of the last part, not of the first."""
    said = set(draft.heard.line.words)
    return bool(_AT_ONCE & said) and bool(
        said & words("helft half rest restant deel part 1/2 1/3 1/4 2/3 3/4")
    )


def _start(draft: Draft) -> None:
    if _part_later(draft) and draft.heard.moments:
        draft.used.update(range(len(draft.heard.moments)))
        draft.doubt(Ask.HOW_MANY)
        return
    for at, role in roles(draft.heard).items():
        if role != AGREED or at in draft.used:
            continue
        moment = settle(draft.heard.moments[at].when, draft.now)
        day = moment.first_day()
        draft.mark(at, "start_date")
        if moment.doubt is not None or day is None:
            draft.doubt(moment.doubt or Ask.WHEN, *moment.choices)
        elif "start_date" not in draft.slots:
            draft.slots["start_date"] = day.isoformat()
