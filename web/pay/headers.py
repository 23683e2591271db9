"""The headers of every answer in this room: kept by nobody, framed by nobody, passed on to nobody."""

from __future__ import annotations

from typing import Final

from flask import Response

from core.config import Settings

FOREVER: Final = "public, max-age=31536000, immutable"
_YEAR: Final = 31_536_000


def policy(form_targets: str) -> str:
    """Return the Content-Security-Policy; `form_targets` are the sources that the bank's redirect needs."""
    return "; ".join(
        (
            "default-src 'none'",
            "style-src 'self'",
            "img-src 'self'",
            f"form-action 'self' {form_targets}".rstrip(),
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def put_on(response: Response, settings: Settings, form_targets: str) -> Response:
    """Put the room's headers on `response`; only a picture or a stylesheet may say that it can be kept."""
    headers = response.headers
    headers.setdefault("Cache-Control", "no-store")
    headers["Content-Security-Policy"] = policy(form_targets)
    headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    headers["Referrer-Policy"] = "no-referrer"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
    if settings.public_url.startswith("https://"):
        headers["Strict-Transport-Security"] = f"max-age={_YEAR}"
    return response
