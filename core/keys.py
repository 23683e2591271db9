"""Reads the encryption keys from their setting; apart from what uses them, which is heavy to load."""

from __future__ import annotations

import base64
import re

from core.errors import Misconfigured

_KEY_NAME = re.compile(r"[A-Za-z0-9_-]+")


def parse_keys(text: str) -> tuple[tuple[str, bytes], ...]:
    """Read `id:base64,id:base64` or one bare base64 key; return (key id, 32 bytes), newest first.

    A key without an id is called after its age, the oldest `k1`, so that it keeps its name.
    Raises Misconfigured, naming what is wrong.
    """
    oldest_first = [part for part in text.split(",") if part.strip()][::-1]
    keys = [_key(part.strip(), f"k{number}") for number, part in enumerate(oldest_first, 1)]
    if not keys:
        raise Misconfigured("ENCRYPTION_KEY: is empty; make one with `python app.py key`.")
    if len(dict(keys)) < len(keys):
        raise Misconfigured("ENCRYPTION_KEY: two keys have the same name; name them `new:…,old:…`.")
    return tuple(reversed(keys))


def _key(part: str, default_name: str) -> tuple[str, bytes]:
    name, _, encoded = part.rpartition(":")
    try:
        key = base64.b64decode(encoded + "=" * (-len(encoded) % 4), altchars=b"-_", validate=True)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise Misconfigured(
            "ENCRYPTION_KEY: each key is 32 bytes in base64; make one with `python app.py key`."
        )
    if name and not _KEY_NAME.fullmatch(name):
        raise Misconfigured("ENCRYPTION_KEY: the name of a key has letters, digits, `_` and `-` only.")
    return name or default_name, key
