"""What the command line does with merchants, users and keys: `init`, `user` and `api-key`."""

from __future__ import annotations

from datetime import datetime

import click
from sqlalchemy import Select, select

from core.calendar import local
from core.db import Database, Tx
from core.errors import Invalid, Problem
from core.migrate import upgrade
from payments.merchants import merchant_meant
from web.accounts import people
from web.accounts.models import ApiKey, User


def init(db: Database, merchant: str, email: str, password: str, **look: str) -> None:
    """Migrate and open a shop; print its key once. Raises Invalid with every wrong field."""
    db.ping()
    upgrade(db)
    key = db.run(people.open_shop, merchant, email, password, look)
    click.echo(f"merchant: {merchant}\nowner: {email}\napi key (shown once): {key}")


def user(db: Database, merchant: str | None, email: str, deed: str, **given: str) -> None:
    """Make the user with this address, or do the deed to them; without an address, list who there are.

    `deed` is empty, `disable` or `reset`; `given` holds name, role and password. A password that is needed
    and empty is asked for. Raises Invalid with every wrong field.
    """
    if not email:
        _tell(db.read(_users))
    elif deed == "disable":
        click.echo(f"disabled: {db.run(_disable, email)}")
    elif deed == "reset":
        db.read(_known, email)  # or a password would be asked for in vain
        click.echo(f"new password: {db.run(_reset, email, _asked(given['password']))}")
    else:
        db.read(_free, merchant, email)
        role, name = given["role"], given["name"]
        click.echo(f"{role}: {db.run(_hire, merchant, email, name, role, _asked(given['password']))}")


def api_key(db: Database, merchant: str | None, name: str, *, revoke: bool) -> None:
    """Make the key with this name and print it once, or revoke it; without a name, list the keys.

    Raises Invalid when the name is in use already, or when no key has it.
    """
    if not name:
        _tell(db.read(_keys, merchant))
    elif revoke:
        click.echo(f"revoked: {db.run(_revoke, merchant, name)}")
    else:
        click.echo(f"api key (shown once): {db.run(_make_key, merchant, name)}")


def _tell(lines: list[str]) -> None:
    for line in lines or ["there are none yet"]:
        click.echo(line)


def _asked(password: str) -> str:
    return password or click.prompt("Password", hide_input=True, confirmation_prompt=True)


def _users(tx: Tx) -> list[str]:
    known = tx.session.scalars(select(User).order_by(User.merchant_id, User.id))
    return [
        f"{one.email}  {one.name}  {one.role} at {one.merchant.name}  {_since(one.created_at)}"
        + (f", disabled {_day(one.disabled_at)}" if one.disabled_at else "")
        for one in known
    ]


def _known(tx: Tx, email: str) -> User:
    found = tx.session.scalars(select(User).where(User.email_index == people.as_kept(email))).first()
    if found is None:
        raise Invalid([Problem("email", "belongs to nobody.", "`python app.py user` lists who there are.")])
    return found


def _free(tx: Tx, merchant: str | None, email: str) -> None:
    """Raise Invalid when there is somebody with this address, or when the merchant is not clear."""
    merchant_meant(tx, merchant)
    if tx.session.scalar(select(User.id).where(User.email_index == people.as_kept(email))) is not None:
        remedy = "Use --reset for a new password, or --disable to let them in no more."
        raise Invalid([Problem("email", "belongs to a user already.", remedy)])


def _hire(tx: Tx, merchant: str | None, email: str, name: str, role: str, password: str) -> str:
    return people.create_user(tx, merchant_meant(tx, merchant), email, name, password, role).email


def _disable(tx: Tx, email: str) -> str:
    found = _known(tx, email)
    people.disable_user(tx, found)
    return found.email


def _reset(tx: Tx, email: str, password: str) -> str:
    found = _known(tx, email)
    people.reset_user(tx, found, password)
    return found.email


def _keys(tx: Tx, merchant: str | None) -> list[str]:
    known = tx.session.scalars(_of(merchant_meant(tx, merchant).id).order_by(ApiKey.created_at, ApiKey.id))
    return [
        f"{one.name}  {_since(one.created_at)}"
        + (f", revoked {_day(one.revoked_at)}" if one.revoked_at else "")
        for one in known
    ]


def _in_use(tx: Tx, merchant_id: str, name: str) -> list[ApiKey]:
    query = _of(merchant_id).where(ApiKey.name == " ".join(name.split()), ApiKey.revoked_at.is_(None))
    return list(tx.session.scalars(query))


def _make_key(tx: Tx, merchant: str | None, name: str) -> str:
    shop = merchant_meant(tx, merchant)
    if _in_use(tx, shop.id, name):
        raise Invalid([Problem("name", "is another key's.", "Take another name, or revoke that key first.")])
    return people.create_api_key(tx, shop, name)


def _revoke(tx: Tx, merchant: str | None, name: str) -> str:
    found = _in_use(tx, merchant_meant(tx, merchant).id, name)
    if not found:
        raise Invalid([Problem("name", "is no key's.", "`python app.py api-key` lists them.")])
    for key in found:
        people.revoke_api_key(tx, key)
    return found[0].name


def _of(merchant_id: str) -> Select[ApiKey]:
    return select(ApiKey).where(ApiKey.merchant_id == merchant_id)


def _since(instant: datetime) -> str:
    return f"since {_day(instant)}"


def _day(instant: datetime) -> str:
    return local(instant).date().isoformat()
