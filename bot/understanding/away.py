"""Days on which the payer is away, and "daarna betaal ik", which is the day after coming back."""

from collections.abc import Sequence

from bot.understanding.hear import Heard
from bot.understanding.lexicon import words
from bot.understanding.lexicon.classes import CLASSES

_DAYS = ("@d", "@day")
_AFTERWARDS = words("daarna erna nadien dan after afterwards then")
_THEN = words("dan then")
_DOES = words(
    "pak pakken doen maken regelen rekenen handelen zorgen process sort do "
    "betaal betalen regel doe maak pay settle will ga zal reken kan"
)


def away_on(heard: Heard) -> set[int]:
    """The places in ``heard.moments`` of the days inside a phrase about being away."""
    said = heard.line.words[1:-1]
    at_line = [n for n, word in enumerate(said) if word in _DAYS]
    found = [
        (match.first, match.last)
        for match in heard.signals.get("absent", ())
        if not _turns_to_paying(said[match.first : match.last])
    ]
    spans = [(first, last) for first, last in found if "," not in said[first:last]] or found
    return {at for at, place in enumerate(at_line) if any(first <= place < last for first, last in spans)}


_PAYS = words(f"{CLASSES['pays']} regel extension uitstel")


def _turns_to_paying(said: Sequence[str]) -> bool:
    """ "Wegens verblijf in het buitenland betaal ik op 22 maart": the day is no longer that of being away."""
    return said[-1] in _DAYS and bool(_PAYS & set(said))


_NEXT_DAY = (
    ("the", "day", "after"),
    ("the", "next", "day"),
    ("the", "following", "day"),
    ("de", "dag", "erna"),
    ("de", "dag", "daarna"),
    ("de", "dag", "erop"),
    ("daags", "erna"),
    ("daags", "nadien"),
)


def next_day(heard: Heard) -> bool:
    """ "My salary lands on the 27th, i pay the day after": the day after the only one that was named."""
    said = heard.line.words[1:-1]
    days = [n for n, word in enumerate(said) if word in _DAYS]
    if len(days) != 1:
        return False
    rest = tuple(said[days[0] + 1 :])
    return any(rest[at : at + len(told)] == told for told in _NEXT_DAY for at in range(len(rest)))


def comes_after(heard: Heard) -> bool:
    """Whether what is promised comes after the day that was named: "..., daarna betaal ik"."""
    said = heard.line.words[1:-1]
    last = max((n for n, word in enumerate(said) if word in _DAYS), default=len(said))
    # "Wacht tot vrijdag, dan betaal ik" is Friday; who is away until Friday pays when back.
    afterwards = _AFTERWARDS if heard.has("absent") else _AFTERWARDS - _THEN
    return any(
        word in afterwards and bool(_DOES & set(said[at + 1 : at + 4]))
        for at, word in enumerate(said)
        if at > last
    )
