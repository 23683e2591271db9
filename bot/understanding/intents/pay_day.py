"""A fixed day of the month to pay on, and the income that a payer waits for."""

import re

from bot.understanding.clauses import asks_about_a_habit, moments_with
from bot.understanding.dates.find import Found
from bot.understanding.draft import Draft
from bot.understanding.gate import words_of
from bot.understanding.hear import Heard
from bot.understanding.intents.anchors import put_anchor
from bot.understanding.intents.claims import claims_paid
from bot.understanding.lexicon import words
from bot.understanding.lexicon.classes import CLASSES
from bot.understanding.promised import promised
from bot.understanding.reading import Ask, Intent
from bot.understanding.roles import REFUSED, roles


def read_pay_day(draft: Draft) -> None:
    """ "Ik krijg altijd de 25e mijn salaris": the day on which all later requests should come."""
    if asks_about_a_habit(draft.heard) or _for_all_bills(draft) or _only_now(draft) or _bare_pay_day(draft):
        return
    habit = draft.heard.has("pay_day") and draft.heard.has("habit") and not _only_this_time(draft)
    told = habit or _each(draft.heard) or _always(draft.heard, ("@day",)) or _last_day_always(draft.heard)
    if not told or _in_parts(draft.heard):
        return
    if not draft.heard.has("opt_out") and not _tells_when_paid(draft.heard):
        put_pay_day(draft)


def _tells_when_paid(heard: Heard) -> bool:
    """ "Altijd de 25e betaald" is a claim; "is voldaan! Voortaan graag de 20e" is one, and a wish."""
    return claims_paid(heard) and (not heard.has("always") or bool(moments_with(heard, "already_paid")))


_EACH = re.compile(r" (?:elke|elk|iedere|ieder|every|each) (?:the |de )?@day ")


def _each(heard: Heard) -> bool:
    """ "I prefer paying every 5th": the only day named, and not the one on which money comes in."""
    each = _EACH.search(f"{heard.line.text} ") is not None
    return each and len(heard.moments) == 1 and not heard.has("income", "instalments")


def put_pay_day(draft: Draft) -> bool:
    """To be paid on the one day of the month that is named, from now on; whether there is one."""
    refused = [at for at, role in roles(draft.heard).items() if role == REFUSED]
    days = [
        (at, day)
        for at, found in enumerate(draft.heard.moments)
        if (day := _day_of(draft.heard, found)) and at not in refused
    ]
    days = _the_one_meant(draft.heard, days) if len(days) > 1 else days
    if len(days) != 1:
        return False
    draft.add(Intent.SET_PAY_DAY, "pay_day", "always")
    draft.slots["day_of_month"] = days[0][1]
    draft.mark(days[0][0], "day_of_month")
    draft.used.update(_of_the_habit(draft, days[0][0]))
    put_anchor(draft)
    return True


_FROM_THEN_ON = words("altijd always voortaan steeds daarna")


