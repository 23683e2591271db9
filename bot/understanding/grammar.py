"""A small grammar engine: rules are written as readable lines and matched over tagged tokens.

A rule reads like ``"IN <duration>"`` or ``"[THE] <ord> <weekday> OF <month>"``:

* ``<name>`` is a tag on a token or a phrase built by other rules; its value goes to the action;
* ``NAME`` in capitals is a class of words from the lexicon, passed over;
* ``word|word`` are literal words, passed over; ``[...]`` around one element makes it optional.

A rule whose first element is its own result ("<when> <when>") extends what was found before.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from bot.understanding.tokens import Token

# The action gets the parse and the values of its <names>, and returns None to refuse.
Action = Callable[..., object]
Found = tuple[int, Any]


# Words are endless, so what is remembered about them is not.
_MOST_BEGINNINGS = 50_000


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


@dataclass(slots=True)
class Grammar:
    """All rules together, indexed by the tokens with which each may begin."""

    words: Mapping[str, frozenset[str]]
    rules: list[Rule] = field(default_factory=list)
    starts: dict[str, dict[str, list[Rule]]] = field(default_factory=dict)
    tails: dict[str, list[Rule]] = field(default_factory=dict)
    _pending: list[tuple[str, str, Action]] = field(default_factory=list)
    _beginnings: dict[tuple[str, tuple[str, ...]], tuple[Rule, ...]] = field(default_factory=dict)

    def rule(self, makes: str, *lines: str) -> Callable[[Action], Action]:
        """Add ``lines`` as ways to make a phrase called ``makes``."""

        def add(action: Action) -> Action:
            self._pending.extend((makes, line, action) for line in lines)
            return action

        return add

    def seal(self) -> None:
        """Expand optional steps and index the rules; call once, after all rules are added."""
        phrases = {makes for makes, _, _ in self._pending}
        for makes, line, action in self._pending:
            for variant in _variants(line.split()):
                steps = tuple(self._element(part, phrases) for part in variant)
                self.rules.append(Rule(makes, steps, action))
        firsts = self._firsts(phrases)
        for rule in self.rules:
            if rule.steps[0].phrase == rule.makes:
                self.tails.setdefault(rule.makes, []).append(rule)
                continue
            for key in _first_of(rule.steps[0], firsts):
                self.starts.setdefault(rule.makes, {}).setdefault(key, []).append(rule)

    def _element(self, part: str, phrases: set[str]) -> Element:
        if part.startswith("<"):
            name = part.strip("<>")
            is_phrase = name in phrases
            return Element(frozenset((name,)), None if is_phrase else name, name if is_phrase else None)
        words = [
            word
            for option in part.split("|")
            for word in (sorted(self.words[option]) if option.isupper() else (option,))
        ]
        return Element(frozenset(f"={word}" for word in words))

    def beginning(self, name: str, keys: tuple[str, ...]) -> tuple[Rule, ...]:
        """The rules for ``name`` that may begin at a token with these keys."""
        known = self._beginnings.get((name, keys))
        if known is None:
            index = self.starts.get(name, {})
            rules = {id(rule): rule for key in keys for rule in index.get(key, ())}
            known = tuple(rules.values())
            if len(self._beginnings) < _MOST_BEGINNINGS:
                self._beginnings[(name, keys)] = known
        return known

    def _firsts(self, phrases: set[str]) -> dict[str, set[str]]:
        firsts: dict[str, set[str]] = {name: set() for name in phrases}
        changed = True
        while changed:
            before = sum(map(len, firsts.values()))
            for rule in self.rules:
                firsts[rule.makes] |= _first_of(rule.steps[0], firsts)
            changed = sum(map(len, firsts.values())) != before
        return firsts


def _variants(parts: Sequence[str]) -> Iterator[tuple[str, ...]]:
    choices = [((), (part[1:-1],)) if part.startswith("[") else ((part,),) for part in parts]
    for chosen in product(*choices):
        yield tuple(part for group in chosen for part in group)


def _first_of(element: Element, firsts: Mapping[str, set[str]]) -> set[str]:
    keys = set(element.keys)
    if element.phrase is not None:
        keys |= firsts[element.phrase]
    return keys


class TooTangled(Exception):
    """A text with more phrases in each other than any payer writes."""


# A real reply needs some hundreds of steps and nests a handful of phrases.
_MOST_STEPS = 8_000
_DEEPEST = 14


class Parse:
    """One reply being matched: remembers what was found where, so nothing is worked out twice."""

    def __init__(self, grammar: Grammar, tokens: Sequence[Token], scope: object) -> None:
        self.grammar = grammar
        self.tokens = tokens
        self.scope = scope
        self._keys = [(f"={token.word}", *token.tags) for token in tokens]
        self._memo: dict[tuple[str, int], list[Found]] = {}
        self.steps = 0
        self._depth = 0

    def longest(self, name: str, start: int) -> Found | None:
        """The longest ``name`` that begins at token ``start``: (end, value), or None.

        Raises TooTangled when the text takes more work than a reply can need.
        """
        return max(self.all(name, start), key=lambda found: found[0], default=None)

    def all(self, name: str, start: int) -> list[Found]:
        """Every ``name`` that begins at token ``start``, best first for equal lengths."""
        if start >= len(self.tokens):
            return []
        key = (name, start)
        if key not in self._memo:
            self._memo[key] = []
            self._depth += 1
            if self._depth > _DEEPEST:
                raise TooTangled
            self._memo[key] = self._work_out(name, start)
            self._depth -= 1
        return self._memo[key]

    def _work_out(self, name: str, start: int) -> list[Found]:
        found: list[Found] = []
        for rule in self.grammar.beginning(name, self._keys[start]):
            found.extend(self._apply(rule, 0, start, ()))
        if not found:
            return found
        found = _distinct(found)
        for end, value in found:  # grows while it is walked: tails extend tails
            if len(found) > 60:
                break
            for rule in self.grammar.tails.get(name, ()):
                found.extend(item for item in self._apply(rule, 1, end, (value,)) if item not in found)
        return found

    def _apply(self, rule: Rule, step: int, at: int, values: tuple[Any, ...]) -> Iterator[Found]:
        self.steps += 1
        if self.steps > _MOST_STEPS:
            raise TooTangled
        if step == len(rule.steps):
            made = rule.action(self.scope, *values)
            if made is not None:
                yield at, made
            return
        element = rule.steps[step]
        for end, value in self._match(element, at):
            yield from self._apply(rule, step + 1, end, (*values, value) if element.wanted else values)

    def _match(self, element: Element, at: int) -> Sequence[Found]:
        if element.phrase is not None:
            return self.all(element.phrase, at)
        if at >= len(self.tokens) or element.keys.isdisjoint(self._keys[at]):
            return ()
        value = self.tokens[at].tags.get(element.tag) if element.tag else None
        return ((at + 1, value),)


def _distinct(found: Sequence[Found]) -> list[Found]:
    kept: list[Found] = []
    for item in found:
        if item not in kept:
            kept.append(item)
    return kept
