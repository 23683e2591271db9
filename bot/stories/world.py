"""What every story needs from outside, put together once by app.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.clock import Clock
from core.config import Settings
from core.db import Database
from messages.catalogue import Catalogue
from messages.channels import Channel
from payments.links import Links
from payments.psp import Psp


@dataclass(frozen=True)
class World:
    """The settings, the clock, the database and the adapters. Network ones are never used in a step."""

    settings: Settings
    clock: Clock
    db: Database
    links: Links
    psp: Psp
    channels: Mapping[str, Channel]
    catalogue: Catalogue
