"""Makes the tables of leanings from labelled replies: `python tests/bot/understanding/learn.py`.

One logistic regression per meaning, by gradient descent in a fixed order, so that the same replies give
the same table.
"""

import hashlib
import json
import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[2]))

from bot.understanding import Context, Intent  # noqa: E402 - the path above makes it findable
from bot.understanding.draft import Draft  # noqa: E402 - as above
from bot.understanding.hear import hear  # noqa: E402 - as above
from bot.understanding.intents import STEPS  # noqa: E402 - as above
from bot.understanding.intents.weighing import weigh  # noqa: E402 - as above
from bot.understanding.leanings import (  # noqa: E402 - as above
    ALWAYS,
    MADE_FROM,
    QUESTIONED,
    TABLE,
    TOPICS,
    Leanings,
    Meaning,
    chance,
    traits,
)
from bot.understanding.reading import Ask  # noqa: E402 - as above

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
ROUNDS = 20
# How many times a reply counts that is tested by itself, and so was looked at more than once.
TESTED_WEIGH = 3
# Weights nearer to nothing than this say nothing that one could read.
LEAST = 0.5
# Co-prime with any number of replies that is not its multiple: a shuffle that is the same every time.
STRIDE = 7_919


@dataclass(frozen=True)
class Said:
    """A reply, what it means, and the traits of its words."""

    text: str
    meant: frozenset[str]
    traits: frozenset[str]


def said(text: str, meant: Iterable[str], context: str | None = None) -> Said:
    """A labelled reply."""
    line = hear(text, NOW).line
    move = Context(context) if context else None
    return Said(text, frozenset(meant), traits(line.words[1:-1], move))


def labelled() -> list[Said]:
    """All replies in this folder; the ones that are tested one by one weigh more."""
    return [*(reply for reply in tested() for _ in range(TESTED_WEIGH)), *taught()]


def tested() -> Iterator[Said]:
    """The replies that must be read whole, see test_replies.py.

    A day beside words that seem to be about something else ("vrijdag ben ik jarig") is asked about. That
    it may be a promise all the same is no reason to lean to one.
    """
    for file in sorted((HERE / "replies").glob("*.jsonl")):
        for row in map(json.loads, file.read_text("utf-8").splitlines()):
            aside = row["clarify"] and row["intents"] == ["reschedule"] and _seems_aside(row["text"])
            yield said(row["text"], [] if aside else row["intents"], row.get("context"))


def _seems_aside(text: str) -> bool:
    draft = Draft(hear(text, NOW), NOW, None, "nl")
    for step in STEPS[: STEPS.index(weigh)]:
        step(draft)
    return draft.ask is Ask.THAT_DAY


def taught() -> Iterator[Said]:
    """The replies that only teach: a line of intents, the bot's last move and the words."""
    for file in sorted((HERE / "said").glob("*.tsv")):
        for line in file.read_text("utf-8").splitlines():
            intents, context, text = line.split("\t")
            yield said(text, intents.split(","), context or None)


def asked() -> Iterator[Said]:
    """Questions and their topics: the ones that are tested one by one, and the ones that only teach."""
    for file in sorted((HERE / "replies").glob("*.jsonl")):
        for row in map(json.loads, file.read_text("utf-8").splitlines()):
            if row["intents"] == ["question"] and "topic" in row["slots"]:
                yield said(row["text"], [row["slots"]["topic"]], row.get("context"))
    for file in sorted((HERE / "asked").glob("*.tsv")):
        for line in file.read_text("utf-8").splitlines():
            topic, text = line.split("\t")
            yield said(text, [topic])


def learn(replies: Sequence[Said], meanings: Sequence[Meaning], rounds: int = ROUNDS) -> Leanings[Meaning]:
    """The weights that tell these replies apart, after going through them so many times."""
    often = Counter(trait for reply in replies for trait in reply.traits)
    known = {trait for trait, times in often.items() if times > max(1, trait.count(" "))}
    found = [[trait for trait in sorted(reply.traits) if trait in known] for reply in replies]
    names = tuple(map(str, meanings))
    rows = {trait: [0.0] * len(names) for trait in known} | {ALWAYS: [-2.0] * len(names)}
    for round_ in range(rounds):
        rate = 0.25 / (1 + round_ / 2)
        for step in range(len(replies)):
            at = step * STRIDE % len(replies)
            meant = [name in replies[at].meant for name in names]
            _adjust([rows[trait] for trait in found[at]], rows[ALWAYS], replies[at], meant, rate)
    return Leanings(tuple(meanings), {trait: tuple(row) for trait, row in rows.items()})


def _adjust(
    held: list[list[float]], always: list[float], reply: Said, meant: list[bool], rate: float
) -> None:
    scale = 1 / math.sqrt(1 + len(reply.traits))
    totals = [sum(column) for column in zip(*held, strict=True)] or [0.0] * len(always)
    for at, (is_meant, total) in enumerate(zip(meant, totals, strict=True)):
        off = is_meant - chance(always[at] + scale * total)
        if abs(off) > 0.03:  # near enough; most meanings are, for most replies
            always[at] += 0.3 * rate * off
            step = 4 * rate * scale * off
            for row in held:
                row[at] += step


def table(learned: Leanings[Meaning]) -> str:
    """The weights as text, without the ones that say next to nothing."""
    lines = []
    for trait, row in sorted(learned.rows.items()):
        kept = [
            f"{meaning}={weight:.1f}"
            for meaning, weight in zip(learned.meanings, row, strict=True)
            if abs(weight) >= LEAST or trait == ALWAYS
        ]
        if kept:
            lines.append("\t".join((trait, *kept)))
    return "\n".join(lines) + "\n"


def digest() -> str:
    """What the tables are made from: a test compares it, since the last decimal may differ by machine."""
    made_from = hashlib.sha256(Path(__file__).read_bytes())
    for file in sorted(
        [*(HERE / "replies").glob("*.jsonl"), *HERE.glob("said/*.tsv"), *HERE.glob("asked/*.tsv")]
    ):
        made_from.update(file.read_bytes())
    return made_from.hexdigest()


def write() -> None:
    """Makes both tables anew."""
    made_from = f"{MADE_FROM}\t{digest()}\n"
    TABLE.write_text(made_from + table(learn(labelled(), tuple(Intent))), "utf-8")
    TOPICS.write_text(made_from + table(learn(list(asked()), QUESTIONED)), "utf-8")


if __name__ == "__main__":
    write()
