"""Walks through the deciding: phrases in many situations, and what each is answered with."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import bot.decide as deciding
from bot.decide import Decision, Known, decide
from bot.understanding import Context, Reading
from core.money import Money
from messages.catalogue import Catalogue
from messages.options import Option
from payments.lifecycle import Status
from payments.parts import divide
from payments.policy import Policy
from tests.docs.dialogue.data import LANGUAGES, TODAY, examples
from tests.docs.dialogue.readings import read

CATALOGUE: Final = Catalogue.load()


@dataclass(frozen=True)
class Walk:
    """One phrase in one situation, and what was decided."""

    situation: str
    language: str
    text: str
    reading: Reading
    known: Known
    decision: Decision


@cache
def walks() -> tuple[Walk, ...]:
    """Every phrase of every situation in `examples.toml`, walked in order."""
    return tuple(walk for situation in examples("situations") for walk in _walked(situation))


def _walked(situation: Mapping[str, Any]) -> Iterator[Walk]:
    known = known_of(situation)
    for language in LANGUAGES:
        for text in situation[language]:
            reading = read(text, language, known.move)
            yield Walk(situation["title"], language, text, reading, known, decide(reading, known))


def known_of(situation: Mapping[str, Any]) -> Known:
    """Return the facts of a situation; what it does not name is as at an ordinary open request."""
    facts = dict(situation.get("known", {}))
    remaining, surplus = Money(facts.pop("remaining", 4250)), Money(facts.pop("surplus", 0))
    parts, move = facts.pop("parts", 0), facts.pop("move", None)
    offered = tuple(Option("day", {"day": day}) for day in facts.pop("offered_days", ()))
    return Known(
        today=TODAY,
        status=Status(facts.pop("status", Status.OPEN)),
        policy=Policy(),
        remaining=remaining,
        surplus=surplus,
        channel=facts.pop("channel", "sms"),
        channels=frozenset({"whatsapp", "telegram"}),
        plan=divide(remaining, parts, TODAY) if parts else (),
        move=Context(move) if move else None,
        offered=offered,
        **facts,
    )


@cache
def answered() -> Mapping[str, tuple[tuple[Walk, Decision], ...]]:
    """The walks by the template that they are answered with, and the decision that chose it."""
    found: dict[str, list[tuple[Walk, Decision]]] = {}
    for walk in walks():
        for decision in walk.decision.all:
            if decision.answer:
                found.setdefault(decision.answer, []).append((walk, decision))
    return {template: tuple(ways) for template, ways in found.items()}


@cache
def decided() -> tuple[str, ...]:
    """Every template that deciding can answer with: those that its source names, and those walked to."""
    words = set(_words())
    ends = {word for word in words if word.startswith("-")}
    named = words | {f"{word}{end}" for word in words for end in ends}
    return tuple(name for name in CATALOGUE.names() if name in named or name in answered())


def _words() -> Iterator[str]:
    """The texts in the source of `bot/decide`, also the ends of those that are put together."""
    for path in sorted(Path(deciding.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
