"""Settings: everything that is wrong is told at once, before the first payer notices."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.config import SETTINGS, load
from core.errors import Misconfigured
from tests.making import make_settings

WHOLE = {
    "PUBLIC_URL": "https://pay.example.nl",
    "SECRET_KEY": "Zk3v9Qw7Lr2Xn8Tb5Yc1Hd6Mf4Gs0Jp-",
    "ENCRYPTION_KEY": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    "MOLLIE_API_KEY": "test_dHar4XY7LxsDOtmnkVtjNVWXLSlXsM",
    "TELEGRAM_BOT_TOKEN": "123456789:AAHsandboxsandboxsandboxsandboxsand",
    "TELEGRAM_WEBHOOK_SECRET": "a-Secret_of_ours",
}


def problems(**changes: str) -> list[str]:
    with pytest.raises(Misconfigured) as raised:
        load(WHOLE | changes)
    return str(raised.value).splitlines()


def test_what_is_needed_is_little_and_the_rest_has_a_default() -> None:
    settings = load(WHOLE)
    assert settings.public_url == "https://pay.example.nl"
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.database_url == "sqlite:///seintje.db"
    assert settings.mollie_api_url == "https://api.mollie.com"
    assert settings.twilio_sms_from == ""


def test_everything_that_is_missing_is_told_at_once_with_what_it_is_for() -> None:
    with pytest.raises(Misconfigured) as raised:
        load({})
    told = str(raised.value)
    for name in ("PUBLIC_URL", "SECRET_KEY", "ENCRYPTION_KEY", "MOLLIE_API_KEY"):
        assert f"{name}: is missing. " in told
    assert "at least one channel" in told


def test_everything_that_is_wrong_is_told_at_once_and_no_secret_is_shown() -> None:
    wrong = {
        "DATABASE_URL": "mysql://localhost/x",
        "PUBLIC_URL": "http://pay.example.nl",
        "PORT": "70000",
        "SECRET_KEY": "secret-secret-secret-secret-secret",
        "ENCRYPTION_KEY": "dG9vIHNob3J0LCBub3QgdXNlZnVs",
        "MOLLIE_API_KEY": "access_1234567890",
        "MOLLIE_API_URL": "api.mollie.com",
        "TWILIO_SMS_FROM": "0612345678",
        "TWILIO_ACCOUNT_SID": "SK123",
        "TWILIO_AUTH_TOKEN": "",
        "TELEGRAM_WEBHOOK_SECRET": "not for a header!",
    }
    told = problems(**wrong)
    assert {line.partition(":")[0] for line in told} == set(wrong)
    for name in ("SECRET_KEY", "ENCRYPTION_KEY", "MOLLIE_API_KEY", "TELEGRAM_WEBHOOK_SECRET"):
        assert not any(wrong[name] in line for line in told)


@pytest.mark.parametrize(
    "secret",
    [
        "short",
        "a" * 64,
        "abcabcabcabcabcabcabcabcabcabcabcabc",
        "change-me-change-me-change-me-please-1234567890",
        "Demo-1234567890-abcdefghijklmnopqrstuvwxyz",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx1234567890",
    ],
)
def test_a_secret_that_can_be_guessed_is_refused(secret: str) -> None:
    [told] = problems(SECRET_KEY=secret)
    assert told.startswith("SECRET_KEY: is too easy to guess")


def test_every_setting_may_be_kept_in_a_file(tmp_path: Path) -> None:
    environment = {}
    for name, value in WHOLE.items():
        (tmp_path / name).write_text(f"{value}\n")
        environment[f"{name}_FILE"] = str(tmp_path / name)
    assert load(environment) == load(WHOLE)


def test_a_setting_itself_wins_from_its_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("live_other")
    assert load(WHOLE | {"MOLLIE_API_KEY_FILE": str(tmp_path / "key")}).mollie_api_key.startswith("test_")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    [told] = problems(SECRET_KEY="", SECRET_KEY_FILE=str(tmp_path / "absent"))
    assert told.startswith("SECRET_KEY_FILE: cannot read")


def test_addresses_are_kept_without_a_slash_at_the_end() -> None:
    assert load(WHOLE | {"PUBLIC_URL": "https://pay.example.nl/"}).public_url == "https://pay.example.nl"


@pytest.mark.parametrize(
    "url", ["https://betaal.éxample.nl", "ftp://pay.example.nl", "https://", "pay.example.nl"]
)
def test_an_address_that_providers_could_not_call_is_refused(url: str) -> None:
    assert problems(PUBLIC_URL=url)[0].startswith("PUBLIC_URL: must be a whole address")


@pytest.mark.parametrize(
    ("url", "loopback"), [("http://localhost:8000", True), ("http://[::1]:1", True), ("https://a.nl", False)]
)
def test_only_on_this_machine_may_the_address_be_plain_http(url: str, loopback: bool) -> None:
    assert load(WHOLE | {"PUBLIC_URL": url}).public_is_loopback is loopback


def test_sms_needs_the_whole_of_twilio() -> None:
    told = problems(TWILIO_SMS_FROM="+3197010200300")
    assert told == [
        "TWILIO_ACCOUNT_SID: is missing, and SMS and WhatsApp need it.",
        "TWILIO_AUTH_TOKEN: is missing, and SMS and WhatsApp need it.",
    ]


def test_telegram_needs_a_secret_of_its_own() -> None:
    assert problems(TELEGRAM_WEBHOOK_SECRET="") == [
        "TELEGRAM_WEBHOOK_SECRET: is missing, and Telegram needs it."
    ]


def test_every_setting_has_a_purpose_that_a_page_can_show() -> None:
    assert all(setting.purpose for setting in SETTINGS)
    assert {setting.name for setting in SETTINGS if setting.secret} == {
        "SECRET_KEY",
        "ENCRYPTION_KEY",
        "METRICS_TOKEN",
        "MOLLIE_API_KEY",
        "TWILIO_AUTH_TOKEN",
        "TELEGRAM_BOT_TOKEN",
        "TELEGRAM_WEBHOOK_SECRET",
    }
    assert {setting.name.lower() for setting in SETTINGS} == set(vars(make_settings()))
