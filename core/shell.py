"""How the command line answers: errors in words, about the options that were typed, without a traceback."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import replace
from typing import Any

import click

from core.abreast import abreast
from core.errors import Invalid, Misconfigured, Problem, SeintjeError
from core.shell_options import FIELDS


class Commands(click.Group):
    """Turns our own errors into one clear message and exit status 1."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        try:
            return super().invoke(ctx)
        except Invalid as error:
            for problem in _as_typed(error, FIELDS.get(ctx.invoked_subcommand, {})):
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


def _as_typed(error: Invalid, names: Mapping[str, str]) -> Iterable[Problem]:
    """Name in every problem the option that was typed instead of the field that it became.

    `names` maps a field, or the beginning of one that ends in a dot, to its option without dashes.
    """
    return dict.fromkeys(replace(problem, field=_option(problem.field, names)) for problem in error.problems)


def _option(field: str, names: Mapping[str, str]) -> str:
    for known, option in names.items():
        if field == known or (known.endswith(".") and field.startswith(known)):
            return f"--{option}"
    return f"--{field.removeprefix('--')}"


def words_through(answer: Callable[[str], str]) -> None:
    """Answer each line of the input with a line of output, at once and in order, with all processors.

    Reads and writes UTF-8 whatever the terminal says; bytes that are not become a question mark.
    """
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # a text stream
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # idem
    for line in abreast(sys.stdin, answer):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


def run_until_told(work: Coroutine[Any, Any, None], stop: Callable[[], None]) -> None:
    """Run `work` in an event loop of its own; SIGTERM and Ctrl-C call `stop`, after which it should end."""

    async def listening() -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop)
        await work

    asyncio.run(listening())
