"""What somebody sees who asked for something that cannot be: a short page, or JSON for a machine."""

from __future__ import annotations

from typing import Final

from flask import Flask, Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response as AnyResponse

from core.errors import Missing, Refused, Unavailable
from core.log import logger

_log = logger(__name__)
_API: Final = "/api/"
_RETRY_AFTER: Final = "5"
# The statuses that have words of their own on a page; any other one gets those of its hundred.
_TOLD: Final = frozenset({400, 403, 404, 405, 409, 413, 429, 500, 503})


def answer_errors(site: Flask) -> None:
    """Give every error of `site` its answer."""
    site.register_error_handler(HTTPException, _http)
    site.register_error_handler(Exception, _broken)
    site.register_error_handler(Missing, lambda _error: refusal(404, ""))
    site.register_error_handler(Refused, lambda error: refusal(409, str(error)))
    site.register_error_handler(Unavailable, lambda _error: refusal(503, ""))


def _http(error: HTTPException) -> AnyResponse:
    if error.code is None or error.code < 400:
        return error.get_response()
    told = error.description or "" if error.code != 404 else ""
    answer = refusal(error.code, told)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After", "WWW-Authenticate"}:
            answer.headers[name] = value
    return answer


def _broken(error: Exception) -> AnyResponse:
    _log.exception("request failed", error=type(error).__name__)
    return refusal(InternalServerError.code, "")


def refusal(status: int, detail: str) -> Response:
    """Return the answer for `status`. `detail` is told to machines only; people read plain words."""
    if request.path.startswith(_API):
        answer = problem(status, detail)
    else:
        told = status if status in _TOLD else status // 100 * 100
        answer = make_response(render_template("refusal.html", told=told), status)
    if status == 503:
        answer.headers["Retry-After"] = _RETRY_AFTER
    return answer


_TITLES: Final = {
    400: "The request cannot be read",
    401: "The API key is missing or not valid",
    404: "There is nothing here",
    405: "This method is not possible here",
    409: "This cannot be done",
    413: "The request is too big",
    415: "The request must be JSON",
    422: "Some fields need attention",
    429: "Too many requests",
    503: "Try again in a moment",
}


def problem(status: int, detail: str = "", **more: object) -> Response:
    """Return an RFC 9457 problem; `more` are members of its own, such as `errors`."""
    body = {"type": "about:blank", "title": _TITLES.get(status, "Something went wrong"), "status": status}
    answer = jsonify({**body, **({"detail": detail} if detail else {}), **more})
    answer.status_code = status
    answer.mimetype = "application/problem+json"
    return answer
