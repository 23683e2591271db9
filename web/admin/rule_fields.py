"""The rules that a merchant can set on the page: their limits, and how they are read and written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from core.money import Money
from payments.parts import FEWEST, MONTH, WEEK
from payments.policy import ALWAYS_A_PERSON, Policy
from web.wording import Words


@dataclass(frozen=True)
class Number:
    """A rule that is a whole number from `least` to `most`, or an amount in cents when `money`."""

    name: str
    least: int
    most: int
    money: bool = False


@dataclass(frozen=True)
class Choices:
    """A rule that is any of `names`; those that are `fixed` always hold. `texts` names their words."""

    name: str
    names: Sequence[str]
    texts: str
    fixed: Sequence[str] = ()


_CAN_BE_ADDED: Final = ("reschedule", "pause", "instalments", "set_pay_day", "change_channel", "question")
_YEAR: Final = 365
# Zero and one mean: not in parts.
_MOST_PARTS: Final = 24
GROUPS: Final[Mapping[str, Sequence[Number | Choices]]] = {
    "later": (Number("postpone_days", 0, _YEAR), Number("postpone_times", 0, 12)),
    "rest": (Number("pause_days", 0, _YEAR), Number("pause_times", 0, 12)),
    "parts": (
        Number("parts_most", 0, _MOST_PARTS),
        Number("part_least_cents", 1_00, 10_000_00, money=True),
        Number("part_first_days", 0, _YEAR),
        Choices("part_intervals", (MONTH, WEEK), "rules.interval"),
    ),
    "person": (Choices("needs_person", _CAN_BE_ADDED, "intent", ALWAYS_A_PERSON),),
}
EVERY: Final = tuple(rule for rules in GROUPS.values() for rule in rules)
Typed = Mapping[str, Any]


def typed_of(policy: Policy, w: Words) -> dict[str, Any]:
    """Return what the form shows for `policy`: text for a number, a list of names for choices."""
    stored = policy.stored()
    return {rule.name: _shown(rule, stored[rule.name], w) for rule in EVERY}


def _shown(rule: Number | Choices, value: Any, w: Words) -> str | list[str]:  # noqa: ANN401 - as stored
    if isinstance(rule, Choices):
        return [name for name in value if name in rule.names]
    return amount_in_field(value, w) if rule.money else str(value)


def amount_in_field(cents: int, w: Words) -> str:
    """Return an amount as it is typed, without the sign, which stands before the field."""
    return w.euros(cents).strip("€\u00a0 ")


def typed_in(form: MultiDict[str, str]) -> dict[str, Any]:
    """Return what came in, cut off where nobody types that much, so that nothing typed is lost."""
    return {
        rule.name: [name for name in form.getlist(rule.name) if name in rule.names]
        if isinstance(rule, Choices)
        else form.get(rule.name, "").strip()[:40]
        for rule in EVERY
    }


def read(typed: Typed) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the values of the rules that are right, and for each that is wrong the key of what is."""
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for rule in EVERY:
        value, problem = _chosen(rule, typed) if isinstance(rule, Choices) else _number(rule, typed)
        if problem:
            wrong[rule.name] = problem
        else:
            values[rule.name] = value
    return values, wrong


def _number(rule: Number, typed: Typed) -> tuple[int, str]:
    text = str(typed[rule.name])
    try:
        value = Money.parse(text).cents if rule.money else _whole(text)
    except ValueError:
        return 0, "rules.wrong_amount" if rule.money else "rules.wrong_number"
    return value, "" if rule.least <= value <= rule.most else "rules.wrong_limits"


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ValueError(text)
    return int(text)


def _chosen(rule: Choices, typed: Typed) -> tuple[tuple[str, ...], str]:
    chosen = tuple(name for name in rule.names if name in typed[rule.name])
    # Whoever may pay in parts needs to know how often.
    needed = rule.name == "part_intervals" and str(typed["parts_most"]) not in {"0", str(FEWEST - 1)}
    return (*rule.fixed, *chosen), "rules.wrong_interval" if needed and not chosen else ""
