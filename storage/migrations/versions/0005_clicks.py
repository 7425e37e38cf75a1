"""Newest clicks, option by option; what options were called; updates that land after whoever sent them died."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STALE = "shown < version OR draw_again_at IS NOT NULL"


def upgrade() -> None:
    with op.batch_alter_table("voices") as voices:
        voices.add_column(sa.Column("clicks", sa.JSON(), nullable=True))
        voices.add_column(sa.Column("answered", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute("UPDATE voices SET answered = true")
    with op.batch_alter_table("options") as options:
        options.add_column(sa.Column("earlier", sa.JSON(), nullable=True))
    op.drop_index("ix_messages_stale", "messages")
    with op.batch_alter_table("messages") as messages:
        messages.add_column(sa.Column("draw_again_at", UtcDateTime(), nullable=True))
    op.create_index(
        "ix_messages_stale", "messages", ["id"], sqlite_where=sa.text(STALE), postgresql_where=sa.text(STALE)
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE voices ALTER COLUMN clicks SET STATISTICS 0")
