"""Walks along the words of a reply through all phrases at once, however many there are.

Each phrase is a small machine of steps. Here they are run as one: a *state* is everything that may be
waited for next, in any phrase, and a word leads from state to state. Which state follows is worked
out when it is first asked and remembered; so no phrase is prepared before it is needed, and the
replies of every day are read at the price of one look-up a word.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.understanding.phrase_notation import End, Phrase, Step
from bot.understanding.vocabulary import Keys

# With fewer steps than this, asking each costs less than making an index of them.
_FEW = 32


@dataclass(slots=True, eq=False)
class _State:
    """What may come next, the best way of each phrase first, and which phrases have just been said."""

    waiting: tuple[Step, ...]
    said: tuple[End, ...]
    after: dict[Keys, "_State"] = field(default_factory=dict)
    keys: Keys = frozenset()
    places: dict[str, list[int]] | None = None

    def __post_init__(self) -> None:
        self.keys = frozenset[str]().union(*[step.keys for step in self.waiting])

    def met_by(self, word: Keys) -> list[Step]:
        """The steps that waited for this word, in their order."""
        if len(self.waiting) < _FEW:
            return [step for step in self.waiting if not step.keys.isdisjoint(word)]
        places = self.places or self._prepared()
        found = {place for key in word for place in places.get(key, ())}
        return [self.waiting[place] for place in sorted(found)]

    def _prepared(self) -> dict[str, list[int]]:
        """Where each key is waited for."""
        places: dict[str, list[int]] = {}
        for place, step in enumerate(self.waiting):
            for key in step.keys:
                places.setdefault(key, []).append(place)
        # Whole at once: another thread may listen at this moment.
        self.places = places
        return places


class Automaton:
    """All phrases together, each given by the steps that it may begin with.

    ``remembered`` counts the steps and the states that follow on others which are kept in memory;
    past ``most_remembered`` all are forgotten, so that whoever writes nonsense all day fills no memory.
    """

    def __init__(self, beginnings: Iterable[Step], most_remembered: int) -> None:
        self._start = _State(tuple(beginnings), ())
        self._most = most_remembered
        self._forget()

    def said_from(self, words: Sequence[Keys], start: int) -> dict[Phrase, int]:
        """The phrases whose first step is met by the word at ``start``: the place after their last word.

        A phrase that may end in several places ends where its best way does.
        """
        ends: dict[Phrase, int] = {}
        state = self._start
        for at in range(start, len(words)):
            state = state.after.get(words[at]) or self._next(state, words[at])
            for end in state.said:
                ends[end.phrase] = at + 1 - end.beyond
            if not state.waiting:
                break
        return ends

    def _next(self, state: _State, word: Keys) -> _State:
        # What of the word makes a difference here: many words lead on alike.
        told = state.keys & word
        following = state.after.get(told) or self._work_out(state, told)
        self.remembered += 1
        state.after[word] = following
        return following

    def _work_out(self, state: _State, told: Keys) -> _State:
        waiting: dict[Step, None] = {}
        said: dict[Phrase, End] = {}
        for step in state.met_by(told):
            if step.phrase in said:
                continue  # a better way of the same phrase has come to its end
            for way in step.after:
                if isinstance(way, End):
                    said[way.phrase] = way
                    break
                waiting.setdefault(way)
        return self._remember(state, told, tuple(waiting), tuple(said.values()))

    def _remember(
        self, state: _State, told: Keys, waiting: tuple[Step, ...], said: tuple[End, ...]
    ) -> _State:
        if self.remembered > self._most:
            self._forget()
        following = self._states.get((waiting, said))
        if following is None:
            following = self._states[waiting, said] = _State(waiting, said)
            self.remembered += len(waiting)
        self.remembered += 1
        state.after[told] = following
        return following

    def _forget(self) -> None:
        self._states: dict[tuple[tuple[Step, ...], tuple[End, ...]], _State] = {}
        self._start.after.clear()
        self.remembered = 0
