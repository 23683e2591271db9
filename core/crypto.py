"""Personal data at rest: one column type that encrypts, one that finds again, one that only recognises."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from os import urandom
from typing import Any, TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Dialect, String, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from core.errors import Misconfigured
from core.keys import parse_keys

_NONCE = 12
T = TypeVar("T")


@dataclass(frozen=True)
class Keyring:
    """The keys of this installation, newest first, as (key id, 32 bytes).

    The newest encrypts; all of them decrypt. The oldest also makes the blind indexes, so it stays:
    a key is rotated by putting a new one in front.
    """

    keys: tuple[tuple[str, bytes], ...]

    @classmethod
    def parse(cls, text: str) -> Keyring:
        """Read the setting ENCRYPTION_KEY. Raises Misconfigured, naming what is wrong."""
        return cls(parse_keys(text))

    def encrypt(self, text: str, purpose: str) -> str:
        """Seal `text` so that it opens only for the same `purpose`."""
        name, key = self.keys[0]
        # Not from core/ids: nobody ever sees a nonce, so a run that is repeated need not repeat it, and a
        # source that can be wound back would use one twice, which lays AES-GCM open.
        nonce = urandom(_NONCE)
        sealed = AESGCM(key).encrypt(nonce, text.encode(), purpose.encode())
        return f"{name}.{base64.b64encode(nonce + sealed).decode()}"

    def decrypt(self, sealed: str, purpose: str) -> str:
        """Open what `encrypt` sealed. Raises Misconfigured when the key is gone or the text changed."""
        name, _, encoded = sealed.partition(".")
        key = dict(self.keys).get(name)
        if key is None:
            raise Misconfigured(f"ENCRYPTION_KEY: key {name!r} is not there; put it back at the end.")
        try:
            raw = base64.b64decode(encoded, validate=True)
            return AESGCM(key).decrypt(raw[:_NONCE], raw[_NONCE:], purpose.encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise Misconfigured(f"stored text for {purpose} does not open with key {name!r}") from error

    def digest(self, purpose: str, text: str, size: int = 32) -> bytes:
        """Return a keyed fingerprint of `text` in `size` bytes, the same while the oldest key stays."""
        oldest = self.keys[-1][1]
        return hmac.new(oldest, f"{purpose}\0{text}".encode(), hashlib.sha256).digest()[:size]


def keyring_of(dialect: Dialect) -> Keyring:
    """Return the keyring that `Database` gave to this engine's dialect."""
    keyring: Keyring = dialect.keyring  # type: ignore[attr-defined]  # set by Database, see core/db.py
    return keyring


class ForOnePurpose(TypeDecorator[T]):
    """A column whose key is bound to `purpose`, so that what is in it means nothing in another column."""

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = Text
    cache_ok = True

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.purpose = purpose


class Encrypted(ForOnePurpose[str]):
    """Text that is sealed in the database and plain in the program; `purpose` binds it to its column."""

    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else keyring_of(dialect).encrypt(value, self.purpose)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else keyring_of(dialect).decrypt(value, self.purpose)


class EncryptedJson(ForOnePurpose[Any]):
    """A JSON value that is sealed in the database; replace it whole, changes within are not seen."""

    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ANN401 - JSON is any
        if value is None:
            return None
        return keyring_of(dialect).encrypt(json.dumps(value, ensure_ascii=False), self.purpose)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ANN401 - JSON is any
        return None if value is None else json.loads(keyring_of(dialect).decrypt(value, self.purpose))


class Fingerprint(str):
    """What a stored digest reads back as, so that writing it again does not digest it twice."""

    __slots__ = ()


class BlindIndex(ForOnePurpose[str]):
    """A keyed fingerprint that is compared with plain text: `Address.index == "+316…"` finds the row.

    What is read back is the fingerprint, which tells nothing.
    """

    impl = String(44)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None or isinstance(value, Fingerprint):
            return value
        return base64.b64encode(keyring_of(dialect).digest(f"index:{self.purpose}", value)).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else Fingerprint(value)


class TokenHash(TypeDecorator[str]):
    """SHA-256 of a random token: it can be recognised when somebody shows it, and never be read."""

    impl = String(64)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        if value is None or isinstance(value, Fingerprint):
            return value
        return hashlib.sha256(value.encode()).hexdigest()

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else Fingerprint(value)
