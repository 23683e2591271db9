"""What the page says about where a request stands: a headline and a few short lines, never more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from bot.stories.pay_look import Line, Look
from bot.stories.standing import Standing
from core.calendar import is_rest_day, next_writing_day
from core.money import Money
from payments.lifecycle import Status
from payments.parts import Part
from web.pay.words import visible

# An attempt that ended longer ago than this is no news.
_NEWS: Final = timedelta(hours=1)
_QUIET_LINES: Final[Mapping[Status, str]] = {
    Status.PROMISED: "note.promised",
    Status.PAUSED: "note.paused",
    Status.DISPUTED: "note.disputed",
    Status.CHECKING: "note.checking",
}
_ENDED: Final = {"failed": "note.failed", "canceled": "note.canceled", "expired": "note.expired"}


@dataclass(frozen=True)
class Told:
    """One line: the key of its text, and whether it is news that a screen reader should speak at once."""

    key: str
    alert: bool = False


def facts(look: Look) -> dict[str, Any]:
    """Return what every text of the page may mention."""
    money = look.money
    return {
        "merchant": visible(look.shop.name),
        "reference": visible(look.reference),
        "description": visible(look.description),
        "phone": visible(look.shop.phone),
        "total": look.total,
        "remaining": money.remaining,
        "due": look.charge,
        "received": Money(max(money.received, 0), money.currency),
        "surplus": money.surplus,
        "refunded": Money(money.refunded, money.currency),
        "paid": look.just_paid or look.total,
        "date": look.quiet_until or look.today,
        "latest": look.latest or look.today,
        "lines": [_shown(line) for line in look.lines],
        **_facts_ahead(look.ahead),
        **({"count": look.others.count, "others": look.others.total} if look.others else {}),
    }


def _facts_ahead(part: Part | None) -> dict[str, Any]:
    """The part that is next, its day, and the day on which we write about it."""
    if part is None:
        return {}
    return {"next": part.amount, "next_day": part.due_on, "next_nudge": next_writing_day(part.due_on)}


def ahead_lines(look: Look) -> Iterator[str]:
    """Return the keys of what is said while nothing is due: when the next part is, and what happens then."""
    if look.ahead is None:
        return
    yield "ahead.nothing"
    yield "ahead.next"
    if look.status is not Status.INSTALMENTS:
        return  # a person looks, or it is quiet: the note says so
    if look.stopped or not look.reachable:
        yield "ahead.keep"
    else:
        yield "ahead.nudge_rest" if is_rest_day(look.ahead.due_on) else "ahead.nudge"


def _shown(line: Line) -> Line:
    return replace(line, reference=visible(line.reference), description=visible(line.description))


def notes(look: Look, news: str | None = None) -> list[Told]:
    """Return the lines above the button of a page that can be paid; `news` is what just happened."""
    lines = [Told(f"note.{news}", alert=True)] if news else []
    if not news and (ended := _how_it_ended(look)):
        lines.append(Told(ended))
    if look.money.received > 0:
        lines.append(Told("note.part_in" if look.plan else "note.part_paid"))
    if look.status in _QUIET_LINES and not (look.status in {Status.PROMISED, Status.PAUSED} and _past(look)):
        lines.append(Told(_QUIET_LINES[look.status]))
    return lines


def _past(look: Look) -> bool:
    return look.quiet_until is None or look.quiet_until < look.today


def _how_it_ended(look: Look) -> str | None:
    attempt = look.attempt
    if attempt is None or look.now - attempt.began_at > _NEWS:
        return None
    return _ENDED.get(attempt.status)


def settled_lines(look: Look) -> Iterator[str]:
    """Return the keys of the lines of a page that has nothing to pay."""
    standing = look.standing
    yield f"{standing}.text"
    if look.money.surplus and standing in {Standing.PAID, Standing.CANCELLED}:
        yield f"{standing}.surplus"
    elif look.money.refunded and standing is Standing.CANCELLED:
        yield "cancelled.refunded"
