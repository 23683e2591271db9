"""Twilio's resources as JSON: messages with relative addresses, templates with absolute ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from sandbox.settings import SandboxSettings
from sandbox.twilio.content import Content
from sandbox.twilio.errors import LATER
from sandbox.twilio.facts import Message
from sandbox.twilio.segments import segments

Json = dict[str, Any]


def rfc2822(moment: datetime | None) -> str | None:
    return format_datetime(moment.replace(microsecond=0)) if moment else None


def zulu(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True)
class Writing:
    """Writes for one account; `base` is the sandbox's own address, which only templates carry."""

    settings: SandboxSettings
    base: str

    def message(self, message: Message) -> Json:
        account = self.settings.twilio_sid
        uri = f"/2010-04-01/Accounts/{account}/Messages/{message.sid}"
        through_service = bool(message.messaging_service) and message.sent_at is None
        code = message.error_code
        return {
            "account_sid": account,
            "api_version": "2010-04-01",
            "body": message.rendered.body,
            "date_created": rfc2822(message.created_at),
            "date_sent": rfc2822(message.sent_at),
            "date_updated": rfc2822(message.updated_at),
            "direction": message.direction,
            "error_code": code,
            "error_message": LATER.get(code, "Unknown error") if code is not None else None,
            "from": None if through_service else message.sender,
            "messaging_service_sid": message.messaging_service or None,
            "num_media": str(len(message.rendered.media_urls)),
            # Not counted yet while the service still has to pick a sender.
            "num_segments": "0" if through_service else str(segments(message.rendered.body)),
            "price": None,
            "price_unit": None,
            "sid": message.sid,
            "status": message.status,
            "subresource_uris": {"media": f"{uri}/Media.json"},
            "to": message.to,
            "uri": f"{uri}.json",
        }

    def content(self, content: Content) -> Json:
        url = f"{self.base}/v1/Content/{content.sid}"
        return {
            "sid": content.sid,
            "account_sid": self.settings.twilio_sid,
            "friendly_name": content.friendly_name,
            "language": content.language,
            "variables": content.variables,
            "types": content.types,
            "url": url,
            "date_created": zulu(content.created_at),
            "date_updated": zulu(content.updated_at),
            "links": {
                "approval_create": f"{url}/ApprovalRequests/whatsapp",
                "approval_fetch": f"{url}/ApprovalRequests",
            },
        }

    def approval(self, content: Content, status: str) -> Json:
        approval = content.approval
        return {
            "name": approval.name if approval else "",
            "category": approval.category if approval else "",
            "content_type": next(iter(content.types)),
            "status": status,
            "rejection_reason": approval.rejection if approval else "",
            "allow_category_change": True,
        }
