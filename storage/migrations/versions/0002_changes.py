"""Sessions moved, cancelled and reopened; gates ahead of Slack's limits; reports of what could not be sent; files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime, WallTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

UNREPORTED = "report_id IS NULL AND (state IN ('failed', 'expired') OR asks)"


def upgrade() -> None:
    _add_states()
    _add_history()
    _add_deliveries()
    _add_gates()


def _add_states() -> None:
    """A webinar's state was its own; now each session has one."""
    with op.batch_alter_table("members") as members:
        members.add_column(sa.Column("reminded", sa.Boolean(), server_default=sa.true(), nullable=False))
    with op.batch_alter_table("sessions") as sessions:
        sessions.add_column(sa.Column("state", sa.Text(), server_default="open", nullable=False))
        sessions.add_column(sa.Column("reason", sa.Text(), nullable=True))
        sessions.create_check_constraint(op.f("ck_sessions_state"), "state IN ('open', 'cancelled')")
    cancelled = "SELECT id FROM webinars WHERE state = 'cancelled'"
    op.execute(f"UPDATE sessions SET state = 'cancelled' WHERE webinar_id IN ({cancelled})")
    with op.batch_alter_table("webinars") as webinars:
        webinars.add_column(sa.Column("revision", sa.Integer(), server_default="0", nullable=False))
        webinars.drop_constraint(op.f("ck_webinars_state"), type_="check")
        webinars.drop_column("state")


def _add_history() -> None:
    op.create_table(
        "sessions_before",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("until_revision", sa.Integer(), nullable=False),
        sa.Column("wall_start", WallTime(), nullable=False),
        sa.Column("wall_end", WallTime(), nullable=False),
        sa.Column("fold", sa.Integer(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "session_id"],
            ["sessions.workspace_id", "sessions.id"],
            name=op.f("fk_sessions_before_workspace_id_session_id"),
        ),
        sa.PrimaryKeyConstraint("session_id", "until_revision", name=op.f("pk_sessions_before")),
        sqlite_with_rowid=False,
    )


def _add_deliveries() -> None:
    with op.batch_alter_table("deliveries") as deliveries:
        deliveries.add_column(sa.Column("revision", sa.Integer(), server_default="0", nullable=False))
        deliveries.add_column(sa.Column("since", sa.Integer(), nullable=True))
        deliveries.add_column(sa.Column("asks", sa.Boolean(), server_default=sa.false(), nullable=False))
        deliveries.add_column(sa.Column("report_id", sa.Integer(), nullable=True))
        deliveries.add_column(sa.Column("thread", sa.Text(), nullable=True))
        deliveries.add_column(sa.Column("file", sa.Text(), nullable=True))
        deliveries.create_foreign_key(
            op.f("fk_deliveries_workspace_id_report_id"),
            "deliveries",
            ["workspace_id", "report_id"],
            ["workspace_id", "id"],
        )
    op.create_index(
        "ix_deliveries_member_id",
        "deliveries",
        ["member_id"],
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index("ix_deliveries_webinar_id", "deliveries", ["webinar_id"])
    op.create_index("ix_deliveries_report_id", "deliveries", ["report_id"])
    op.create_index(
        "ix_deliveries_unreported",
        "deliveries",
        ["workspace_id"],
        sqlite_where=sa.text(UNREPORTED),
        postgresql_where=sa.text(UNREPORTED),
    )


def _add_gates() -> None:
    op.create_table(
        "workspace_gates",
        sa.Column("workspace_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("opens_at", UtcDateTime(), nullable=False),
        sa.Column("interval_ms", sa.Integer(), nullable=False),
        sa.Column("slowed_at", UtcDateTime(), nullable=False),
        sa.Column("unknowns", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_workspace_gates_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_workspace_gates")),
    )
    op.create_table(
        "channel_gates",
        sa.Column("workspace_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("opens_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_channel_gates_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "recipient", name=op.f("pk_channel_gates")),
        sqlite_with_rowid=False,
    )
