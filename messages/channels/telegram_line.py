"""The line to Telegram: sends, changes and acknowledges over one bot. Loaded by senders only."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from telegram import Bot
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from core.clock import stopwatch
from core.config import Settings
from core.log import logger
from messages.channels import Failure, NotSent, Parcel
from messages.channels.telegram_door import UPDATES, WEBHOOK
from messages.channels.telegram_errors import not_sent, says
from messages.channels.telegram_letter import as_html, fits_caption, keyboard, words
from messages.channels.telegram_transport import AiohttpRequest

_log = logger(__name__)
_OFFICIAL_HOST: Final = "api.telegram.org"


@dataclass(frozen=True)
class Limits:
    """In seconds: to connect, for a call, for a call with a picture, between two introductions."""

    connect: float
    total: float
    upload: float
    patience: float


class Line:
    """One bot and its connections; open and close it within the same event loop."""

    def __init__(self, settings: Settings, limits: Limits) -> None:
        self.username = ""
        self._settings = settings
        self._patience = limits.patience
        self._request = AiohttpRequest(connect=limits.connect, total=limits.total, upload=limits.upload)
        self._bot = Bot(
            settings.telegram_bot_token,
            base_url=f"{settings.telegram_api_url}/bot",
            base_file_url=f"{settings.telegram_api_url}/file/bot",
            request=self._request,
            get_updates_request=self._request,
        )
        # The real Telegram is stricter about addresses than a stand-in.
        self._official = urlsplit(settings.telegram_api_url).hostname == _OFFICIAL_HOST
        self._introduced = False
        self._tried_at = float("-inf")

    async def open(self) -> None:
        await self._request.initialize()
        await self._introduce()

    async def close(self) -> None:
        await self._request.shutdown()

    async def _introduce(self) -> None:
        """Learn the bot's name and set the webhook; what fails is tried again, but not with every message."""
        if self._introduced or stopwatch() - self._tried_at < self._patience:
            return
        self._tried_at = stopwatch()
        try:
            self.username = (await self._bot.get_me()).username or ""
            await self.ensure_webhook()
            self._introduced = True
        except Exception as error:  # noqa: BLE001 - whatever it is, messages can still be sent
            _log.warning("Telegram: not introduced yet", code=not_sent(error).code)

    async def ensure_webhook(self) -> None:
        """Have Telegram knock at our door, unless it could not reach it. Raises TelegramError."""
        if self._official and self._settings.public_is_loopback:
            return
        await self._bot.set_webhook(
            f"{self._settings.public_url}{WEBHOOK}",
            secret_token=self._settings.telegram_webhook_secret,
            allowed_updates=UPDATES,
        )

    async def send(self, parcel: Parcel) -> str:
        """Send once and return the message's id within its chat. Raises NotSent."""
        text = words(parcel, official=self._official)
        buttons = keyboard(parcel.buttons, official=self._official)
        await self._introduce()
        try:
            if parcel.image and fits_caption(text):
                message = await self._bot.send_photo(
                    parcel.to,
                    parcel.image,
                    caption=as_html(text),
                    parse_mode=ParseMode.HTML,
                    reply_markup=buttons,
                )
            else:
                message = await self._bot.send_message(
                    parcel.to, as_html(text), parse_mode=ParseMode.HTML, reply_markup=buttons
                )
            return str(message.message_id)
        except Exception as error:
            raise not_sent(error) from error

    async def edit(self, parcel: Parcel) -> None:
        """Change an earlier message, without its buttons. Raises NotSent."""
        if not parcel.target_id.isdigit():
            raise NotSent(Failure.NEVER, "not a message of Telegram's")
        # A picture whose caption would have been too long was sent as words, so either may be there.
        ways = [self._edit_text, self._edit_caption]
        if parcel.target_has_image:
            ways.reverse()
        try:
            for way in ways:
                if await _edited(way, parcel):
                    return
        except Exception as error:
            raise not_sent(error) from error
        raise NotSent(Failure.NEVER, "nothing to edit")

    async def _edit_text(self, parcel: Parcel) -> None:
        await self._bot.edit_message_text(
            as_html(parcel.body), parcel.to, int(parcel.target_id), parse_mode=ParseMode.HTML
        )

    async def _edit_caption(self, parcel: Parcel) -> None:
        await self._bot.edit_message_caption(
            parcel.to, int(parcel.target_id), caption=as_html(parcel.body), parse_mode=ParseMode.HTML
        )

    async def acknowledge(self, answer_id: str) -> None:
        try:
            await self._bot.answer_callback_query(answer_id)
        except TelegramError as error:
            # Too late, most often: the phone has stopped waiting by itself.
            _log.info("Telegram: a tap was not acknowledged", code=error.message)


async def _edited(way: Callable[[Parcel], Awaitable[None]], parcel: Parcel) -> bool:
    """Whether the message now says what it should; False when it has no such part to change."""
    try:
        await way(parcel)
    except BadRequest as error:
        if says(error, "message is not modified"):
            return True
        if says(error, "there is no"):
            return False
        raise
    return True
