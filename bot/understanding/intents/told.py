"""The slots of a meaning that the words only lean to, or the question that is left to ask about it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from bot.understanding.draft import Draft
from bot.understanding.intents.dates import agreed_days, put_days
from bot.understanding.intents.parts import put_parts
from bot.understanding.intents.pay_day import put_pay_day
from bot.understanding.intents.people import put_channel, put_language
from bot.understanding.reading import Ask, Intent
from bot.understanding.rhythm import recurs


def put_what_is_told(draft: Draft, meant: Sequence[Intent]) -> None:
    """Fill the slots of these intents, and ask where they are missing or in doubt."""
    for intent in meant:
        if intent in _FILLS:
            _FILLS[intent](draft)


def _day(draft: Draft) -> None:
    """One day or moment to come; words that refuse another one are not for a lean to weigh."""
    agreed = agreed_days(draft)
    if len(agreed) == len(draft.heard.moments) == 1:
        put_days(draft, agreed)
    if not {"date", "datetime", "date_range"} & draft.slots.keys():
        draft.doubt(Ask.WHEN)


def _parts(draft: Draft) -> None:
    put_parts(draft, recurs(draft.heard))


def _channel(draft: Draft) -> None:
    put_channel(draft, "change_channel")


def _pay_day(draft: Draft) -> None:
    if not put_pay_day(draft):
        draft.doubt(Ask.WHICH_DAY)


def _topic(draft: Draft) -> None:
    draft.slots["topic"] = "other"


_FILLS: Final[Mapping[Intent, Callable[[Draft], None]]] = {
    Intent.RESCHEDULE: _day,
    Intent.INSTALMENTS: _parts,
    Intent.CHANGE_CHANNEL: _channel,
    Intent.CHANGE_LANGUAGE: put_language,
    Intent.SET_PAY_DAY: _pay_day,
    Intent.QUESTION: _topic,
}
