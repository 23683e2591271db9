"""Finds the day that is promised among days that only tell why, or what else happens."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.understanding.gate import ASKS, is_light, tells_of_else
from bot.understanding.hear import Heard, once
from bot.understanding.lexicon import words
from bot.understanding.lexicon.classes import CLASSES

_DAYS = ("@d", "@day")
_ENDS = ("|", ",", "@q")
# Before these words a new clause begins.
_JOINS = words(
    """
    dus so dan then daarna maar but en and want omdat because als if when zodra once aangezien since
    doch wel soit enfin afijn allez
    """
)
_CHOICE = words("of or")
_TURNS = words("maar but soit enfin afijn dus so")
# "Dus zaterdag", "zeg maar de 3e", "soit, maandag": what follows is the outcome.
_SO = words("wel dus so zeg say liever rather soit enfin afijn allez vooruit goed ok")
_FIRST = words("ik i we wij")
_THAT = words("het dat dit it this that hem alles everything")
_NOT = words("niet geen nooit niks niets not no never")
# What is done with "het" to have it paid, also in the language of the street.
_DEEDS = words(
    """
    betaal betalen doe doen regel regelen maak maken tik tikken steek steken smijt gooi zwiep knal mik
    boek boeken stort storten zet pak zorg fix fixen knap
    handel schuif reken rekenen voldoe verricht vereffen los
    pay do sort send settle transfer clear wire knock bung stick sling fling pop square finish complete
    arrange process handle paying doing sorting sending settling transferring clearing
    """
)
# But not "ik breng het terug", "ik zet het op facebook", "ik heb het gedaan".
_ELSEWHERE = words(
    """
    terug back retour post court facebook google brief kliko advocaat lawyer politie police weg
    heb hebt heeft hebben had hadden have has was werd zou would wou wilde kan kon can could
    """
)
# Light words that nevertheless tell something else than the day itself.
_TELLS = words(
    f"""
    zei gezegd zegt said beloofd beloofde promised promise told afgesproken
    vakantie holiday ziek drukte druk vergeten forgot forgotten werk work thuis home terug back
    {CLASSES["income"]} {CLASSES["arrive"]} {CLASSES["money"]} van from since sinds
    """
) - words("is in have heb")
_OTHERS = words("die hij zij ze he she they er hem haar him her jullie u je you your uw")
_USUAL = words("normaal normaliter normally meestal usually gewoonlijk altijd always")
_CONDITIONS = words("als if tenzij unless zolang wanneer when zodra once omdat because want since")


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The words ``[first, last)`` of one clause."""

    first: int
    last: int
    said: tuple[str, ...]

    def weighs(self) -> bool:
        """Whether a word says something of its own."""
        return not all(map(is_light, self.said))


@dataclass(frozen=True, slots=True)
class Promised:
    """Places in ``heard.moments``: of days that are promised in so many words, and of bare days."""

    told: frozenset[int]
    bare: frozenset[int]
    # Whether a bare day stands behind all else, in a sentence of its own.
    last: bool

    def days(self) -> frozenset[int]:
        """The days that count before those that are only mentioned."""
        return self.told or self.bare


@once
def promised(heard: Heard) -> Promised:
    """What is promised; nothing where the payer leaves a choice."""
    said = heard.line.words[1:-1]
    places = [n for n, word in enumerate(said) if word in _DAYS]
    if not places or _leaves_choice(said, places):
        return Promised(frozenset(), frozenset(), last=False)
    told = {at for at, place in enumerate(places) if _in_promise(heard, said, place)}
    bare: set[int] = set()
    last = False
    for clause in _clauses(said):
        inside = [at for at, place in enumerate(places) if clause.first <= place < clause.last]
        if len(inside) != 1:
            last = last and not clause.weighs()
        elif _concludes(clause.said) or _does_it(clause.said):
            told.update(inside)
        elif _bare(clause.said):
            bare.update(inside)
            apart = clause.first == 0 or said[clause.first - 1] == "|" or clause.said[0] in _TURNS
            apart = apart or _turned(said[: clause.first])
            last = apart or not _NOT & set(said[: clause.first])
    usual = {at for at in told if _usual(said, places[at])}
    if told - usual or bare:
        told -= usual
    return Promised(frozenset(told), frozenset(bare), last=last and len(bare) == 1)


def _turned(before: Sequence[str]) -> bool:
    """ "..., maar soit, maandag": the words before the day turn to what is settled."""
    return any(word.rstrip("~") in _TURNS for word in before[-2:])


def _usual(said: Sequence[str], place: int) -> bool:
    """ "Normaal betaal ik de 1e": what is done at other times."""
    return any(clause.first <= place < clause.last and _USUAL & set(clause.said) for clause in _clauses(said))


def _leaves_choice(said: Sequence[str], places: Sequence[int]) -> bool:
    """ "Vrijdag of zaterdag", "vrijdag of anders zaterdag"."""
    return any(_CHOICE & set(said[max(one + 1, other - 3) : other]) for one, other in pairwise(places))


def _in_promise(heard: Heard, said: Sequence[str], place: int) -> bool:
    return any(
        match.first <= place < match.last
        and sum(word in _DAYS for word in said[match.first : match.last]) == 1
        for match in heard.signals.get("promise_day", ())
    )


def _clauses(said: Sequence[str]) -> Iterator[_Stretch]:
    first = 0
    for at, word in enumerate([*said, "|"]):
        if word in _ENDS or (word in _JOINS and at > first):
            if at > first:
                yield _Stretch(first, at, tuple(said[first:at]))
            first = at + 1 if word in _ENDS else at


def _concludes(clause: Sequence[str]) -> bool:
    """ "Dus zaterdag", "so wednesday is realistic"."""
    rest = [word for word in clause if word not in _DAYS and not is_light(word)]
    return clause[0] in _SO and len(rest) <= 1 and not _tells(clause) and not tells_of_else(rest[1:])


def _does_it(clause: Sequence[str]) -> bool:
    """ "Ik tik het vrijdag af": what the payer will do with it on that day."""
    said = {word.rstrip("~") for word in clause}
    acts = _FIRST & said and _THAT & said
    done = acts and _DEEDS & said and not (_ELSEWHERE | _NOT | ASKS) & said
    return bool(done) and clause[0] not in _CONDITIONS


def _bare(clause: Sequence[str]) -> bool:
    """ "Vrijdag graag": nothing but the day and small talk."""
    plain = all(is_light(word) or word in _DAYS for word in clause)
    return plain and not _tells(clause) and not _OTHERS & set(clause)


def _tells(clause: Sequence[str]) -> bool:
    said = set(clause)
    return bool(said & (_TELLS | _NOT | ASKS)) or clause[0] in _CONDITIONS
