"""What SMS and WhatsApp share: one Twilio account that sends, looks up, and knocks at our doors."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Final

from messages.channels import Channel, Envelope, Failure, Inbound, Knock, NotSent, Parcel, Receipt, Template
from messages.channels import twilio_door as door

# Twilio's clock against ours, and its dates are whole seconds.
_SKEW: Final = timedelta(minutes=2)
_MOST_LOOKED_AT: Final = 200


class TwilioChannel(Channel):
    """A channel of one Twilio account. `prefix` is how Twilio marks its addresses; times are seconds."""

    provider = "twilio"
    can_find = True
    prefix: ClassVar[str]
    connect_seconds: ClassVar[float] = 3.0
    total_seconds: ClassVar[float] = 10.0
    _client: Any = None

    @property
    @abstractmethod
    def sender(self) -> str:
        """The number that sends, in E.164."""

    async def start(self, templates: Sequence[Template]) -> None:  # noqa: ARG002 - for channels with templates
        from messages.channels.twilio_client import connect

        self._client = connect(
            self.settings, connect_seconds=self.connect_seconds, total_seconds=self.total_seconds
        )

    async def close(self) -> None:
        if self._client is not None:
            await self._client.http_client.close()
            self._client = None

    async def post(self, parcel: Parcel, **content: Any) -> str:  # noqa: ANN401 - the client's own arguments
        """Ask Twilio once to send `content`, and return the message's sid. Raises NotSent."""
        from messages.channels.twilio_client import not_sent

        if self._callback(parcel):
            content["status_callback"] = self._callback(parcel)
        messages = self._messages
        try:
            message = await messages.create_async(
                to=self.prefix + parcel.to, from_=self.prefix + self.sender, **content
            )
        except Exception as error:
            raise not_sent(error) from error
        if not message.sid:
            raise NotSent(Failure.UNKNOWN, "no sid")
        return str(message.sid)

    @property
    def _messages(self) -> Any:  # noqa: ANN401 - twilio is not typed
        if self._client is None:
            raise NotSent(Failure.LATER, "not started")
        return self._client.messages

    @property
    def reachable(self) -> bool:
        """Whether the provider can reach PUBLIC_URL: the real one cannot reach a loopback address."""
        return bool(self.settings.twilio_api_url) or not self.settings.public_is_loopback

    def _callback(self, parcel: Parcel) -> str:
        if not self.reachable or not parcel.status_path:
            return ""
        return f"{self.settings.public_url}{door.STATUS_DOOR}{parcel.status_path}"

    async def find(self, parcel: Parcel, since: datetime) -> Receipt | None:
        # The client formats local time as if it were UTC.
        after = (since - _SKEW).astimezone(UTC)
        # What is still queued has no date of sending, so a list by date alone would miss it.
        for filters in ({"date_sent_after": after}, {}):
            for message in await self._listed(parcel, filters):
                if _is_it(message, parcel, after):
                    return _as_receipt(message, parcel)
        return None

    async def _listed(self, parcel: Parcel, filters: dict[str, datetime]) -> list[Any]:
        from messages.channels.twilio_client import not_sent

        messages = self._messages
        try:
            listed: list[Any] = await messages.list_async(
                to=self.prefix + parcel.to,
                from_=self.prefix + self.sender,
                limit=_MOST_LOOKED_AT,
                page_size=_MOST_LOOKED_AT // 2,
                **filters,
            )
        except Exception as error:
            # Nothing was learned about the message, so whatever it was, looking again later may help.
            raise NotSent(Failure.LATER, f"look-up: {not_sent(error).code}") from error
        return listed

    def verify(self, knock: Knock) -> Sequence[Envelope]:
        return door.verify(self.settings, knock)

    def read(self, payload: str) -> Inbound | Receipt | None:
        return door.read(payload, prefix=self.prefix)


def _is_it(message: Any, parcel: Parcel, after: datetime) -> bool:  # noqa: ANN401 - twilio is not typed
    body = message.body or ""
    same = parcel.token in body if parcel.token else body == parcel.body
    return same and message.date_created is not None and message.date_created >= after


def _as_receipt(message: Any, parcel: Parcel) -> Receipt:  # noqa: ANN401 - twilio is not typed
    status = door.STATUSES.get(str(message.status), "sent")
    return door.receipt(str(message.sid), status, str(message.error_code or ""), parcel.outgoing_id)
