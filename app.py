"""Puts the house together and is its command line; the only reader of the environment."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from core import config, log
from core.clock import Clock, SystemClock, clock_of
from core.shell import Commands, run_until_told, words_through
from core.shell_options import OF_API_KEY, OF_INIT, OF_REQUEST, OF_USER

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

    return config.with_file(os.environ, ".env", dotenv_values)


def settings() -> config.Settings:
    return config.load(environment())


def clock(known: config.Settings | None = None) -> Clock:
    """Return the system's clock, or the demo's. Raises Misconfigured when that is wanted outside a demo."""
    demo = known is None or known.public_is_loopback
    return clock_of(DEMO_CLOCK, os.environ.get(DEMO_CLOCK, ""), demo=demo)


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


def ready_world() -> World:
    """Return the world, ready for work. Raises Misconfigured when its database lacks a version."""
    from core.migrate import insist_on_current

    made = world()
    insist_on_current(made.db)
    return made


def site(made: World) -> Flask:
    """Return the whole web site: doors for people and doors for machines."""
    from web.site import create_site
    from webhooks.doors import doors

    log.set_up(quiet=DEMO_CLOCK in os.environ)
    flask = create_site(made)
    flask.register_blueprint(doors(made))
    return flask


@click.group(cls=Commands)
def cli() -> None:
    """Seintje: payment requests that listen."""


@cli.command()
def key() -> None:
    """Print a fresh SECRET_KEY and ENCRYPTION_KEY."""
    from core.ids import OsIds

    click.echo(f"SECRET_KEY={OsIds().token(32)}\nENCRYPTION_KEY={OsIds().token(32)}")


@cli.command()
def migrate() -> None:
    """Bring the database to the shape that this version needs."""
    from core.migrate import upgrade

    db = database(settings())
    db.ping()
    for version in upgrade(db):
        click.echo(f"applied {version}")
    click.echo("the database is up to date")


@cli.command("init")
@OF_INIT
def open_shop(**given: str) -> None:
    """Migrate, make the first merchant and owner, and print an API key once."""
    from web.accounts.command import init

    init(database(settings()), **given)


@cli.command("user")
@OF_USER
def change_user(**given: Any) -> None:  # noqa: ANN401 - click's options
    """Make an agent or owner who can log in, let one in no more, or list them."""
    from web.accounts.command import user

    user(database(settings()), **given)


@cli.command("api-key")
@OF_API_KEY
def change_api_key(**given: Any) -> None:  # noqa: ANN401 - click's options
    """Make a key for a system that calls the API and print it once, revoke one, or list them."""
    from web.accounts.command import api_key

    api_key(database(settings()), **given)


@cli.command()
def check() -> None:
    """Load every enabled adapter and name every missing or wrong setting at once."""
    from core.migrate import pending

    made = world()
    click.echo(f"money: {made.psp.name} ({made.psp.method_label})")
    click.echo(f"words: {', '.join(made.channels)}")
    made.db.ping()
    behind = pending(made.db)
    click.echo(f"database: {'run `python app.py migrate` first' if behind else 'up to date'}")
    sys.exit(int(behind))


@cli.command()
@OF_REQUEST
def request(merchant: str | None, **fields: Any) -> None:  # noqa: ANN401 - click's options
    """Create one payment request."""
    from bot.stories.ask import from_shell

    made = ready_world()
    created = made.db.run(from_shell, made.links, merchant, fields)
    click.echo(f"{created.id}\n{created.pay_url}")


@cli.command()
def web() -> None:
    """Only the doors: the web server."""
    from web.serve import serve

    serve(lambda: site(ready_world()), settings())


@cli.command()
def worker() -> None:
    """Only the clock and the sending."""
    from bot.stories.rounds import Rounds

    log.set_up(quiet=DEMO_CLOCK in os.environ)
    rounds = Rounds(ready_world())
    run_until_told(with_ticks(rounds), rounds.stop)


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

    serve(site_with_worker, settings())


def site_with_worker() -> Flask:
    """Return the site, with a worker beside it in a thread of this process: enough for most."""
    from bot.stories.beside import work_beside

    made = ready_world()
    work_beside(made, with_ticks)
    return site(made)


@cli.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True)
def sandbox(port: int) -> None:
    """The stand-ins for Mollie, Twilio and Telegram alone."""
    from sandbox.command import run

    log.set_up(quiet=DEMO_CLOCK in os.environ)
    run(port, environment(), clock())


@cli.command()
def understand() -> None:
    """Replies on standard input, one a line or as JSON lines; readings as JSON lines."""
    from bot.understanding.command import reader

    words_through(reader(SystemClock().now()))


@cli.command()
@click.option("--port", type=click.IntRange(1, 65534), default=8000, show_default=True)
def demo(port: int) -> None:
    """The whole story on this machine: sandbox, web, worker and a shop, without accounts or keys."""
    from sandbox.demo import run

    sys.exit(run(port, os.environ, DEMO_CLOCK))


if __name__ == "__main__":
    cli()
