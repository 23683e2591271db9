"""Looks through the source for what the house promised itself; each look tells where it found something."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PACKAGES: Final = ("core", "payments", "messages", "bot", "webhooks", "web", "sandbox")
_CLOCKS: Final = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "time": {"time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "gmtime", "localtime"},
    "func": {"now", "current_timestamp"},
}
_ENVIRONMENT: Final = frozenset({"environ", "environb", "getenv", "putenv"})
_VAGUE: Final = re.compile(r"(?<![a-z])(util|helper|service|manager|handler|misc)s?(?![a-z])")
_MOCKS: Final = re.compile(r"\b(unittest\.mock|MagicMock|AsyncMock|mock\.patch|mocker|create_autospec)\b")
_UNFINISHED: Final = re.compile(r"\b(TODO|FIXME|HACK)\b")
_WORDS_IN_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True)
class Source:
    """One file of Python: its place below the root, its text, and what it says."""

    name: str
    text: str

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)


def product() -> list[Source]:
    """The sources of everything that is shipped."""
    paths = [ROOT / "app.py", *(path for name in PACKAGES for path in (ROOT / name).rglob("*.py"))]
    return [_source(path) for path in sorted(paths)]


def tests() -> list[Source]:
    return [_source(path) for path in sorted((ROOT / "tests").rglob("*.py"))]


def _source(path: Path) -> Source:
    return Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))


def imported(source: Source) -> Iterator[str]:
    """The names of the modules that a source imports, also within its functions."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def reads_words(source: Source) -> list[str]:
    """What in a source would read somebody's words: expressions, understanding, a `text` that is given."""
    imports = {name for name in imported(source) if name == "re" or name.startswith("bot.understanding.")}
    names = {node.id for node in ast.walk(source.tree) if isinstance(node, ast.Name)}
    arguments = {node.arg for node in ast.walk(source.tree) if isinstance(node, ast.arg)}
    return sorted(imports | names & {"understand"} | arguments & {"text"})


def commits(source: Source) -> list[int]:
    """The lines that begin or end a transaction, or make what could."""
    return [node.lineno for node in _calls(source) if _commits(node)]


def _commits(call: ast.Call) -> bool:
    name = _name(call.func)
    # SQLAlchemy's own take no arguments by place, unlike a function of ours that begins something.
    ends = isinstance(call.func, ast.Attribute) and name in {"commit", "begin"} and not call.args
    makes = isinstance(call.func, ast.Name) and name == "Session"  # and not requests.Session
    return ends or makes or name in {"sessionmaker", "create_engine"}


def clock_readings(source: Source) -> list[int]:
    """The lines that ask a clock other than one that was given."""
    found = [n.lineno for n in ast.walk(source.tree) if isinstance(n, ast.Attribute) and _reads_clock(n)]
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            found += [node.lineno for alias in node.names if alias.name in _CLOCKS["time"]]
    return found


def _reads_clock(node: ast.Attribute) -> bool:
    return node.attr in _CLOCKS.get(_name(node.value), set())


def environment_readings(source: Source) -> list[int]:
    """The lines that look at the environment of the process."""
    lines = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and _name(node.value) == "os" and node.attr in _ENVIRONMENT:
            lines.append(node.lineno)
        elif isinstance(node, ast.ImportFrom) and node.module == "os":
            lines += [node.lineno for alias in node.names if alias.name in _ENVIRONMENT]
        elif isinstance(node, ast.Name) and node.id in {"dotenv_values", "load_dotenv"}:
            lines.append(node.lineno)
    return lines


def says_what_it_is_for(source: Source) -> bool:
    """Whether the module begins with a whole sentence on one line; an empty file has nothing to say."""
    if not source.text.strip():
        return True
    first = (ast.get_docstring(source.tree) or "").partition("\n")[0]
    return len(first.split()) >= 3 and first.endswith(".") and not first[0].islower()


def long_functions(source: Source, most: int) -> list[str]:
    """The functions with more than `most` lines."""
    found = [n for n in ast.walk(source.tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [f.name for f in found if (f.end_lineno or f.lineno) - f.lineno + 1 > most]


def vague_names(source: Source) -> list[str]:
    """Names of the file, its folders and what it defines that say nothing about what it is for."""
    defined = [
        node.name
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    names = [*Path(source.name).with_suffix("").parts, *defined]
    return [name for name in names if _VAGUE.search(_WORDS_IN_CAMEL.sub("_", name).lower())]


def mocks(source: Source) -> list[str]:
    return _MOCKS.findall(source.text)


def unfinished(source: Source) -> list[str]:
    return _UNFINISHED.findall(source.text)


def _calls(source: Source) -> Iterator[ast.Call]:
    return (node for node in ast.walk(source.tree) if isinstance(node, ast.Call))


def _name(node: ast.expr) -> str:
    """The last part of a dotted name."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
