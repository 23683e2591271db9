"""Which request a conversation is about by what we wrote last, or whether we wrote about several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from bot.decide.standing import PASSED_ON
from bot.stories.said import Said, answers_to, moment_of, units_of
from bot.stories.thread import STATED, WHICH, move_of
from messages.outbox import Outgoing
from payments.requests import PaymentRequest

_A_DAY: Final = timedelta(days=1)
# Answers that say nothing about one request, so that they do not make clear which one is meant.
ABOUT_NONE: Final = WHICH | {
    *("menu", "menu-again", "other-language", "unsupported-media", "ask-back", "ask-channel", "ask-language"),
    *("which-one", "confirm-optout", "stays-on", "welcome", "tell-costs", "tell-how"),
    *(
        "tell-real",
        "tell-who",
        "tell-who-all",
        "tell-costs-all",
        "channel-check",
        "channel-asked",
        "channel-telegram",
        "channel-changed",
    ),
    *("channel-same", "language-changed", "pay-day-noted", "opted-in", "opted-in-all", "telegram-welcome"),
    *(
        "telegram-stale-link",
        "opted-out",
        "opted-out-all",
        "wrong-person",
        "wrong-person-died",
        "ask-question",
    ),
    *("hello", "tell-unpaid", "tell-unpaid-held", "tell-in-shop", "tell-answer-day", "tell-next-message"),
    "tell-nothing-planned",
    *PASSED_ON,
}


def clear_from(
    said: Said, found: Sequence[PaymentRequest], ids: Sequence[str]
) -> tuple[tuple[str, ...], bool]:
    """Return which of `ids` the thread is about, when that is clear, and else whether there is doubt.

    `found` are the open requests, the one last asked about first.
    """
    for rows in (said.here, said.rows):
        units = set(_last_written_about(rows, ids))
        if units:
            return (units.pop(), False) if len(units) == 1 else ((), True)
    asked = [r.last_asked_at for r in found if r.id in ids and r.last_asked_at is not None]
    far_apart = len(asked) > 1 and asked[0] - asked[1] > _A_DAY
    return ((ids[0],), False) if far_apart or len(ids) == 1 else ((), True)


def _last_written_about(rows: Sequence[Outgoing], ids: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """What we wrote about within a day before the last message, back to the last answer that was clear."""
    telling = [row for row in rows if row.template not in ABOUT_NONE]
    asked = False
    for row in telling:
        if moment_of(telling[0]) - moment_of(row) > _A_DAY:
            return
        units = [tuple(ident for ident in unit if ident in ids) for unit in units_of(row)]
        units = [unit for unit in units if unit]
        is_answer = bool(answers_to(row))
        if units and (move_of(row) not in STATED or (is_answer and not asked)):
            asked = True
            yield from units
        if is_answer:
            return
