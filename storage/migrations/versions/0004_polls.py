"""Polls that close by themselves, are posted later, by mechanism or by silence; a history; messages drawn by one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

UNSAMPLED = (
    ("polls", "key"),
    ("voices", "voice"),
    ("voices", "clicked"),
    ("voices", "reason"),
    ("ballots", "voice"),
)


def upgrade() -> None:
    _extend_polls()
    _extend_options()
    _extend_voices()
    _add_changes()
    with op.batch_alter_table("messages") as messages:
        messages.add_column(sa.Column("drawing_until", UtcDateTime(), nullable=True))
        messages.add_column(sa.Column("lost", sa.Text(), nullable=True))
    _guard("poll_changes")
    _sample_nothing()


def _switch(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False)


def _belongs_to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{other}.workspace_id", f"{other}.id"],
        name=op.f(f"fk_{table}_workspace_id_{column}"),
    )


def _link(batch: object, table: str, column: str, other: str) -> None:
    batch.create_foreign_key(
        op.f(f"fk_{table}_workspace_id_{column}"), other, ["workspace_id", column], ["workspace_id", "id"]
    )


def _extend_polls() -> None:
    with op.batch_alter_table("polls") as polls:
        for name in ("by_mechanism", "adds_options", "objection"):
            polls.add_column(_switch(name))
        polls.add_column(sa.Column("language", sa.Text(), nullable=True))
        for name in ("posts_at", "ends_at", "closed_at", "edited_at", "nudged_at"):
            polls.add_column(sa.Column(name, UtcDateTime(), nullable=True))
        for name in ("revision", "nudges"):
            polls.add_column(sa.Column(name, sa.Integer(), server_default="0", nullable=False))
        polls.add_column(sa.Column("abstained", sa.Integer(), nullable=True))
        polls.drop_constraint(op.f("ck_polls_state"), type_="check")
        polls.create_check_constraint(op.f("ck_polls_state"), "state IN ('open', 'closed', 'taken back', 'deleted')")
    op.create_index(
        "ix_polls_ends_at",
        "polls",
        ["workspace_id", "ends_at"],
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )


def _extend_options() -> None:
    with op.batch_alter_table("options") as options:
        options.add_column(sa.Column("added_by_id", sa.Integer(), nullable=True))
        _link(options, "options", "added_by_id", "members")


def _extend_voices() -> None:
    with op.batch_alter_table("voices", table_kwargs={"sqlite_with_rowid": False}) as voices:
        for name in ("member_id", "mechanism_id"):
            voices.add_column(sa.Column(name, sa.Integer(), nullable=True))
        for name in ("how", "reason"):
            voices.add_column(sa.Column(name, sa.Text(), nullable=True))
        voices.add_column(_switch("abstained"))
        voices.add_column(sa.Column("changed_at", UtcDateTime(), nullable=True))
        _link(voices, "voices", "member_id", "members")
        _link(voices, "voices", "mechanism_id", "mechanisms")


def _add_changes() -> None:
    op.create_table(
        "poll_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("voice", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("mechanism_id", sa.Integer(), nullable=True),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("abstained", sa.Boolean(), nullable=False),
        sa.Column("how", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_poll_changes_workspace_id")),
        _belongs_to("poll_changes", "poll_id", "polls"),
        _belongs_to("poll_changes", "member_id", "members"),
        _belongs_to("poll_changes", "mechanism_id", "mechanisms"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_changes")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_poll_changes_workspace_id_id")),
    )
    op.create_index(op.f("ix_poll_changes_poll_id"), "poll_changes", ["poll_id"])


def _guard(table: str) -> None:
    """Whatever a later program does, what was recorded stays; the function on PostgreSQL is the audit's."""
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_only_added_to_{change.lower()} BEFORE {change} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {table}_only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION only_added_to()"
    )


def _sample_nothing() -> None:
    """PostgreSQL's planner keeps samples of what stands in columns: of keys and voices it must not."""
    if op.get_bind().dialect.name == "postgresql":
        for table, column in UNSAMPLED:
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")
