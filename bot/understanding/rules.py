"""The rules of a grammar as steps, and the forks in which rules that begin alike share those."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field

# The action gets the scope and the values of its <names>, and returns None to refuse.
Action = Callable[..., object]


@dataclass(frozen=True, slots=True)
class Element:
    """One step of a rule: the token keys it accepts, the tag or the phrase whose value counts."""

    keys: frozenset[str]
    tag: str | None = None
    phrase: str | None = None

    @property
    def wanted(self) -> bool:
        """Whether the action is to have the value found here."""
        return self.tag is not None or self.phrase is not None


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of the grammar: what it makes, from which steps, and by which action."""

    makes: str
    steps: tuple[Element, ...]
    action: Action


@dataclass(slots=True, eq=False)
class Fork:
    """Where rules that began alike part: rules that are complete here, and steps that others take next.

    ``complete`` holds the number and the action of a rule, ``words`` the tag whose value counts, ``opens``
    the keys of a token with which any step from here may begin.
    """

    complete: list[tuple[int, Action]] = field(default_factory=list)
    words: dict[str, list[tuple[str | None, "Fork"]]] = field(default_factory=dict)
    phrases: dict[str, "Fork"] = field(default_factory=dict)
    opens: frozenset[str] = frozenset()
    _known: dict[Element, "Fork"] = field(default_factory=dict)

    def prepare(self, openers: Mapping[str, Set[str]]) -> None:
        """Works out ``opens``, here and behind, from the keys that each phrase may begin with."""
        self.opens = frozenset(self.words).union(*(openers[phrase] for phrase in self.phrases))
        for following in self._known.values():
            following.prepare(openers)

    def after(self, element: Element) -> "Fork":
        """The fork that this step leads to."""
        if element not in self._known:
            following = self._known[element] = Fork()
            if element.phrase is not None:
                self.phrases[element.phrase] = following
            else:
                for key in element.keys:
                    self.words.setdefault(key, []).append((element.tag, following))
        return self._known[element]
