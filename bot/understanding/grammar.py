"""A small grammar engine: rules are written as readable lines and matched over tagged tokens.

A rule reads like ``"IN <duration>"`` or ``"[THE] <ord> <weekday> OF <month>"``:

* ``<name>`` is a tag on a token or a phrase built by other rules; its value goes to the action;
* ``NAME`` in capitals is a class of words from the lexicon, passed over;
* ``word|word`` are literal words, passed over; ``[...]`` around one element makes it optional.

A rule whose first element is its own result ("<when> <when>") extends what was found before.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from operator import itemgetter
from typing import Any

from bot.understanding.rules import Action, Element, Fork, Rule
from bot.understanding.tokens import Token

Found = tuple[int, Any]
# The number of the rule goes before what it found.
Made = tuple[int, Found]


@dataclass(slots=True)
class Grammar:
    """All rules together, as forks in which rules that begin alike share their steps.

    ``starts`` gives, for a name and a key of a token, the first steps that the token may go with, and the
    forks behind them; ``tails`` the fork behind what is extended. ``keys`` are all that any step accepts,
    ``literals`` those of words, and ``openers`` those of a token with which a name may begin.
    """

    words: Mapping[str, frozenset[str]]
    rules: list[Rule] = field(default_factory=list)
    starts: dict[tuple[str, str], list[tuple[Element, Fork]]] = field(default_factory=dict)
    tails: dict[str, Fork] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    openers: dict[str, set[str]] = field(default_factory=dict)
    literals: dict[str, str] = field(default_factory=dict)
    _pending: list[tuple[str, str, Action]] = field(default_factory=list)

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
        self.keys = {key for rule in self.rules for element in rule.steps for key in element.keys}
        self.literals = {key[1:]: key for key in self.keys if key.startswith("=")}
        begun = self._begun()
        firsts = self._firsts(phrases)
        for (name, first), fork in begun.items():
            for key in _first_of(first, firsts):
                self.starts.setdefault((name, key), []).append((first, fork))
                self.openers.setdefault(name, set()).add(key)
        for fork in (*begun.values(), *self.tails.values()):
            fork.prepare(self.openers)

    def _begun(self) -> dict[tuple[str, Element], Fork]:
        """The fork behind each first step of a name; the forks behind what is extended go to ``tails``."""
        begun: dict[tuple[str, Element], Fork] = {}
        for number, rule in enumerate(self.rules):
            first, *others = rule.steps
            if first.phrase == rule.makes:
                fork = self.tails.setdefault(rule.makes, Fork())
            else:
                fork = begun.setdefault((rule.makes, first), Fork())
            for element in others:
                fork = fork.after(element)
            fork.complete.append((number, rule.action))
        return begun

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
_MOST_FOUND = 60


class Parse:
    """One reply being matched: remembers what was found where, so nothing is worked out twice."""

    def __init__(self, grammar: Grammar, tokens: Sequence[Token], scope: object) -> None:
        self.grammar = grammar
        self.tokens = tokens
        self.scope = scope
        # Only keys that some rule asks for; behind the last token stands one without any.
        self._keys: list[tuple[str, ...]] = [*map(self._keys_of, tokens), ()]
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
        if not self._keys[start]:
            return []
        key = (name, start)
        known = self._memo.get(key)
        if known is None:
            self._memo[key] = []
            self._depth += 1
            if self._depth > _DEEPEST:
                raise TooTangled
            known = self._memo[key] = self._work_out(name, start) if self.may_begin(name, start) else []
            self._depth -= 1
        return known

    def may_begin(self, name: str, start: int) -> bool:
        """Whether the token at ``start`` is one that a ``name`` can begin with."""
        keys = self._keys[start]
        return bool(keys) and not self.grammar.openers[name].isdisjoint(keys)

    def _keys_of(self, token: Token) -> tuple[str, ...]:
        literal = self.grammar.literals.get(token.word)
        if not token.tags:
            return () if literal is None else (literal,)
        tags = [tag for tag in token.tags if tag in self.grammar.keys]
        return (*tags,) if literal is None else (literal, *tags)

    def _work_out(self, name: str, start: int) -> list[Found]:
        found = _distinct(self._begun(name, start))
        tails = self.grammar.tails.get(name)
        if tails is None:
            return found
        for end, value in found:  # grows while it is walked: tails extend tails
            if len(found) > _MOST_FOUND:
                break
            longer: list[Made] = []
            self._follow(tails, end, (value,), longer)
            if longer:
                found.extend(item for item in _by_rule(longer) if item not in found)
        return found

    def _begun(self, name: str, start: int) -> Iterator[Found]:
        """What the rules make that extend nothing: by key of the first token, then by rule."""
        tried: set[Fork] = set()
        for key in self._keys[start]:
            made: list[Made] = []
            for element, fork in self.grammar.starts.get((name, key), ()):
                if fork not in tried:
                    tried.add(fork)
                    self._begin(element, fork, start, made)
            if made:
                yield from _by_rule(made)

    def _begin(self, element: Element, fork: Fork, start: int, made: list[Made]) -> None:
        if element.phrase is None:
            values = () if element.tag is None else (self.tokens[start].tags[element.tag],)
            self._follow(fork, start + 1, values, made)
            return
        for end, value in self.all(element.phrase, start):
            self._follow(fork, end, (value,), made)

    def _follow(self, fork: Fork, at: int, values: tuple[Any, ...], made: list[Made]) -> None:
        """Adds to ``made`` what the rules make that pass this fork at token ``at`` with these values."""
        self.steps += 1
        if self.steps > _MOST_STEPS:
            raise TooTangled
        for number, action in fork.complete:
            value = action(self.scope, *values)
            if value is not None:
                made.append((number, (at, value)))
        if not fork.opens.isdisjoint(self._keys[at]):
            self._go_on(fork, at, values, made)

    def _go_on(self, fork: Fork, at: int, values: tuple[Any, ...], made: list[Made]) -> None:
        """Takes every step from this fork that fits."""
        for key in self._keys[at]:
            for tag, following in fork.words.get(key, ()):
                more = values if tag is None else (*values, self.tokens[at].tags[tag])
                self._follow(following, at + 1, more, made)
        for phrase, following in fork.phrases.items():
            for end, value in self.all(phrase, at):
                self._follow(following, end, (*values, value), made)


def _by_rule(made: list[Made]) -> list[Found]:
    made.sort(key=itemgetter(0))
    return [found for _, found in made]


def _distinct(found: Iterable[Found]) -> list[Found]:
    kept: list[Found] = []
    for item in found:
        if item not in kept:
            kept.append(item)
    return kept
