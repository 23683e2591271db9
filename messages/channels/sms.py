"""SMS through Twilio: plain words to any mobile phone."""

from __future__ import annotations

from core.config import Settings
from messages.channels import Parcel
from messages.channels.twilio_account import TwilioChannel


class Sms(TwilioChannel):
    """Text messages. Twilio splits long ones into segments by itself; each is paid for."""

    name = "sms"
    prefix = ""
    shows_images = False
    plain_sms = True

    @classmethod
    def enabled(cls, settings: Settings) -> bool:
        return bool(settings.twilio_sms_from)

    @property
    def sender(self) -> str:
        return self.settings.twilio_sms_from

    async def send(self, parcel: Parcel) -> str:
        return await self.post(parcel, body=parcel.body)
