"""What can go wrong, named after what the caller should do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class SeintjeError(Exception):
    """The root of every error that Seintje raises itself."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one field: which, what was wrong, and what to do."""

    field: str
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.field}: {self.what}" + (f" {self.remedy}" if self.remedy else "")


class Invalid(SeintjeError):
    """The input cannot be used: put the fields right and send it again. Nothing was done."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(map(str, self.problems)))


class Refused(SeintjeError):
    """The request is clear but a rule forbids it: the message says which; do not repeat it."""


class Missing(SeintjeError):
    """What was asked for is not there, or not yours, which look the same."""


class Untrusted(SeintjeError):
    """The sender could not prove who it is: answer without telling why."""


class Unavailable(SeintjeError):
    """Another system did not answer and nothing was done there: try again later."""


class OutcomeUnknown(SeintjeError):
    """Another system may or may not have acted: look it up, never repeat it blindly."""


class Misconfigured(SeintjeError):
    """Settings are missing or wrong: the message names every one of them and what to do."""
