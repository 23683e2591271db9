"""What the stand-ins can rely on from the postman: due when the clock says so, with or without a thread."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.clock import ManualClock
from core.ids import SeededIds
from sandbox.faults import FaultPlan
from sandbox.letters import Answer, Letter
from sandbox.people import Person
from sandbox.postman import Postman
from sandbox.settings import SandboxSettings
from sandbox.world import SandboxWorld


def never(_: Letter) -> Answer:
    raise AssertionError("nothing was to be delivered")


def test_errands_run_in_order_of_their_moments_not_before(clock: ManualClock) -> None:
    postman = Postman(clock, FaultPlan(), never)
    done: list[str] = []
    postman.after(60, lambda: done.append("later"))
    postman.after(0, lambda: done.append("nu"))
    assert postman.run_due() == 1
    assert done == ["nu"]
    assert postman.next_due() == clock.now() + timedelta(minutes=1)
    clock.advance(timedelta(minutes=1))
    postman.run_due()
    assert done == ["nu", "later"]


def test_a_broken_errand_does_not_stop_the_post(clock: ManualClock, caplog: pytest.LogCaptureFixture) -> None:
    postman = Postman(clock, FaultPlan(), never)
    done: list[str] = []

    def broken() -> None:
        raise ValueError("stuk")

    postman.start()
    postman.after(0, broken)
    postman.after(0, lambda: done.append("toch"))
    assert postman.wait_until_idle()
    postman.stop()
    assert done == ["toch"]
    assert "stuk" in caplog.text


def test_a_whole_world_runs_in_one_thread_without_a_network(clock: ManualClock, ids: SeededIds) -> None:
    heard: list[Letter] = []

    def hear(letter: Letter) -> Answer:
        heard.append(letter)
        return Answer(200)

    settings = SandboxSettings(telegram_webhook_url="http://product/webhooks/telegram")
    world = SandboxWorld(settings, clock, ids, transport=hear)
    anna = world.people.register(Person("Anna", telegram_id=77))
    world.telegram.start(anna, "abc")
    assert heard == []
    world.postman.run_due()
    assert [letter.name for letter in heard] == ["update"]
    world.close()


def test_the_same_seed_gives_the_same_ids(clock: ManualClock) -> None:
    def story() -> list[str]:
        world = SandboxWorld(SandboxSettings(), clock, SeededIds(7), transport=never)
        sids = [world.twilio.say("sms", "+31612345678", "hallo").sid for _ in range(3)]
        world.close()
        return sids

    assert story() == story()
