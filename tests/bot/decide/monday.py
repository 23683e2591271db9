"""A Monday morning in November, what is known of requests then, and what words mean on that day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from bot.decide import Known
from bot.understanding import Reading, understand
from core.calendar import AMSTERDAM
from core.money import Money
from payments.lifecycle import Status
from payments.parts import divide
from payments.policy import Policy

TODAY = date(2026, 11, 23)
NOW = datetime.combine(TODAY, time(10), AMSTERDAM)
FRIDAY = date(2026, 11, 27)
OPEN = Known(TODAY, Status.OPEN, Policy(), remaining=Money(42_50))
PLAN = replace(OPEN, status=Status.INSTALMENTS, remaining=Money(90_00), plan=divide(Money(90_00), 3, TODAY))


def read(text: str) -> Reading:
    return understand(text, None, now=NOW, language="nl")