def _the_one_meant(heard: Heard, days: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """ "Deze keer de 30e, en vanaf dan altijd de 27e": the day of the wish, in one clause with "altijd"."""
    lasting = {at for at, said in _clauses_of_days(heard) if _FROM_THEN_ON & said}
    for told in (_days_asked(heard), lasting, promised(heard).days()):
        if len(meant := [found for found in days if found[0] in told]) == 1:
            return meant
    return []


# Words for a wish about all that is to come, and not for a habit.
_WISHED = words("voortaan standaard structureel komende toekomstige vervolg future standard permanently")


def _days_asked(heard: Heard) -> set[int]:
    """ "Altijd rond de 20e betaald, graag alles standaard op de 22e": the day of the wish."""
    return {at for at, said in _clauses_of_days(heard) if _WISHED & said}


def _clauses_of_days(heard: Heard) -> list[tuple[int, set[str]]]:
    """Each moment, by its place, with the words of its clause."""
    found: list[tuple[int, set[str]]] = []
    at = 0
    for clause in " ".join(heard.line.words[1:-1]).replace(" , ", " | ").split(" | "):
        said = clause.split()
        for _ in range(said.count("@d") + said.count("@day")):
            found.append((at, set(said)))
            at += 1
    return found


_WEAK = words("altijd always usually meestal normaal normally gewoonlijk steeds mostly")
_ASKED = words("graag please liever prefer rather")
_WAITING = words("wachten wacht wait waiting afwachten await awaiting")


def _only_now(draft: Draft) -> bool:
    """ "I have to wait for my boss, he always pays on the 15th" is about this bill alone."""
    heard = draft.heard
    said = heard.line.words
    habits = {said[at + 1] for at in words_of(heard, "habit", "always")}
    dated = any(heard.moments[at].when.month for at in promised(heard).days())
    return (
        bool(habits) and habits <= _WEAK and not _ASKED & set(said) and (dated or bool(_WAITING & set(said)))
    )


_BARE_DAY = re.compile(
    r" (?:pay ?day|pay date|due date|betaaldag|betaaldatum) (?:is )?(?:every |always |elke |altijd |steeds )?"
    r"(?:the |de )?(@n) [|,]"
)
_DAYS_OF_A_MONTH = range(1, 32)


def _bare_pay_day(draft: Draft) -> bool:
    """ "My pay day is every 15": a number that is no moment by itself."""
    text = f"{draft.heard.line.text} "
    found = _BARE_DAY.search(text)
    if found is None or draft.heard.moments or draft.intents:
        return False
    place = len(text[: found.start(1)].split()) - 1
    number = draft.heard.tokens[draft.heard.places[place][0]].tags.get("int")
    if number not in _DAYS_OF_A_MONTH:
        return False
    draft.add(Intent.SET_PAY_DAY)
    draft.slots["day_of_month"] = number
    return True


# This time, and from then on.
_BOTH = 2
_ONCE = words("| , and en maar but")
_THIS_TIME = words("deze dit ditmaal this once nu now eerst first")


def _of_the_habit(draft: Draft, habitual: int) -> set[int]:
    """All days, save the one for this time: "monday, and from then on always the 2nd" names both."""
    moments = draft.heard.moments
    same = moments[0].when.day == moments[-1].when.day and moments[0].when.month is None
    if habitual != 1 or len(moments) != _BOTH or (same and moments[0].when.day is not None):
        return set(range(len(moments)))
    said = draft.heard.line.words[1:-1]
    first = next(at for at, word in enumerate(said) if word in ("@d", "@day"))
    when = moments[0].when
    bare = when.weekday is not None and when.edge is None and said[first + 1] in _ONCE
    told = bool(_THIS_TIME & dict(_clauses_of_days(draft.heard))[0]) or 0 in promised(draft.heard).told
    return {habitual} if bare or told else set(range(len(moments)))


_PART_COUNT = re.compile(rf" @n (?:{'|'.join(CLASSES['part'].split())}) ")


_AMOUNT = re.compile(r" (?:@day|@d|month|maand) @n [|]|[|] @n (?:op|on|elke|iedere|every|each|per) ")


def _in_parts(heard: Heard) -> bool:
    """ "Vijf termijnen, steeds de 27e" are parts, and so is "40 euro op de 5e van elke maand"."""
    return (
        "@m" in heard.line.words
        or _AMOUNT.search(f"{heard.line.text} ") is not None
        or _PART_COUNT.search(f"{heard.line.text} ") is not None
    )


def _always(heard: Heard, days: tuple[str, ...]) -> bool:
    """ "In future the 15th please": a day in one breath with words that say it is to be so every time."""
    said = heard.line.words[1:-1]
    places = [n for n, word in enumerate(said) if word in days]
    return any(
        not {"|", ","} & set(said[min(place, match.first) + 1 : max(place, match.last)])
        or abs(place - match.last) <= _BREATH
        for match in heard.signals.get("always", ())
        for place in places
        if said[match.first - 1] not in _LIKE or not match.first
    )


_BREATH = 2


def _last_day_always(heard: Heard) -> bool:
    """ "Laatste dag van de maand, zet dat voor altijd zo"."""
    return any(_day_of(heard, found) == _LAST_DAY for found in heard.moments) and heard.has("always")


_LIKE = words("like as zoals als")
_LATER = words("na after")


def _day_of(heard: Heard, found: Found) -> int | None:
    """The day of the month, also in "na de 23e", which is read as the 24th to come."""
    tokens = heard.tokens[found.first : found.last]
    counts = any("ord" in token.tags for token in tokens) and not any("month" in t.tags for t in tokens)
    if found.when.on and counts and tokens[0].word in _LATER:
        return found.when.on.day
    said = {token.word for token in tokens}
    if tokens[-1].word in _MONTH and _LAST & said and said & {"dag", "day"}:
        return _LAST_DAY
    return found.when.day


# "De laatste dag van de maand": in shorter months it is an earlier day.
_LAST_DAY = 31
_LAST = words("laatste last")
_MONTH = words("maand month")
_BILLS = words("rekeningen facturen betalingen termijnen keren bills invoices")
_COMING = words("komende volgende voortaan toekomstige future coming")


_FROM_NOW = words("voortaan future vervolg toekomst")


def _for_all_bills(draft: Draft) -> bool:
    """ "Voor de komende rekeningen: liever na de 15e" is about all bills, from a day to be asked."""
    said = set(draft.heard.line.words)
    days = [found for found in draft.heard.moments if found.when.day]
    bills = bool(_BILLS & said and _COMING & said)
    counted = any(_day_of(draft.heard, found) for found in draft.heard.moments)
    from_now = bool(_FROM_NOW & said) and _always(draft.heard, ("@d",)) and not counted
    from_now = from_now and not draft.heard.has("promise_day")
    if not (bills or from_now) or len(draft.heard.moments) != 1 or days:
        return False
    draft.add(Intent.SET_PAY_DAY)
    draft.used.update(range(len(draft.heard.moments)))
    draft.doubt(Ask.PAY_DAY)
    return True


_MOSTLY = words("meestal usually normaal gewoonlijk")
_WAITS_FOR = words("als zodra wanneer na if when once after")


def _only_this_time(draft: Draft) -> bool:
    """ "Als mijn uitkering er is, meestal rond de 8e" is about this bill, not about all to come."""
    habits = words_of(draft.heard, "habit")
    said = draft.heard.line.words
    weak = all(said[at + 1] in _MOSTLY for at in habits)
    return weak and bool(_WAITS_FOR & set(said))
