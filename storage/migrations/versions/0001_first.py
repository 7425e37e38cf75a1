"""The first schema: webinars, sign-ups, polls and what is owed to people."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime, WallTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "workspaces",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), server_default="en", nullable=False),
        sa.Column("last_webinar", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_poll", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspaces")),
        sa.UniqueConstraint("team", name=op.f("uq_workspaces_team")),
    )
    op.create_table(
        "members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.Column("locale", sa.Text(), nullable=True),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("direct", sa.Text(), nullable=True),
        sa.Column("read_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_members_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_members_workspace_id_id")),
        sa.UniqueConstraint("workspace_id", "user", name=op.f("uq_members_workspace_id_user")),
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("insisted", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("fk_drafts_workspace_id_member_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_drafts_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_drafts_workspace_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_drafts_created_at", "drafts", ["created_at"], unique=False)
    op.create_table(
        "polls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("private", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("maker_id", sa.Integer(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("progress", sa.Boolean(), nullable=False),
        sa.Column("choices", sa.Integer(), nullable=False),
        sa.Column("voters", sa.Integer(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=True),
        sa.Column("to_wipe", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'closed', 'taken back')", name=op.f("ck_polls_state")),
        sa.CheckConstraint("choices >= 0", name=op.f("ck_polls_choices")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "maker_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("fk_polls_workspace_id_maker_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_polls_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_polls")),
        sa.UniqueConstraint("workspace_id", "cause", name=op.f("uq_polls_workspace_id_cause")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_polls_workspace_id_id")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_polls_workspace_id_number")),
    )
    op.create_table(
        "webinars",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("private", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("organiser_id", sa.Integer(), nullable=False),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'cancelled')", name=op.f("ck_webinars_state")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "organiser_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("fk_webinars_workspace_id_organiser_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_webinars_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webinars")),
        sa.UniqueConstraint("workspace_id", "cause", name=op.f("uq_webinars_workspace_id_cause")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_webinars_workspace_id_id")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_webinars_workspace_id_number")),
    )
    op.create_table(
        "leads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("webinar_id", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "webinar_id"],
            ["webinars.workspace_id", "webinars.id"],
            name=op.f("fk_leads_workspace_id_webinar_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_leads_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leads")),
        sa.UniqueConstraint("webinar_id", "count", "unit", name=op.f("uq_leads_webinar_id_count_unit")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_leads_workspace_id_id")),
    )
    op.create_table(
        "messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("webinar_id", sa.Integer(), nullable=True),
        sa.Column("poll_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("ts", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("shown", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("(webinar_id IS NULL) <> (poll_id IS NULL)", name=op.f("ck_messages_subject")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "poll_id"],
            ["polls.workspace_id", "polls.id"],
            name=op.f("fk_messages_workspace_id_poll_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "webinar_id"],
            ["webinars.workspace_id", "webinars.id"],
            name=op.f("fk_messages_workspace_id_webinar_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_messages_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("poll_id", name=op.f("uq_messages_poll_id")),
        sa.UniqueConstraint("webinar_id", name=op.f("uq_messages_webinar_id")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_messages_workspace_id_id")),
    )
    op.create_index("ix_messages_channel", "messages", ["channel"], unique=False)
    op.create_index(
        "ix_messages_stale",
        "messages",
        ["id"],
        unique=False,
        sqlite_where=sa.text("shown < version"),
        postgresql_where=sa.text("shown < version"),
    )
    op.create_table(
        "options",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "poll_id"],
            ["polls.workspace_id", "polls.id"],
            name=op.f("fk_options_workspace_id_poll_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_options_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_options")),
        sa.UniqueConstraint("poll_id", "position", name=op.f("uq_options_poll_id_position")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_options_workspace_id_id")),
        sa.UniqueConstraint("workspace_id", "poll_id", "id", name=op.f("uq_options_workspace_id_poll_id_id")),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("webinar_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("wall_start", WallTime(), nullable=False),
        sa.Column("wall_end", WallTime(), nullable=False),
        sa.Column("fold", sa.Integer(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("taken", sa.Integer(), server_default="0", nullable=False),
        sa.Column("revision", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_sessions_ends")),
        sa.CheckConstraint("taken >= 0 AND (seats IS NULL OR taken <= seats)", name=op.f("ck_sessions_seats")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "webinar_id"],
            ["webinars.workspace_id", "webinars.id"],
            name=op.f("fk_sessions_workspace_id_webinar_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_sessions_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("webinar_id", "position", name=op.f("uq_sessions_webinar_id_position")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_sessions_workspace_id_id")),
        sa.UniqueConstraint("workspace_id", "webinar_id", "id", name=op.f("uq_sessions_workspace_id_webinar_id_id")),
    )
    op.create_table(
        "voices",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("voice", sa.Text(), nullable=False),
        sa.Column("clicked", sa.Text(), nullable=False),
        sa.Column("clicked_option_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "poll_id"],
            ["polls.workspace_id", "polls.id"],
            name=op.f("fk_voices_workspace_id_poll_id"),
        ),
        sa.PrimaryKeyConstraint("poll_id", "voice", name=op.f("pk_voices")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ballots",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("voice", sa.Text(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("option_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("slot >= 0", name=op.f("ck_ballots_slot")),
        sa.ForeignKeyConstraint(
            ["poll_id", "voice"], ["voices.poll_id", "voices.voice"], name=op.f("fk_ballots_poll_id_voice")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "poll_id", "option_id"],
            ["options.workspace_id", "options.poll_id", "options.id"],
            name=op.f("fk_ballots_workspace_id_poll_id_option_id"),
        ),
        sa.PrimaryKeyConstraint("poll_id", "voice", "slot", name=op.f("pk_ballots")),
        sa.UniqueConstraint("poll_id", "voice", "option_id", name=op.f("uq_ballots_poll_id_voice_option_id")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("shard", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("webinar_id", sa.Integer(), nullable=True),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("poll_id", sa.Integer(), nullable=True),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("not_before", UtcDateTime(), nullable=True),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.Column("fence", sa.Integer(), server_default="0", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("first_attempt_at", UtcDateTime(), nullable=True),
        sa.Column("last_attempt_at", UtcDateTime(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("ts", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('pending', 'sending', 'sent', 'failed', 'unknown', 'cancelled', 'expired', 'superseded')",
            name=op.f("ck_deliveries_state"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("fk_deliveries_workspace_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "poll_id"],
            ["polls.workspace_id", "polls.id"],
            name=op.f("fk_deliveries_workspace_id_poll_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "session_id"],
            ["sessions.workspace_id", "sessions.id"],
            name=op.f("fk_deliveries_workspace_id_session_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "webinar_id"],
            ["webinars.workspace_id", "webinars.id"],
            name=op.f("fk_deliveries_workspace_id_webinar_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_deliveries_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("key", name=op.f("uq_deliveries_key")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_deliveries_workspace_id_id")),
    )
    op.create_index(
        "ix_deliveries_in_doubt",
        "deliveries",
        ["lease_until"],
        unique=False,
        sqlite_where=sa.text("state IN ('sending', 'unknown')"),
        postgresql_where=sa.text("state IN ('sending', 'unknown')"),
    )
    op.create_index(
        "ix_deliveries_pending",
        "deliveries",
        ["shard", "due_at"],
        unique=False,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index("ix_deliveries_session_id_member_id", "deliveries", ["session_id", "member_id"], unique=False)
    op.create_table(
        "signups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("webinar_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("state IN ('confirmed', 'withdrawn')", name=op.f("ck_signups_state")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("fk_signups_workspace_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "webinar_id", "session_id"],
            ["sessions.workspace_id", "sessions.webinar_id", "sessions.id"],
            name=op.f("fk_signups_workspace_id_webinar_id_session_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_signups_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signups")),
        sa.UniqueConstraint("webinar_id", "member_id", name=op.f("uq_signups_webinar_id_member_id")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_signups_workspace_id_id")),
    )
    op.create_index("ix_signups_session_id", "signups", ["session_id"], unique=False)
