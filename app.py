"""Puts the house together and is its command line; the only reader of the environment."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from core import config, log
from core.clock import Clock, MovableClock, SystemClock
from core.errors import Invalid, Misconfigured, SeintjeError

if TYPE_CHECKING:
    from flask import Flask

    from bot.stories.rounds import Rounds
    from bot.stories.world import World
    from core.db import Database

# Only the demo's processes get this: the file through which they share a clock that can be moved.
DEMO_CLOCK = "SEINTJE_DEMO_CLOCK"


def environment() -> dict[str, str]:
    """Return the environment, and below it what a `.env` file in the working directory says."""
    from dotenv import dotenv_values

    from_file = {key: value for key, value in dotenv_values(".env").items() if value is not None}
    return {**from_file, **os.environ}


def settings() -> config.Settings:
    return config.load(environment())


def clock(known: config.Settings) -> Clock:
    path = os.environ.get(DEMO_CLOCK)
    if path is None:
        return SystemClock()
    if not known.public_is_loopback:
        raise Misconfigured(f"{DEMO_CLOCK}: only the demo has a clock that can be moved.")
    return MovableClock(Path(path))


def database(known: config.Settings) -> Database:
    from core.crypto import Keyring
    from core.db import Database
    from core.ids import OsIds

    return Database(known.database_url, clock(known), Keyring.parse(known.encryption_key), OsIds())


def world() -> World:
    """Return everything that the stories need, as the settings say."""
    from bot.stories.world import World
    from core.crypto import Keyring
    from messages import channels
    from messages.catalogue import Catalogue
    from payments import psp
    from payments.links import Links

    known = settings()
    return World(
        settings=known,
        clock=clock(known),
        db=database(known),
        links=Links(known.public_url, Keyring.parse(known.encryption_key)),
        psp=psp.load("mollie", known),
        channels=channels.enabled(known),
        catalogue=Catalogue.load(),
    )


def site(made: World) -> Flask:
    """Return the whole web site: doors for people and doors for machines."""
    from web.site import create_site
    from webhooks.doors import doors

    log.set_up()
    flask = create_site(made)
    flask.register_blueprint(doors(made))
    return flask


class _Command(click.Group):
    """Turns our own errors into one clear message and exit status 1, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        try:
            return super().invoke(ctx)
        except Invalid as error:
            for problem in error.problems:
                click.echo(f"  {problem}", err=True)
            raise click.ClickException("nothing was done; put the fields above right and try again") from None
        except Misconfigured as error:
            click.echo("These settings need attention (see README.md, Settings):", err=True)
            for line in str(error).splitlines():
                click.echo(f"  {line}", err=True)
            sys.exit(1)
        except SeintjeError as error:
            raise click.ClickException(str(error)) from None


@click.group(cls=_Command)
def cli() -> None:
    """Seintje: payment requests that listen."""


@cli.command()
def key() -> None:
    """Print a fresh SECRET_KEY and ENCRYPTION_KEY."""
    from core.ids import OsIds

    click.echo(f"SECRET_KEY={OsIds().token(32)}")
    click.echo(f"ENCRYPTION_KEY={OsIds().token(32)}")


@cli.command()
def migrate() -> None:
    """Bring the database to the shape that this version needs."""
    from core.migrate import upgrade

    for version in upgrade(database(settings())):
        click.echo(f"applied {version}")
    click.echo("the database is up to date")


@cli.command()
@click.option("--merchant", required=True, help="The merchant's name, as payers know it.")
@click.option("--email", required=True, help="The owner's e-mail address.")
@click.option("--password", required=True, help="The owner's password; at least 12 characters.")
@click.option("--phone", default="", help="The number that payers know, for when they doubt a message.")
@click.option("--website", default="", help="The merchant's own site, for the same.")
@click.option("--color", default="", help="The merchant's colour, such as #0b6e4f.")
def init(merchant: str, email: str, password: str, **look: str) -> None:
    """Migrate, make the first merchant and owner, and print an API key once."""
    from core.migrate import upgrade
    from web.accounts.people import open_shop

    db = database(settings())
    upgrade(db)
    api_key = db.run(open_shop, merchant, email, password, look)
    click.echo(f"merchant: {merchant}\nowner: {email}\napi key (shown once): {api_key}")


