"""The slots of a meaning that the words only lean to, or the question that is left to ask about it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from bot.understanding.draft import Draft
from bot.understanding.intents.dates import agreed_days, put_days
from bot.understanding.intents.parts import put_parts
from bot.understanding.intents.pausing import put_until
from bot.understanding.intents.pay_day import put_pay_day
from bot.understanding.intents.paying import put_paid
from bot.understanding.intents.people import put_channel, put_language
from bot.understanding.reading import Ask, Intent
from bot.understanding.rhythm import recurs


def put_what_is_told(draft: Draft, meant: Sequence[Intent]) -> None:
    """Fill the slots of these intents, and ask where they are missing or in doubt."""
    for intent in meant:
        if intent in _FILLS:
            _FILLS[intent](draft)


def put_what_is_left(draft: Draft, kept: Iterable[Intent]) -> None:
    """Fill the slots of meanings that stay, where they told nothing yet beside those that fell."""
    for intent in kept:
        if draft.ask is None and intent in _TOLD_BY and not _TOLD_BY[intent] & draft.slots.keys():
            _FILLS[intent](draft)


def _day(draft: Draft) -> None:
    agreed = agreed_days(draft)
    if agreed:
        put_days(draft, agreed)
    waits_for = draft.heard.has("income", "only_if", "hearsay", "busy_then")
    if waits_for or not {"date", "datetime", "date_range"} & draft.slots.keys():
        draft.doubt(Ask.WHEN)


def _rest(draft: Draft) -> None:
    put_until(draft)
    if "until" not in draft.slots:
        draft.doubt(Ask.UNTIL_WHEN)


def _parts(draft: Draft) -> None:
    put_parts(draft, recurs(draft.heard))


def _channel(draft: Draft) -> None:
    put_channel(draft, "change_channel")


def _pay_day(draft: Draft) -> None:
    if not put_pay_day(draft):
        draft.doubt(Ask.WHICH_DAY)


_FILLS: Final[Mapping[Intent, Callable[[Draft], None]]] = {
    Intent.RESCHEDULE: _day,
    Intent.PAUSE: _rest,
    Intent.ALREADY_PAID: put_paid,
    Intent.INSTALMENTS: _parts,
    Intent.CHANGE_CHANNEL: _channel,
    Intent.CHANGE_LANGUAGE: put_language,
    Intent.SET_PAY_DAY: _pay_day,
}
_TOLD_BY: Final[Mapping[Intent, frozenset[str]]] = {
    Intent.PAUSE: frozenset({"until"}),
    Intent.INSTALMENTS: frozenset({"instalments", "instalment_amount"}),
    Intent.CHANGE_CHANNEL: frozenset({"channel"}),
    Intent.SET_PAY_DAY: frozenset({"day_of_month", "anchor"}),
}
