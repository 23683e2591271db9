from __future__ import annotations

import re
import tomllib

from payments.attention import REASONS
from tests.docs.reading import ROOT, section, text_of

OPERATIONS = text_of(ROOT / "docs" / "operations.md")
_PRODUCT = ("payments", "messages", "bot", "webhooks", "web")


def _in_first_column(heading: str) -> set[str]:
    return set(re.findall(r"^\| `(\w+)", section(OPERATIONS, heading), re.MULTILINE))


def test_every_reason_for_attention_is_explained_with_what_to_do() -> None:
    source = "\n".join(path.read_text() for name in _PRODUCT for path in (ROOT / name).rglob("*.py"))
    given = re.findall(r'raise_attention\([^"\n]*"(\w+)"|attention="(\w+)"', source)
    reasons = {one or other for one, other in given}
    assert reasons == set(REASONS)
    assert len(re.findall(r"request\.attentions? = ", source)) == 4  # all of them in payments/attention.py
    words = tomllib.loads((ROOT / "web" / "copy" / "en.toml").read_text())["attention"]
    explained = _in_first_column("## What asks for attention")
    assert explained == reasons
    assert explained == words.keys() - {"other"}


def test_every_figure_is_explained_and_every_explained_figure_is_there() -> None:
    counted = set(re.findall(r'"(seintje_\w+)"', (ROOT / "web" / "vitals.py").read_text()))
    assert _in_first_column("## Figures") == counted


def test_every_log_line_to_watch_for_is_one_that_the_program_writes() -> None:
    paragraph = next(line for line in OPERATIONS.splitlines() if line.startswith("Alarms are lines"))
    told = [line for line in re.findall(r"`([^`]+)`", paragraph) if not line.startswith('"')]
    roots = (*_PRODUCT, "core")
    source = "\n".join(path.read_text() for name in roots for path in (ROOT / name).rglob("*.py"))
    assert len(told) > 3
    assert [line for line in told if f'"{line}' not in source] == []
