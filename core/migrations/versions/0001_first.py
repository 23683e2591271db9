"""The first shape of the database."""

import sqlalchemy as sa
from alembic import op

revision = "0001_first"
down_revision = None


# Versions only go forward: to go back, restore the backup that was made before the upgrade.
def upgrade() -> None:
    _bot()
    _incoming()
    _merchant()
    _pace()
    _payer()
    _address()
    _payment_request()
    _accepted()
    _checkout()
    _event()
    _invite()
    _outgoing()
    _pay_link()
    _promise_to_pay()
    _step()
    _ledger_entry()
    _refund()


def _bot() -> None:
    op.create_table(
        "bot",
        sa.Column("channel", sa.String(12), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("channel", name="pk_bot"),
    )


def _incoming() -> None:
    op.create_table(
        "incoming",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("door", sa.String(20), nullable=False),
        sa.Column("event_id", sa.String(160), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(6), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("error", sa.String(160), nullable=True),
        sa.Column("channel", sa.String(12), nullable=True),
        sa.Column("sender_index", sa.String(44), nullable=True),
        sa.Column("merchant_id", sa.String(40), nullable=True),
        sa.Column("payer_id", sa.String(40), nullable=True),
        sa.Column("request_id", sa.String(40), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("reading", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_incoming"),
        sa.UniqueConstraint("door", "event_id", name="uq_incoming_door_event_id"),
    )
    op.create_index(
        "ix_incoming_due",
        "incoming",
        ["next_try_at"],
        sqlite_where=sa.text("state = 'new'"),
        postgresql_where=sa.text("state = 'new'"),
    )
    op.create_index("ix_incoming_request_id", "incoming", ["request_id"])


def _merchant() -> None:
    op.create_table(
        "merchant",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("color", sa.String(7), nullable=False),
        sa.Column("phone", sa.String(30), nullable=False),
        sa.Column("website", sa.String(200), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("formality", sa.String(2), nullable=False),
        sa.Column("opens", sa.String(5), nullable=False),
        sa.Column("closes", sa.String(5), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_merchant"),
    )


def _pace() -> None:
    op.create_table(
        "pace",
        sa.Column("channel", sa.String(12), nullable=False),
        sa.Column("chat_index", sa.String(44), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "chat_index", name="pk_pace"),
    )


def _payer() -> None:
    op.create_table(
        "payer",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("merchant_id", sa.String(40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_index", sa.String(44), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("formality", sa.String(2), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchant.id"], name="fk_payer_merchant_id"),
        sa.PrimaryKeyConstraint("id", name="pk_payer"),
        sa.UniqueConstraint("merchant_id", "id", name="uq_payer_merchant_id_id"),
    )
    op.create_index("ix_payer_merchant_id_name_index", "payer", ["merchant_id", "name_index"])


def _address() -> None:
    op.create_table(
        "address",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("merchant_id", sa.String(40), nullable=False),
        sa.Column("payer_id", sa.String(40), nullable=False),
        sa.Column("channel", sa.String(12), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("value_index", sa.String(44), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("consent_source", sa.String(40), nullable=False),
        sa.Column("consent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opted_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unusable_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unusable_why", sa.String(80), nullable=True),
        sa.Column("last_inbound_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["merchant_id", "payer_id"],
            ["payer.merchant_id", "payer.id"],
            name="fk_address_merchant_id_payer_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_address"),
        sa.UniqueConstraint(
            "payer_id", "channel", "value_index", name="uq_address_payer_id_channel_value_index"
        ),
    )
    op.create_index("ix_address_channel_value_index", "address", ["channel", "value_index"])


def _payment_request() -> None:
    op.create_table(
        "payment_request",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("merchant_id", sa.String(40), nullable=False),
        sa.Column("payer_id", sa.String(40), nullable=False),
        sa.Column("reference", sa.String(60), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("due_date", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("quiet_until", sa.Date(), nullable=True),
        sa.Column("attention", sa.String(40), nullable=True),
        sa.Column("attentions", sa.JSON(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("times_promised", sa.Integer(), nullable=False),
        sa.Column("times_paused", sa.Integer(), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "payer_id"],
            ["payer.merchant_id", "payer.id"],
            name="fk_payment_request_merchant_id_payer_id",
        ),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchant.id"], name="fk_payment_request_merchant_id"),
        sa.PrimaryKeyConstraint("id", name="pk_payment_request"),
        sa.UniqueConstraint("merchant_id", "id", name="uq_payment_request_merchant_id_id"),
    )
    op.create_index(
        "ix_payment_request_merchant_id_created_at", "payment_request", ["merchant_id", "created_at"]
    )
    op.create_index(
        "ix_payment_request_merchant_id_reference", "payment_request", ["merchant_id", "reference"]
    )
    op.create_index("ix_payment_request_payer_id_status", "payment_request", ["payer_id", "status"])


def _accepted() -> None:
    op.create_table(
        "accepted",
        sa.Column("merchant_id", sa.String(40), nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("request_id", sa.String(40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchant.id"], name="fk_accepted_merchant_id"),
        sa.ForeignKeyConstraint(["request_id"], ["payment_request.id"], name="fk_accepted_request_id"),
        sa.PrimaryKeyConstraint("merchant_id", "key", name="pk_accepted"),
    )


def _checkout() -> None:
    op.create_table(
        "checkout",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("merchant_id", sa.String(40), nullable=False),
        sa.Column("request_id", sa.String(40), nullable=False),
        sa.Column("psp", sa.String(20), nullable=False),
        sa.Column("psp_id", sa.String(60), nullable=True),
        sa.Column("hinted_id", sa.String(60), nullable=True),
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("reason", sa.String(120), nullable=False),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.Column("url", sa.String(500), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_check_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checks", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchant.id"], name="fk_checkout_merchant_id"),
        sa.ForeignKeyConstraint(["request_id"], ["payment_request.id"], name="fk_checkout_request_id"),
        sa.PrimaryKeyConstraint("id", name="pk_checkout"),
        sa.UniqueConstraint("psp", "psp_id", name="uq_checkout_psp_psp_id"),
    )
    op.create_index(
        "ix_checkout_check",
        "checkout",
        ["next_check_at"],
        sqlite_where=sa.text("next_check_at IS NOT NULL"),
        postgresql_where=sa.text("next_check_at IS NOT NULL"),
    )
    op.create_index(
        "ix_checkout_offered",
        "checkout",
        ["request_id"],
        unique=True,
        sqlite_where=sa.text("offered"),
        postgresql_where=sa.text("offered"),
    )
    op.create_index("ix_checkout_request_id", "checkout", ["request_id"])


def _event() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("merchant_id", sa.String(40), nullable=False),
        sa.Column("request_id", sa.String(40), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("actor", sa.String(80), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchant.id"], name="fk_event_merchant_id"),
        sa.ForeignKeyConstraint(["request_id"], ["payment_request.id"], name="fk_event_request_id"),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
    )
    op.create_index("ix_event_merchant_id_at", "event", ["merchant_id", "at"])
    op.create_index("ix_event_request_id_id", "event", ["request_id", "id"])


def _invite() -> None:
    op.create_table(
        "invite",
        sa.Column("token", sa.String(64), nullable=False),
        sa.Column("merchant_id", sa.String(40), nullable=False),
        sa.Column("request_id", sa.String(40), nullable=False),
        sa.Column("channel", sa.String(12), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchant.id"], name="fk_invite_merchant_id"),
        sa.ForeignKeyConstraint(["request_id"], ["payment_request.id"], name="fk_invite_request_id"),
        sa.PrimaryKeyConstraint("token", name="pk_invite"),
    )


def _outgoing() -> None:
    op.create_table(
        "outgoing",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("merchant_id", sa.String(40), nullable=False),
        sa.Column("request_id", sa.String(40), nullable=False),
        sa.Column("payer_id", sa.String(40), nullable=False),
        sa.Column("address_id", sa.String(40), nullable=False),
        sa.Column("channel", sa.String(12), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("chat_index", sa.String(44), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("action", sa.String(6), nullable=False),
        sa.Column("target_id", sa.String(80), nullable=True),
        sa.Column("template", sa.String(40), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("look_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("look_ups", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("token", sa.Text(), nullable=True),
        sa.Column("encoding", sa.String(8), nullable=True),
        sa.Column("segments", sa.Integer(), nullable=True),
        sa.Column("cost_micros", sa.Integer(), nullable=True),
        sa.Column("provider_id", sa.String(80), nullable=True),
        sa.Column("error", sa.String(160), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name="fk_outgoing_address_id"),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchant.id"], name="fk_outgoing_merchant_id"),
        sa.ForeignKeyConstraint(["payer_id"], ["payer.id"], name="fk_outgoing_payer_id"),
        sa.ForeignKeyConstraint(["request_id"], ["payment_request.id"], name="fk_outgoing_request_id"),
        sa.PrimaryKeyConstraint("id", name="pk_outgoing"),
        sa.UniqueConstraint("request_id", "name", name="uq_outgoing_request_id_name"),
    )
    op.create_index("ix_outgoing_channel_provider_id", "outgoing", ["channel", "provider_id"])
    op.create_index(
        "ix_outgoing_due",
        "outgoing",
        ["urgency", "due_at"],
        sqlite_where=sa.text("status = 'queued'"),
        postgresql_where=sa.text("status = 'queued'"),
    )
    op.create_index(
        "ix_outgoing_lease",
        "outgoing",
        ["lease_until"],
        sqlite_where=sa.text("status = 'claimed'"),
        postgresql_where=sa.text("status = 'claimed'"),
    )
    op.create_index(
        "ix_outgoing_look_up",
        "outgoing",
        ["look_up_at"],
        sqlite_where=sa.text("look_up_at IS NOT NULL"),
        postgresql_where=sa.text("look_up_at IS NOT NULL"),
    )
    op.create_index("ix_outgoing_payer_id_sent_at", "outgoing", ["payer_id", "sent_at"])


def _pay_link() -> None:
    op.create_table(
        "pay_link",
        sa.Column("token", sa.String(64), nullable=False),
        sa.Column("merchant_id", sa.String(40), nullable=False),
        sa.Column("request_id", sa.String(40), nullable=False),
        sa.Column("purpose", sa.String(80), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchant.id"], name="fk_pay_link_merchant_id"),
        sa.ForeignKeyConstraint(["request_id"], ["payment_request.id"], name="fk_pay_link_request_id"),
        sa.PrimaryKeyConstraint("token", name="pk_pay_link"),
    )
    op.create_index("ix_pay_link_request_id", "pay_link", ["request_id"])


def _promise_to_pay() -> None:
    op.create_table(
        "promise_to_pay",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("merchant_id", sa.String(40), nullable=False),
        sa.Column("request_id", sa.String(40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchant.id"], name="fk_promise_to_pay_merchant_id"),
        sa.ForeignKeyConstraint(["request_id"], ["payment_request.id"], name="fk_promise_to_pay_request_id"),
        sa.PrimaryKeyConstraint("id", name="pk_promise_to_pay"),
    )
    op.create_index("ix_promise_to_pay_request_id", "promise_to_pay", ["request_id"])


def _step() -> None:
    op.create_table(
        "step",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("merchant_id", sa.String(40), nullable=False),
        sa.Column("request_id", sa.String(40), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("template", sa.String(40), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("local_time", sa.String(8), nullable=False),
        sa.Column("zone", sa.String(40), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchant.id"], name="fk_step_merchant_id"),
        sa.ForeignKeyConstraint(["request_id"], ["payment_request.id"], name="fk_step_request_id"),
        sa.PrimaryKeyConstraint("id", name="pk_step"),
        sa.UniqueConstraint("request_id", "name", name="uq_step_request_id_name"),
    )
    op.create_index(
        "ix_step_due",
        "step",
        ["due_at"],
        sqlite_where=sa.text("state = 'planned'"),
        postgresql_where=sa.text("state = 'planned'"),
    )


def _ledger_entry() -> None:
    op.create_table(
        "ledger_entry",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("merchant_id", sa.String(40), nullable=False),
        sa.Column("request_id", sa.String(40), nullable=False),
        sa.Column("checkout_id", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("psp", sa.String(20), nullable=False),
        sa.Column("psp_ref", sa.String(60), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["checkout_id"], ["checkout.id"], name="fk_ledger_entry_checkout_id"),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchant.id"], name="fk_ledger_entry_merchant_id"),
        sa.ForeignKeyConstraint(["request_id"], ["payment_request.id"], name="fk_ledger_entry_request_id"),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_entry"),
        sa.UniqueConstraint("psp", "kind", "psp_ref", name="uq_ledger_entry_psp_kind_psp_ref"),
    )
    op.create_index("ix_ledger_entry_request_id", "ledger_entry", ["request_id"])


def _refund() -> None:
    op.create_table(
        "refund",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("merchant_id", sa.String(40), nullable=False),
        sa.Column("request_id", sa.String(40), nullable=False),
        sa.Column("checkout_id", sa.String(40), nullable=False),
        sa.Column("psp_ref", sa.String(60), nullable=True),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["checkout_id"], ["checkout.id"], name="fk_refund_checkout_id"),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchant.id"], name="fk_refund_merchant_id"),
        sa.ForeignKeyConstraint(["request_id"], ["payment_request.id"], name="fk_refund_request_id"),
        sa.PrimaryKeyConstraint("id", name="pk_refund"),
    )
    op.create_index("ix_refund_checkout_id", "refund", ["checkout_id"])
    op.create_index("ix_refund_request_id", "refund", ["request_id"])
