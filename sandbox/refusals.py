"""How each API words its own troubles: too many calls, and something broken inside."""

from __future__ import annotations

import json

from flask import Response

from sandbox.mollie.errors import MollieRefusal
from sandbox.telegram.errors import TelegramRefusal
from sandbox.twilio.errors import TwilioRefusal

JSON = "application/json"


def by_mollie(status: int, wait: int) -> Response:
    words = (
        "You have exceeded the rate limit. Please slow down your requests."
        if status == 429
        else "An internal server error occurred while processing your request"
    )
    return _response(MollieRefusal(status, words).as_json(), status, wait, "application/hal+json")


def by_twilio(status: int, wait: int) -> Response:
    code, words = (20429, "Too Many Requests") if status == 429 else (20500, "Internal Server Error")
    return _response(TwilioRefusal(status, code, words).as_json(), status, wait, JSON)


def by_telegram(status: int, wait: int) -> Response:
    refusal = (
        TelegramRefusal(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
        if status == 429
        else TelegramRefusal(status, "Internal Server Error")
    )
    return _response(refusal.as_json(), status, wait, JSON)


def nowhere(path: str) -> Response | None:
    """What the API that owns this path says to a call it does not know; None for a page."""
    if path.startswith("/v2/"):
        return _response(
            MollieRefusal(404, "The resource does not exist").as_json(), 404, 0, "application/hal+json"
        )
    if path.startswith(("/2010-04-01/", "/v1/")):
        words = f"The requested resource {path} was not found"
        return _response(TwilioRefusal(404, 20404, words).as_json(), 404, 0, JSON)
    if path.startswith("/bot"):
        return _response(TelegramRefusal(404, "Not Found").as_json(), 404, 0, JSON)
    return None


def _response(body: object, status: int, wait: int, kind: str) -> Response:
    response = Response(json.dumps(body), status, content_type=kind)
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response
