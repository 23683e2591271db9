"""Which merchant is meant by somebody who types: an id, a name, or nothing when there is only one."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from core.db import Tx
from core.errors import Invalid, Problem
from payments.parties import Merchant


def merchant_meant(tx: Tx, wanted: str | None) -> Merchant:
    """Return the merchant with this id or name, or the only one. Raises Invalid when that is not clear."""
    known = tx.session.scalars(select(Merchant).order_by(Merchant.id)).all()
    meant = [one for one in known if wanted is None or wanted in {one.id, one.name}]
    if len(meant) != 1:
        raise Invalid([_unclear(known, meant, wanted)])
    return meant[0]


def _unclear(known: Sequence[Merchant], meant: Sequence[Merchant], wanted: str | None) -> Problem:
    if not known:
        return Problem("merchant", "there is none yet.", "Make one with `python app.py init`.")
    if wanted is not None and not meant:
        return Problem("merchant", f"nobody is called {wanted}.", f"Known: {_names(known)}.")
    what = "is needed to say which one." if wanted is None else "is the name of several; give an id."
    return Problem("merchant", what, f"Known: {_names(meant)}.")


def _names(merchants: Sequence[Merchant]) -> str:
    return ", ".join(f"{merchant.name} ({merchant.id})" for merchant in merchants)