@cli.command()
def check() -> None:
    """Load every enabled adapter and name every missing or wrong setting at once."""
    from core.migrate import pending

    made = world()
    made.db.ping()
    click.echo(f"money: {made.psp.name} ({made.psp.method_label})")
    click.echo(f"words: {', '.join(made.channels)}")
    behind = pending(made.db)
    click.echo("database: run `python app.py migrate` first" if behind else "database: up to date")
    sys.exit(1 if behind else 0)


@cli.command()
@click.option("--merchant", default=None, help="The merchant's id or name; needed when there are several.")
@click.option("--phone", required=True)
@click.option("--name", required=True)
@click.option("--amount", required=True, help="Such as 42.50 or 42,50.")
@click.option("--for", "description", required=True, help="What it is for, as the payer will read it.")
@click.option("--reference", required=True, help="Your own number for it, such as an invoice.")
@click.option("--due", default=None, help="The due date, such as 2026-12-01.")
@click.option("--send-at", default=None, help="Local time, such as 2026-11-25T09:00; now when absent.")
@click.option("--language", type=click.Choice(["nl", "en"]), default=None)
@click.option("--formality", type=click.Choice(["u", "je"]), default=None)
@click.option("--channel", "channels", multiple=True, help="In order of preference; may be repeated.")
def request(merchant: str | None, **fields: Any) -> None:  # noqa: ANN401 - click's options
    """Create one payment request."""
    from bot.stories.ask import from_shell

    made = world()
    created = made.db.run(from_shell, made.links, merchant, fields)
    click.echo(f"{created.id}\n{created.pay_url}")


@cli.command()
def web() -> None:
    """Only the doors: the web server."""
    from web.serve import serve

    known = settings()
    serve(lambda: site(world()), known.host, known.port)


@cli.command()
def worker() -> None:
    """Only the clock and the sending."""
    from bot.stories.rounds import Rounds

    log.set_up()
    rounds = Rounds(world())

    async def until_told() -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, rounds.stop)
        await with_ticks(rounds)

    asyncio.run(until_told())


async def with_ticks(rounds: Rounds) -> None:
    """Go round until stopped. The scheduler only ticks: what is due is in the database."""
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

    async def tick() -> None:
        rounds.tick()

    scheduler = AsyncIOScheduler()
    scheduler.add_job(tick, "interval", seconds=1, coalesce=True, misfire_grace_time=None)
    scheduler.start()
    try:
        await rounds.run()
    finally:
        scheduler.shutdown(wait=False)


@cli.command()
def serve() -> None:
    """Everything under one command: web and worker, restarted when they fall."""
    from web.serve import serve

    known = settings()
    serve(site_with_worker, known.host, known.port)


def site_with_worker() -> Flask:
    """Return the site, with a worker beside it in a thread of this process: enough for most."""
    from bot.stories.beside import work_beside
    from core.migrate import pending

    made = world()
    if pending(made.db):
        raise Misconfigured("DATABASE_URL: the database is behind; run `python app.py migrate` first.")
    work_beside(made, with_ticks)
    return site(made)


@cli.command()
@click.option("--port", default=8001, show_default=True)
def sandbox(port: int) -> None:
    """The stand-ins for Mollie, Twilio and Telegram alone."""
    from sandbox.command import run

    log.set_up()
    run(port, environment(), os.environ.get(DEMO_CLOCK))


@cli.command()
def understand() -> None:
    """Replies on standard input, one a line or as JSON lines; readings as JSON lines."""
    from bot.understanding.command import lines

    for line in lines(sys.stdin, SystemClock().now()):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


@cli.command()
@click.option(
    "--port", default=8000, show_default=True, help="Where the demo listens; the sandbox is next to it."
)
def demo(port: int) -> None:
    """The whole story on this machine: sandbox, web, worker and a shop, without accounts or keys."""
    from sandbox.demo import run

    sys.exit(run(port, os.environ, DEMO_CLOCK))


if __name__ == "__main__":
    cli()
