"""What phrases say, weighed against what all the words lean to: the likelier of the two is the reading.

Phrases win unless the words lean clearly elsewhere. A lean that would do something is believed only where it
is strong and the words tell all that it needs; a weaker one asks.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from math import log

from bot.understanding.courtesy import core
from bot.understanding.draft import TIMED, Draft
from bot.understanding.gate import says_more_than, words_of
from bot.understanding.hear import Heard
from bot.understanding.intents.asking import ABOUT, doubt_that_day, question
from bot.understanding.intents.at_once import all_at_once
from bot.understanding.intents.believing import ANSWERS, ASKING, NOTHING, bar, wavers
from bot.understanding.intents.filling import put_what_is_left, put_what_is_told
from bot.understanding.intents.reasons import reasons
from bot.understanding.intents.standing import GRAVE, LIKELY, NEVER, stands
from bot.understanding.leanings import Leanings, leanings, traits
from bot.understanding.reading import Ask, Context, Intent, Span

# From this chance on nothing is left to ask about a meaning that was heard as well: about a day, or about a
# yes to a question of ours, from the first on.
_LIKELY_SO, _AGREED = 0.6, 0.8
# A count that was told is asked about again only when the words do not all mean parts.
_SURELY = 0.95
# A day that no word promises is asked about below this chance.
_HARDLY = 0.3
_PROMISED = ("promise_day", "then_pays", "promise", "wait")
_DATED = frozenset(("date", "datetime", "date_range"))
# A word misspelt never stops or pays.
_SPELT = frozenset((Intent.OPT_OUT, Intent.PAY_NOW))
# What needs no more than to be meant.
_PLAIN = {Intent.OPT_OUT, Intent.HUMAN, Intent.DISPUTE}
# A yes to our question whether to stop is a stop.
_STOPS = frozenset((Intent.OPT_OUT,))
_COURTESY = {Intent.AFFIRM, Intent.DENY, Intent.THANKS}
_DAYS = {
    *(Ask.WHEN, Ask.WHICH_DAY, Ask.THAT_DAY, Ask.WHICH_TIME),
    *(Ask.IMPOSSIBLE_DATE, Ask.PAST_DATE, Ask.CONTRADICTION),
}
# A phrase that says the opposite leaves nothing to guess.
_AGAINST = {
    Intent.HUMAN: ("no_human", "other_way"),
    Intent.OPT_OUT: ("no_opt_out", "other_way"),
    Intent.INSTALMENTS: ("no_parts", "counts_else"),
    Intent.ALREADY_PAID: ("not_paid", "paid_else"),
    Intent.WRONG_PERSON: ("wrong_to_ask",),
    Intent.CANT_PAY: ("no_lack",),
}
# "Alles in een keer" wants no parts, unless the other words want them sooner than not.
_HALF = 0.5
# From this chance on a meaning is there.
_PRESENT = 0.45
# How much likelier, as the logarithm of odds, the leaning must be than what was heard; and where every word
# had its part in the phrases that were heard.
_CLEARLY, _FAR = 1.5, 2.5
# Money that is not there is heard sooner beside a wish: a person then looks before anything goes on.
_SOON = 0.6


def weigh(draft: Draft, lean: Leanings[Intent] | None = None) -> None:
    """Takes the meaning that the words lean to where it is clearly likelier than the one that was heard.

    ``lean`` is another table than the one that lies here, to measure with.
    """
    lean = lean or leanings()
    found = traits(draft.heard.line.words[1:-1], draft.context)
    chances = lean.of(found)
    leant, heard = _leant(draft, chances), frozenset(draft.intents) or NOTHING
    if _hardly_a_promise(draft, chances):
        doubt_that_day(draft)
    if leant == heard or (draft.context is Context.CONFIRM_OPTOUT and leant - _STOPS == heard):
        _confirm(draft, min(chances[intent] for intent in heard))
    if not leant or leant == heard or not _outweighs(draft, chances, leant, heard):
        return
    if (kept := stands(draft, chances, leant, heard)) is not None:
        if kept.ask is not None:
            draft.doubt(kept.ask)
        return
    _take(draft, lean, found, leant)
    _doubt_a_stop(draft)


def _doubt_a_stop(draft: Draft) -> None:
    """Beside a promise a stop is asked about; beside a yes to our question about it, it is not."""
    if {Intent.OPT_OUT, Intent.RESCHEDULE} <= set(draft.intents):
        draft.doubt(Ask.STOP_WHAT)
    asked = draft.context is Context.CONFIRM_OPTOUT and draft.ask is Ask.STOP_WHAT
    if asked and {Intent.OPT_OUT, Intent.AFFIRM} == set(draft.intents):
        draft.ask = None


def _hardly_a_promise(draft: Draft, chances: Mapping[Intent, float]) -> bool:
    """A day by itself, beside words that hardly lean to one: "die kroon is na 2 dagen uitgevallen"."""
    bare = draft.intents == [Intent.RESCHEDULE] and draft.ask is None and not draft.heard.has(*_PROMISED)
    unlikely = bare and chances[Intent.RESCHEDULE] < _HARDLY
    corrects = draft.heard.has("deny", "declines", "takes_back")
    return unlikely and not (corrects or all_at_once(draft)) and says_more_than(draft.heard, 0, "affirm")


def _take(draft: Draft, lean: Leanings[Intent], found: frozenset[str], leant: frozenset[Intent]) -> None:
    """The meaning that the words lean to, instead of the one that was heard."""
    chances, heard = lean.of(found), frozenset(draft.intents) or NOTHING
    new = sorted(leant - heard, key=lambda intent: (-chances[intent], intent))
    known = chances if _SPELT.isdisjoint(new) else lean.of(_of_known_words(draft))
    believed = all(
        (known if intent in _SPELT else chances)[intent] >= bar(draft, intent, heard) for intent in new
    )
    why = reasons(draft.heard, lean, found, new)
    if leant & heard:
        _change(draft, heard - leant, new, why)
        put_what_is_left(draft, sorted(leant & heard))
    else:
        draft.guess(new, why)
    if believed and (draft.context is Context.CONFIRM_OPTOUT or not GRAVE & (heard - leant)):
        put_what_is_told(draft, new)
    else:
        draft.doubt(question(leant | heard & GRAVE, chances))


def _confirm(draft: Draft, chance: float) -> None:
    """What was heard needs no question about its meaning when all the words say the same."""
    asked = draft.context in ASKING and not wavers(draft.heard)
    yes = draft.ask is Ask.YES_TO_WHAT and asked and chance >= _LIKELY_SO
    that_day = draft.ask is Ask.THAT_DAY and chance >= _LIKELY_SO
    plain = draft.ask is Ask.NOT_UNDERSTOOD and set(draft.intents) <= _PLAIN and chance >= _AGREED
    counted = draft.ask is Ask.HOW_MANY and "instalments" in draft.slots and chance >= _SURELY
    told = counted and len(draft.heard.moments) <= 1 and not draft.heard.has("paid_part")
    if yes or that_day or plain or told:
        draft.ask, draft.choices = None, ()


def _of_known_words(draft: Draft) -> frozenset[str]:
    """The traits of the words that are spelt as the bot knows them."""
    return traits([word for word in draft.heard.line.words[1:-1] if not word.endswith("~")], draft.context)


def _leant(draft: Draft, chances: Mapping[Intent, float]) -> frozenset[Intent]:
    """The meanings that the words lean to, without the ones that a phrase denies."""
    present = {intent for intent, chance in chances.items() if chance > _PRESENT}
    leant = present or {max(chances, key=chances.__getitem__)}
    if draft.context is Context.CONFIRM_OPTOUT and Intent.OPT_OUT in draft.intents and not leant <= ANSWERS:
        leant.add(Intent.OPT_OUT)  # asked whether to stop, and told so
    if draft.context not in ASKING and (Intent.RESCHEDULE in draft.intents or leant - ANSWERS):
        leant -= ANSWERS - set(draft.intents)  # nothing was asked that a yes or no answers
    if draft.slots.get("topic") == "link":  # asked for beside anything, a promised day as well
        promised = {Intent.RESCHEDULE} & set(draft.intents) if _DATED & draft.slots.keys() else ()
        leant |= {Intent.QUESTION, *promised}
    in_need = chances[Intent.CANT_PAY] > NEVER or draft.heard.has("hardship")
    if len(draft.intents) > 1 and Intent.CANT_PAY in draft.intents and in_need:
        leant.add(Intent.CANT_PAY)
    if {Intent.RESCHEDULE, Intent.SET_PAY_DAY} & leant & set(draft.intents):
        leant.discard(Intent.PAY_NOW)
    if {Intent.SET_PAY_DAY, Intent.RESCHEDULE} <= leant and len(draft.heard.moments) == 1:
        lasting = (
            Intent.SET_PAY_DAY in draft.intents or chances[Intent.SET_PAY_DAY] > chances[Intent.RESCHEDULE]
        )
        leant.discard(Intent.RESCHEDULE if lasting else Intent.SET_PAY_DAY)
    if all_at_once(draft) or (draft.heard.has("in_full") and chances[Intent.INSTALMENTS] < _HALF):
        leant.discard(Intent.INSTALMENTS)
    return frozenset(intent for intent in leant if not draft.heard.has(*_AGAINST.get(intent, ())))


def _outweighs(
    draft: Draft, chances: Mapping[Intent, float], leant: frozenset[Intent], heard: frozenset[Intent]
) -> bool:
    likeliest = max(chances[intent] for intent in leant)
    if draft.ask is Ask.THAT_DAY and leant == NOTHING:
        return likeliest >= _AGREED and chances[Intent.RESCHEDULE] < _PRESENT
    if draft.choices and leant == NOTHING:  # two days were named
        return False
    if heard == NOTHING:
        about_a_day = draft.ask in _DAYS and Intent.RESCHEDULE not in leant and likeliest >= _AGREED
        return about_a_day or (draft.ask is None and likeliest > LIKELY)
    left_over = _left_over(draft.heard)
    if likeliest < LIKELY or (heard <= _COURTESY and not left_over):
        return False
    least = _CLEARLY if left_over else _FAR
    if leant - heard == {Intent.CANT_PAY} and heard < leant:
        least = _SOON
    return _likelihood(leant, chances) - _likelihood(heard, chances) > least


def _left_over(heard: Heard) -> bool:
    """Whether a word had no part in any phrase that was heard."""
    said = heard.line.words[1:-1]
    first, last = core(said)
    used = words_of(heard, *heard.signals)
    return any(at not in used and said[at] not in ("|", ",", "@q") for at in range(first, last))


def _likelihood(meant: AbstractSet[Intent], chances: Mapping[Intent, float]) -> float:
    """The logarithm of the chance that a reply means these, and nothing else."""
    each = (chance if intent in meant else 1 - chance for intent, chance in chances.items())
    return sum(log(max(1e-4, chance)) for chance in each)


def _change(draft: Draft, gone: AbstractSet[Intent], new: Sequence[Intent], why: Sequence[Span]) -> None:
    """Leave the meanings that stay, with what was told about them; a question about the others falls."""
    draft.withdraw(*gone)
    timed = TIMED & set(draft.intents)
    about_gone = draft.ask is not None and ABOUT.get(draft.ask) in gone
    if about_gone or (draft.ask in _DAYS and not timed):
        draft.ask, draft.choices = None, ()
    draft.intents.extend(new)
    draft.spans.extend(why)
    draft.guessed = bool(new)
