"""What waits, failed or needs a person can be counted without looking through everything."""

import sqlalchemy as sa
from alembic import op

revision = "0006_counted"
down_revision = "0005_found_by_a_part"


def upgrade() -> None:
    op.create_index("ix_payment_request_status", "payment_request", ["status"])
    _partial("ix_payment_request_attention", "payment_request", "merchant_id", "attention IS NOT NULL")
    _partial("ix_incoming_dead", "incoming", "received_at", "state = 'dead'")
    _partial("ix_outgoing_unknown", "outgoing", "created_at", "status = 'unknown'")
    _partial("ix_outgoing_failed", "outgoing", "created_at", "status = 'failed'")


def _partial(name: str, table: str, column: str, where: str) -> None:
    op.create_index(name, table, [column], sqlite_where=sa.text(where), postgresql_where=sa.text(where))
