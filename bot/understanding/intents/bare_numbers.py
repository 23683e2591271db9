"""A bare number after the bot's question: "25" is a day after "welke dag?", "9" an hour after "hoe laat?"."""

from dataclasses import replace

from bot.understanding.dates.settle import settle
from bot.understanding.dates.when import When, doubtful
from bot.understanding.draft import Draft
from bot.understanding.gate import says_more_than
from bot.understanding.lexicon import words
from bot.understanding.reading import Ask, Context, Intent
from bot.understanding.tokens import Token


def in_context(draft: Draft, when: When) -> When:
    """After "hoe laat?" the day is known, so "half 9" is simply half past eight in the morning."""
    if draft.context is Context.ASK_TIME and when.grain == "span" and _only_numbers(draft):
        # "Tussen 9 en 10" after "hoe laat?" are hours.
        return doubtful(Ask.WHICH_TIME)
    if draft.context is Context.ASK_TIME and when.has_day() and when.hour is None:
        return _with_written_time(draft, when)
    if draft.context is not Context.ASK_TIME or when.hour is None or when.sure or when.has_day():
        return when
    afternoon = when.part is None and 1 <= when.hour < 7 and when.hour + (when.minute or 0) / 60 < 6.5
    return replace(when, hour=when.hour + 12 if afternoon else when.hour, sure=when.part is None or None)


def _with_written_time(draft: Draft, when: When) -> When:
    """ "Morgen dan, 13.15" after "hoe laat?": the day and its hour."""
    clocks = [token.tags["dotclock"] for token in draft.heard.tokens if "dotclock" in token.tags]
    if len(clocks) != 1 or not isinstance(clocks[0], tuple):
        return when
    hour, minute, sure = clocks[0]
    return replace(when, hour=hour, minute=minute, sure=sure or None)


_NAMED = words("weekday month ord dm feast dir")


def _only_numbers(draft: Draft) -> bool:
    return not any(_NAMED & token.tags.keys() for token in draft.heard.tokens)


def _written_time(draft: Draft) -> bool:
    """ "14.30" after "hoe laat?"."""
    clocks = [token.tags["dotclock"] for token in draft.heard.tokens if "dotclock" in token.tags]
    if len(clocks) != 1 or draft.intents or not isinstance(clocks[0], tuple):
        return False
    hour, minute, sure = clocks[0]
    draft.add(Intent.RESCHEDULE)
    when = in_context(draft, When(hour=hour, minute=minute, sure=sure or None))
    draft.put_moment(settle(when, draft.now))
    return True


def _counts(draft: Draft, number: Token) -> bool:
    """ "Push it back two weeks", "al 3 jaar klant": a number that counts something, in a longer reply."""
    at = next(n for n, token in enumerate(draft.heard.tokens) if token is number)
    unit = any("unit" in token.tags for token in draft.heard.tokens[at + 1 : at + 3])
    hours = draft.context is Context.ASK_TIME
    return (unit and not hours) or says_more_than(draft.heard, 2)


def number_answers(draft: Draft) -> bool:
    """ "25" after "welke dag?" is a day of the month; "9" after "hoe laat?" an hour."""
    if draft.context is Context.ASK_TIME and _written_time(draft):
        return True
    kinds = {"int", "ord"} if draft.context is Context.ASK_WHEN else {"int"}
    numbers = [
        token
        for token in draft.heard.tokens
        if kinds & token.tags.keys() and token.word not in ("een", "one", "a", "ene")
    ]
    if len(numbers) != 1 or draft.intents or _counts(draft, numbers[0]):
        return False
    number = int(str(numbers[0].tags.get("int", numbers[0].tags.get("ord"))))
    if draft.context is Context.ASK_TIME and number <= 24:
        when = When(hour=number, minute=0, sure=number > 12 or None)
    elif draft.context in (Context.ASK_WHEN, Context.PROPOSE) and 1 <= number <= 31:
        when = When(day=number)
    else:
        return False
    draft.add(Intent.RESCHEDULE)
    draft.put_moment(settle(in_context(draft, when), draft.now))
    return True
