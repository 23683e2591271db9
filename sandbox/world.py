"""Everything the stand-ins share, and the three providers on top of it."""

from __future__ import annotations

import threading

from core.clock import Clock
from core.ids import Ids
from sandbox.faults import FaultPlan
from sandbox.ground import Ground
from sandbox.letters import HttpTransport, Transport
from sandbox.media import MediaShelf
from sandbox.mollie.state import Mollie
from sandbox.people import People
from sandbox.postman import Postman
from sandbox.settings import SandboxSettings
from sandbox.telegram.state import Telegram
from sandbox.twilio.state import Twilio


class SandboxWorld:
    """The sandbox without its HTTP doors: a test or a simulation may use it directly.

    Give another `transport` to receive the webhooks without a network, and call `postman.run_due()`
    instead of `postman.start()` to decide when they arrive.
    """

    def __init__(
        self, settings: SandboxSettings, clock: Clock, ids: Ids, transport: Transport | None = None
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.ids = ids
        self.plan = FaultPlan()
        self.people = People()
        self.media = MediaShelf(ids)
        self.transport = transport or HttpTransport()
        self.postman = Postman(clock, self.plan, self.transport)
        ground = Ground(settings, clock, ids, self.plan, self.postman, self.people, self.media)
        self.mollie = Mollie(ground)
        self.twilio = Twilio(ground)
        self.telegram = Telegram(ground)
        # Set when the sandbox stops, so that a hanging call does not hold it up.
        self.closing = threading.Event()

    def close(self) -> None:
        """Stop the post and let go of every connection."""
        self.closing.set()
        self.postman.stop()
        self.media.close()
        if isinstance(self.transport, HttpTransport):
            self.transport.close()
