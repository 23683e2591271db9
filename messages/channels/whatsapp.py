"""WhatsApp through Twilio: free words within 24 hours of the payer's last, approved templates outside."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from core.config import Settings
from messages.channels import Button, Failure, NotSent, Parcel, Template
from messages.channels.twilio_account import TwilioChannel
from messages.channels.twilio_door import WHATSAPP
from messages.channels.whatsapp_content import (
    LONGEST_BODY,
    MOST_ITEMS,
    Draft,
    answer_draft,
    answer_values,
    draft_of,
    list_draft,
    list_values,
    template_values,
    words,
)

if TYPE_CHECKING:
    from messages.channels.whatsapp_shelf import Shelf

_Key = tuple[str, str, str]
# Twilio no longer knows the Content, or WhatsApp no longer takes it.
_STALE = frozenset({"21655", "63027"})


class WhatsApp(TwilioChannel):
    """Messages with reply buttons and pictures. Times are seconds."""

    name = "whatsapp"
    prefix = WHATSAPP
    window = timedelta(hours=24)
    most_buttons = 3
    stock_seconds: ClassVar[float] = 60.0
    patience_seconds: ClassVar[float] = 60.0

    _shelf: Shelf | None = None

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._templates: dict[_Key, Template] = {}
        self._answers: dict[tuple[int, bool], Draft] = {}

    @classmethod
    def enabled(cls, settings: Settings) -> bool:
        return bool(settings.twilio_whatsapp_from)

    @property
    def sender(self) -> str:
        return self.settings.twilio_whatsapp_from

    async def start(self, templates: Sequence[Template]) -> None:
        from messages.channels.whatsapp_shelf import Shelf

        await super().start(templates)
        url = self.settings.public_url
        self._templates = {(t.name, t.language, t.formality): t for t in templates}
        self._answers = {
            (count, picture): answer_draft(count, url, picture=picture)
            for count in range(1, self.most_buttons + 1)
            for picture in (False, True)
        }
        longer = range(self.most_buttons + 1, MOST_ITEMS + 1)
        self._answers |= {(count, False): list_draft(count) for count in longer}
        self._shelf = Shelf(
            self._client.content.v1.contents,
            [*(draft_of(t, url) for t in templates), *self._answers.values()],
            patience=self.patience_seconds,
            limit=self.total_seconds,
        )
        await self._shelf.stock(self.stock_seconds)

    async def send(self, parcel: Parcel) -> str:
        if not self.reachable:
            parcel = replace(parcel, image_url="")
        if not parcel.window_open:
            return await self._send_template(parcel)
        replies = [button for button in parcel.buttons if button.answer][:MOST_ITEMS]
        if replies and len(words(parcel)) <= LONGEST_BODY:
            return await self._send_answer(parcel, replies)
        return await self._send_words(parcel)

    async def _send_template(self, parcel: Parcel) -> str:
        template = self._template_for(parcel)
        if template is None:
            raise NotSent(Failure.OTHER_CHANNEL, "no template")
        values = template_values(template, parcel, self.settings.public_url)
        if values is None:
            raise NotSent(Failure.OTHER_CHANNEL, "empty value")
        draft = draft_of(template, self.settings.public_url)
        sid = await self._sid_of(draft)
        if sid is None:
            raise NotSent(Failure.OTHER_CHANNEL, "template not approved")
        return await self._post_content(parcel, draft, sid, values)

    def _template_for(self, parcel: Parcel) -> Template | None:
        """A language with one formality for all, such as English, has its templates under that one."""
        exact = self._templates.get((parcel.template, parcel.language, parcel.formality))
        return exact or next(
            (
                t
                for t in self._templates.values()
                if (t.name, t.language) == (parcel.template, parcel.language)
            ),
            None,
        )

    async def _send_answer(self, parcel: Parcel, replies: Sequence[Button]) -> str:
        fits = len(replies) <= self.most_buttons
        draft = self._answers.get((len(replies), fits and bool(parcel.image_url)))
        sid = await self._sid_of(draft) if draft else None
        if draft is None or sid is None:
            return await self._send_words(parcel)
        values = (
            answer_values(parcel, replies, self.settings.public_url) if fits else list_values(parcel, replies)
        )
        try:
            return await self._post_content(parcel, draft, sid, values)
        except NotSent as error:
            if error.code not in {*_STALE, "21656"}:
                raise
        # Refused for its form, so surely not sent: the words alone say the same.
        return await self._send_words(parcel)

    async def _send_words(self, parcel: Parcel) -> str:
        content: dict[str, Any] = {"body": words(parcel, spelled_out=True)}
        if parcel.image_url:
            content["media_url"] = [parcel.image_url]
        return await self.post(parcel, **content)

    async def _post_content(self, parcel: Parcel, draft: Draft, sid: str, values: dict[str, str]) -> str:
        # A JSON text: a dict would be sent as its keys alone, without a complaint.
        variables = json.dumps(values, ensure_ascii=False)
        try:
            return await self.post(parcel, content_sid=sid, content_variables=variables)
        except NotSent as error:
            if error.code in _STALE and self._shelf:
                self._shelf.forget(draft)
            raise

    async def _sid_of(self, draft: Draft) -> str | None:
        if self._shelf is None:
            raise NotSent(Failure.LATER, "not started")
        return await self._shelf.sid_of(draft)
