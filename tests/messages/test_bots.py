"""Where a start link leads: to our bot at Telegram or the stand-in, and never from a demo to a stranger."""

from __future__ import annotations

import pytest

from core import config
from core.config import Settings
from core.db import Database
from messages.bots import remember_names, start_link
from tests.web.front import SETTINGS

_OFFICIAL = "https://api.telegram.org"


def _settings(public: str, telegram: str) -> Settings:
    return config.load({**SETTINGS, "PUBLIC_URL": public, "TELEGRAM_API_URL": telegram})


@pytest.mark.parametrize(
    ("public", "telegram", "site"),
    [
        ("https://pay.example.nl", _OFFICIAL, "https://t.me"),
        ("https://pay.example.nl", "http://127.0.0.1:8081", "https://t.me"),  # a Bot API server of one's own
        ("http://127.0.0.1:8000", _OFFICIAL, "https://t.me"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8001", "http://127.0.0.1:8001/t.me"),
        ("http://localhost:8000", "http://localhost:8001/", "http://localhost:8001/t.me"),
    ],
)
def test_a_start_link_stays_on_the_machine_only_beside_a_stand_in(
    database: Database, public: str, telegram: str, site: str
) -> None:
    database.run(remember_names, {"telegram": "fietshuis_bot"})
    link = database.read(start_link, _settings(public, telegram), "telegram", "tok-42")
    assert link == f"{site}/fietshuis_bot?start=tok-42"


def test_without_a_bot_there_is_no_start_link(database: Database) -> None:
    settings = _settings("https://pay.example.nl", _OFFICIAL)
    assert database.read(start_link, settings, "telegram", "tok-42") is None
