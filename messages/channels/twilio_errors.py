"""What Twilio's error codes mean for a message: the table for SMS and WhatsApp, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from messages.channels import Failure, NotSent

_MINUTE: Final = 60.0
_DAY: Final = 86_400.0


@dataclass(frozen=True)
class Meaning:
    """What to do about an error. `retry_after` is in seconds; `alarm` says that a person must look."""

    failure: Failure
    unusable: bool = False
    retry_after: float | None = None
    alarm: bool = False


_NEVER: Final = Meaning(Failure.NEVER)
_REFUSES: Final = Meaning(Failure.NEVER, unusable=True)
_NOT_HERE: Final = Meaning(Failure.OTHER_CHANNEL, unusable=True)
_ELSEWHERE: Final = Meaning(Failure.OTHER_CHANNEL)
_LATER: Final = Meaning(Failure.LATER, retry_after=_MINUTE)
_MISCONFIGURED: Final = Meaning(Failure.LATER, retry_after=5 * _MINUTE, alarm=True)
_UNKNOWN: Final = Meaning(Failure.UNKNOWN)

# Source, unless noted: https://www.twilio.com/docs/api/errors (one page a code). The 63xxx are WhatsApp's,
# see https://www.twilio.com/docs/whatsapp/api/error-code-mapping.
CODES: Final[Mapping[int, Meaning]] = {
    # The person behind the number says no: then no other channel either.
    21610: _REFUSES,  # opted out with Twilio
    63014: _REFUSES,  # blocked by the user
    # This number can never be reached in this way.
    21211: _NOT_HERE,  # not a phone number
    21614: _NOT_HERE,  # not a mobile number; Dutch landlines, twilio.com/en/guidelines/nl/sms
    30006: _NOT_HERE,  # landline or unreachable carrier
    63003: _NOT_HERE,  # not on WhatsApp
    63024: _NOT_HERE,  # not a valid recipient
    # The message itself cannot go, on whatever day.
    21408: _NEVER,  # the account may not send to this country
    21617: _NEVER,  # longer than 1600 characters
    21619: _NEVER,  # nothing to say
    30007: Meaning(Failure.NEVER, alarm=True),  # filtered as spam: repeating makes it worse
    # Not on this channel; another one may do.
    21655: _ELSEWHERE,  # no such template
    21656: _ELSEWHERE,  # the template's variables are refused
    63005: _ELSEWHERE,  # content not accepted by the channel
    63007: Meaning(Failure.OTHER_CHANNEL, alarm=True),  # our WhatsApp sender is not set up
    63013: Meaning(Failure.OTHER_CHANNEL, alarm=True),  # against WhatsApp's policy
    63016: _ELSEWHERE,  # free text outside the 24-hour window
    63019: _ELSEWHERE,  # the picture could not be fetched
    63020: Meaning(Failure.OTHER_CHANNEL, alarm=True),  # the WhatsApp account is not in order
    63021: _ELSEWHERE,  # content rejected, or over 1024 characters
    63027: _ELSEWHERE,  # no such template in this language
    63028: _ELSEWHERE,  # another number of variables than the template has
    63032: _ELSEWHERE,  # this person is in an experiment of Meta's and gets no templates
    30003: _ELSEWHERE,  # the phone could not be reached within the validity period
    30005: _ELSEWHERE,  # unknown handset
    30008: _ELSEWHERE,  # the carrier did not say why
    # Not accepted, or not delivered, through no fault of ours or theirs: the same message may go later.
    14107: Meaning(Failure.LATER, retry_after=15 * _MINUTE),  # over 30 replies in a row: two bots talking?
    20429: Meaning(Failure.LATER, retry_after=30.0),  # too many requests: not processed
    21611: Meaning(Failure.LATER, retry_after=5 * _MINUTE),  # the sender's queue is full
    30001: Meaning(Failure.LATER, retry_after=5 * _MINUTE),  # queue overflow
    30036: _LATER,  # validity period expired in the queue
    63010: _LATER,  # trouble at WhatsApp
    63012: _LATER,  # trouble at WhatsApp
    63018: Meaning(Failure.LATER, retry_after=_DAY),  # the sender's limit of WhatsApp: "wait 24 hours"
    # Our settings: nothing was sent, and nothing will be until someone mends them.
    20003: _MISCONFIGURED,  # authentication
    20005: _MISCONFIGURED,  # account not active
    20404: _MISCONFIGURED,  # no such account
    21603: _MISCONFIGURED,  # no sender
    21606: _MISCONFIGURED,  # the sender is not ours
    21609: _MISCONFIGURED,  # PUBLIC_URL is refused as a callback
    21910: _MISCONFIGURED,  # sender and recipient on different channels
    # "POST is not idempotent": it may have been carried out.
    20500: _UNKNOWN,
}
# For answers without a code of Twilio's, such as those of a proxy.
STATUSES: Final[Mapping[int, Meaning]] = {
    401: _MISCONFIGURED,
    403: _MISCONFIGURED,
    404: _MISCONFIGURED,
    408: _UNKNOWN,
    429: Meaning(Failure.LATER, retry_after=30.0),
}


def meaning(code: int, status: int = 400) -> Meaning:
    """Return what an error code means; `status` is the HTTP status that it came with."""
    if code in CODES:
        return CODES[code]
    if status in STATUSES:
        return STATUSES[status]
    refused = 400 <= status < 500
    return _ELSEWHERE if refused else _UNKNOWN


def refusal(code: int, status: int) -> NotSent:
    """Return Twilio's answer to a send as NotSent."""
    says = meaning(code, status)
    return NotSent(says.failure, str(code), retry_after=says.retry_after, unusable=says.unusable)
