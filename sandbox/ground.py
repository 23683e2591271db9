"""What the three providers share: settings, clock, chance, post, fault plan, people and pictures."""

from __future__ import annotations

from dataclasses import dataclass

from core.clock import Clock
from core.ids import Ids
from sandbox.faults import FaultPlan
from sandbox.media import MediaShelf
from sandbox.people import People
from sandbox.postman import Postman
from sandbox.settings import SandboxSettings


@dataclass(frozen=True)
class Ground:
    settings: SandboxSettings
    clock: Clock
    ids: Ids
    plan: FaultPlan
    postman: Postman
    people: People
    media: MediaShelf
