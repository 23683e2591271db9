"""A guess where no phrase was heard, and a second opinion on phrases that were.

A second opinion only asks. A guess asks too, unless it leans strongly to what brings a pay link, a look at
the bank, a thank-you or a person.
"""

from collections.abc import Sequence

from bot.understanding.courtesy import core
from bot.understanding.draft import Draft
from bot.understanding.gate import words_of
from bot.understanding.hear import Heard
from bot.understanding.intents.told import put_what_is_told
from bot.understanding.leanings import Leanings, leanings, odds, traits
from bot.understanding.reading import Ask, Intent, Span

# What to ask when a reply seems to mean this.
_ASKED = {
    Intent.PAY_NOW: Ask.PAY_NOW,
    Intent.RESCHEDULE: Ask.WHEN,
    Intent.PAUSE: Ask.UNTIL_WHEN,
    Intent.RESUME: Ask.START_AGAIN,
    Intent.INSTALMENTS: Ask.HOW_MANY,
    Intent.ALREADY_PAID: Ask.IS_PAID,
    Intent.DISPUTE: Ask.NOT_RIGHT,
    Intent.CANT_PAY: Ask.NO_MONEY,
    Intent.OPT_OUT: Ask.STOP_WHAT,
    Intent.HUMAN: Ask.A_PERSON,
    Intent.CHANGE_CHANNEL: Ask.WHICH_CHANNEL,
    Intent.CHANGE_LANGUAGE: Ask.WHICH_LANGUAGE,
    Intent.AFFIRM: Ask.YES_TO_WHAT,
    Intent.DENY: Ask.NO_TO_WHAT,
    Intent.WRONG_PERSON: Ask.NOT_ME,
    Intent.SET_PAY_DAY: Ask.WHICH_DAY,
}
# Where no phrase was heard, these may be believed from this chance on: they bring a link, a look at the bank
# or a person, and hold the messages at most. Days, parts, rest, stop and "not me" are always asked about.
_BELIEVED = {
    Intent.PAY_NOW: 0.6,
    Intent.ALREADY_PAID: 0.5,
    Intent.HUMAN: 0.65,
    Intent.CANT_PAY: 0.65,
    Intent.DISPUTE: 0.7,
    Intent.THANKS: 0.35,
    Intent.QUESTION: 0.5,
    Intent.RESCHEDULE: 0.7,
    Intent.INSTALMENTS: 0.85,
    Intent.CHANGE_CHANNEL: 0.85,
    Intent.CHANGE_LANGUAGE: 0.85,
    Intent.SET_PAY_DAY: 0.7,
}
_BELIEVED_AGAINST = {
    Intent.PAY_NOW: 0.7,
    Intent.RESCHEDULE: 0.85,
    Intent.INSTALMENTS: 0.9,
    Intent.CHANGE_CHANNEL: 0.9,
    Intent.THANKS: 0.9,
}
_NEVER_EXPLAINED_AWAY = {Intent.OPT_OUT, Intent.WRONG_PERSON, Intent.CANT_PAY}
# What often stands beside a wish, and takes nothing back from it.
_BESIDE = {Intent.QUESTION, Intent.THANKS, Intent.AFFIRM, Intent.DENY}
# A phrase that says the opposite leaves nothing to guess.
_AGAINST = {
    Intent.HUMAN: ("no_human",),
    Intent.OPT_OUT: ("no_opt_out",),
    Intent.INSTALMENTS: ("no_parts", "in_full"),
    Intent.ALREADY_PAID: ("not_paid",),
    Intent.CANT_PAY: ("no_lack",),
}
# Measured on replies that taught the table nothing, see docs/decisions/0030-leanings.md.
LIKELY, PROBABLE = 0.2, 0.5
# How much likelier, in odds, another meaning must be than the one that was heard.
CLEARLY, FAR = 4, 15
# As many words are shown as a reason.
_SHOWN = 2


def guess(draft: Draft) -> None:
    """Asks whether the reply means what its words lean to, when what was heard is nothing or unlikely."""
    lean = leanings()
    found = traits(draft.heard.line.words[1:-1], draft.context)
    chances = lean.of(found)
    best = max(chances, key=chances.__getitem__)
    if best is Intent.OTHER or best in draft.intents or draft.heard.has(*_AGAINST.get(best, ())):
        return
    if not _doubtful(draft, chances, best):
        return
    bar = _BELIEVED if _silent(draft) else _BELIEVED_AGAINST
    believed = chances[best] >= bar.get(best, 1.0)
    asked = draft.slots.get("topic", "other") if draft.intents == [Intent.QUESTION] else "other"
    draft.guess(best, _why(draft, lean, found, best))
    if believed:
        put_what_is_told(draft)
        if asked != "other":
            draft.add(Intent.QUESTION)
            draft.slots["topic"] = asked
    else:
        draft.doubt(_ASKED.get(best, Ask.NOT_UNDERSTOOD))


def _silent(draft: Draft) -> bool:
    """Whether no phrase was heard that says anything."""
    return draft.intents in ([], [Intent.OTHER])


def _doubtful(draft: Draft, chances: dict[Intent, float], best: Intent) -> bool:
    """Whether the words lean to something else than what was heard, strongly enough to ask."""
    if _silent(draft):
        return draft.ask is None and chances[best] > LIKELY
    if _NEVER_EXPLAINED_AWAY & set(draft.intents) or not _left_over(draft.heard):
        return False
    if best in _BESIDE and draft.ask is None:
        return False
    heard = max(chances[intent] for intent in draft.intents)
    likelier = odds(chances[best]) / odds(heard)
    if chances[best] > PROBABLE:
        return likelier > CLEARLY
    dated = {"date", "datetime", "date_range"} & draft.slots.keys()
    return not dated and likelier > (FAR if draft.ask is None else CLEARLY)


def _left_over(heard: Heard) -> bool:
    """Whether a word had no part in any phrase that was heard."""
    said = heard.line.words[1:-1]
    first, last = core(said)
    used = words_of(heard, *heard.signals)
    return any(at not in used and said[at] not in ("|", ",", "@q") for at in range(first, last))


def _why(draft: Draft, lean: Leanings, found: frozenset[str], best: Intent) -> list[Span]:
    """The words that lean to it most."""
    words = [word.rstrip("~") for word in draft.heard.line.words]
    weights = {trait: lean.weight(trait, best) for trait in found}
    at = {
        trait: place
        for trait in found
        if (place := _place(words, trait)) is not None and 0 <= place < len(draft.heard.places)
    }
    strongest = sorted(at, key=lambda trait: (-weights[trait], trait))[:_SHOWN]
    return [
        draft.heard.span(at[trait], at[trait] + 1 + trait.count(" "), str(best))
        for trait in strongest
        if weights[trait] > 0 and at[trait] + trait.count(" ") < len(draft.heard.places)
    ]


def _place(words: Sequence[str], trait: str) -> int | None:
    """Where the trait stands, among the words that the payer typed."""
    said = trait.split(" ")
    for at in range(1, len(words) - len(said)):
        here = words[at : at + len(said)]
        if here == said or (trait.endswith("*") and here[0].startswith(trait[:-1])):
            return at - 1
    return None
