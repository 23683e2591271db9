"""What a dialogue needs to remember: what was offered to choose from, and codes that prove we are real."""

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0003_dialogue"
down_revision = "0002_accounts"


def upgrade() -> None:
    with op.batch_alter_table("outgoing", recreate=_recreate()) as outgoing:
        outgoing.add_column(sa.Column("also", sa.JSON(), nullable=True))
        outgoing.add_column(sa.Column("options", sa.Text(), nullable=True))
    with op.batch_alter_table("checkout", recreate=_recreate()) as checkout:
        checkout.add_column(sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("payment_request", recreate=_recreate()) as request:
        request.add_column(sa.Column("checking_since", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("payer", recreate=_recreate()) as payer:
        payer.add_column(sa.Column("channel", sa.String(12), nullable=True))
        payer.add_column(sa.Column("pay_day", sa.Integer(), nullable=True))
    _proof()
    _instalment()


def _recreate() -> Literal["always", "auto"]:
    """SQLite would put new columns on the line of the last one; made anew, a table reads like its model."""
    return "always" if op.get_bind().dialect.name == "sqlite" else "auto"


def _proof() -> None:
    op.create_table(
        "proof",
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("merchant_id", sa.String(40), nullable=False),
        sa.Column("request_id", sa.String(40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchant.id"], name="fk_proof_merchant_id"),
        sa.ForeignKeyConstraint(["request_id"], ["payment_request.id"], name="fk_proof_request_id"),
        sa.PrimaryKeyConstraint("code", name="pk_proof"),
    )


def _instalment() -> None:
    op.create_table(
        "instalment",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("merchant_id", sa.String(40), nullable=False),
        sa.Column("request_id", sa.String(40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchant.id"], name="fk_instalment_merchant_id"),
        sa.ForeignKeyConstraint(["request_id"], ["payment_request.id"], name="fk_instalment_request_id"),
        sa.PrimaryKeyConstraint("id", name="pk_instalment"),
    )
    op.create_index("ix_instalment_request_id", "instalment", ["request_id"])
