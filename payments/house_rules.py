"""Changing what a merchant decided: at once for new decisions, with a line of who changed what."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import select

from core.db import Tx
from core.errors import Refused
from payments.parties import Merchant
from payments.policy import Policy
from payments.timeline import Event

CHANGED: Final = "rules_changed"
# A form that is older than this many changes is filled in anew.
_MOST_TAKEN_BACK: Final = 50


def edition(policy: Policy) -> str:
    """Return 16 letters that stand for these very rules, so that a form can tell which ones it showed."""
    return hashlib.sha256(json.dumps(policy.stored(), sort_keys=True).encode()).hexdigest()[:16]


def change_rules(tx: Tx, merchant_id: str, seen: str, wanted: Mapping[str, Any], by: str) -> bool:
    """Let the rules of `wanted` (fields of Policy, checked by the caller) hold from now on.

    Returns whether that changes anything. What was granted before stays as it was agreed, since that is kept
    with each request. Raises Refused when the rules are not those of the edition `seen` any more.
    """
    merchant = tx.session.get_one(Merchant, merchant_id, with_for_update=True)
    before = merchant.policy
    if edition(before) != seen:
        raise Refused("the rules were changed meanwhile")
    after = replace(before, **wanted)
    old, new = _plain(before), _plain(after)
    changed = {name: [old[name], new[name]] for name in new if not _alike(old[name], new[name])}
    if changed:
        merchant.rules = {**merchant.rules, **{name: new[name] for name in changed}}
        tx.session.add(
            Event(merchant_id=merchant_id, at=tx.now, kind=CHANGED, actor=by, data={"changed": changed})
        )
    return bool(changed)


def policy_of_edition(tx: Tx, merchant_id: str, seen: str) -> Policy | None:
    """Return the rules as they were in the edition `seen`; None when no change leads back to it."""
    policy = tx.session.get_one(Merchant, merchant_id).policy
    for event in changes(tx, merchant_id, _MOST_TAKEN_BACK):
        if edition(policy) == seen:
            break
        before = {name: old for name, (old, _) in event.data["changed"].items()}
        policy = Policy.of(_plain(policy) | before)
    return policy if edition(policy) == seen else None


def _plain(policy: Policy) -> dict[str, Any]:
    """The rules as JSON keeps them."""
    stored = policy.stored()
    return {name: list(value) if isinstance(value, tuple) else value for name, value in stored.items()}


def _alike(old: object, new: object) -> bool:
    """Whether they mean the same: of a list, the order in which somebody ticked it is no change."""
    return sorted(old) == sorted(new) if isinstance(old, list) and isinstance(new, list) else old == new


def changes(tx: Tx, merchant_id: str, most: int) -> Sequence[Event]:
    """Return the latest changes of a merchant's rules, the newest first."""
    query = select(Event).where(Event.merchant_id == merchant_id, Event.kind == CHANGED)
    return tx.session.scalars(query.order_by(Event.id.desc()).limit(most)).all()
