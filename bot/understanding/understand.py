"""Reads a reply: which intents it carries, with which slots, and whether a person would ask back.

The order is the order of what must not be missed: stop first, then wrong person, distress, dispute,
already paid, a fixed pay day, instalments, pausing, people and channels, questions, days, paying,
yes and no. Several may stand together. A plain "ja" or "25" takes its meaning from the bot's last
move. What was decided where people differ:

* a named week, weekend or month is a clear answer (``date_range``); whether a stretch is exact
  enough to plan on is for the decider. Longer than a month, or "een paar weken", is asked about;
* "volgende vrijdag", a weekday that is today, "de 18e" on the 18th, a weekday that contradicts its
  date, days that do not exist or are over, "morgen" before four at night: asked about;
* "na de 25e" is the 26th; "voor", "uiterlijk" and "tot" a day is that day; "tot volgende maand" its
  first day; "eind van de week" is Friday, "eind van de maand" the last day, "half maart" the 15th;
* an hour from one to half past six without more is in the afternoon;
* a day in a text about something else is not a day to pay on;
* a wish to stop that ends ("tot 1 januari") is a pause; one that stands beside a promise is asked
  about; a word misspelt never stops, pays or becomes another day;
* "ik kan niet betalen" beside a day on which it can be paid is a promise for that day.
"""

from dataclasses import replace
from datetime import datetime
from functools import cache

from bot.understanding.dates.settle import AMSTERDAM
from bot.understanding.draft import Draft
from bot.understanding.grammar import TooTangled
from bot.understanding.hear import Heard, hear, is_known
from bot.understanding.intents import STEPS
from bot.understanding.intents.people import asks_for
from bot.understanding.languages import OURS, language_of
from bot.understanding.phrases import Line
from bot.understanding.reading import Ask, Context, Intent, Reading
from bot.understanding.told import told

# Longer than this is no chat reply. It is not cut, because half a message may say the opposite.
LONGEST = 1_200
MOST_WORDS = 250
NOTHING = Heard("", (), (), Line(()), ())


def understand(
    text: str,
    context: Context | str | None = None,
    *,
    now: datetime,
    language: str | None = None,
) -> Reading:
    """The reading of ``text``, written at ``now`` (aware) in answer to the bot's last move.

    ``language`` is a hint that counts when the words do not tell. Raises ValueError for a naive
    ``now`` or an unknown context, and for nothing a payer can type.
    """
    if now.tzinfo is None:
        raise ValueError("now must be an aware datetime")
    local = now.astimezone(AMSTERDAM)
    move = Context(context) if context else None
    heard = _hear(text, local)
    reading = _read(text, heard, move, local, language)
    if heard is None:
        return reading

    def read(piece: str) -> Reading:
        return _read(piece, _hear(piece, local), None, local, reading.language)

    return replace(reading, tell=cache(lambda: told(heard, reading, local, read)))


def _read(text: str, heard: Heard | None, move: Context | None, local: datetime, hint: str | None) -> Reading:
    """The reading without what it tells besides; ``heard`` is ``text`` taken apart."""
    spoken = language_of(text[:LONGEST], hint, is_known)
    if heard is not None and spoken in OURS:
        meant = _after_taking_back(heard, move, local, spoken)
        if meant is not None:
            return meant
    draft = Draft(heard or NOTHING, local, move, spoken)
    if heard is None:
        draft.doubt(Ask.TOO_LONG)
    elif spoken not in OURS and asks_for(heard, spoken):
        draft.add(Intent.CHANGE_LANGUAGE)
        draft.slots["language"] = spoken
    elif spoken not in OURS:
        draft.add(Intent.OTHER)
        draft.doubt(Ask.LANGUAGE)
    elif heard.has("trick"):
        draft.add(Intent.OTHER, "trick")
    else:
        for step in STEPS:
            step(draft)
    return draft.reading()


def _after_taking_back(heard: Heard, move: Context | None, now: datetime, spoken: str) -> Reading | None:
    """The reading of what follows "o nee wacht", when that says all there is to say by itself.

    What was taken back becomes blanks, so that every span keeps its place.
    """
    wavers = heard.line.words[1:3] in (["ja", "nee"], ["yes", "no"])
    ends = [match.last for match in heard.signals.get("takes_back", ()) if match.first > 0 or wavers]
    if not ends or max(ends) >= len(heard.places):
        return None
    start = heard.tokens[heard.places[max(ends)][0]].start
    rest = _hear(" " * start + heard.text[start:], now)
    if rest is None or (heard.moments and rest.moments and not rest.moments[0].when.has_day()):
        return None
    draft = Draft(rest, now, move, spoken)
    for step in STEPS:
        step(draft)
    reading = draft.reading()
    return None if reading.clarify or Intent.OTHER in reading.intents else reading


def _hear(text: str, now: datetime) -> Heard | None:
    """The reply taken apart, or None when it is longer or more tangled than a reply is."""
    if len(text) > LONGEST:
        return None
    try:
        heard = hear(text, now)
    except TooTangled:
        return None
    return heard if len(heard.tokens) <= MOST_WORDS else None
