"""A yes to our question which request is meant tells nothing: the same is asked once more, in plain words."""

from __future__ import annotations

from bot.stories.look import Meant
from bot.stories.open_requests import open_requests
from bot.stories.said import Said, answers_to
from bot.stories.thread import WHICH, Thread
from bot.stories.understood import put_off
from bot.understanding import Intent
from core.db import Tx


def agreed_to_which(tx: Tx, said: Said, thread: Thread, meant: Meant) -> Meant | None:
    """Return the doubt that stands after a bare yes to our question; None for all other words.

    What the payer wanted before that question goes on waiting for the choice.
    """
    question = next((row for row in said.here if answers_to(row)), None)
    if question is None or question.template not in WHICH or list(thread.last[:1]) != [question.template]:
        return None
    if meant.heard.picked is not None or set(meant.heard.reading.intents) != {Intent.AFFIRM}:
        return None
    listed = [option for option in question.options or () if option["kind"] != "all"]
    open_now = {request.id for request in open_requests(tx, said.place)}
    ids = tuple(str(option["about"]) for option in listed if option["about"] in open_now)
    if len(ids) < 2:
        return None
    waits = put_off(tx, answers_to(question), str(listed[0]["says"]), meant.heard.reading.language)
    return Meant(ids, waits, doubt=True, others=True)
