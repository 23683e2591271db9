"""What stands in the documents and follows from the code; run as a program it writes that anew.

.venv/bin/python tests/docs/tables.py
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import click

ROOT: Final = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from core.config import SETTINGS, Setting  # noqa: E402 - only found once the path is set
from messages import outbox  # noqa: E402 - idem
from payments import lifecycle  # noqa: E402 - idem
from tests.docs.dialogue.drawing import table  # noqa: E402 - idem
from tests.docs.dialogue.page import BLOCKS  # noqa: E402 - idem

# What stands in .env.example where a value is needed: nothing that could ever work.
TO_BE_FILLED_IN: Final = "change-me"
_END: Final = "\n<!-- end -->"
_HEAD: Final = """\
# Copy this file to .env and fill it in; `python app.py check` names what is still missing or wrong.
# Secrets may also stand in a file of their own: NAME_FILE=/path/to/it instead of NAME=value.
"""


def settings() -> str:
    """Every setting with its default and its purpose; secrets are marked."""
    rows = [(f"`{s.name}`", _default(s), f"{s.purpose}{' (secret)' if s.secret else ''}") for s in SETTINGS]
    return table(("Setting", "Default", "What it is for"), rows)


def _default(setting: Setting) -> str:
    if setting.default is None:
        return "**needed**"
    return f"`{setting.default}`" if setting.default else "–"


def commands() -> str:
    """Every command with its options, those that are needed first."""
    from app import cli

    rows = [(f"`{name}`", _options(command), command.help or "") for name, command in cli.commands.items()]
    return table(("`python app.py …`", "Options", "What it does"), rows)


def _options(command: click.Command) -> str:
    options = [option for option in command.params if isinstance(option, click.Option)]
    ordered = sorted(options, key=lambda option: not option.required)
    return " ".join(f"`{o.opts[0]}`{'' if o.required else '?'}" for o in ordered) or "–"


def request_statuses() -> str:
    return _statuses(lifecycle.MEANING)


def message_statuses() -> str:
    return _statuses(outbox.MEANING)


def _statuses(meaning: Mapping[lifecycle.Status, str] | Mapping[outbox.Sending, str]) -> str:
    return table(("Status", "Meaning"), [(f"`{status}`", text) for status, text in meaning.items()])


TABLES: Final[Mapping[str, Callable[[], str]]] = {
    "settings": settings,
    "commands": commands,
    "request statuses": request_statuses,
    "message statuses": message_statuses,
}


# The documents with pieces that are drawn, and what draws each.
DOCUMENTS: Final[Mapping[str, Mapping[str, Callable[[], str]]]] = {
    "README.md": TABLES,
    "docs/dialogue.md": BLOCKS,
}


def between(text: str, name: str) -> str:
    """Return what stands in a document between the marks of the piece `name`."""
    _, found, after = text.partition(_mark(name))
    drawn, end, _ = after.partition(_END)
    if not found or not end:
        raise ValueError(f"there are no marks for {name}")
    return drawn


def redrawn(text: str, name: str, drawn: str) -> str:
    """Return `text` with `drawn` between the marks of the piece `name`."""
    old = f"{_mark(name)}{between(text, name)}{_END}"
    return text.replace(old, f"{_mark(name)}{drawn}{_END}")


def _mark(name: str) -> str:
    return f"<!-- {name} -->\n"


def env_example() -> str:
    """Return .env.example: every setting, once, with its default or a value that is refused."""
    parts = [f"# {s.purpose}.\n{s.name}={_placeholder(s)}\n" for s in SETTINGS]
    return "\n".join([_HEAD, *parts])


def _placeholder(setting: Setting) -> str:
    return TO_BE_FILLED_IN if setting.default is None else setting.default


def main() -> None:
    for name, pieces in DOCUMENTS.items():
        text = (ROOT / name).read_text(encoding="utf-8")
        for piece, draw in pieces.items():
            text = redrawn(text, piece, draw())
        (ROOT / name).write_text(text, encoding="utf-8")
    (ROOT / ".env.example").write_text(env_example(), encoding="utf-8")


if __name__ == "__main__":
    main()
