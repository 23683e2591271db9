"""A question that is only announced: "ik heb een vraag", without what the question is."""

from collections.abc import Sequence

from bot.understanding.courtesy import core
from bot.understanding.draft import Draft
from bot.understanding.lexicon import words
from bot.understanding.reading import Intent

_QUESTION = words("vraag vraagje vraagjes vragen question questions query ask")
# What stands around it without telling what is asked.
_AROUND = words(
    """
    ik wij we heb hebben had hadden zit met een nog wel even eens ook maar alleen nou toch gewoon
    snel kort korte klein kleine kleinigheidje wil wilde zou willen wou graag mag kan kunnen moet u
    je jullie jou jij iemand iets wat paar aantal aan over voor bij stellen stel er is hier hierover
    daarover dit dat deze die het de mijn jullie uw betaalverzoek verzoek rekening factuur nota
    betaling bericht herinnering i i'd we have has had got a an one another quick small short just
    some few couple can could may would like want to you someone somebody something please about
    regarding this that the my your there is bill invoice payment request message reminder hoi hallo
    hey hi hello dag goedemorgen goedemiddag goedenavond meneer mevrouw sorry
    """
)
_SIGNS = frozenset({"|", ",", "@q"})
# A name for what it is about, such as "de fiets", is no question either.
_ABOUT = words("over about regarding rond omtrent")
_MOST_NAMES = 3


def read_announcement(draft: Draft) -> None:
    """Nothing but that there is a question: what was read into so few words gives way to that."""
    if draft.intents not in ([], [Intent.OTHER], [Intent.QUESTION]) and not draft.guessed:
        return
    if draft.slots.get("topic", "other") != "other" or draft.heard.moments:
        return
    if not only_announces(draft.heard.line.words[1:-1]):
        return
    draft.guess([Intent.QUESTION], [])
    draft.spans = [draft.heard.span(at, at + 1, str(Intent.QUESTION)) for at in _places(draft)]
    draft.slots["topic"] = "other"
    draft.guessed, draft.announced = False, True


def only_announces(said: Sequence[str]) -> bool:
    """Whether the words of a line only say that a question comes."""
    first, last = core(said)
    spoken = [word.rstrip("~") for word in said[first:last] if word not in _SIGNS]
    if not _QUESTION & set(spoken):
        return False
    named = [at for at, word in enumerate(spoken) if word in _ABOUT]
    if named:
        left = [word for word in spoken[named[0] :] if word not in _AROUND | _ABOUT]
        spoken = spoken[: named[0]] if len(left) <= _MOST_NAMES else spoken
    return set(spoken) <= _AROUND | _QUESTION


def _places(draft: Draft) -> list[int]:
    said = draft.heard.line.words[1:-1]
    return [
        at for at, word in enumerate(said) if word.rstrip("~") in _QUESTION and at < len(draft.heard.places)
    ]
