"""What a merchant decided once, as data, with the defaults of a decent shop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import time
from typing import Any, Final

# Whatever the merchant's rules say, a person looks when one of these is said.
ALWAYS_A_PERSON: Final = ("cant_pay", "dispute", "human", "wrong_person")


@dataclass(frozen=True)
class Policy:
    """The rules of one merchant. Days are calendar days; times are local to the merchant.

    Paying in parts: at most `parts_most`, each at least `part_least_cents`, the first within
    `part_first_days`, at one of `part_intervals` ("month", "week"). Fewer than two `parts_most` means never.

    `needs_person` names the intents that a person answers. Those of ALWAYS_A_PERSON are in it whatever a
    merchant stored; "reschedule", "pause", "instalments", "set_pay_day", "change_channel" and "question" can
    be added, and then nothing of that kind is granted or offered by itself.
    """

    reminder_days: tuple[int, ...] = (3, 7, 14)
    ask_at: str = "09:00"
    channels: tuple[str, ...] = ("whatsapp", "sms", "telegram")
    postpone_days: int = 30
    postpone_times: int = 2
    pause_days: int = 60
    pause_times: int = 1
    parts_most: int = 6
    part_least_cents: int = 20_00
    part_first_days: int = 30
    part_intervals: tuple[str, ...] = ("month", "week")
    needs_person: tuple[str, ...] = ALWAYS_A_PERSON

    @property
    def ask_time(self) -> time:
        """The local time of day at which planned messages go."""
        return time.fromisoformat(self.ask_at)

    @classmethod
    def of(cls, stored: Mapping[str, Any] | None) -> Policy:
        """Read what a merchant stored; what is absent is the default."""
        known = {field.name for field in fields(cls)}
        values = {key: value for key, value in (stored or {}).items() if key in known}
        lists = {key: tuple(value) for key, value in values.items() if isinstance(value, list)}
        if "needs_person" in lists:
            lists["needs_person"] = tuple(dict.fromkeys((*ALWAYS_A_PERSON, *lists["needs_person"])))
        return cls(**{**values, **lists})

    def stored(self) -> dict[str, Any]:
        return asdict(self)
