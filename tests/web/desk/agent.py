"""An agent at the desk, over HTTP."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.test import TestResponse

from core.db import Database
from payments.requests import PaymentRequest
from tests.web.front import Staff, Visitor

_FORM: Final = re.compile(r'name="form" value="([^"]+)"')
TYPED: Final = {
    "who": "06 12345678",
    "amount": "42,50",
    "description": "Reparatie fiets",
    "reference": "T-1042",
}


@dataclass
class Agent(Visitor):
    """A visitor who is logged in as an agent and has the form open."""

    form: str = ""

    def open_form(self) -> str:
        page = self.get("/desk").text
        self.form = _FORM.findall(page)[0]
        return page

    def push(self, **typed: str) -> TestResponse:
        """Send the form that is open, with `typed` instead of what an agent usually types."""
        return self.post("/desk", form=self.form, **{**TYPED, "name": "", "payer": "", **typed})


def agent_of(site: Flask, staff: Staff) -> Agent:
    agent = Agent(site)
    agent.login(staff.agent)
    agent.open_form()
    return agent


def pushed(database: Database) -> list[PaymentRequest]:
    """What was pushed, in order; what a test put there itself has another kind of id."""
    query = select(PaymentRequest).where(PaymentRequest.id.startswith("pr_")).order_by(PaymentRequest.id)
    whole = query.options(joinedload(PaymentRequest.payer))
    return database.read(lambda tx: list(tx.session.scalars(whole)))
