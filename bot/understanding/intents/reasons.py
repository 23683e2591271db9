"""The words that lean most to a meaning, to be shown as the reason for it."""

from collections.abc import Sequence

from bot.understanding.hear import Heard
from bot.understanding.leanings import Leanings
from bot.understanding.reading import Intent, Span

# As many words are shown as a reason.
_SHOWN = 2


def reasons(heard: Heard, lean: Leanings[Intent], found: frozenset[str], meant: Intent) -> list[Span]:
    """The words that lean to it most."""
    words = [word.rstrip("~") for word in heard.line.words]
    weights = {trait: lean.weight(trait, meant) for trait in found}
    at = {
        trait: place
        for trait in found
        if (place := _place(words, trait)) is not None and 0 <= place < len(heard.places)
    }
    strongest = sorted(at, key=lambda trait: (-weights[trait], trait))[:_SHOWN]
    return [
        heard.span(at[trait], at[trait] + 1 + trait.count(" "), str(meant))
        for trait in strongest
        if weights[trait] > 0 and at[trait] + trait.count(" ") < len(heard.places)
    ]


def _place(words: Sequence[str], trait: str) -> int | None:
    """Where the trait stands, among the words that the payer typed."""
    said = trait.split(" ")
    for at in range(1, len(words) - len(said)):
        here = words[at : at + len(said)]
        if here == said or (trait.endswith("*") and here[0].startswith(trait[:-1])):
            return at - 1
    return None
