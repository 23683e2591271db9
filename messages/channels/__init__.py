"""Ways to send and receive words: each channel is one adapter file and one line in this registry."""

from __future__ import annotations

import importlib
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar, Final

from core.config import Settings

REGISTRY: Final[Mapping[str, str]] = {
    "whatsapp": "messages.channels.whatsapp:WhatsApp",
    "sms": "messages.channels.sms:Sms",
    "telegram": "messages.channels.telegram:Telegram",
}


@dataclass(frozen=True)
class Button:
    """Something to tap: `url` opens an address, else tapping says `answer` as if it were typed."""

    label: str
    answer: str = ""
    url: str = ""


@dataclass(frozen=True)
class Parcel:
    """One message, ready for a channel to send.

    `template` and `values` are for channels that need an approved template; `body` is the same in words.
    `window_open` says that the payer wrote within the channel's window. `token` occurs in the body and
    in no other message, so that a lost send can be found. `status_path` is appended to the channel's
    status webhook. `image_url` is the public address of the QR code, `qr` the link and the colour that
    it is made of, and `image` its PNG bytes, made just before it goes to a channel that uploads images.
    `target_id` is the provider's id of the message to change, for `edit`. `choices` are lines that say what
    the buttons offer, for when they cannot be shown.
    """

    outgoing_id: str
    attempt: int
    to: str
    body: str
    template: str
    language: str
    formality: str
    values: Mapping[str, str] = field(default_factory=dict)
    buttons: tuple[Button, ...] = ()
    image: bytes | None = None
    image_url: str = ""
    qr: tuple[str, str] | None = None
    window_open: bool = False
    token: str = ""
    status_path: str = ""
    target_id: str = ""
    target_has_image: bool = False
    choices: tuple[str, ...] = ()


class Failure(StrEnum):
    """What a provider's error means for the message: the error tables of the channels give one of these."""

    NEVER = "never"
    OTHER_CHANNEL = "other channel"
    LATER = "later"
    UNKNOWN = "unknown"


class NotSent(Exception):
    """A send that did not end well; `failure` says what to do, `code` is the provider's own.

    `retry_after` is in seconds, for LATER. `unusable` says that this address can never be used.
    """

    def __init__(
        self, failure: Failure, code: str, *, retry_after: float | None = None, unusable: bool = False
    ) -> None:
        super().__init__(f"{code}: {failure}")
        self.failure = failure
        self.code = code
        self.retry_after = retry_after
        self.unusable = unusable


@dataclass(frozen=True)
class Knock:
    """A request at a webhook: the public address it was sent to, its headers in lower case, its raw body."""

    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Envelope:
    """What a verified knock brought: the provider's id of the event, and the text to keep."""

    event_id: str
    payload: str


@dataclass(frozen=True)
class Inbound:
    """A payer's word. `kind` is text, button, start (Telegram's /start), blocked or unblocked.

    `event_id` identifies it at the provider, `reply_to` is the provider's id of the message it answers,
    `answer_id` what `acknowledge` needs. `sent_at` is when it was said, where the provider tells that.
    """

    kind: str
    sender: str
    text: str
    event_id: str
    reply_to: str = ""
    start_token: str = ""
    answer_id: str = ""
    sent_at: datetime | None = None


@dataclass(frozen=True)
class Receipt:
    """What a provider tells about a message we sent.

    `status` is sent, delivered, read or failed; for failed, `failure` and `code` say why.
    `outgoing_id` is known when the provider called the `status_path` of the parcel.
    """

    provider_id: str
    status: str
    outgoing_id: str = ""
    failure: Failure | None = None
    code: str = ""
    unusable: bool = False


class Channel(ABC):
    """A way to send words and to receive them.

    `provider` names the door that its webhooks knock at; channels may share one.
    `window` is how long after a payer's last word free text may be sent (None: always);
    `pace` the least time between two messages to one chat; `can_find` whether `find` can tell
    what became of a lost send; `shows_images` whether a QR code can be shown,
    `uploads_images` whether its bytes are sent along.
    """

    name: ClassVar[str]
    provider: ClassVar[str]
    window: ClassVar[timedelta | None] = None
    pace: ClassVar[timedelta] = timedelta(seconds=1)
    can_find: ClassVar[bool] = False
    can_edit: ClassVar[bool] = False
    shows_images: ClassVar[bool] = True
    uploads_images: ClassVar[bool] = False
    plain_sms: ClassVar[bool] = False
    most_buttons: ClassVar[int] = 0

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @property
    def bot_name(self) -> str:
        """The name with which payers open the chat, once the provider told it; else empty."""
        return ""

    @classmethod
    @abstractmethod
    def enabled(cls, settings: Settings) -> bool:
        """Whether the settings ask for this channel."""

    async def start(self, templates: Sequence[Template]) -> None:
        """Make ready to send, in the sender's event loop; register `templates` where that is needed."""

    async def close(self) -> None:
        """Let go of connections."""

    @abstractmethod
    async def send(self, parcel: Parcel) -> str:
        """Send once and return the provider's id. Raises NotSent."""

    async def edit(self, parcel: Parcel) -> None:
        """Change the message `parcel.target_id` into `parcel.body`, without buttons. Raises NotSent."""
        raise NotSent(Failure.NEVER, f"{self.name} cannot edit")

    async def find(self, parcel: Parcel, since: datetime) -> Receipt | None:
        """Look for a send whose outcome is unknown; None when there is no trace of it. Raises NotSent."""
        raise NotSent(Failure.NEVER, f"{self.name} cannot look up")

    async def acknowledge(self, inbound: Inbound) -> None:
        """Tell the provider that a tap was seen, where it wants that. Never raises for a late answer."""

    @abstractmethod
    def verify(self, knock: Knock) -> Sequence[Envelope]:
        """Return what a knock at the message door brought. Raises core.errors.Untrusted."""

    @abstractmethod
    def read(self, payload: str) -> Inbound | Receipt | None:
        """Make sense of a kept payload; None when it is nothing for us. Raises ValueError when broken."""


@dataclass(frozen=True)
class Template:
    """A message kind in one language and formality, with numbered places `{{1}}` for its facts in order."""

    name: str
    language: str
    formality: str
    body: str
    facts: tuple[str, ...]
    examples: tuple[str, ...]
    buttons: tuple[str, ...] = ()
    image: bool = False


def load(name: str) -> type[Channel]:
    """Return the adapter class called `name`; its client library is imported only when it is used."""
    module, _, cls = REGISTRY[name].partition(":")
    adapter: type[Channel] = getattr(importlib.import_module(module), cls)
    return adapter


def enabled(settings: Settings) -> dict[str, Channel]:
    """Return the channels that the settings ask for, by name."""
    classes = {name: load(name) for name in REGISTRY}
    return {name: cls(settings) for name, cls in classes.items() if cls.enabled(settings)}
