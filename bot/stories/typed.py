"""What a person of the shop typed, made ready to go: its lines kept, and greeted with once."""

from __future__ import annotations

import re
from typing import Final

# Below what is typed stands the shop's greeting, or only its name when the greeting was typed as well.
PLAIN: Final = "by-hand"
SIGNED: Final = "by-hand-signed"
# Goes below either of them when the payer can pay with it.
PAY_BELOW: Final = "pay-below"
_KIND: Final = r"(?:(?:met\s+)?(?:vriendelijke|hartelijke|hartelijk|lieve|beste|warme)\s+)?"
_GREETING: Final = re.compile(
    r"(?:^|[.!?…)]\s+|\n\s*)"
    rf"(?P<greeting>{_KIND}groet(?:en|jes)?|m\.?v\.?g\.?|gr\.?"
    r"|(?:(?:kind|best|warm)\s+)?regards|best\s+wishes|yours\s+sincerely|sincerely|cheers)"
    r"(?=[\s,.!]|$)[,.!]*(?P<name>[^.!?]{0,60})[.!]*$",
    re.IGNORECASE,
)
_SPACES: Final = re.compile(r"[^\S\n]+")
_MANY_LINES: Final = re.compile(r"\n{3,}")


def tidied(typed: str) -> str:
    """Return `typed` with its lines as they were: no spaces around them, at most one empty in a row."""
    lines = _SPACES.sub(" ", "\n".join(typed.splitlines())).split("\n")
    return _MANY_LINES.sub("\n\n", "\n".join(line.strip() for line in lines)).strip()


def signed(typed: str, merchant: str) -> tuple[str, str]:
    """Return the message that says `typed` for `merchant`, and the words that it still has to say.

    A greeting with a name of its own stays, and only the shop's name comes below it; a greeting without one,
    or in the shop's name, makes way for the shop's own.
    """
    found = _GREETING.search(typed)
    before = typed[: found.start("greeting")] if found is not None else ""
    if found is None or not before.strip():
        return PLAIN, typed
    ours = rf"(?:\b(?:van|namens|from|at|of)\s+)?{re.escape(merchant)}\W*$"
    name = re.sub(ours, "", found["name"], flags=re.IGNORECASE).strip(" \n,-")
    if not name:
        return PLAIN, before.rstrip()
    end = found.start("name") + found["name"].index(name) + len(name)
    return SIGNED, typed[:end]
