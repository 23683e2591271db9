"""How often a payer means to pay: by week, by month, or in a rhythm that no plan has."""

import re

from bot.understanding.hear import Heard
from bot.understanding.lexicon import words

_PER_WEEK = re.compile(
    r"@[mn] pw |per week|in de week|wekelijks|weekly|a week|(?:elke|iedere|every|each) week"
)
_PER_MONTH = re.compile(
    r"@[mn] pm |per maand|in de maand|maandelijks|monthly|a month|per month"
    r"|(?:elke|iedere|every|each) (?:maand|month)"
)
# "Om de week", "elke twee weken": a rhythm that no plan has, so it is asked about.
_ODD_RHYTHM = re.compile(
    r" (?:om de (?:week|maand|@n (?:weken|maanden))"
    r"|(?:elke|iedere|per|every|each) (?:@n|twee|paar) (?:weken|weeks)"
    r"|tweewekelijks|veertiendaags|fortnightly|(?:a|per|every|each) fortnight|per kwartaal|every other week)"
)
# What is paid each time, where no amount is named: "elke vrijdag een deel".
_PARTS = words("deel stuk stukje part bit termijn delen termijnen keer x times payments parts")
_EACH_TIME = words("elke elk iedere ieder every each")


def recurs(heard: Heard) -> str | None:
    """ "Elke vrijdag 20 euro", "om de week een tientje": the rhythm of a plan, told by a moment."""
    if "@m" not in heard.line.words and not (
        heard.has("instalments") and (_PARTS | {"@n"}) & set(heard.line.words)
    ):
        return None
    said = [token.word for token in heard.tokens]
    if any(said[at : at + 2] == ["om", "de"] for at in range(len(said))):
        return "odd"
    for found in heard.moments:
        tokens = heard.tokens[found.first : found.last]
        before = heard.tokens[max(0, found.first - 1)]
        if tokens[0].word in _EACH_TIME or (before.word in _EACH_TIME and found.when.day):
            by_week = any("weekday" in token.tags or token.tags.get("unit") == "week" for token in tokens)
            return "week" if by_week else "month"
    return None


def each_while(heard: Heard) -> bool:
    """ "Every two weeks", "elke tweede vrijdag": a moment that comes back."""
    tokens = heard.tokens
    return any(
        tokens[found.first].word in _EACH_TIME or (found.first and tokens[found.first - 1].word in _EACH_TIME)
        for found in heard.moments
    )


def interval_of(heard: Heard) -> str | None:
    """ "Per week" or "per maand" in so many words."""
    text = heard.line.text
    return "week" if _PER_WEEK.search(text) else "month" if _PER_MONTH.search(text) else None


_ONCE_EACH = re.compile(
    r" (?:1 x|een keer|1 keer|ene keer|eens|eenmaal|1 maal|once|one time|1 time) "
    r"(?:per|a|in de|elke|iedere|every|each|in the) (week|maand|month) "
)


def once_each(heard: Heard) -> str | None:
    """ "Een keer per maand", "once a week": the rhythm of a plan, week or month, and no count."""
    found = _ONCE_EACH.search(f" {' '.join(token.word for token in heard.tokens)} ")
    if found is None:
        return None
    return "week" if found[1] == "week" else "month"


_ONLY_RHYTHM = words(
    "a per elke iedere every each week month maand in de om maandelijks wekelijks monthly weekly"
)


def only_rhythm(heard: Heard) -> bool:
    """Whether parts are spoken of by "every week" and the like alone, and nothing is offered with it."""
    said = heard.line.words[1:-1]
    told = [said[match.first : match.last] for match in heard.signals.get("instalments", ())]
    return all(set(phrase) <= _ONLY_RHYTHM for phrase in told)


def is_odd(heard: Heard) -> bool:
    """ "Om de week" and "elke twee weken" fit no plan."""
    return _ODD_RHYTHM.search(heard.line.text) is not None or _several_each(heard)


_SEVERAL_EACH = re.compile(
    r"(?<! in) (@n) (?:keer|x|maal|times) (?:per|a|in de|elke|every|each) (?:week|maand|month)"
)
# "6 x per maand" is a plan of six; nobody pays that often in one month.
_OFTEN = 4


def _several_each(heard: Heard) -> bool:
    """ "Twee keer per maand": more often than a plan can be."""
    text = heard.line.text
    found = _SEVERAL_EACH.search(text)
    if found is None:
        return False
    number = heard.tokens[heard.places[len(text[: found.start(1)].split()) - 1][0]].tags.get("int")
    return isinstance(number, int) and 1 < number <= _OFTEN
