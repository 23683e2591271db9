"""Who may come where, as data: every door behind the login stands here, or it stays shut for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from web.accounts.models import Role

# Rooms whose callers prove themselves in another way: a pay link, a provider's signature, a Bearer key.
OWN_PROOF: Final = frozenset({"pay", "webhooks", "api"})
# Doors for everybody: nothing of a merchant or a payer can be seen there.
OPEN: Final = frozenset(
    {"static", "front.door", "accounts.login", "vitals.healthz", "vitals.readyz", "vitals.metrics"}
)

_OWNER: Final = frozenset({Role.OWNER})
_BOTH: Final = frozenset({Role.OWNER, Role.AGENT})

ACCESS: Final[Mapping[str, frozenset[Role]]] = {
    "accounts.logout": _BOTH,
    "desk.home": _BOTH,
    "desk.push": _BOTH,
    "desk.who": _BOTH,
    "desk.story": _BOTH,
    "desk.events": _BOTH,
    "desk.waiting": _BOTH,
    "desk.rows": _BOTH,
    "desk.person": _BOTH,
    "desk.talk": _BOTH,
    "desk.answer": _BOTH,
    "desk.settle": _BOTH,
    "desk.resume": _BOTH,
    "desk.plan": _BOTH,
    "desk.reopen": _OWNER,
    "admin.home": _BOTH,
    "admin.story": _BOTH,
    "admin.resume": _BOTH,
    "admin.lower": _BOTH,
    "admin.rules": _BOTH,
    "admin.change_rules": _OWNER,
    "admin.settle": _OWNER,
    "admin.pause": _OWNER,
    "admin.withdraw": _OWNER,
    "admin.give_back": _OWNER,
}
