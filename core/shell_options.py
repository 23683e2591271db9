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
    click.option(
        "--password",
        prompt="Password",
        hide_input=True,
        confirmation_prompt=True,
        help="The owner's, at least 12 characters; better left out: it is asked for, unseen.",
    ),
    click.option("--phone", default="", help="The number that payers know, for when they doubt a message."),
    click.option("--website", default="", help="The merchant's own site, for the same."),
    click.option("--color", default="", help="The merchant's colour, such as #0b6e4f."),
)

_MERCHANT: Final = click.option(
    "--merchant", default=None, help="The merchant's id or name; needed when there are more."
)

OF_USER: Final = _options(
    click.option("--email", default="", help="Whose login; without it, everybody is listed."),
    click.option("--name", default="", help="Their name, as the timeline shows it."),
    click.option("--role", type=click.Choice(["agent", "owner"]), default="agent", show_default=True),
    _MERCHANT,
    click.option("--password", default="", help="Better left out: it is asked for, unseen."),
    click.option("--disable", "deed", flag_value="disable", help="Let them in no more, from now on."),
    click.option("--reset", "deed", flag_value="reset", help="Give a new password, and let them in again."),
)

OF_API_KEY: Final = _options(
    click.option("--name", default="", help="Of which system; without it, the keys are listed."),
    _MERCHANT,
    click.option("--revoke", is_flag=True, help="Refuse the key with this name, from now on."),
)

OF_REQUEST: Final = _options(
    _MERCHANT,
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

# By command: fields by which problems are told, or beginnings of them, and the options they came from.
FIELDS: Final[Mapping[str | None, Mapping[str, str]]] = {
    "init": {"name": "merchant"},  # the owner is called after the merchant
    "request": {
        "description": "for",
        "due_date": "due",
        "send_at": "send-at",
        "payer.channels.": "channel",
        "payer.name": "name",
        "payer.phone": "phone",
    },
}
