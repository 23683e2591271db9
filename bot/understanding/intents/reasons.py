"""The words that lean most to a meaning, to be shown as the reason for it."""

from collections.abc import Sequence

from bot.understanding.hear import Heard
from bot.understanding.leanings import Leanings, kinds, plainly
from bot.understanding.reading import Intent, Span

# As many words are shown as a reason.
_SHOWN = 2


def reasons(heard: Heard, lean: Leanings[Intent], found: frozenset[str], meant: Intent) -> list[Span]:
    """The words that lean to it most."""
    words = plainly(heard.line.words[1:-1])
    said = [words, kinds(words)]
    weights = {trait: lean.weight(trait, meant) for trait in found}
    at = {trait: place for trait in found if (place := _place(said, trait)) is not None}
    strongest = sorted(at, key=lambda trait: (-weights[trait], trait))[:_SHOWN]
    return [
        heard.span(at[trait], at[trait] + 1 + trait.count(" "), str(meant))
        for trait in strongest
        if weights[trait] > 0
    ]


def _place(said: Sequence[Sequence[str]], trait: str) -> int | None:
    """Where the trait stands, among the words that the payer typed or their kinds."""
    part = trait.split(" ")
    for words in said:
        for at in range(len(words) - len(part) + 1):
            if words[at : at + len(part)] == part:
                return at
    return None
