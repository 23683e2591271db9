"""What phrases say, weighed against what all the words lean to: the likelier of the two is the reading.

Phrases win unless the words lean clearly elsewhere. A lean that would do something is believed only where it
is strong and the words tell all that it needs; a weaker one asks.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from math import log

from bot.understanding.draft import Draft
from bot.understanding.intents.told import put_what_is_told
from bot.understanding.leanings import Leanings, leanings, traits
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
# The first and strongest of these tells what is asked when several meanings are in doubt.
_GRAVEST = (Intent.OPT_OUT, Intent.WRONG_PERSON, Intent.CANT_PAY, Intent.DISPUTE, Intent.ALREADY_PAID)
# From this chance on a lean is believed; what is not here is always asked about.
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
# These are never explained away by other words: they are asked about, or stay beside what else is said.
_STAYS = frozenset((Intent.OPT_OUT, Intent.WRONG_PERSON))
# What each question is about, when it goes with its meaning.
_ABOUT = {ask: intent for intent, ask in _ASKED.items() if ask is not Ask.PAY_NOW}
# A phrase that says the opposite leaves nothing to guess.
_AGAINST = {
    Intent.HUMAN: ("no_human",),
    Intent.OPT_OUT: ("no_opt_out",),
    Intent.INSTALMENTS: ("no_parts", "in_full"),
    Intent.ALREADY_PAID: ("not_paid",),
    Intent.CANT_PAY: ("no_lack",),
}
# Measured on replies that taught the table nothing, see docs/decisions/0030-leanings.md.
LIKELY, PRESENT = 0.2, 0.45
# How much likelier, as the logarithm of odds, the leaning must be than what was heard.
CLEARLY = 1.5
# As many words are shown as a reason.
_SHOWN = 2
_NOTHING = frozenset((Intent.OTHER,))


def guess(draft: Draft) -> None:
    """Takes the meaning that the words lean to where it is clearly likelier than the one that was heard."""
    lean = leanings()
    found = traits(draft.heard.line.words[1:-1], draft.context)
    chances = lean.of(found)
    leant, heard = _leant(draft, chances), frozenset(draft.intents) or _NOTHING
    if not leant or leant == heard or not _outweighs(draft, chances, leant, heard):
        return
    new = sorted(leant - heard, key=lambda intent: -chances[intent])
    why = [span for intent in new for span in _why(draft, lean, found, intent)]
    if leant & heard:
        _change(draft, heard - leant, new, why)
    else:
        draft.guess(new, why)
    believed = all(chances[intent] >= _BELIEVED.get(intent, 1.0) for intent in new)
    if believed and not _STAYS & (heard - leant):
        put_what_is_told(draft, new)
    else:
        draft.doubt(_question(leant | heard & _STAYS, chances))


def _leant(draft: Draft, chances: Mapping[Intent, float]) -> frozenset[Intent]:
    """The meanings that the words lean to, without the ones that a phrase denies."""
    present = {intent for intent, chance in chances.items() if chance > PRESENT}
    leant = present or {max(chances, key=chances.__getitem__)}
    return frozenset(intent for intent in leant if not draft.heard.has(*_AGAINST.get(intent, ())))


def _outweighs(
    draft: Draft, chances: Mapping[Intent, float], leant: frozenset[Intent], heard: frozenset[Intent]
) -> bool:
    if heard == _NOTHING:
        return draft.ask is None and max(chances[intent] for intent in leant) > LIKELY
    return _likelihood(leant, chances) - _likelihood(heard, chances) > CLEARLY


def _likelihood(meant: AbstractSet[Intent], chances: Mapping[Intent, float]) -> float:
    """The logarithm of the chance that a reply means these, and nothing else."""
    each = (chance if intent in meant else 1 - chance for intent, chance in chances.items())
    return sum(log(max(1e-4, chance)) for chance in each)


def _change(draft: Draft, gone: AbstractSet[Intent], new: Sequence[Intent], why: Sequence[Span]) -> None:
    """Leave the meanings that stay, with what was told about them; a question about the others falls."""
    draft.withdraw(*gone)
    if draft.ask is not None and _ABOUT.get(draft.ask) in gone:
        draft.ask, draft.choices = None, ()
    draft.intents.extend(new)
    draft.spans.extend(why)
    draft.guessed = bool(new)


def _question(meant: AbstractSet[Intent], chances: Mapping[Intent, float]) -> Ask:
    grave = [intent for intent in _GRAVEST if intent in meant]
    most = grave[0] if grave else max(meant, key=lambda intent: chances[intent])
    return _ASKED.get(most, Ask.NOT_UNDERSTOOD)


def _why(draft: Draft, lean: Leanings, found: frozenset[str], meant: Intent) -> list[Span]:
    """The words that lean to it most."""
    words = [word.rstrip("~") for word in draft.heard.line.words]
    weights = {trait: lean.weight(trait, meant) for trait in found}
    at = {
        trait: place
        for trait in found
        if (place := _place(words, trait)) is not None and 0 <= place < len(draft.heard.places)
    }
    strongest = sorted(at, key=lambda trait: (-weights[trait], trait))[:_SHOWN]
    return [
        draft.heard.span(at[trait], at[trait] + 1 + trait.count(" "), str(meant))
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
