"""Mollie's refusals, in Mollie's words and form."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

DOCUMENTATION = "https://docs.mollie.com/overview/handling-errors"


class MollieRefusal(Exception):
    """A call that Mollie answers with an error. `field` names the offending field, when there is one."""

    def __init__(self, status: int, detail: str, field: str = "") -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.field = field

    def as_json(self) -> dict[str, Any]:
        body: dict[str, Any] = {
            "status": self.status,
            "title": HTTPStatus(self.status).phrase,
            "detail": self.detail,
        }
        if self.field:
            body["field"] = self.field
        body["_links"] = {"documentation": {"href": DOCUMENTATION, "type": "text/html"}}
        return body


def absent(kind: str, entity_id: str) -> MollieRefusal:
    return MollieRefusal(404, f"No {kind} exists with token {entity_id}.")


def invalid(detail: str, field: str) -> MollieRefusal:
    return MollieRefusal(422, detail, field)
