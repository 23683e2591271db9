"""Looking at requests changes nothing, and the link that is found works whoever asked for the money."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from bot.stories.ask import from_shell
from bot.stories.world import World
from core.db import Database
from payments.links import PayLink, opened
from payments.timeline import Event
from tests.web.api.caller import Caller
from tests.web.front import Staff, Visitor

_TYPED: dict[str, Any] = {
    "reference": "1044",
    "description": "Reparatie fiets",
    "amount": "42.50",
    "name": "Anna de Vries",
    "phone": "0612345678",
    "channels": (),
    **dict.fromkeys(("language", "formality", "due", "send_at")),
}


def _made_everywhere(world: World, site: Flask, caller: Caller, staff: Staff) -> list[str]:
    """Ask for money at the API, at the desk and in the shell; return the references."""
    caller.create(reference="1042")
    agent = Visitor(site)
    agent.login(staff.agent)
    typed = {"who": "0623456789", "amount": "37,95", "description": "Achterband", "reference": "1043"}
    form = agent.get("/desk").text.partition('name="form" value="')[2].partition('"')[0]
    assert agent.post("/desk", form=form, name="Bram", **typed).status_code == 303
    world.db.run(from_shell, world.links, None, _TYPED)
    return ["1042", "1043", "1044"]


def test_the_link_in_a_list_opens_the_request_whoever_made_it(
    world: World, site: Flask, caller: Caller, staff: Staff
) -> None:
    made = _made_everywhere(world, site, caller, staff)
    found = (caller.get().json or {})["data"]
    assert sorted(one["reference"] for one in found) == made
    for one in found:
        token = one["pay_url"].rpartition("/p/")[2]
        assert world.db.read(opened, token)[1].id == one["id"]


@pytest.mark.parametrize("what", [PayLink, Event])
def test_looking_at_a_request_or_a_list_writes_no_row(
    what: type[PayLink | Event], database: Database, world: World, site: Flask, caller: Caller, staff: Staff
) -> None:
    _made_everywhere(world, site, caller, staff)
    before = _count(database, what)
    for one in (caller.get().json or {})["data"]:
        assert caller.get(f"/{one['id']}").status_code == 200
    assert _count(database, what) == before


def _count(database: Database, what: type[PayLink | Event]) -> int:
    return database.read(lambda tx: int(tx.session.scalar(select(func.count()).select_from(what)) or 0))
