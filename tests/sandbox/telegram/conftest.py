"""The official bot, unchanged but for its base address, for the length of one story."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest
from telegram import Bot

from sandbox.server import Running

T = TypeVar("T")
Story = Callable[[Bot], Awaitable[T]]


class Telling:
    """`telling(story)` runs `await story(bot)` with a bot that is logged in."""

    def __init__(self, sandbox: Running, token: str) -> None:
        self._base = sandbox.url
        self._token = token

    def __call__(self, story: Story[T]) -> T:
        async def tell() -> T:
            bot = Bot(
                self._token,
                base_url=f"{self._base}/bot",
                base_file_url=f"{self._base}/file/bot",
            )
            async with bot:
                return await story(bot)

        return asyncio.run(tell())


@pytest.fixture
def telling(sandbox: Running) -> Telling:
    return Telling(sandbox, sandbox.world.settings.telegram_token)
