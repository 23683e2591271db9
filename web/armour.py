"""What every answer carries and every request must look like, whichever room it is for."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from flask import Flask, Response, abort, request
from werkzeug.middleware.proxy_fix import ProxyFix

from core.config import Settings

_CSP: Final = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
_HEADERS: Final = {
    "Content-Security-Policy": _CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "X-Robots-Tag": "noindex",
}
_YEAR: Final = 365 * 24 * 3600
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
# Probes and scrapers call a process by whatever address it has, and get nothing with an address in it.
_ANY_HOST: Final = "vitals"


def protect(site: Flask, settings: Settings) -> None:
    """Check what comes in, and put the headers on what goes out; a room may set its own before."""
    hosts = _LOOPBACK | {urlsplit(settings.public_url).hostname, settings.host}
    https = settings.public_url.startswith("https://")
    if https:
        # TLS ends at a proxy of our own, so the nearest hop's word for the visitor's address counts.
        site.wsgi_app = ProxyFix(site.wsgi_app, x_for=1, x_proto=0, x_host=0)  # type: ignore[method-assign]

    @site.before_request
    def check() -> None:
        if request.blueprint != _ANY_HOST and _host_name() not in hosts:
            abort(400, "unknown host")
        _no_nulls()

    @site.after_request
    def dress(answer: Response) -> Response:
        for name, value in _HEADERS.items():
            answer.headers.setdefault(name, value)
        if https:
            answer.headers.setdefault("Strict-Transport-Security", f"max-age={_YEAR}")
        if request.endpoint != "static":
            answer.headers.setdefault("Cache-Control", "no-store")
        return answer


def _no_nulls() -> None:
    """A null character cannot be looked up in PostgreSQL, and nothing of ours has one."""
    if any("\0" in str(value) for value in (request.view_args or {}).values()):
        abort(404)
    if any("\0" in value for values in request.args.listvalues() for value in values):
        abort(400)


def _host_name() -> str:
    """The host as the client named it, without its port; a header of a proxy proves nothing."""
    try:
        return urlsplit(f"//{request.headers.get('Host', '')}").hostname or ""
    except ValueError:
        return ""
