"""The words that lean most to a meaning, to be shown as the reason for it."""

from collections.abc import Sequence
from itertools import islice

from bot.understanding.hear import Heard
from bot.understanding.leanings import Leanings, kinds, plainly
from bot.understanding.reading import Intent, Span

# As many words are shown as a reason.
_SHOWN = 2
# No trait has more words in a row.
_LONGEST = 3


def reasons(
    heard: Heard, lean: Leanings[Intent], found: frozenset[str], meant: Sequence[Intent]
) -> list[Span]:
    """The words that lean most to each of these."""
    at = _places(heard) if meant else {}
    return [span for intent in meant for span in _strongest(heard, lean, at, found & at.keys(), intent)]


def _strongest(
    heard: Heard, lean: Leanings[Intent], at: dict[str, int], found: frozenset[str], meant: Intent
) -> list[Span]:
    weights = {trait: weight for trait in found if (weight := lean.weight(trait, meant)) > 0}
    strongest = sorted(weights, key=lambda trait: (-weights[trait], trait))
    return [
        heard.span(at[trait], at[trait] + 1 + trait.count(" "), str(meant))
        for trait in islice(strongest, _SHOWN)
    ]


def _places(heard: Heard) -> dict[str, int]:
    """Where each few words in a row first stand: the words that the payer typed, or else their kinds."""
    plain = plainly(heard.line.words[1:-1])
    places: dict[str, int] = {}
    for said in (plain, kinds(plain)):
        for size in range(1, _LONGEST + 1):
            for at in range(len(said) - size + 1):
                places.setdefault(" ".join(said[at : at + size]), at)
    return places
