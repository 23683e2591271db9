"""Finds what is said between "Hoi Anna," and ", alvast bedankt 😊"."""

from collections.abc import Sequence

from bot.understanding.lexicon import words

_GREETINGS = words(
    """hoi hallo hey hi hello dag goedemorgen goedemiddag goedenavond goedenmiddag goeiemorgen beste
    geachte dear hee heej haai hej goedendag heer mevrouw meneer mensen team sir madam allemaal daar there
    good morning afternoon evening collega's lezer sorry ok ja yes yo he"""
)
_CLOSINGS = words(
    """aub please alvast bedankt dank je u wel thanks thank you thx merci groet groeten groetjes gr mvg
    vriendelijke hartelijke met regards kind best cheers hoor toch dankjewel maar dan nou bye doei fijne
    dag avond weekend"""
)
_BREAKS = (",", "|")
# "Goedemorgen mevrouw de Vries," and no more.
_LONGEST_GREETING = 5


def core(said: Sequence[str]) -> tuple[int, int]:
    """The words ``[first, last)`` that are left; all of them when nothing else was said."""
    first = _after_greeting(said)
    last = _before_closing(said, first)
    return (first, last) if first < last else (0, len(said))


def _after_greeting(said: Sequence[str]) -> int:
    if not said or said[0] not in _GREETINGS:
        return 0
    for at, word in enumerate(said[:_LONGEST_GREETING]):
        if word in _BREAKS:
            return at + 1
        if word not in _GREETINGS and not word.endswith("~") and word not in ("de", "van", "der"):
            return 0
    return 0


def _before_closing(said: Sequence[str], first: int) -> int:
    last = len(said)
    while last > first and _closes(said[last - 1]):
        last -= 1
    return last


def is_courtesy(word: str) -> bool:
    """Whether a word is greeting, thanks, an emoji or a sign, and says nothing by itself."""
    return word in _GREETINGS or _closes(word) or not word[:1].isalnum()


def _closes(word: str) -> bool:
    emoji = len(word) == 1 and not word.isalnum() and ord(word) > 0x2000
    return word in _CLOSINGS or word in _BREAKS or emoji
