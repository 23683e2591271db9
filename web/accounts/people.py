"""Making merchants, users and keys: what the command line offers, with every wrong field told at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final
from urllib.parse import urlsplit

from sqlalchemy import delete, select

from core.db import Tx
from core.errors import Invalid, Problem
from payments.parties import Merchant
from web.accounts.models import ApiKey, Role, User, WebSession
from web.accounts.passwords import LONGEST, SHORTEST, hashed
from web.telling import FIRST_KEY

_EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+")
_LONGEST_NAME: Final = 80


def open_shop(tx: Tx, merchant: str, email: str, password: str, look: Mapping[str, str]) -> str:
    """Make a merchant with its owner and return its first API key. Raises Invalid with every problem."""
    problems = [*_merchant_problems(merchant, look), *_user_problems(tx, email, merchant, password)]
    if problems:
        raise Invalid(problems)
    shop = create_merchant(tx, merchant, look)
    create_user(tx, shop, email, merchant, password)
    return create_api_key(tx, shop, FIRST_KEY)


def create_merchant(tx: Tx, name: str, look: Mapping[str, str] | None = None) -> Merchant:
    """Make a merchant. `look` may hold phone, website, color, language and formality; empty is default.

    Raises Invalid with every wrong field.
    """
    look = {key: value.strip() for key, value in (look or {}).items() if value.strip()}
    if problems := list(_merchant_problems(name, look)):
        raise Invalid(problems)
    merchant = Merchant(id=tx.new_id("mer"), name=_line(name), created_at=tx.now, **look)
    tx.session.add(merchant)
    tx.session.flush()
    return merchant


def create_user(
    tx: Tx, merchant: Merchant, email: str, name: str, password: str, role: str = Role.OWNER
) -> User:
    """Make somebody who can log in. Raises Invalid with every wrong field, also for a taken address."""
    if problems := list(_user_problems(tx, email, name, password, role)):
        raise Invalid(problems)
    user = User(
        id=tx.new_id("usr"),
        merchant_id=merchant.id,
        email=as_kept(email),
        email_index=as_kept(email),
        name=_line(name),
        password_hash=hashed(password),
        role=Role(role),
        created_at=tx.now,
    )
    tx.session.add(user)
    tx.session.flush()
    return user


def disable_user(tx: Tx, user: User) -> None:
    """Let `user` in no more, also where they are logged in now."""
    user.disabled_at = tx.now
    tx.session.execute(delete(WebSession).where(WebSession.user_id == user.id))


def reset_user(tx: Tx, user: User, password: str) -> None:
    """Let `user` in with a new password only, also after they were disabled. Raises Invalid for a bad one."""
    if problems := list(_password_problems(user.email, password)):
        raise Invalid(problems)
    user.password_hash = hashed(password)
    disable_user(tx, user)
    user.disabled_at = None


def create_api_key(tx: Tx, merchant: Merchant, name: str) -> str:
    """Make a key for a merchant's system and return it: this is the only time that it can be read."""
    if problem := _name_problem("name", name):
        raise Invalid([problem])
    plain = f"sk_{tx.ids.token(32)}"
    key = ApiKey(id=tx.new_id("key"), merchant_id=merchant.id, name=_line(name), key=plain)
    key.created_at = tx.now
    tx.session.add(key)
    tx.session.flush()
    return plain


def revoke_api_key(tx: Tx, key: ApiKey) -> None:
    """Refuse `key` from now on."""
    key.revoked_at = key.revoked_at or tx.now


def as_kept(email: str) -> str:
    """Return the form in which an e-mail address is kept and looked up."""
    return email.strip().lower()


def _line(text: str) -> str:
    return " ".join(text.split())


def _name_problem(field: str, name: str) -> Problem | None:
    line = _line(name)
    if not line or not line.isprintable():
        return Problem(field, "must be a line of ordinary text.")
    if len(line) > _LONGEST_NAME:
        return Problem(field, f"is too long: at most {_LONGEST_NAME} characters.")
    return None


def _merchant_problems(name: str, look: Mapping[str, str]) -> Iterator[Problem]:
    if problem := _name_problem("merchant", name):
        yield problem
    for field, value in look.items():
        check, remedy = _LOOK.get(field, (_never, "It is not a field we know."))
        if value.strip() and not check(value.strip()):
            yield Problem(field, "cannot be used.", remedy)


def _user_problems(tx: Tx, email: str, name: str, password: str, role: str = Role.OWNER) -> Iterator[Problem]:
    if problem := _name_problem("name", name):
        yield problem
    if not _EMAIL.fullmatch(as_kept(email)) or len(email) > 254 or not email.strip().isprintable():
        yield Problem("email", "is not an e-mail address.", "Write it as jansen@fietshuis.nl.")
    elif tx.session.scalar(select(User.id).where(User.email_index == as_kept(email))) is not None:
        yield Problem("email", "belongs to another user.", "Use another address.")
    yield from _password_problems(email, password)
    if role not in set(Role):
        yield Problem("role", "is not a role.", f"Use one of: {', '.join(Role)}.")


def _password_problems(email: str, password: str) -> Iterator[Problem]:
    if len(password) < SHORTEST:
        yield Problem("password", "is too short.", f"Use at least {SHORTEST} characters, such as four words.")
    elif len(password) > LONGEST:
        yield Problem("password", "is too long.", f"Use at most {LONGEST} characters.")
    elif as_kept(password) == as_kept(email) or len(set(password)) < 5:
        yield Problem("password", "is too easy to guess.", "Use four words that have nothing in common.")


def _never(_value: str) -> bool:
    return False


def _website(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:  # half an IPv6 address
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and len(value) <= 200


_LOOK: Final[Mapping[str, tuple[Callable[[str], object], str]]] = {
    "phone": (re.compile(r"\+?[0-9 ()-]{3,30}").fullmatch, "Write it as 020 123 45 67."),
    "website": (_website, "Write it as https://www.fietshuis.nl."),
    "color": (re.compile(r"#[0-9a-fA-F]{6}").fullmatch, "Write it as #0b6e4f."),
    "language": (("nl", "en").__contains__, "Use nl or en."),
    "formality": (("u", "je").__contains__, "Use u or je."),
}
