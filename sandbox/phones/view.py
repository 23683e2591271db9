"""Which threads the phones page shows, kept in its address so that it works without a script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import parse_qsl, urlencode

# As they stand on the page, from left to right.
PHONES: Final = ("whatsapp", "sms", "telegram")


@dataclass(frozen=True)
class View:
    """`chosen` is a person's address by channel; `reply` is a channel and the message it answers."""

    chosen: Mapping[str, str] = field(default_factory=dict)
    reply: tuple[str, str] = ("", "")

    @classmethod
    def read(cls, query: Mapping[str, str]) -> View:
        """Read what an address says; whatever it says too much is left out."""
        chosen = {channel: query[channel] for channel in PHONES if query.get(channel)}
        channel, _, message = query.get("reply", "").partition(".")
        return cls(chosen, (channel, message) if channel in PHONES and message else ("", ""))

    @classmethod
    def unpack(cls, query: str) -> View:
        """Read what `packed` wrote."""
        return cls.read(dict(parse_qsl(query)))

    @property
    def packed(self) -> str:
        query = dict(self.chosen)
        if self.reply[1]:
            query["reply"] = ".".join(self.reply)
        return urlencode(query)

    @property
    def url(self) -> str:
        return f"/phones?{self.packed}" if self.packed else "/phones"

    def choosing(self, channel: str, who: str) -> View:
        """The same view with someone else's thread on one phone, and no answer begun there."""
        kept = ("", "") if self.reply[0] == channel else self.reply
        return replace(self, chosen={**self.chosen, channel: who}, reply=kept)

    def replying(self, channel: str, message: str) -> View:
        """The same view with an answer to one message begun, or none for an empty `message`."""
        return replace(self, reply=(channel, message) if message else ("", ""))

    def reply_on(self, channel: str) -> str:
        """The message that is being answered on a phone, if any."""
        return self.reply[1] if self.reply[0] == channel else ""
