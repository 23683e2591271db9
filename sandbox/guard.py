"""Keeps other sites away from the sandbox's controls: a page elsewhere must not press buttons here."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import abort, request


def own_page_only() -> None:
    """Refuse (403) a request that a browser says comes from another site. Programs say nothing."""
    if request.method in {"GET", "HEAD"}:
        return
    site = request.headers.get("Sec-Fetch-Site", "none")
    origin = request.headers.get("Origin")
    if site not in {"same-origin", "none"} or (origin and urlsplit(origin).netloc != request.host):
        abort(403, "Only the sandbox's own pages may do this.")


def json_only() -> None:
    """Also refuse (415) a POST that is not JSON, which a foreign form cannot send."""
    own_page_only()
    if request.method == "POST" and request.mimetype != "application/json":
        abort(415, "Send JSON.")
