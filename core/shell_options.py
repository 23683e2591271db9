"""The options of the commands that take many, and the fields that they become elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

import click

_Command = TypeVar("_Command", bound=Callable[..., Any])
Options = Callable[[_Command], _Command]


def _options(*all_of_them: Options[Any]) -> Options[Any]:
    def on(command: _Command) -> _Command:
        for option in reversed(all_of_them):
            command = option(command)
        return command

    return on


OF_INIT: Final = _options(
    click.option("--merchant", required=True, help="The merchant's name, as payers know it."),
    click.option("--email", required=True, help="The owner's e-mail address."),
    click.option("--password", required=True, help="The owner's password; at least 12 characters."),
    click.option("--phone", default="", help="The number that payers know, for when they doubt a message."),
    click.option("--website", default="", help="The merchant's own site, for the same."),
    click.option("--color", default="", help="The merchant's colour, such as #0b6e4f."),
)

OF_REQUEST: Final = _options(
    click.option("--merchant", default=None, help="The merchant's id or name; needed when there are more."),
    click.option("--phone", required=True, help="Such as 0612345678 or +31612345678."),
    click.option("--name", required=True, help="The payer's name."),
    click.option("--amount", required=True, help="Such as 42.50 or 42,50."),
    click.option("--for", "description", required=True, help="What it is for, as the payer will read it."),
    click.option("--reference", required=True, help="Your own number for it, such as an invoice."),
    click.option("--due", default=None, help="The due date, such as 2026-12-01."),
    click.option("--send-at", default=None, help="Local time, such as 2026-11-25T09:00; now when absent."),
    click.option("--language", type=click.Choice(["nl", "en"]), default=None),
    click.option("--formality", type=click.Choice(["u", "je"]), default=None),
    click.option("--channel", "channels", multiple=True, help="In order of preference; may be repeated."),
)

# Fields by which problems are told, or beginnings of them, and the options that they came from.
FIELDS_OF_INIT: Final[Mapping[str, str]] = {"name": "merchant"}  # the owner is called after the merchant
FIELDS_OF_REQUEST: Final[Mapping[str, str]] = {
    "description": "for",
    "due_date": "due",
    "send_at": "send-at",
    "payer.channels.": "channel",
    "payer.name": "name",
    "payer.phone": "phone",
}
