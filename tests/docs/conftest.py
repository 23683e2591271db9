from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.stories.world import World
from core import config
from core.clock import SystemClock
from core.db import Database
from core.ids import OsIds
from messages import channels
from messages.catalogue import Catalogue
from payments import psp
from payments.links import Links
from tests.databases import KEYRING
from web.site import create_site
from webhooks.doors import doors as webhook_doors


@pytest.fixture
def doors(tmp_path: Path) -> Iterator[set[tuple[str, str]]]:
    """Every (method, path) that the whole site answers to, as it would run for real."""
    settings = config.load(
        {
            "PUBLIC_URL": "https://pay.example.nl",
            "SECRET_KEY": "x7Kq2mN9pR4sT6vW8yB3cD5fG1hJ0kL2",
            "ENCRYPTION_KEY": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "MOLLIE_API_KEY": "test_dHar4XY7LxsDOtmnkVtjNVWXLSlXsM",
            "TELEGRAM_BOT_TOKEN": "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw",
            "TELEGRAM_WEBHOOK_SECRET": "fG1hJ0kL2x7Kq2mN9pR4",
        }
    )
    database = Database(f"sqlite:///{tmp_path / 'none.db'}", SystemClock(), KEYRING, OsIds())
    world = World(
        settings=settings,
        clock=SystemClock(),
        db=database,
        links=Links(settings.public_url, KEYRING),
        psp=psp.load("mollie", settings),
        channels=channels.enabled(settings),
        catalogue=Catalogue.load(),
    )
    site = create_site(world)
    site.register_blueprint(webhook_doors(world))
    yield {(method, rule.rule) for rule in site.url_map.iter_rules() for method in rule.methods or ()}
    database.close()
