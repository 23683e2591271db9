"""How the command line answers: errors in words, about the options that were typed, without a traceback."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import click

from core.errors import Invalid, Misconfigured, SeintjeError


class Commands(click.Group):
    """Turns our own errors into one clear message and exit status 1."""

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
            raise click.ClickException(_in_full(error)) from None


def _in_full(error: SeintjeError) -> str:
    """What went wrong, and what the database's driver said when it says more (never a statement or value)."""
    said, more = str(error), str(getattr(error.__cause__, "orig", "") or "").strip()
    return f"{said}: {more}" if more and more not in said else said


@contextmanager
def told_as_options(names: Mapping[str, str]) -> Iterator[None]:
    """Name in every problem the option that was typed instead of the field that it became.

    `names` maps a field, or the beginning of one that ends in a dot, to its option without dashes.
    """
    try:
        yield
    except Invalid as error:
        told = [replace(problem, field=_option(problem.field, names)) for problem in error.problems]
        raise Invalid(dict.fromkeys(told)) from None


def _option(field: str, names: Mapping[str, str]) -> str:
    for known, option in names.items():
        if field == known or (known.endswith(".") and field.startswith(known)):
            return f"--{option}"
    return f"--{field.removeprefix('--')}"


def words_in_and_out() -> None:
    """Read and write UTF-8 whatever the terminal says; bytes that are not become a question mark."""
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # a text stream
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # idem


def run_until_told(work: Coroutine[Any, Any, None], stop: Callable[[], None]) -> None:
    """Run `work` in an event loop of its own; SIGTERM and Ctrl-C call `stop`, after which it should end."""

    async def listening() -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop)
        await work

    asyncio.run(listening())
