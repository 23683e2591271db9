"""What a deed came to, told on the page that follows it, and not again when that page is loaded anew."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from flask import redirect, request
from werkzeug.wrappers import Response as AnyResponse

from core.config import Settings

_COOKIE: Final = "news"
_SECONDS: Final = 60


def to_page(settings: Settings, path: str, news: str) -> AnyResponse:
    """Lead to the page at `path`, which tells `news` (a name, no words) once."""
    response = redirect(path, 303)
    secure = settings.public_url.startswith("https://")
    response.set_cookie(
        _COOKIE, news, max_age=_SECONDS, path=path, secure=secure, httponly=True, samesite="Strict"
    )
    return response


def news_of(known: Collection[str]) -> str:
    """Return the news that this page is to tell, if it is one of those that are `known`; else nothing."""
    news = request.cookies.get(_COOKIE, "")
    return news if news in known else ""


def told(response: AnyResponse) -> AnyResponse:
    """Forget the news that `response` tells."""
    if _COOKIE in request.cookies:
        response.delete_cookie(_COOKIE, path=request.path)
    return response
