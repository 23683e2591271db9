"""Names and numbers can be found by a part of them: fingerprints of three letters beside what is encrypted."""

from typing import Literal

import sqlalchemy as sa
from alembic import op

from core.crypto import Encrypted
from core.grams import BlindGrams

revision = "0005_found_by_a_part"
down_revision = "0004_shares"

_BATCH = 500


def upgrade() -> None:
    for table in ("payer", "address"):
        with op.batch_alter_table(table, recreate=_recreate()) as changed:
            changed.add_column(sa.Column("grams", sa.Text(), server_default="", nullable=False))
    _fill("payer", "name", "payer.name")
    _fill("address", "value", "address.value")


def _recreate() -> Literal["always", "auto"]:
    """SQLite would put new columns on the line of the last one; made anew, a table reads like its model."""
    return "always" if op.get_bind().dialect.name == "sqlite" else "auto"


def _fill(name: str, column: str, purpose: str) -> None:
    """Write the fingerprints of what is there already, a batch at a time."""
    bind = op.get_bind()
    table = sa.table(
        name,
        sa.column("id", sa.String()),
        sa.column(column, Encrypted(purpose)),
        sa.column("grams", BlindGrams(purpose)),
    )
    after = ""
    while True:
        query = (
            sa.select(table.c.id, table.c[column])
            .where(table.c.id > after)
            .order_by(table.c.id)
            .limit(_BATCH)
        )
        rows = bind.execute(query).all()
        if not rows:
            return
        for row_id, plain in rows:
            found_by = f"{plain} 0{plain[3:]}" if plain.startswith("+31") else plain
            bind.execute(table.update().where(table.c.id == row_id).values(grams=found_by))
        after = rows[-1][0]
