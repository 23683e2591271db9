"""One checkout can pay several requests, each its share; one link can lead to several."""

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0004_shares"
down_revision = "0003_dialogue"


def upgrade() -> None:
    _share()
    op.execute(
        "INSERT INTO share (checkout_id, request_id, merchant_id, amount_cents, currency, offered) "
        "SELECT id, request_id, merchant_id, amount_cents, currency, offered FROM checkout"
    )
    op.drop_index("ix_checkout_offered", "checkout")
    op.drop_index("ix_checkout_request_id", "checkout")
    with op.batch_alter_table("checkout", recreate=_recreate()) as checkout:
        checkout.drop_constraint("fk_checkout_request_id", type_="foreignkey")
        checkout.drop_column("request_id")
        checkout.drop_column("offered")
    with op.batch_alter_table("ledger_entry", recreate=_recreate()) as entry:
        entry.drop_constraint("uq_ledger_entry_psp_kind_psp_ref", type_="unique")
        entry.create_unique_constraint(
            "uq_ledger_entry_psp_kind_psp_ref_request_id", ["psp", "kind", "psp_ref", "request_id"]
        )
    op.create_index("ix_ledger_entry_checkout_id", "ledger_entry", ["checkout_id"])
    _linked_request()


def _recreate() -> Literal["always", "auto"]:
    """SQLite changes a table by making it anew; PostgreSQL changes it in place."""
    return "always" if op.get_bind().dialect.name == "sqlite" else "auto"


def _share() -> None:
    op.create_table(
        "share",
        sa.Column("checkout_id", sa.String(40), nullable=False),
        sa.Column("request_id", sa.String(40), nullable=False),
        sa.Column("merchant_id", sa.String(40), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["checkout_id"], ["checkout.id"], name="fk_share_checkout_id"),
        sa.ForeignKeyConstraint(["request_id"], ["payment_request.id"], name="fk_share_request_id"),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchant.id"], name="fk_share_merchant_id"),
        sa.PrimaryKeyConstraint("checkout_id", "request_id", name="pk_share"),
    )
    op.create_index(
        "ix_share_offered",
        "share",
        ["request_id"],
        unique=True,
        sqlite_where=sa.text("offered"),
        postgresql_where=sa.text("offered"),
    )
    op.create_index("ix_share_request_id", "share", ["request_id"])


def _linked_request() -> None:
    op.create_table(
        "linked_request",
        sa.Column("token", sa.String(64), nullable=False),
        sa.Column("request_id", sa.String(40), nullable=False),
        sa.Column("merchant_id", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["token"], ["pay_link.token"], name="fk_linked_request_token"),
        sa.ForeignKeyConstraint(["request_id"], ["payment_request.id"], name="fk_linked_request_request_id"),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchant.id"], name="fk_linked_request_merchant_id"),
        sa.PrimaryKeyConstraint("token", "request_id", name="pk_linked_request"),
    )
    op.create_index("ix_linked_request_request_id", "linked_request", ["request_id"])
