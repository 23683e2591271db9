"""The generated pieces of docs/dialogue.md, by the name of their marks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from tests.dialogues.scripts import FOLDER, title
from tests.docs.dialogue import choosing, messages, readings
from tests.docs.dialogue.data import examples


def whole_dialogues() -> str:
    """A few of the scripts that are played in the tests, as they stand."""
    return "\n\n".join(_dialogue(name) for name in examples("dialogues")["names"])


def _dialogue(name: str) -> str:
    path = FOLDER / f"{name}.txt"
    _, _, script = path.read_text(encoding="utf-8").partition("\n")
    return f"### {title(path)}\n\n```text\n{script.strip()}\n```"


BLOCKS: Final[Mapping[str, Callable[[], str]]] = {
    "fixed day": readings.fixed_day,
    "intents": readings.intents,
    "moves": readings.moves,
    "contexts": readings.contexts,
    "days": readings.days,
    "doubtful days": readings.doubtful_days,
    "asked back": readings.asked_back,
    "policy": choosing.policy,
    "answers": messages.answers,
    "on each channel": choosing.on_each_channel,
    "replies": choosing.replies,
    "kinds": choosing.kinds,
    **{f"road {name}": partial(messages.road, name) for name in examples("roads")},
    "others": messages.others,
    "dialogues": whole_dialogues,
}
