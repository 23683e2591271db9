"""Logs say what happened, and no phone number, token or key can be read in them."""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog

from core import log
from core.log import mask

PHONES = [
    "+31612345678",
    "0612345678",
    "06-12345678",
    "06 12 34 56 78",
    "+31 6 1234 5678",
    "0031612345678",
    "whatsapp:+31612345678",
    "tel:0612345678",
    "https://api.twilio.com/2010-04-01/Messages.json?To=%2B31612345678&PageSize=50",
    "To=whatsapp%3A%2b31612345678",
]
SECRETS = [
    "https://pay.example.nl/p/dGhpcyBpcyBhIHRva2Vu",
    "/q/dGhpcyBpcyBhIHRva2Vu.png",
    "test_dHar4XY7LxsDOtmnkVtjNVWXLSlXsM",
    "live_dHar4XY7LxsDOtmnkVtjNVWXLSlXsM",
    "sk_dHar4XY7LxsDOtmnkVtjNVWXLSlXsM",
    "Authorization: Bearer dHar4XY7LxsDOtmnkVtj.NVWXLSlXsM",
    "Authorization: Basic QUMwMDAwMDAwMDA6c2FuZGJveA==",
    "https://api.telegram.org/bot123456789:AAHsandboxsandboxsandboxsandboxsand/sendMessage",
    "token 123456789:AAHsandboxsandboxsandboxsandboxsand was refused",
]
READABLE = ("612345678", "1234 5678", "34 56", "dGhpcyBpcyBh", "dHar4XY7Lxs", "QUMwMDAw", "AAHsandbox")


Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """Everything logged up to now, as it would be written to standard error."""
    root, level, configuration = logging.getLogger(), logging.getLogger().level, structlog.get_config()
    log.set_up()
    [door] = root.handlers
    assert isinstance(door, logging.StreamHandler)
    assert door.stream is sys.stderr
    written = io.StringIO()
    door.setStream(written)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.removeHandler(door)
    root.setLevel(level)
    structlog.configure(**configuration)


def _fail(words: str) -> None:
    raise ValueError(words)


def readable_in(text: str) -> list[str]:
    return [part for part in READABLE if part in text]


@pytest.mark.parametrize("text", PHONES + SECRETS)
def test_numbers_and_secrets_are_unreadable_wherever_they_stand(text: str) -> None:
    assert readable_in(mask(f"before {text} after")) == []
    assert readable_in(mask(text)) == []


def test_the_last_two_digits_stay_so_that_a_person_can_tell_numbers_apart() -> None:
    assert mask("to +31612345678") == "to …78"


@pytest.mark.parametrize(
    "text",
    [
        "paid 42.50 on 2026-11-23 at 10:00:00",
        "due 2026-11-23 10:00:00+01:00",
        "request req_01jd7x8k2m3n4p5q6r7s8t9v0w is due",
        "payment tr_5B8cwPMGnU6qLbRvo7qEZo",
        "reference 1042, 14 days, 15000 cents",
        "GET /p/ and /healthz took 1.234567 s",
    ],
)
def test_what_people_need_in_order_to_find_out_stays(text: str) -> None:
    assert mask(text) == text


def test_every_line_is_one_json_object_with_its_moment_level_and_source(
    lines: Lines,
) -> None:
    log.logger("bot.stories.paid").info("paid\nin full", request="req_1", cents=4250, late=False, fee=None)
    [line] = lines()
    assert line["event"] == "paid\nin full"
    assert (line["level"], line["logger"]) == ("info", "bot.stories.paid")
    assert (line["request"], line["cents"], line["late"], line["fee"]) == ("req_1", 4250, False, None)
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize("canary", PHONES + SECRETS)
def test_no_way_of_logging_gives_anything_away(canary: str, lines: Lines) -> None:
    class Thing:
        def __repr__(self) -> str:
            return f"<Thing {canary}>"

    ours = log.logger("test")
    ours.info(f"said {canary}")
    ours.warning(
        "values", text=canary, several=[canary, (canary,)], named={"x": {canary: canary}}, thing=Thing()
    )
    theirs = logging.getLogger("some.library")
    theirs.warning("calling %s with %r", canary, {"to": canary})
    for logger in (ours, theirs):
        try:
            _fail(f"cannot send to {canary}")
        except ValueError:
            logger.exception("failed")
    told = lines()
    assert len(told) == 5
    assert readable_in(json.dumps(told, ensure_ascii=False)) == []
    assert "cannot send to" in told[-1]["exception"]


def test_numbers_that_are_numbers_are_masked_and_small_ones_are_not(
    lines: Lines,
) -> None:
    log.logger("test").info("x", phone=31612345678, cents=5_000_000, seconds=0.123456789)
    [line] = lines()
    assert (line["phone"], line["cents"], line["seconds"]) == ("…78", 5_000_000, 0.123456789)


def test_what_is_called_a_secret_is_never_written(lines: Lines) -> None:
    log.logger("test").info("x", token="plain", password="plain", headers={"authorization": "plain"})
    assert "plain" not in json.dumps(lines())


def test_libraries_that_tell_every_address_they_call_are_quiet(
    lines: Lines,
) -> None:
    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/bot…/sendMessage")
    logging.getLogger("twilio.http_client").info("To: …")
    logging.getLogger("some.library").info("still heard")
    assert [line["event"] for line in lines()] == ["still heard"]


def test_whoever_asked_for_quiet_hears_only_what_is_wrong(lines: Lines) -> None:
    before = logging.getLogger().handlers[0]
    assert isinstance(before, logging.StreamHandler)
    log.set_up(quiet=True)
    [quiet] = logging.getLogger().handlers
    assert isinstance(quiet, logging.StreamHandler)
    quiet.setStream(before.stream)
    log.logger("bot.stories.hear").info("understood")
    log.logger("bot.stories.rounds").error("the worker fell")
    logging.getLogger().removeHandler(quiet)
    assert [line["event"] for line in lines()] == ["the worker fell"]
