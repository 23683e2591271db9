"""Keeps WhatsApp's Content at Twilio complete, and knows which of it WhatsApp has approved."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from twilio.rest.content.v1.content import ContentList
from twilio.rest.content.v1.content.approval_create import ApprovalCreateList

from core.clock import stopwatch
from core.log import logger
from messages.channels import Failure
from messages.channels.twilio_client import not_sent
from messages.channels.whatsapp_content import Draft

_log = logger(__name__)
_MOST_CONTENT: Final = 2000
_PAGE: Final = 100
_AT_ONCE: Final = 8
_CATEGORY: Final = "UTILITY"
_REFUSED: Final = frozenset({"rejected", "paused", "disabled"})
_ABSENT: Final = "20404"


class _Stopped(Exception):
    """Twilio does not answer; there is no use in asking for the rest."""


@dataclass
class _Kept:
    """A draft that is at Twilio. `asked_at` is when we last asked about its approval, by the stopwatch."""

    sid: str
    approved: bool = False
    asked_at: float = float("-inf")


class Shelf:
    """The Content of one account, through `contents`, the client's own list of it.

    `patience` is the least number of seconds between two tries at something, `limit` how many one may take.
    """

    def __init__(
        self,
        contents: Any,  # noqa: ANN401 - twilio is not typed
        drafts: Iterable[Draft],
        *,
        patience: float,
        limit: float,
    ) -> None:
        self._contents = contents
        self._drafts: Mapping[str, Draft] = {draft.name: draft for draft in drafts}
        self._kept: dict[str, _Kept] = {}
        self._patience = patience
        self._limit = limit
        self._stocked_at = float("-inf")
        self._lock = asyncio.Lock()

    async def stock(self, limit: float) -> None:
        """Create what is missing and submit it, for at most `limit` seconds; what fails is left for later."""
        self._stocked_at = stopwatch()
        try:
            async with asyncio.timeout(limit):
                await self._stock()
        except (TimeoutError, _Stopped):
            _log.warning(
                "WhatsApp templates are not complete yet", missing=len(self._drafts) - len(self._kept)
            )

    async def _stock(self) -> None:
        # Newest first, so of two with one name the oldest stays: it was submitted first.
        listed = await self._ask(self._contents.list_async(limit=_MOST_CONTENT, page_size=_PAGE))
        found = {content.friendly_name: content.sid for content in listed or ()}
        missing = [draft for name, draft in self._drafts.items() if name not in self._kept]
        for first in range(0, len(missing), _AT_ONCE):
            some = missing[first : first + _AT_ONCE]
            calls = [self._keep(draft, found.get(draft.name)) for draft in some]
            trouble = await asyncio.gather(*calls, return_exceptions=True)
            for error in filter(None, trouble):
                raise error

    async def _keep(self, draft: Draft, sid: str | None) -> None:
        if sid is None:
            body = {
                "friendly_name": draft.name,
                "language": draft.language,
                "types": dict(draft.types),
                "variables": dict(draft.samples),
            }
            created = await self._ask(
                self._contents.create_async(ContentList.ContentCreateRequest(body)), draft.name
            )
            if created is None:
                return
            sid = str(created.sid)
        kept = self._kept[draft.name] = _Kept(sid)
        if draft.needs_approval:
            await self._look_at(draft, kept)

    async def _look_at(self, draft: Draft, kept: _Kept) -> None:
        """Ask how the approval stands; submit what was not submitted."""
        kept.asked_at = stopwatch()
        content = self._contents(kept.sid)
        status = await self._status(draft, content)
        if status == "unsubmitted":
            wish = {"name": draft.name, "category": _CATEGORY}
            request = ApprovalCreateList.ContentApprovalRequest(wish)
            await self._ask(content.approval_create.create_async(request), draft.name)
            status = await self._status(draft, content)
        kept.approved = status == "approved"
        if status in _REFUSED:
            _log.error("WhatsApp does not allow a template", template=draft.name, status=status)
        if status is None:
            self.forget(draft)

    async def _status(self, draft: Draft, content: Any) -> str | None:  # noqa: ANN401 - twilio is not typed
        """How the approval stands, in Twilio's words; None when Twilio has no such Content."""
        answer = await self._ask(content.approval_fetch().fetch_async(), draft.name)
        return None if answer is None else (answer.whatsapp or {}).get("status") or "unsubmitted"

    async def _ask(self, call: Any, name: str = "") -> Any:  # noqa: ANN401 - twilio is not typed
        """Await a call; None when Twilio refused it. Raises _Stopped when Twilio cannot be asked now."""
        try:
            return await call
        except Exception as error:
            says = not_sent(error)
            _log.warning("WhatsApp template", template=name, code=says.code, error=str(error))
            if says.failure in {Failure.LATER, Failure.UNKNOWN} and says.code != _ABSENT:
                raise _Stopped from error
            return None

    async def sid_of(self, draft: Draft) -> str | None:
        """Return the sid to send with; None while it is not there, or not approved though it must be."""
        if self._usable(draft) is None:
            async with self._lock:
                await self._look_again(draft)
        return self._usable(draft)

    def _usable(self, draft: Draft) -> str | None:
        kept = self._kept.get(draft.name)
        return kept.sid if kept and (kept.approved or not draft.needs_approval) else None

    async def _look_again(self, draft: Draft) -> None:
        """Try again what did not succeed before, but not with every message."""
        if draft.name not in self._kept and stopwatch() - self._stocked_at >= self._patience:
            await self.stock(self._limit)
        kept = self._kept.get(draft.name)
        if kept and draft.needs_approval and stopwatch() - kept.asked_at >= self._patience:
            with suppress(TimeoutError, _Stopped):
                async with asyncio.timeout(self._limit):
                    await self._look_at(draft, kept)

    def forget(self, draft: Draft) -> None:
        """Twilio no longer knows this Content, or WhatsApp no longer allows it: look again next time."""
        self._kept.pop(draft.name, None)
