"""Dialogues as a merchant could read them: plain text, one thing that happens on each line.

    # What this shows
    Fietshuis vraagt Anna € 42,50 voor Reparatie fiets (nota 1042) via whatsapp, je
    Seintje: Hoi Anna, …
    [Betaal] [Later betalen]
    Anna: kan ik vrijdag?
    Seintje: …vrijdag 27 november…
    (vrijdag 27 november 09:00)
    Seintje: …
    Anna betaalt
    Seintje: Gelukt…
    => paid

`…` stands for any words. Every message of ours must be in the script, in order: whatever is not, is an
error. Lines between brackets tell the buttons below the message before them, or move the clock. `=>` tells
where the request stands, and with `!` why a person should look; with several, it names one: `=> nota 1042:
promised`. Whoever asks besides Fietshuis is another shop that sends from the same numbers. `||` stands
between messages that come in a row, before any is answered. `Fietshuis laat het verder gaan`, `Fietshuis
vinkt het af` and `Fietshuis antwoordt: …` are what the shop does itself, and `De bank boekt de laatste
betaling terug` a charge-back. It begins on Monday 23 November 2026, 10:00.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent


@dataclass(frozen=True)
class Line:
    """One line of a script: its kind, what it says, and where it stands."""

    kind: str
    text: str
    number: int
    more: tuple[str, ...] = field(default=())


_KINDS: Final[Sequence[tuple[str, str]]] = (
    ("ask", r"(?P<more>[\w' ]+) vraagt Anna (?P<text>.+)"),
    ("ours", r"Seintje(?: \((?P<more>\w+)\))?: (?P<text>.+)"),
    ("buttons", r"(?P<text>\[.+\])"),
    ("says", r"Anna(?: \((?P<more>\w+)\))?: (?P<text>.+)"),
    ("taps", r"Anna tikt \[(?P<text>.+?)\](?: onder “(?P<more>.+?)”)?"),
    ("answers", r"Anna antwoordt op “(?P<more>.+?)”: (?P<text>.+)"),
    ("pays", r"Anna betaalt(?: (?P<text>.+))?"),
    ("starts", r"Anna drukt op (?P<text>Start)"),
    ("opens", r"Anna opent (?P<text>.+)"),
    ("deed", r"Fietshuis (?P<text>.+)"),
    ("taken_back", r"De bank boekt de (?P<text>eerste|laatste) betaling terug"),
    ("time", r"\((?P<text>.+)\)"),
    ("stands", r"=> (?P<text>.+)"),
)


def scripts() -> list[Path]:
    """Return every script, by name."""
    return sorted(FOLDER.glob("*.txt"))


def title(path: Path) -> str:
    """Return the first line of a script: what it shows."""
    return path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")


def lines(path: Path) -> list[Line]:
    """Return the lines of a script. Raises ValueError for one that says nothing we know."""
    found: list[Line] = []
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if raw.strip() and not raw.startswith("#"):
            if raw.startswith("  "):  # a message of several lines goes on
                last = found.pop()
                found.append(Line(last.kind, f"{last.text}\n{raw.strip()}", last.number, last.more))
            else:
                found.append(_line(raw.strip(), number))
    return found


def _line(raw: str, number: int) -> Line:
    for kind, pattern in _KINDS:
        match = re.fullmatch(pattern, raw)
        if match is not None:
            groups = match.groupdict()
            return Line(kind, groups["text"] or "", number, (groups.get("more") or "",))
    raise ValueError(f"line {number} says nothing we know: {raw}")


def fits(expected: str, said: str) -> bool:
    """Whether `said` is what a script expects; `…` stands for any words, and line ends do not matter."""
    pattern = ".*".join(re.escape(_flat(part)) for part in expected.split("…"))
    return re.fullmatch(pattern, _flat(said), re.DOTALL) is not None


def _flat(text: str) -> str:
    return " ".join(text.split()) if text.strip() else ""
