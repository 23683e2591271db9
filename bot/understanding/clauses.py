"""Cuts a reply into clauses, to tell whether what stands around a day explains it or changes it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.understanding.gate import ASKS, SUGGESTS, is_light, tells_of_else
from bot.understanding.hear import Heard
from bot.understanding.lexicon import words
from bot.understanding.lexicon.classes import CLASSES

_DAYS = ("@d", "@day")
_ENDS = ("|", ",", "@q")
# What begins a reason: "vanavond als de kids op bed liggen", "morgen want nu zit ik op mijn werk".
_REASONS = words(
    """
    als want omdat doordat aangezien nu dan daarna zodra wanneer terwijl nadat voordat because since
    when once after then now as if dus so waar zodat na voor before via
    """
)
# A day behind one of these is part of the reason or of the condition.
_CONDITIONS = words("als if tenzij unless zolang wanneer when zodra omdat because want terwijl")
_NEGATIONS = words("niet geen nooit niks niets not no never")
_RIGHT_NOW = words("nu vandaag now today eerder momenteel moment")
# Those to whom the reply is written: what they do on a day is no promise of the payer.
_READERS = words("jullie u uw je jij you your")


@dataclass(frozen=True, slots=True)
class Clause:
    """The words of one clause."""

    words: tuple[str, ...]

    def weighs(self) -> int:
        """How many of its words say something of their own."""
        return sum(not (is_light(word) or word in _DAYS) for word in self.words)


def clauses(heard: Heard) -> list[Clause]:
    """The clauses of a reply, cut at signs and before words that begin a reason."""
    found: list[list[str]] = [[]]
    for word in heard.line.words[1:-1]:
        if word in _ENDS:
            found.append([])
        elif word in _REASONS and found[-1]:
            found.append([word])
        else:
            found[-1].append(word)
    return [Clause(tuple(said)) for said in found if said]


def only_explained(heard: Heard) -> bool:
    """Whether the day stands by itself and every other clause only tells why it is that day."""
    cut = clauses(heard)
    dated = [clause for clause in cut if any(day in clause.words for day in _DAYS)]
    rest = [clause for clause in cut if clause not in dated]
    if len(dated) != 1 or _asks_elsewhere(heard):
        return False
    return _stands_alone(dated[0]) and all(map(_explains, rest))


def _stands_alone(clause: Clause) -> bool:
    said = clause.words
    asks = bool(ASKS & set(said)) and not SUGGESTS & set(said)
    return said[0] not in _CONDITIONS and not asks and not tells_of_else(said) and clause.weighs() == 0


def _explains(clause: Clause) -> bool:
    said = set(clause.words)
    return not said & _NEGATIONS or bool(said & _RIGHT_NOW) or clause.words[0] in _REASONS


# "Alweer?" asks nothing.
_AGAIN = words("alweer again al weer nu already @q | ,")


def _asks_elsewhere(heard: Heard) -> bool:
    """A question mark behind another sentence than the one with the day."""
    for sentence in sentences(heard):
        if "@q" in sentence and not set(sentence) <= _AGAIN and not any(day in sentence for day in _DAYS):
            return True
    return False


def sentences(heard: Heard) -> list[Sequence[str]]:
    """The sentences of a reply, each with its question mark."""
    return [heard.line.words[first:last] for first, last in heard.line.clauses]


def asks_the_reader(heard: Heard) -> bool:
    """ "Zijn jullie morgen open?": what the reader does on that day, not what the payer will."""
    return any(
        "@q" in sentence and _READERS & set(sentence) and any(day in sentence for day in _DAYS)
        for sentence in sentences(heard)
    )


# "Zijn jullie maandag bereikbaar?", "komt de monteur donderdag?": what others do on that day.
_DO = words("zijn bent is are komt komen kom werken werkt gaat gaan wordt worden hebben heeft")
_WHO = words("jullie u je jij you de die mijn m'n the my your jullie")
_PAYS = words(f"{CLASSES['paying']} {CLASSES['pays']} {CLASSES['good']} geld money")


def asks_of_others(heard: Heard) -> bool:
    """Whether the day stands in a question about what somebody else does, or in a mere supposition."""
    told = heard.has("promise_day", "ask_again")
    return _only_supposes(heard) or any(
        "@q" in sentence
        and any(day in sentence for day in _DAYS)
        and ((_about_others(sentence) and not told) or _supposes(sentence))
        and not _PAYS & set(sentence)
        for sentence in sentences(heard)
    )


def _about_others(sentence: Sequence[str]) -> bool:
    return len(sentence) > 2 and sentence[0] in _DO and sentence[1] in _WHO


def _supposes(sentence: Sequence[str]) -> bool:
    """ "Wat gebeurt er als ik het in januari doe?"."""
    return sentence[0] in ASKS and bool(_CONDITIONS & set(sentence)) and not SUGGESTS & set(sentence)


def moments_with(heard: Heard, signal: str) -> set[int]:
    """The places in ``heard.moments`` of those in one clause with what gave the signal."""
    said = heard.line.words[1:-1]
    places = [n for n, word in enumerate(said) if word in _DAYS]
    matches = heard.signals.get(signal, ())
    return {
        at
        for at, place in enumerate(places)
        if any(
            not {"|", ","} & set(said[min(place, match.first) : max(place + 1, match.last)])
            for match in matches
        )
    }


_IF_PAID_NOW = re.compile(
    r"(?:[.!?,] |^)(?:als|if|when|stel) (?:ik|i|we) (?:\S+ )?(?:"
    r"(?:nu|vandaag|meteen|now|today) (?:betaal|pay|betalen)"
    r"|(?:betaal|pay) (?:it )?(?:now|today|nu|vandaag)) "
)


def _only_supposes(heard: Heard) -> bool:
    """ "Als ik nu betaal, staat het dan morgen goed?": asks what would follow, and promises nothing."""
    said = " ".join(token.word for token in heard.tokens)
    return said.endswith("?") and _IF_PAID_NOW.search(said) is not None


_ASKS_FIRST = words("is waarom why wanneer when hoezo")


def asks_about_a_habit(heard: Heard) -> bool:
    """ "Is het elke maand de 25e?", "waarom altijd de 1e"; and "tot de 25e" is no day to pay on either."""
    asks = heard.line.words[1:2] != [] and heard.line.words[1] in _ASKS_FIRST
    return asks or any(found.when.edge == "until" for found in heard.moments)
