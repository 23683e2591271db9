"""The checks Twilio makes before it says 201, each with its own error code."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

import phonenumbers

from sandbox.settings import SandboxSettings
from sandbox.twilio.content import Shelf
from sandbox.twilio.errors import TwilioRefusal, refused
from sandbox.twilio.facts import WHATSAPP, Draft, Rendered

LONGEST_BODY: Final = 1600
MOST_MEDIA: Final = 10
_ALPHANUMERIC: Final = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 _+&-]{1,11}")


class Form:
    """The fields of a form, each possibly several times."""

    def __init__(self, fields: Mapping[str, Sequence[str]]) -> None:
        self._fields = fields

    def one(self, name: str) -> str:
        values = self._fields.get(name)
        return values[0] if values else ""

    def all(self, name: str) -> list[str]:
        return [value for value in self._fields.get(name, ()) if value]


def read_draft(form: Form, settings: SandboxSettings, shelf: Shelf) -> Draft:
    """Check what CreateMessage asks. Raises TwilioRefusal with the code Twilio would give."""
    to = _read_to(form.one("To"), settings)
    service = form.one("MessagingServiceSid")
    draft = Draft(
        to=to,
        sender=_read_sender(form.one("From"), service, to, settings),
        rendered=_read_content(form, shelf, plain=not to.startswith(WHATSAPP)),
        content_sid=form.one("ContentSid"),
        messaging_service=service,
        status_callback=_read_callback(form.one("StatusCallback")),
        send_at=_read_send_at(form),
    )
    if draft.channel == "sms":
        _check_mobile(to)
    return draft


def _read_to(to: str, settings: SandboxSettings) -> str:
    if not to:
        raise refused(21604, "A 'To' phone number is required.")
    number = to.removeprefix(WHATSAPP)
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException as error:
        raise _bad_number(to) from error
    if not number.startswith("+") or not phonenumbers.is_possible_number(parsed):
        raise _bad_number(to)
    if phonenumbers.region_code_for_number(parsed) in settings.twilio_closed_countries:
        raise refused(
            21408,
            "Permission to send an SMS has not been enabled for the region indicated by the "
            f"'To' number: {to}",
        )
    return to


def _bad_number(to: str) -> TwilioRefusal:
    return refused(21211, f"Invalid 'To' Phone Number: {to[:-4]}XXXX")


def _check_mobile(to: str) -> None:
    kind = phonenumbers.number_type(phonenumbers.parse(to))
    if kind == phonenumbers.PhoneNumberType.FIXED_LINE:
        raise refused(21614, f"'To' number: {to}, is not a valid mobile number")


def _read_sender(sender: str, service: str, to: str, settings: SandboxSettings) -> str:
    whatsapp = to.startswith(WHATSAPP)
    if service:
        if service != settings.twilio_messaging_service:
            raise refused(21701, "The Messaging Service does not exist")
        return settings.twilio_whatsapp_from if whatsapp else settings.twilio_sms_from
    if not sender:
        raise refused(21603, "A 'From' phone number is required.")
    if sender.startswith(WHATSAPP) != whatsapp:
        raise refused(21910, "Invalid From and To pair. From and To should be of the same channel")
    if whatsapp and sender != settings.twilio_whatsapp_from:
        raise refused(63007, "Twilio could not find a Channel with the specified From address")
    if not whatsapp and sender != settings.twilio_sms_from and not _ALPHANUMERIC.fullmatch(sender):
        raise refused(
            21606,
            f"The 'From' phone number provided ({sender}) is not a valid message-capable "
            "Twilio phone number for this destination.",
        )
    return sender


def _read_content(form: Form, shelf: Shelf, *, plain: bool) -> Rendered:
    if form.one("ContentSid"):
        return shelf.render(form.one("ContentSid"), _read_variables(form), plain=plain)
    body, media = form.one("Body"), form.all("MediaUrl")
    if not body and not media:
        raise refused(21619, "A text message body or media urls must be specified.")
    if len(body) > LONGEST_BODY:
        raise refused(21617, "The concatenated message body exceeds the 1600 character limit")
    if len(media) > MOST_MEDIA:
        raise refused(21623, "Number of media files exceeds allowed limit")
    for url in media:
        if urlsplit(url).scheme not in {"http", "https"}:
            raise refused(21620, "Invalid media URL(s)")
    return Rendered(body, tuple(media))


def _read_variables(form: Form) -> dict[str, str]:
    """ContentVariables is one JSON object of strings; anything else is refused, as are empty values."""
    bad = refused(21656, "The ContentVariables Parameter is invalid.")
    given = form.all("ContentVariables")
    if not given:
        return {}
    try:
        variables: Any = json.loads(given[0])
    except ValueError as error:
        raise bad from error
    if not isinstance(variables, dict):
        raise bad
    if not all(isinstance(value, str) and value.strip() for value in variables.values()):
        raise bad
    return variables


def _read_callback(url: str) -> str:
    if url and urlsplit(url).scheme not in {"http", "https"}:
        raise refused(21609, f"The 'StatusCallback' URL {url} is not a valid URL.")
    return url


def _read_send_at(form: Form) -> datetime | None:
    if form.one("ScheduleType") != "fixed":
        return None
    if not form.one("MessagingServiceSid"):
        raise refused(35118, "MessagingServiceSid is required to schedule a message")
    try:
        moment = datetime.fromisoformat(form.one("SendAt"))
    except ValueError as error:
        raise refused(35114, "SendAt must be a valid ISO 8601 time") from error
    return moment
