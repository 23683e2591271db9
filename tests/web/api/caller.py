"""A merchant's system that calls the API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.front import PUBLIC

PATH: Final = "/api/v1/payment-requests"
BODY: Final[Mapping[str, Any]] = {
    "reference": "1042",
    "description": "Reparatie fiets",
    "amount": {"value": "42.50", "currency": "EUR"},
    "due_date": "2026-12-01",
    "send_at": "2026-11-25T09:00",
    "payer": {
        "name": "Anna de Vries",
        "phone": "+31612345678",
        "language": "nl",
        "formality": "u",
        "channels": ["whatsapp", "sms"],
    },
}


@dataclass
class Caller:
    """Calls with one key."""

    site: Flask
    key: str

    def create(self, key: str = "", **changes: Any) -> TestResponse:
        """Ask for BODY with `changes`; a change to None leaves the field out."""
        merged = {name: value for name, value in {**BODY, **changes}.items() if value is not None}
        return self.send(merged, **({"Idempotency-Key": key} if key else {}))

    def send(self, body: object, **headers: str) -> TestResponse:
        return self._client().post(PATH, json=body, headers=self._headers(**headers), base_url=PUBLIC)

    def raw(self, body: bytes, content_type: str = "application/json") -> TestResponse:
        headers = self._headers()
        return self._client().post(
            PATH, data=body, content_type=content_type, headers=headers, base_url=PUBLIC
        )

    def get(self, path: str = "", **query: str) -> TestResponse:
        return self._client().get(PATH + path, query_string=query, headers=self._headers(), base_url=PUBLIC)

    def _client(self) -> FlaskClient:
        return self.site.test_client()

    def _headers(self, **more: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}", **more}


def problems(answer: TestResponse) -> set[str]:
    """The fields that an answer complains of."""
    assert answer.status_code == 422, answer.text
    assert answer.mimetype == "application/problem+json"
    errors = (answer.json or {})["errors"]
    assert all(error["what"] for error in errors)
    return {error["field"] for error in errors}
