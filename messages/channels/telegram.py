"""Telegram through a bot: words, a picture with a caption, buttons, and messages that change when paid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from core.config import Settings
from messages.channels import Channel, Envelope, Failure, Inbound, Knock, NotSent, Parcel, Receipt, Template
from messages.channels import telegram_door as door

if TYPE_CHECKING:
    from messages.channels.telegram_line import Line


class Telegram(Channel):
    """One bot. It may only write to those who began, and cannot look up what it sent. Times are seconds."""

    name = "telegram"
    provider = "telegram"
    uploads_images = True
    can_edit = True
    most_buttons = 8
    connect_seconds: ClassVar[float] = 3.0
    total_seconds: ClassVar[float] = 10.0
    upload_seconds: ClassVar[float] = 20.0
    patience_seconds: ClassVar[float] = 60.0
    _line: Line | None = None

    @classmethod
    def enabled(cls, settings: Settings) -> bool:
        return bool(settings.telegram_bot_token)

    async def start(self, templates: Sequence[Template]) -> None:  # noqa: ARG002 - Telegram needs no templates
        from messages.channels.telegram_line import Limits, Line

        limits = Limits(self.connect_seconds, self.total_seconds, self.upload_seconds, self.patience_seconds)
        self._line = Line(self.settings, limits)
        await self._line.open()

    async def close(self) -> None:
        if self._line is not None:
            await self._line.close()
            self._line = None

    @property
    def bot_name(self) -> str:
        return self._line.username if self._line is not None else ""

    async def send(self, parcel: Parcel) -> str:
        return await self._ready().send(parcel)

    async def edit(self, parcel: Parcel) -> None:
        await self._ready().edit(parcel)

    async def acknowledge(self, inbound: Inbound) -> None:
        if inbound.answer_id and self._line is not None:
            await self._line.acknowledge(inbound.answer_id)

    def _ready(self) -> Line:
        if self._line is None:
            raise NotSent(Failure.LATER, "not started")
        return self._line

    def verify(self, knock: Knock) -> Sequence[Envelope]:
        return door.verify(self.settings, knock)

    def read(self, payload: str) -> Inbound | Receipt | None:
        return door.read(payload)
